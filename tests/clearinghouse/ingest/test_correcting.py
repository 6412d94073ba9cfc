"""Corrections against the store: what people do, what runs leave alone, and what other words at the source end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.models import AuditEvent, User
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import adverts, correcting
from clearinghouse.ingest.adverts import Question, Show
from clearinghouse.ingest.correctable import FIELDS
from clearinghouse.ingest.correcting import ChangedMeanwhileError, mark, reading
from clearinghouse.ingest.models import Correction, Issue, IssueKind
from clearinghouse.ingest.typed_reading import Typed
from clearinghouse.leases import claim
from clearinghouse.publish.models import Change, Publication
from clearinghouse.publish.publisher import LEASE, publish_due
from clearinghouse.vacancies.models import Sighting, StatusChange, Vacancy

CLOSES = "2026-12-01T23:59:59+00:00"
JULY = Typed(day="1", month="7", year="2027", reason="the advert was wrong")
TTL = dt.timedelta(seconds=8)


def person(store: Store, now: dt.datetime, *hats: Hat) -> Actor:
    with store.writing() as session:
        user = User(email=f"ada{len(hats)}@example.org", name="Ada Vane", made_at=now)
        session.add(user)
        session.flush()
        return Actor(user.id, user.name, user.email, frozenset(hats))


class Desk:
    """One advert of a partner, a person of the secretariat, and what they do to it."""

    def __init__(self, partner: Any, advert: Callable[..., Any]) -> None:
        self.partner, self.advert, self.store = partner, advert, partner.store
        self.by = person(self.store, partner.now, Hat(Role.SECRETARIAT))
        self.read()
        self.id: str = partner.vacancy("R1").public_id

    def read(self, **words: Any) -> None:
        """The source is read, with these words in its one advert."""
        self.partner.run([self.advert(1, **{"closes": CLOSES, **words}), self.advert(2)])

    def hide(self, reason: str = "the post is filled") -> bool:
        return correcting.hide(self.store, self.id, reason, self.by, self.partner.now)

    def correct(self, field: str = "closes_at", typed: Typed = JULY, *, by: Actor | None = None) -> bool:
        was = mark(reading(self.shown(), FIELDS[field]))
        return correcting.correct(self.store, self.id, FIELDS[field], typed, was, by or self.by, self.partner.now)

    def whole(self) -> adverts.Whole:
        with self.store.reading() as session:
            found = adverts.whole(session, self.id)
        assert found
        return found

    def shown(self) -> Any:
        return self.whole().shown

    def closes(self) -> str:
        return str(self.shown()["closes_at"])[:10]

    def published(self) -> Publication:
        """What the publisher makes of the advert now."""
        number = claim(self.store, LEASE, "tests", self.partner.now, TTL)
        assert number is not None
        while publish_due(self.store, "tests", number, self.partner.now):
            pass
        with self.store.reading() as session:
            return session.scalars(sa.select(Publication).where(Publication.public_id == self.id)).one()

    def trail(self) -> list[str]:
        return [event.tag.value for event in self.partner.rows(AuditEvent) if event.about == self.id]

    def issues(self) -> list[Issue]:
        return [one for one in self.partner.rows(Issue) if one.kind is IssueKind.CORRECTION_DROPPED]


@pytest.fixture
def desk(one_partner: Any, advert: Callable[..., Any]) -> Desk:
    return Desk(one_partner, advert)


@pytest.fixture
def desk_on_both(partner: Any, advert: Callable[..., Any]) -> Desk:
    return Desk(partner, advert)


def test_a_hidden_vacancy_leaves_the_public_sequence_and_stays_hidden_when_it_is_read_again(desk_on_both: Desk) -> None:
    desk = desk_on_both
    assert desk.published().public_digest
    assert desk.hide()
    gone = desk.published()
    assert (gone.hidden, gone.public_digest, gone.public_from) == (True, None, None)
    assert desk.partner.rows(Change)[-1].op == "delete"
    desk.read()
    desk.read(posted="2026-11-03", extra={"views": "9"})
    with desk.store.writing() as session:
        session.execute(sa.update(Sighting).values(reading="of old"))
    desk.read()
    assert desk.published().public_digest is None
    assert not desk.issues()


def test_hiding_and_showing_are_done_once_and_written_down(desk: Desk) -> None:
    before = desk.partner.vacancy("R1").updated
    assert [desk.hide(), desk.hide()] == [True, False]
    show = [correcting.show(desk.store, desk.id, desk.by, desk.partner.now) for _ in range(2)]
    assert show == [True, False]
    assert desk.trail() == ["vacancy:hidden:on", "vacancy:hidden:off"]
    whys = [(row.why, row.by) for row in desk.whole().history]
    assert whys[:2] == [("shown again", desk.by.email), ("hidden: the post is filled", desk.by.email)]
    assert desk.published().public_digest
    assert desk.partner.vacancy("R1").updated == before, "it is the same advert as before"


def test_a_corrected_reading_is_published_and_outlives_readings(desk: Desk) -> None:
    desk.published()
    assert desk.correct()
    row = desk.published()
    assert row.closes_at == dt.datetime(2027, 7, 1, 22, 59, 59, tzinfo=dt.UTC)
    assert row.next_due and row.next_due > row.closes_at
    assert row.doc["closes_at"] == "2027-07-01T23:59:59+01:00"
    assert [one["field"] for one in row.doc["corrected"]] == ["closes_at"]
    desk.read()
    desk.read(extra={"views": "9"})
    assert desk.published().doc["closes_at"] == "2027-07-01T23:59:59+01:00"
    assert desk.partner.vacancy("R1").draft["closes_at"] == CLOSES, "our own reading stays beside it"


def test_a_closing_date_put_right_opens_and_closes_the_vacancy(desk: Desk) -> None:
    desk.correct(typed=Typed(day="1", month="11", year="2026", reason="it is over"))
    assert desk.published().public_digest is None
    desk.correct()
    assert desk.published().public_digest


def test_other_words_at_the_source_end_what_people_put_right_with_a_notice(desk_on_both: Desk) -> None:
    desk = desk_on_both
    desk.correct()
    desk.hide()
    desk.published()
    desk.read(title="Senior Officer")
    row = desk.published()
    assert (row.hidden, row.doc["closes_at"], row.doc["corrected"]) == (False, CLOSES, [])
    assert row.public_digest
    assert {(one.dropped_why, one.dropped_by, one.dropped_source) for one in desk.whole().corrections} == {
        ("the source's words changed", "run 2", "anytown")
    }
    assert len(desk.whole().waiting) == 2
    assert desk.whole().history[0].why == "correction dropped: the source's words changed"
    (issue,) = desk.issues()
    assert issue.closed is None
    assert f"“Senior Officer” ({desk.id}): Hidden from everyone, Closing date" in issue.message


def test_an_advert_that_was_taken_for_an_internal_one_is_shown_when_that_is_put_right(desk: Desk) -> None:
    assert desk.published().public_digest
    desk.correct("restricted", Typed(value="internal", reason="only for our own people"))
    assert desk.published().public_digest is None
    with desk.store.writing() as session:
        for row in session.scalars(sa.select(Vacancy)):
            row.draft = {**row.draft, "restricted": "internal"}
    correcting.undo(desk.store, desk.id, FIELDS["restricted"], desk.by, desk.partner.now)
    assert desk.published().public_digest is None
    desk.correct("restricted", Typed(value="not_stated", reason="everyone may apply"))
    assert desk.published().public_digest


def test_words_of_another_advert_end_nothing(desk: Desk) -> None:
    desk.hide()
    desk.partner.run([desk.advert(1, closes=CLOSES), desk.advert(2, title="Other words")])
    assert desk.partner.vacancy("R1").hidden


def test_words_of_a_board_that_does_not_lead_end_nothing(desk: Desk, make_partner: Any) -> None:
    link = "https://jobs.anytown.example/1"
    board = make_partner(desk.store, slug="board", organisation=None)
    same = {"url": "https://board.example/1", "apply_url": link, "title": "Officer 1", "closes": CLOSES}
    board.run([desk.advert(1, employer="Anytown Borough Council", **same)])
    assert len(desk.whole().said) == 2
    desk.hide()
    board.run([desk.advert(1, employer="Anytown Borough Council", **same, salary="£1")])
    assert desk.partner.vacancy("R1").hidden
    desk.read(salary="£2")
    assert not desk.partner.vacancy("R1").hidden


def test_what_returns_under_the_same_words_is_still_hidden(desk: Desk) -> None:
    desk.hide()
    for _ in range(2):
        desk.partner.run([desk.advert(2), desk.advert(3)])
    assert desk.partner.statuses()["R1"] == "withdrawn"
    desk.read()
    assert desk.partner.statuses()["R1"] == "open"
    assert desk.partner.vacancy("R1").hidden


@pytest.mark.parametrize(("act", "hidden", "closes"), [(correcting.restore, True, "2027-07-01"),
                                                       (correcting.leave, False, "2026-12-01")])  # fmt: skip
def test_a_person_puts_back_what_was_dropped_or_leaves_it(desk: Desk, act: Any, *, hidden: bool, closes: str) -> None:
    desk.correct()
    desk.hide()
    desk.read(title="Senior Officer")
    assert [act(desk.store, desk.id, desk.by, desk.partner.now) for _ in range(2)] == [True, False]
    assert (desk.partner.vacancy("R1").hidden, desk.closes()) == (hidden, closes)
    assert not desk.whole().waiting
    assert [issue.closed is not None for issue in desk.issues()] == [True]
    desk.read(title="Senior Officer")
    assert (desk.partner.vacancy("R1").hidden, desk.closes()) == (hidden, closes)


def test_the_notice_lasts_until_every_advert_of_the_source_is_seen_to(desk: Desk) -> None:
    desk.hide()
    other = desk.partner.vacancy("R2").public_id
    correcting.hide(desk.store, other, "filled", desk.by, desk.partner.now)
    desk.partner.run([desk.advert(1, closes=CLOSES, title="One"), desk.advert(2, title="Two")])
    desk.hide("still filled")
    assert [issue.closed for issue in desk.issues()] == [None]
    assert "“One”" not in desk.issues()[0].message
    correcting.leave(desk.store, other, desk.by, desk.partner.now)
    assert desk.issues()[0].closed


def test_a_reading_is_put_right_again_taken_back_or_left_as_it_is(desk: Desk) -> None:
    assert desk.correct()
    assert not desk.correct(), "it is so already"
    august = Typed(day="1", month="8", year="2027", reason="later")
    assert desk.correct(typed=august)
    assert desk.closes() == "2027-08-01"
    undo = [correcting.undo(desk.store, desk.id, FIELDS["closes_at"], desk.by, desk.partner.now) for _ in range(2)]
    assert undo == [True, False]
    assert desk.closes() == "2026-12-01"
    assert [(row.dropped_why, row.dropped_source) for row in desk.whole().corrections] == [
        ("taken back", None), ("put right again", None),
    ]  # fmt: skip
    tags = ["vacancy:reading:corrected", "vacancy:reading:corrected", "vacancy:reading:restored"]
    assert desk.trail() == tags
    assert not desk.issues()


def test_to_type_what_we_read_takes_the_correction_back(desk: Desk) -> None:
    desk.correct()
    assert desk.correct(typed=Typed(day="1", month="12", year="2026", reason="right after all"))
    assert desk.whole().standing == {}
    assert desk.closes() == "2026-12-01"


def test_a_form_that_showed_another_reading_changes_nothing(desk: Desk) -> None:
    old = mark(reading(desk.shown(), FIELDS["closes_at"]))
    desk.read(closes="2026-12-02T23:59:59+00:00")
    with pytest.raises(ChangedMeanwhileError) as stale:
        correcting.correct(desk.store, desk.id, FIELDS["closes_at"], JULY, old, desk.by, desk.partner.now)
    assert stale.value.value == "2026-12-02T23:59:59+00:00"
    assert not desk.partner.rows(Correction)


def test_what_is_wrong_with_the_value_and_the_reason_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(BadFormError) as refused:
        desk.correct(typed=Typed(day="31", month="6", year="2027"))
    assert set(refused.value.errors) == {"day", "reason"}
    with pytest.raises(BadFormError, match="Say why"):
        desk.hide(" ")
    assert not desk.partner.rows(Correction)


def test_whose_word_it_is_goes_by_the_persons_role_for_the_employer(desk: Desk) -> None:
    owner = desk.partner.vacancy("R1").organisation_id
    hr = person(desk.store, desk.partner.now, Hat(Role.EMPLOYER, owner), Hat(Role.ADVISER, owner))
    desk.correct()
    desk.correct("contract", Typed(value="permanent", reason="as it says"), by=hr)
    told = {one["field"]: one["employer"] for one in desk.published().doc["corrected"]}
    assert told == {"closes_at": False, "contract": True}


def test_a_merged_advert_stands_for_the_one_that_it_was_merged_into(desk: Desk) -> None:
    other = desk.partner.vacancy("R2")
    with desk.store.writing() as session:
        session.execute(
            sa.update(Vacancy).where(Vacancy.id == other.id).values(merged_into=desk.partner.vacancy("R1").id)
        )
    correcting.hide(desk.store, other.public_id, "filled", desk.by, desk.partner.now)
    assert desk.partner.vacancy("R1").hidden
    with desk.store.reading() as session:
        found = adverts.whole(session, other.public_id)
        assert found and found.vacancy.public_id == desk.id
        assert adverts.whole(session, "nosuchpost") is None


def test_two_words_on_one_field_of_joined_vacancies_are_the_newer_one_and_end_together(desk: Desk) -> None:
    desk.correct()
    now = desk.partner.now
    with desk.store.writing() as session:
        mine = {
            "vacancy_id": desk.partner.vacancy("R1").id,
            "by": "bo@example.org",
            "reason": "as the other",
            "at": now,
        }
        session.add(Correction(field="closes_at", value="2027-09-01T12:00:00+01:00", **mine))
        session.add_all([Correction(field=None, **mine), Correction(field=None, **mine)])
        session.execute(sa.update(Vacancy).values(hidden=True))
    assert desk.closes() == "2027-09-01"
    assert len(desk.published().doc["corrected"]) == 1
    correcting.undo(desk.store, desk.id, FIELDS["closes_at"], desk.by, now)
    correcting.show(desk.store, desk.id, desk.by, now)
    assert desk.whole().standing == {}
    assert desk.closes() == "2026-12-01"


def test_the_list_has_what_people_put_right_and_what_somebody_looks_for(desk_on_both: Desk) -> None:
    desk = desk_on_both
    owner = desk.partner.vacancy("R1").organisation_id
    second = desk.partner.vacancy("R2").public_id

    def found(**asked: Any) -> set[str]:
        with desk.store.reading() as session:
            return {one.public_id for one in adverts.listed(session, Question(**asked))}

    assert found() == set()
    desk.correct()
    correcting.hide(desk.store, second, "filled", desk.by, desk.partner.now)
    assert found() == found(source="anytown") == {desk.id, second}
    assert found(show=Show.HIDDEN) == {second}
    assert found(show=Show.CORRECTED) == {desk.id}
    assert found(show=Show.DROPPED) == set()
    assert found(words="officer 2") == found(words="r2") == found(words=second) == {second}
    assert found(words="100%") == set()
    assert found(owners=frozenset({owner})) == {desk.id, second}
    assert found(owners=frozenset({owner + 1})) == found(owners=frozenset()) == set()
    desk.read(title="Senior Officer")
    assert found(show=Show.DROPPED) == {desk.id}
    with desk.store.reading() as session:
        ((slug, name),) = adverts.employers(session, None)
        assert name == "Anytown Borough Council"
        assert adverts.employers(session, frozenset()) == ()
        (line, _) = adverts.listed(session, Question(employer=slug))
    assert (line.public_id, line.dropped, line.corrected) == (desk.id, ("Closing date",), ())
    assert line.last and line.last.reason == "the advert was wrong"


def test_history_is_appended_under_the_status_that_it_has(desk: Desk) -> None:
    desk.hide()
    desk.correct()
    lines = desk.partner.rows(StatusChange)[-2:]
    assert [(line.status.value, line.why) for line in lines] == [
        ("open", "hidden: the post is filled"), ("open", "Closing date put right: the advert was wrong"),
    ]  # fmt: skip
