"""Runs of a partner against the store, on both databases where a statement could differ: rules 1, 2, 4, 5 and 7."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.errors import LeaseLostError
from clearinghouse.ingest.harvest import ILL_FORMED, TRUNCATED
from clearinghouse.ingest.models import CrawlRun, Issue, RefusedPosting
from clearinghouse.ingest.runs import accept, beat, begin_run, confirm_run, drop_run, fail_run
from clearinghouse.vacancies.models import Opening, Sighting, SourceRow, StatusChange, Touched, Vacancy

FEED = "https://jobs.anytown.example/rss"


def jobs(advert: Any, *numbers: int) -> list[Any]:
    return [advert(number) for number in numbers]


def test_a_first_run_brings_vacancies_with_history_opening_and_touch(partner: Any, advert: Any, counts: Any) -> None:
    result = partner.run(jobs(advert, 1, 2, 3))
    assert counts(result) == {"new": 3}
    assert (result.status, result.pages, result.postings, result.seconds) == ("ok", 1, 3, 2.0)
    assert partner.statuses() == {"R1": "open", "R2": "open", "R3": "open"}
    vacancies = partner.rows(Vacancy)
    assert len({each.public_id for each in vacancies}) == 3
    assert all(len(each.public_id) == 10 for each in vacancies)
    assert {(each.audience, each.organisation_id, each.opens) for each in partner.rows(Opening)} == {
        ("public", 0, partner.now)
    }
    assert {(each.status.value, each.by) for each in partner.rows(StatusChange)} == {("open", "run 1")}
    assert {each.vacancy_id for each in partner.rows(Touched)} == {each.id for each in vacancies}
    assert {each.draft["employer"] for each in vacancies} == {"Anytown Borough Council"}
    assert {each.organisation_id for each in vacancies} == {partner.rows(SourceRow)[0].organisation_id}


def test_an_unchanged_feed_changes_nothing_but_last_seen(partner: Any, advert: Any, counts: Any) -> None:
    partner.run(jobs(advert, 1, 2))
    before, touched = partner.vacancy("R1"), len(partner.rows(Touched))
    result = partner.run(jobs(advert, 1, 2))
    assert counts(result) == {"unchanged": 2}
    after = partner.vacancy("R1")
    assert (after.updated, after.draft) == (before.updated, before.draft)
    assert len(partner.rows(Touched)) == touched
    assert partner.sighting("R1").last_seen == partner.now
    assert len(partner.rows(StatusChange)) == 2


def test_a_changed_advert_is_updated_and_touched(partner: Any, advert: Any, counts: Any) -> None:
    partner.run(jobs(advert, 1, 2))
    touched = len(partner.rows(Touched))
    closes = "2026-12-01T23:59:59+00:00"
    result = partner.run([advert(1, title="Senior Officer 1", closes=closes), advert(2)])
    assert counts(result) == {"changed": 1, "unchanged": 1}
    vacancy = partner.vacancy("R1")
    assert (vacancy.title, vacancy.draft["title"]) == ("Senior Officer 1", "Senior Officer 1")
    assert vacancy.closes_at == dt.datetime.fromisoformat(closes)
    assert vacancy.updated == partner.now
    assert len(partner.rows(Touched)) == touched + 1
    assert partner.sighting("R1").posting["title"] == "Senior Officer 1"


def test_words_that_nobody_sees_differently_leave_updated_alone(one_partner: Any, advert: Any) -> None:
    one_partner.run(jobs(advert, 1))
    before = one_partner.vacancy("R1").updated
    one_partner.run([advert(1, extra={"views": "12"})])
    assert one_partner.vacancy("R1").updated == before
    one_partner.run([advert(1, apply_url="https://apply.anytown.example/1")])
    assert one_partner.vacancy("R1").updated == one_partner.now


def test_a_new_way_of_reading_reads_all_again_and_calls_nothing_changed(
    one_partner: Any, advert: Any, counts: Any
) -> None:
    one_partner.run(jobs(advert, 1, 2))
    with one_partner.store.writing() as session:
        session.execute(sa.update(Sighting).values(reading="of old"))
        session.execute(sa.update(Vacancy).values(title="Misread"))
        session.execute(sa.update(Vacancy).where(Vacancy.id == 1).values(draft={}))
    before = one_partner.vacancy("R2").updated
    assert counts(one_partner.run(jobs(advert, 1, 2))) == {"unchanged": 2}
    assert one_partner.vacancy("R1").title == "Officer 1"
    assert (one_partner.vacancy("R1").updated, one_partner.vacancy("R2").updated) == (one_partner.now, before)
    assert one_partner.sighting("R1").reading != "of old"


def test_an_empty_feed_withdraws_nothing(partner: Any, advert: Any, counts: Any) -> None:
    partner.run(jobs(advert, 1, 2))
    result = partner.run([])
    assert result.status == "refused"
    assert counts(result) == {}
    assert "0 vacancies, under half of the last good run's 2" in result.messages[0]
    assert set(partner.statuses().values()) == {"open"}
    assert [(each.kind.value, each.closed) for each in partner.rows(Issue)] == [("run_refused", None)]
    assert partner.rows(SourceRow)[0].failures == 1


@pytest.mark.parametrize(
    ("harvest", "status", "words"),
    [
        ({"pages": 0, "problems": (f"{FEED}: answered 500",)}, "failed", "answered 500"),
        ({"finished": False, "problems": ("not finished within 60 s",)}, "refused", "not finished within 60 s"),
        ({"problems": (f"{FEED}: a page of HTML, not a feed",)}, "refused", "a page of HTML"),
        ({"problems": (f"{TRUNCATED}: <rss> never closes ({FEED})",)}, "refused", TRUNCATED),
        ({"problems": (f"{ILL_FORMED}: an unknown entity ({FEED})",)}, "refused", ILL_FORMED),
    ],
)  # fmt: skip
def test_a_run_that_is_not_well_and_whole_changes_nothing(
    one_partner: Any, advert: Any, counts: Any, harvest: dict[str, Any], status: str, words: str
) -> None:
    one_partner.run(jobs(advert, 1, 2))
    before = one_partner.sighting("R1").last_seen
    result = one_partner.run([advert(1, title="Changed"), advert(9)], **harvest)
    assert (result.status, counts(result)) == (status, {})
    assert words in result.messages[0]
    assert one_partner.statuses() == {"R1": "open", "R2": "open"}
    assert one_partner.sighting("R1").last_seen == before
    assert one_partner.vacancy("R1").title == "Officer 1"


def test_two_thirds_gone_lose_nothing(one_partner: Any, advert: Any) -> None:
    one_partner.run(jobs(advert, *range(9)))
    assert one_partner.run(jobs(advert, 0, 1, 2)).status == "refused"
    assert set(one_partner.statuses().values()) == {"open"}


def test_missing_once_is_unconfirmed_and_twice_withdrawn(partner: Any, advert: Any, counts: Any) -> None:
    partner.run(jobs(advert, 1, 2, 3))
    assert counts(partner.run(jobs(advert, 1, 2))) == {"unchanged": 2, "unconfirmed": 1}
    assert partner.statuses()["R3"] == "unconfirmed"
    partner.failing()
    partner.run([])
    assert counts(partner.run(jobs(advert, 1, 2))) == {"unchanged": 2, "withdrawn": 1}
    assert partner.statuses()["R3"] == "withdrawn"
    history = [(each.status.value, each.why) for each in partner.rows(StatusChange)][3:]
    assert history == [("unconfirmed", "missing from a good run"), ("withdrawn", "missing from 2 good runs")]
    assert counts(partner.run(jobs(advert, 1, 2))) == {"unchanged": 2}


def test_what_returns_is_reopened(partner: Any, advert: Any, counts: Any) -> None:
    partner.run(jobs(advert, 1, 2, 3))
    for _ in range(2):
        partner.run(jobs(advert, 1, 2))
    touched = len(partner.rows(Touched))
    public = partner.vacancy("R3").public_id
    assert counts(partner.run(jobs(advert, 1, 2, 3))) == {"unchanged": 2, "reopened": 1}
    assert partner.statuses()["R3"] == "open"
    assert partner.vacancy("R3").public_id == public
    assert len(partner.rows(Touched)) == touched + 1
    assert partner.sighting("R3").missed == 0


def test_what_returns_after_one_miss_is_confirmed_and_its_misses_forgotten(one_partner: Any, advert: Any) -> None:
    one_partner.run(jobs(advert, 1, 2, 3))
    for _ in range(3):
        one_partner.run(jobs(advert, 1, 2))
        one_partner.run(jobs(advert, 1, 2, 3))
    assert one_partner.statuses()["R3"] == "open"
    one_partner.run(jobs(advert, 1, 2))
    assert one_partner.statuses()["R3"] == "unconfirmed"


def test_a_304_counts_as_a_good_run(one_partner: Any, advert: Any) -> None:
    one_partner.run(jobs(advert, 1, 2, 3))
    one_partner.run(jobs(advert, 1, 2))
    result = one_partner.run(jobs(advert, 1, 2), not_modified=True)
    assert (result.status, result.withdrawn) == ("unchanged", 1)


def test_a_failed_page_leaves_its_own_vacancy_unconfirmed_and_no_other(
    one_partner: Any, advert: Any, counts: Any
) -> None:
    one_partner.run(jobs(advert, 1, 2, 3))
    for _ in range(3):
        result = one_partner.run(jobs(advert, 1, 2), failed=frozenset({"https://jobs.anytown.example/3?utm_source=x"}))
        assert counts(result) == {"unchanged": 2, "unconfirmed": 1}
    assert one_partner.statuses() == {"R1": "open", "R2": "open", "R3": "unconfirmed"}


def test_every_page_failing_withdraws_nothing(one_partner: Any, advert: Any) -> None:
    one_partner.run(jobs(advert, 1, 2, 3))
    for _ in range(3):
        result = one_partner.run([], failed_keys=frozenset({"R1", "R2", "R3"}))
        assert (result.status, result.unconfirmed) == ("ok", 3)
    assert set(one_partner.statuses().values()) == {"unconfirmed"}


def test_a_page_that_is_gone_withdraws_at_once_until_it_answers(partner: Any, advert: Any, counts: Any) -> None:
    partner.run(jobs(advert, 1, 2, 3))
    gone = {"gone": frozenset({"https://jobs.anytown.example/3"})}
    assert counts(partner.run(jobs(advert, 1, 2), **gone)) == {"unchanged": 2, "withdrawn": 1}
    assert partner.sighting("R3").gone
    assert counts(partner.run(jobs(advert, 1, 2), **gone)) == {"unchanged": 2}
    failing = {"failed": frozenset({"https://jobs.anytown.example/3"})}
    assert counts(partner.run(jobs(advert, 1, 2), **failing)) == {"unchanged": 2}
    assert counts(partner.run(jobs(advert, 1, 2, 3))) == {"unchanged": 2, "reopened": 1}
    assert not partner.sighting("R3").gone


def test_half_of_the_pages_gone_refuse_the_run(one_partner: Any, advert: Any) -> None:
    one_partner.run(jobs(advert, 1, 2, 3, 4))
    result = one_partner.run(jobs(advert, 1, 2), gone_keys=frozenset({"R3", "R4"}))
    assert result.status == "refused"
    assert set(one_partner.statuses().values()) == {"open"}


def test_an_ill_formed_feed_is_accepted_from_a_source_declared_so(
    make_partner: Any, sqlite_store: Any, advert: Any, expecting: Any
) -> None:
    partner = make_partner(sqlite_store, expect=expecting(ill_formed=True))
    ill = {"problems": (f"{ILL_FORMED}: an unknown entity ({FEED})",)}
    assert partner.run(jobs(advert, 1, 2), **ill).status == "ok"
    assert partner.run(jobs(advert, 1), problems=(f"{TRUNCATED}: no end",)).status == "refused"


@pytest.mark.parametrize(
    ("count", "status", "words"),
    [
        (1, "refused", "1 vacancies, where at least 2 are expected"),
        (2, "ok", ""),
        (4, "ok", ""),
        (5, "refused", "5 vacancies, where at most 4 are expected"),
    ],
)
def test_a_count_outside_what_is_expected_refuses_the_run(
    make_partner: Any, sqlite_store: Any, advert: Any, expecting: Any, count: int, status: str, words: str
) -> None:
    partner = make_partner(sqlite_store, expect=expecting(minimum=2, maximum=4))
    result = partner.run(jobs(advert, *range(count)))
    assert result.status == status
    assert words in " ".join(result.messages)
    assert len(partner.statuses()) == (count if status == "ok" else 0)


def test_a_lower_count_that_three_runs_over_a_day_agree_on_is_the_new_normal(one_partner: Any, advert: Any) -> None:
    one_partner.run(jobs(advert, *range(10)))
    statuses = []
    for _ in range(3):
        one_partner.now += dt.timedelta(hours=12)
        statuses.append(one_partner.run(jobs(advert, 0, 1, 2)).status)
    assert statuses == ["refused", "refused", "ok"]
    assert set(one_partner.statuses().values()) == {"open", "unconfirmed"}
    assert one_partner.run(jobs(advert, 0, 1, 2)).withdrawn == 7


def test_three_runs_within_a_day_agree_on_nothing(one_partner: Any, advert: Any) -> None:
    one_partner.run(jobs(advert, *range(10)))
    assert {one_partner.run(jobs(advert, 0, 1, 2)).status for _ in range(20)} == {"refused"}


def test_an_empty_answer_is_the_new_normal_only_on_a_persons_word(partner: Any, advert: Any) -> None:
    partner.run(jobs(advert, 1))
    for _ in range(5):
        partner.now += dt.timedelta(hours=12)
        assert partner.run([]).status == "refused"
    assert accept(partner.store, "anytown", "pat@anytown.example", partner.now) == 0
    assert partner.run([]).status == "ok"
    assert partner.run([]).withdrawn == 1
    assert {each.closed is not None for each in partner.rows(Issue)} == {True}


def test_postings_that_cannot_be_read_are_kept_and_cleared_at_their_next_success(
    partner: Any, advert: Any, counts: Any
) -> None:
    result = partner.run([advert(1), advert(2, title=None), advert(3, title="Service closing")])
    assert counts(result) == {"new": 1, "refused": 2}
    assert {(each.key, each.reason.value) for each in partner.rows(RefusedPosting)} == {
        ("R2", "no_title"),
        ("R3", "not_an_advert"),
    }
    assert partner.rows(RefusedPosting)[0].posting["reference"] == "R2"
    assert "1 postings refused: It has no title" in result.messages
    assert counts(partner.run([advert(1), advert(2), advert(3, title="Service closing")])) == {
        "new": 1, "unchanged": 1, "refused": 1,
    }  # fmt: skip
    assert [each.key for each in partner.rows(RefusedPosting)] == ["R3"]


def test_a_known_vacancy_whose_title_is_lost_stays(one_partner: Any, advert: Any) -> None:
    one_partner.run(jobs(advert, 1, 2, 3))
    for _ in range(4):
        one_partner.run([advert(1), advert(2), advert(3, title=None)])
    assert one_partner.statuses()["R3"] == "unconfirmed"


def test_a_known_vacancy_that_turns_into_a_tombstone_goes_after_two_runs(one_partner: Any, advert: Any) -> None:
    one_partner.run(jobs(advert, 1, 2, 3))
    for _ in range(2):
        one_partner.run([advert(1), advert(2), advert(3, title="Service closing")])
    assert one_partner.statuses()["R3"] == "withdrawn"


def test_different_adverts_under_one_reference_are_all_kept(one_partner: Any, advert: Any, counts: Any) -> None:
    twins = [advert(1), advert(1, url="https://jobs.anytown.example/other"), advert(1), advert(2)]
    result = one_partner.run(twins)
    assert (result.postings, counts(result)) == (3, {"new": 3})
    assert any(message.startswith("duplicate reference R1: 2 different adverts") for message in result.messages)
    assert counts(one_partner.run(list(reversed(twins)))) == {"unchanged": 3}
    assert counts(one_partner.run([twins[1], twins[3]])) == {"unchanged": 2, "unconfirmed": 1}


def test_a_dry_run_says_what_would_happen_and_writes_nothing(partner: Any, advert: Any, counts: Any) -> None:
    partner.run(jobs(advert, 1, 2, 3))
    before = len(partner.rows(CrawlRun))
    result = partner.run([advert(1), advert(2, title="New words"), advert(4)], dry_run=True)
    assert counts(result) == {"new": 1, "changed": 1, "unchanged": 1, "unconfirmed": 1}
    assert set(partner.statuses()) == {"R1", "R2", "R3"}
    assert partner.vacancy("R2").title == "Officer 2"
    assert len(partner.rows(CrawlRun)) == before
    assert begin_run(partner.store, "anytown", partner.now) is not None


def test_a_run_holds_its_source_as_long_as_it_gives_signs_of_life(partner: Any) -> None:
    second = dt.timedelta(seconds=1)
    first = begin_run(partner.store, "anytown", partner.now)
    assert first is not None
    assert begin_run(partner.store, "anytown", partner.now + 29 * second) is None
    beat(partner.store, [first], partner.now + 29 * second)
    assert begin_run(partner.store, "anytown", partner.now + 58 * second) is None
    later = begin_run(partner.store, "anytown", partner.now + 60 * second)
    assert later is not None
    assert later > first
    with partner.store.writing() as session, pytest.raises(LeaseLostError, match=f"run {first} no longer holds it"):
        confirm_run(session, "anytown", first)
    drop_run(partner.store, "anytown", later)


def test_a_late_run_writes_nothing(one_partner: Any, advert: Any) -> None:
    real = one_partner.now

    def overtaken() -> None:
        late = real + dt.timedelta(minutes=80)
        assert begin_run(one_partner.store, "anytown", late) is not None

    with pytest.raises(LeaseLostError):
        one_partner.run(Overtaking(jobs(advert, 1, 2), overtaken))
    assert one_partner.statuses() == {}


class Overtaking(list[Any]):
    """Postings during whose reading something happens."""

    def __init__(self, postings: list[Any], happens: Any) -> None:
        super().__init__(postings)
        self.happens = happens

    def __iter__(self) -> Any:
        self.happens()
        return super().__iter__()


def test_a_run_without_a_harvest_is_failed_with_its_reason(partner: Any) -> None:
    number = begin_run(partner.store, "anytown", partner.now)
    assert number is not None
    result = fail_run(partner.store, "anytown", number, "killed after 10 minutes", partner.now)
    assert (result.status, result.messages) == ("failed", ("killed after 10 minutes",))
    assert [each.message for each in partner.rows(Issue)] == ["killed after 10 minutes"]
    assert begin_run(partner.store, "anytown", partner.now) is not None


def test_what_no_database_takes_is_left_out_of_the_words(partner: Any, advert: Any, counts: Any) -> None:
    assert counts(partner.run([advert(1, title="Off\0icer \ud83d")])) == {"new": 1}
    assert partner.vacancy("R1").title == "Officer "


def test_more_than_a_batch_is_written_with_pauses(
    partner: Any, advert: Any, counts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clearinghouse.ingest.store.ROWS", 20)
    assert counts(partner.run(jobs(advert, *range(62)))) == {"new": 62}
    assert counts(partner.run(jobs(advert, *range(62)))) == {"unchanged": 62}
    assert len(partner.rows(Sighting)) == 62
    assert counts(partner.run(jobs(advert, *range(40)))) == {"unchanged": 40, "unconfirmed": 22}
