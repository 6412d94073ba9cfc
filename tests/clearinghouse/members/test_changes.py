"""Changing a member's details in the store, on each kind of database: once, audited, and never over another's."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from smalltown import COLLEGE, COUNCIL, NOW, TRUST, Town, plain_draft, silent_draft
from staffing import add_person

from clearinghouse.accounts import organisations
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import AuditEvent, Organisation
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.members.changes import ChangedMeanwhileError, change
from clearinghouse.members.details import SECTIONS, Typed, mark
from clearinghouse.members.overview import member, members
from clearinghouse.publish.models import Publication
from clearinghouse.vacancies.models import Touched, Vacancy
from clearinghouse.vacancies.reports import report

MINUTE = dt.timedelta(minutes=1)
AGREED = {"agreed_day": "1", "agreed_month": "4", "agreed_year": "2026", "agreed_by": "Ann Other"}


@pytest.fixture
def town(store, tmp_path):
    made = Town(store, tmp_path / "index")
    yield made
    made.indexer.close()


@pytest.fixture
def by(town) -> Actor:
    return Actor(add_person(town.store, NOW, email="sec@example.org"), "Sec", "sec@example.org")


def set_(store: Store, section: str, typed: Typed, by: Actor, *, slug: str = COUNCIL, was: str | None = None) -> bool:
    with store.reading() as session:
        row = session.scalars(sa.select(Organisation).where(Organisation.slug == slug)).one()
        shown = mark(SECTIONS[section].of(row))
    return change(store, slug, SECTIONS[section], typed, shown if was is None else was, by, NOW)


def events(store: Store) -> list[AuditEvent]:
    with store.reading() as session:
        return list(session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)))


def test_a_change_is_made_once_and_written_down_with_before_and_after(town, by) -> None:
    assert set_(town.store, "agreement", AGREED, by) is True
    assert set_(town.store, "agreement", AGREED, by) is False
    cleared = dict.fromkeys(AGREED, "")
    assert set_(town.store, "agreement", cleared, by) is True
    first, second = events(town.store)
    assert (first.tag, first.about, first.by) == (Tag.MEMBER_AGREEMENT_SET, COUNCIL, "sec@example.org")
    said = {"agreed_on": "2026-04-01", "agreed_by": "Ann Other"}
    nothing = {"agreed_on": None, "agreed_by": None}
    assert first.details == {"before": nothing, "after": said}
    assert second.details == {"before": said, "after": nothing}


def test_a_stale_form_changes_nothing_and_says_who_was_quicker(town, by) -> None:
    contact = SECTIONS["contact"]
    empty = mark({"takedown_contact": None})
    set_(town.store, "contact", {"takedown_contact": "a@x.example"}, by)
    with pytest.raises(ChangedMeanwhileError) as stale:
        set_(town.store, "contact", {"takedown_contact": "b@x.example"}, by, was=empty)
    assert (stale.value.theirs, stale.value.by, stale.value.at) == (
        {"takedown_contact": "a@x.example"}, "sec@example.org", NOW
    )  # fmt: skip
    assert set_(town.store, "contact", {"takedown_contact": "a@x.example"}, by, was=empty) is False, "sent twice"
    assert len(events(town.store)) == 1
    assert set_(town.store, "contact", {"takedown_contact": "b@x.example"}, by, was=mark(stale.value.theirs))
    with town.store.reading() as session:
        assert contact.of(session.get_one(Organisation, 1)) == {"takedown_contact": "b@x.example"}


def test_what_cannot_be_changes_nothing(town, by) -> None:
    with pytest.raises(BadFormError):
        set_(town.store, "links", {"recruitment_url": "ftp://x.example"}, by)
    with pytest.raises(sa.exc.NoResultFound):
        change(town.store, "nobody", SECTIONS["contact"], {}, "", by, NOW)
    assert events(town.store) == []


def test_a_new_link_is_not_checked_yet_and_the_registry_does_not_take_it_back(town, by) -> None:
    entry = organisations.Entry("Sandby Borough Council", recruitment_url="https://list.example/")
    set_(town.store, "links", {"recruitment_url": "https://new.example/", "homepage": ""}, by)
    with town.store.writing() as session:
        organisations.register(session, [entry])
    with town.store.reading() as session:
        row = session.get_one(Organisation, 1)
        assert (row.recruitment_url, row.link_checked, row.links_set_at) == ("https://new.example/", None, NOW)
    set_(town.store, "links", {"recruitment_url": "https://new.example/", "homepage": "https://x.example/"}, by)
    assert events(town.store)[-1].details["after"]["homepage"] == "https://x.example/"


REUSE = [
    # the council's word, the trust's word, what becomes of: the council's, the trust's on the council's site,
    # the council's on a board, nobody's on a board
    ("open_licence", "", ["open_licence", "open_licence", "facts_only", "facts_only"]),
    ("none", "", ["none", "none", "none", "facts_only"]),
    ("", "none", ["facts_only", "none", "facts_only", "facts_only"]),
    ("open_licence", "facts_only", ["open_licence", "facts_only", "facts_only", "facts_only"]),
    ("facts_only", "open_licence", ["facts_only", "facts_only", "facts_only", "facts_only"]),
]


@pytest.mark.parametrize(
    ("store_url", "council", "trust", "expected"),
    [*(("sqlite", *row) for row in REUSE), ("postgresql", *REUSE[3])],
    indirect=["store_url"],
)
def test_terms_are_in_every_advert_that_they_are_about(town, by, council: str, trust: str, expected) -> None:
    ids = [
        town.add(plain_draft(1)),
        town.add(plain_draft(2), organisation=2),
        town.add(plain_draft(3), sources=("board",)),
        town.add(silent_draft(), organisation=None, sources=("board",)),
    ]
    town.publish()
    for slug, terms in ((COUNCIL, council), (TRUST, trust)):
        set_(town.store, "terms", {"terms": terms, "licence": "OGL v3.0"}, by, slug=slug)
    town.publish()
    with town.store.reading() as session:
        found = {row.public_id: row.doc for row in session.execute(sa.select(Publication.public_id, Publication.doc))}
        assert session.scalars(sa.select(Touched)).all() == []
    assert [found[one]["reuse"] for one in ids] == expected


def test_only_other_terms_touch_the_adverts(town, by) -> None:
    town.add(plain_draft(1))
    town.add(plain_draft(2), organisation=2, sources=("fenwick",))
    town.publish()
    with town.store.reading() as session:
        mine = session.scalars(sa.select(Vacancy.id).where(Vacancy.organisation_id == 1)).one()
    for typed in ({"terms": "open_licence", "licence": "OGL v2.0"}, {"terms": "open_licence", "licence": "OGL v3.0"}):
        set_(town.store, "terms", typed, by)
    with town.store.reading() as session:
        assert session.scalars(sa.select(Touched.vacancy_id)).all() == [mine]


def test_members_are_listed_by_name_with_sources_and_open_reports(town, by) -> None:
    town.add(plain_draft(1))
    report(town.store, 1, "pay", "", NOW)
    with town.store.reading() as session:
        found = members(session, NOW)
        assert [one.organisation.slug for one in found] == [TRUST, COLLEGE, COUNCIL]
        assert [[source.slug for source in one.sources] for one in found] == [["fenwick"], [], ["sandby"]]
        assert [one.reports for one in found] == [0, 0, 1]
        assert found[0].last_read
        assert (found[1].last_read, found[1].worst) == (None, None)
        one = member(session, "tuxley-parish", NOW)
        assert one
        assert (one.organisation.member, one.sources, one.reports) == (False, (), 0)
        assert member(session, "nobody", NOW) is None
        assert member(session, COUNCIL, NOW) == found[2]
