"""An address is tried once, and becomes a source once: whoever clicks how often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from staffing import add_person

from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.models import AuditEvent, Organisation
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import adding, steering, trials, wanted
from clearinghouse.ingest.models import CrawledPage, SourceCheck
from clearinghouse.ingest.sources import effective, facts_as_json, override, register
from clearinghouse.ingest.wanted import BOARD, NEW, Wanted
from clearinghouse.vacancies.models import CrawlRequest, SourceRow
from clearinghouse.vacancies.posting import Expectation, SourceFacts

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
SECOND, MINUTE, DAY = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(days=1)
URL = "https://jobs.anytown.example/rss"
FACTS = SourceFacts("", "Anytown Council", "browser", "feed", "f1", "https://anytown.example/", url=URL)
FILE = replace(FACTS, slug="known", origin="shipped")
RESULT: Mapping[str, Any] = {
    "state": "found", "message": "We found 12 vacancies.", "url": URL, "sure": 1, "postings": 12, "stated": 12,
    "partial": False, "organisation": "Anytown Council", "homepage": "https://anytown.example/",
    "adapter": {"adapter": "feed", "fields": {"url": URL}}, "facts": facts_as_json(FACTS),
}  # fmt: skip
FORM = Wanted(
    slug="anytown", owner=NEW, name="Anytown Council", homepage="https://anytown.example/", every_hours="4",
    minimum="1", maximum="50",
)  # fmt: skip


@pytest.fixture
def jo(store: Store) -> Actor:
    user = add_person(store, NOW, Hat(Role.SECRETARIAT), email="jo@example.org")
    return Actor(user, "Jo Keeper", "jo@example.org", frozenset({Hat(Role.SECRETARIAT)}))


def ask(store: Store, by: Actor, url: str = URL, now: dt.datetime = NOW, *, again: bool = False) -> int:
    return trials.ask(store, url, by, now, demo=False, again=again)


def answer(store: Store, number: int, **changes: Any) -> None:
    """What the crawlers do."""
    with store.writing() as session:
        row = session.get_one(CrawlRequest, number)
        row.taken_at = row.done_at = NOW + SECOND
        row.result = {**RESULT, **changes}


def tried(store: Store, by: Actor, **changes: Any) -> int:
    number = ask(store, by)
    answer(store, number, **changes)
    return number


def add(store: Store, number: int, by: Actor, now: dt.datetime = NOW + MINUTE, **changes: Any) -> str:
    return adding.add(store, number, replace(FORM, **changes), by, now, demo=False)


def events(store: Store, *tags: Tag) -> list[AuditEvent]:
    with store.reading() as session:
        return list(session.scalars(sa.select(AuditEvent).where(AuditEvent.tag.in_(tags)).order_by(AuditEvent.id)))


def source(store: Store, slug: str = "anytown") -> SourceRow:
    with store.reading() as session:
        return session.get_one(SourceRow, slug)


def count(store: Store, table: type[Any], *where: Any) -> int:
    with store.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0


def errors_of(call: Any) -> dict[str, str]:
    with pytest.raises(BadFormError) as caught:
        call()
    return caught.value.errors


def test_an_address_is_asked_for_once_and_written_down(store: Store, jo: Actor) -> None:
    number = ask(store, jo, f"  {URL} ")
    with store.reading() as session:
        found = trials.get(session, number)
    assert found
    assert (found.url, found.asked_by, found.state, found.added) == (URL, "jo@example.org", "waiting", None)
    assert [(one.tag, one.about, one.details) for one in events(store, *Tag)] == [
        (Tag.SOURCE_TRIAL_ASKED, str(number), {"url": URL})
    ]


@pytest.mark.parametrize(
    ("done", "later", "again", "same"),
    [
        (False, 9 * MINUTE, False, True),
        (False, DAY, False, True),
        (True, 9 * MINUTE, False, True),
        (True, 11 * MINUTE, False, False),
        (True, SECOND, True, False),
        (False, SECOND, True, True),
    ],
)
def test_a_second_click_takes_the_trial_that_is_there(
    store: Store, jo: Actor, later: dt.timedelta, *, done: bool, again: bool, same: bool
) -> None:
    first = ask(store, jo)
    if done:
        answer(store, first)
    assert (ask(store, jo, now=NOW + later, again=again) == first) is same


def test_two_clicks_at_once_make_one_trial(store: Store, jo: Actor) -> None:
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda _: ask(store, jo), range(8)))
    assert len(set(numbers)) == 1
    assert count(store, CrawlRequest) == 1


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "http://jobs.anytown.example/rss/",
        "https://www.anytown.example/jobs",
        "https://jobs.anytown.example/page/2",
    ],
)
def test_what_a_source_reads_is_not_tried_again(store: Store, jo: Actor, url: str) -> None:
    register(store, [replace(FILE, homepage="https://anytown.example/jobs/")], {}, NOW)
    with store.writing() as session:
        page = {"fingerprint": "f", "fetched_full_at": NOW, "parsed": {}, "source": "known"}
        session.add(CrawledPage(url="https://jobs.anytown.example/page/2", role="listing", **page))
        session.add(CrawledPage(url="https://jobs.anytown.example/job/7", role="detail", **page))
    assert "known" in errors_of(lambda: ask(store, jo, url))["url"]
    assert ask(store, jo, "https://jobs.anytown.example/job/7")


def test_where_a_person_moved_a_source_counts(store: Store, jo: Actor) -> None:
    register(store, [replace(FILE, homepage=None)], {}, NOW)
    override(store, "known", {"url": "https://jobs.anytown.example/new"})
    assert "known" in errors_of(lambda: ask(store, jo, "https://jobs.anytown.example/new"))["url"]
    assert ask(store, jo, URL)


def test_a_source_that_was_removed_may_be_added_anew(store: Store, jo: Actor) -> None:
    add(store, tried(store, jo), jo)
    with store.writing() as session:
        page = {"fingerprint": "f", "fetched_full_at": NOW, "parsed": {}, "source": "anytown"}
        session.add(CrawledPage(url=URL, role="listing", **page))
    assert "anytown" in errors_of(lambda: ask(store, jo, again=True))["url"]
    steering.remove(store, "anytown", jo, NOW)
    number = ask(store, jo)  # a new trial: what was made of the last one is gone
    assert number == ask(store, jo)
    answer(store, number)
    assert "anytown is taken" in errors_of(lambda: add(store, number, jo))["slug"]
    assert add(store, number, jo, slug="anytown-2") == "anytown-2"


def test_a_request_for_something_else_is_no_trial(store: Store) -> None:
    with store.writing() as session:
        row = CrawlRequest(kind="crawl", about="anytown", asked_at=NOW)
        session.add(row)
        session.flush()
        assert trials.get(session, row.id) is None
        assert trials.get(session, row.id + 1) is None
        assert trials.latest(session) == []


def test_a_source_is_a_row_of_what_was_found_and_what_was_said(store: Store, jo: Actor) -> None:
    number = tried(store, jo)
    assert add(store, number, jo, maximum="1,200", every_hours="0.5") == "anytown"
    row = source(store)
    facts = effective(row)
    assert (facts.slug, facts.origin, facts.organisation) == ("anytown", "browser", "Anytown Council")
    assert (facts.every_hours, facts.expect) == (0.5, Expectation(1, 1200))
    assert (facts.url, facts.adapter, facts.verified) == (URL, "feed", None)
    assert row.adapter_fields == RESULT["adapter"]
    assert row.public is False
    assert count(store, CrawlRequest, CrawlRequest.kind == "crawl", CrawlRequest.about == "anytown") == 1
    (event,) = events(store, Tag.SOURCE_ROW_ADDED)
    assert event.details
    assert (event.about, event.organisation_id, event.details["trial"]) == ("anytown", row.organisation_id, number)
    assert events(store, Tag.SOURCE_VERIFIED_ON) == []


def test_an_approved_source_is_public_and_says_who_compared_what(store: Store, jo: Actor) -> None:
    add(store, tried(store, jo), jo, approve=True, compared=" All ten,\n titles and pay ")
    assert source(store).public is True
    assert effective(source(store)).verified == NOW.date()
    with store.reading() as session:
        check = session.scalars(sa.select(SourceCheck)).one()
    assert (check.source, check.by, check.compared) == ("anytown", "Jo Keeper", "All ten, titles and pay")
    (event,) = events(store, Tag.SOURCE_VERIFIED_ON)
    assert event.by == "jo@example.org"


def test_a_trial_makes_one_source_however_often_the_form_comes(store: Store, jo: Actor) -> None:
    number = tried(store, jo)
    with ThreadPoolExecutor(4) as pool:
        slugs = set(pool.map(lambda each: add(store, number, jo, slug=f"anytown-{each}"), range(6)))
    assert len(slugs) == count(store, SourceRow) == len(events(store, Tag.SOURCE_ROW_ADDED)) == 1
    assert count(store, CrawlRequest, CrawlRequest.kind == "crawl") == 1
    with store.reading() as session:
        found = trials.get(session, number)
    assert found
    assert {found.added} == slugs


def test_two_trials_of_one_address_make_one_source(store: Store, jo: Actor) -> None:
    first = tried(store, jo)
    second = ask(store, jo, "https://anytown.example/work-for-us")
    answer(store, second)
    add(store, first, jo)
    assert "anytown reads" in errors_of(lambda: add(store, second, jo, slug="other"))["trial"]
    assert count(store, SourceRow) == 1


def test_two_keepers_with_one_name_at_once_make_one_source(store: Store, jo: Actor) -> None:
    numbers = []
    for number in range(4):
        url = f"https://site{number}.example/rss"
        numbers.append(ask(store, jo, url))
        answer(store, numbers[-1], adapter={"adapter": "feed", "fields": {"url": url}})

    def attempt(number: int) -> str:
        try:
            return add(store, number, jo, homepage="")
        except BadFormError as error:
            return error.errors["slug"]

    with ThreadPoolExecutor(4) as pool:
        came = sorted(pool.map(attempt, numbers))
    assert came == ["anytown", *["anytown is taken: choose another short name"] * 3]


@pytest.mark.parametrize(
    ("changes", "later"), [({"state": "nothing"}, MINUTE), ({"state": "failed"}, MINUTE), ({}, DAY + MINUTE)]
)
def test_a_trial_that_found_nothing_or_is_old_makes_no_source(
    store: Store, jo: Actor, changes: dict[str, str], later: dt.timedelta
) -> None:
    number = tried(store, jo, **changes)
    assert set(errors_of(lambda: add(store, number, jo, NOW + later))) == {"trial"}
    assert count(store, SourceRow) == 0


def test_a_trial_that_waits_or_never_was_makes_no_source(store: Store, jo: Actor) -> None:
    number = ask(store, jo)
    assert set(errors_of(lambda: add(store, number, jo))) == {"trial"}
    assert set(errors_of(lambda: add(store, number + 1, jo))) == {"trial"}


BAD = [
    ({"slug": ""}, "slug", "Enter a short name"),
    ({"slug": "Any Town"}, "slug", "'Any Town'"),
    ({"slug": "any_town"}, "slug", "'any_town'"),
    ({"slug": "a" * 61}, "slug", "60 characters"),
    ({"slug": "new"}, "slug", "new is taken"),
    ({"slug": "trials"}, "slug", "trials is taken"),
    ({"slug": "known"}, "slug", "known is taken"),
    ({"owner": ""}, "owner", "Choose whose"),
    ({"owner": "no-such-council"}, "owner", "Choose whose"),
    ({"name": " "}, "name", "Enter the employer"),
    ({"name": "x" * 201}, "name", "201 characters"),
    ({"name": "An\0y"}, "name", "can't be printed"),
    ({"homepage": "anytown"}, "homepage", "anytown"),
    ({"homepage": "http://10.0.0.1/"}, "homepage", "10.0.0.1"),
    ({"every_hours": ""}, "every_hours", "Enter how many hours"),
    ({"every_hours": "often"}, "every_hours", "“often”"),
    ({"every_hours": "0.2"}, "every_hours", "0.2 hours"),
    ({"every_hours": "169"}, "every_hours", "169 hours"),
    ({"every_hours": "nan"}, "every_hours", "“nan”"),
    ({"minimum": "-1"}, "minimum", "“-1”"),
    ({"minimum": "²"}, "minimum", "“²”"),
    ({"maximum": "9" * 5000}, "maximum", "is too many"),
    ({"minimum": "9", "maximum": "8"}, "maximum", "less than the fewest, 9"),
    ({"approve": True}, "compared", "Say what you compared"),
    ({"approve": True, "compared": "x" * 2001}, "compared", "2,001 now"),
]


@pytest.mark.parametrize(("changes", "field", "words"), BAD)
def test_what_cannot_be_used_is_named_and_changes_nothing(
    sqlite_store: Store, changes: dict[str, Any], field: str, words: str
) -> None:
    store = sqlite_store
    user = add_person(store, NOW, Hat(Role.SECRETARIAT))
    jo = Actor(user, "Jo", "jo@example.org")
    register(store, [replace(FILE, homepage=None, url=None)], {}, NOW)
    number = tried(store, jo)
    told = errors_of(lambda: add(store, number, jo, **changes))
    assert set(told) == {field}
    assert words in told[field]
    assert count(store, SourceRow) == 1
    assert events(store, Tag.SOURCE_ROW_ADDED) == []


def test_every_bad_field_is_told_at_once(store: Store, jo: Actor) -> None:
    number = tried(store, jo)
    told = errors_of(lambda: add(store, number, jo, slug="", owner="", every_hours="x", minimum="x", maximum="x"))
    assert set(told) == {"slug", "owner", "every_hours", "minimum", "maximum"}


def test_a_known_organisation_is_taken_whatever_way_it_is_written(store: Store, jo: Actor) -> None:
    with store.writing() as session:
        session.add(Organisation(slug="anytown-council", name="Anytown Council", member=True, listed=True))
    add(store, tried(store, jo), jo, name=" The  ANYTOWN council")
    assert count(store, Organisation) == 1
    with store.reading() as session:
        found = session.get_one(Organisation, source(store).organisation_id)
    assert (found.name, found.member, found.recruitment_url) == ("Anytown Council", True, "https://anytown.example/")


@pytest.mark.parametrize("member", [True, False])
def test_a_new_employer_is_a_member_only_when_somebody_says_so(store: Store, jo: Actor, *, member: bool) -> None:
    add(store, tried(store, jo), jo, member=member)
    with store.reading() as session:
        found = session.get_one(Organisation, source(store).organisation_id)
    assert (found.member, found.listed) == (member, member)


def test_a_board_belongs_to_no_employer(store: Store, jo: Actor) -> None:
    add(store, tried(store, jo), jo, owner=BOARD, member=True)
    assert source(store).organisation_id is None
    assert effective(source(store)).organisation is None
    assert count(store, Organisation) == 0


def test_the_form_begins_with_what_was_found(store: Store) -> None:
    with store.writing() as session:
        session.add(Organisation(slug="anytown-council", name="Anytown Council", member=True, listed=True))
        session.flush()
        assert wanted.suggested(session, RESULT) == Wanted(
            slug="anytown-council", owner="anytown-council", homepage="https://anytown.example/", minimum="1",
            maximum="50",
        )  # fmt: skip
        unknown = wanted.suggested(session, {**RESULT, "organisation": "New Body"})
        assert (unknown.slug, unknown.owner, unknown.name) == ("new-body", NEW, "New Body")
        nobody = wanted.suggested(session, {**RESULT, "organisation": None})
        assert (nobody.slug, nobody.owner, nobody.name) == ("", "", "")
    register(store, [replace(FILE, slug="anytown-council"), replace(FILE, slug="anytown-council-2")], {}, NOW)
    with store.reading() as session:
        assert wanted.suggested(session, RESULT).slug == "anytown-council-3"
        assert wanted.suggested(session, {**RESULT, "organisation": "New"}).slug == "new-2"


@pytest.mark.parametrize(
    ("postings", "stated", "partial", "expected"),
    [
        (12, 12, False, ("1", "50")),
        (10, 140, True, ("1", "560")),
        (10, None, True, ("1", "")),
        (3, None, False, ("0", "50")),
        (52, None, False, ("1", "210")),
    ],
)
def test_what_is_normal_is_guessed_from_the_count(
    postings: int, stated: int | None, expected: tuple[str, str], *, partial: bool
) -> None:
    assert wanted.expected({"postings": postings, "stated": stated, "partial": partial}) == expected
