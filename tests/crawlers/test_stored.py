"""What the store adds to the registry: sources without a file, and addresses that a person put in."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.ingest.models import Issue
from clearinghouse.ingest.pages import KnownPage, keep_pages, known_pages
from clearinghouse.ingest.sources import effective, facts_as_json, override, register
from clearinghouse.vacancies.models import SourceRow
from crawlers.adapters.feed import Feed
from crawlers.adapters.jsonld import JsonLd
from crawlers.registry import Registered, Registry, facts
from crawlers.source import Adapter, Expect, Source
from crawlers.stored import merged, rows

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
URL = "https://jobs.anytown.example/rss"
OTHER = "https://careers.anytown.example/feed"
LOCAL = "http://127.0.0.1:8099/feed"


def put(store: Store, slug: str, url: str = URL, **values: Any) -> None:
    """A source's row as the site writes it when a keeper adds a partner."""
    source = Source("Anytown Council", Feed(url), every_hours=2, expect=Expect(1, 50))
    columns = {"adapter_fields": {"adapter": "feed", "fields": {"url": url}}, "override": {}}
    with store.writing() as session:
        row = facts_as_json(facts(slug, source, "browser"))
        session.add(SourceRow(slug=slug, **{"facts": row, **columns, **values}))


def files(**adapters: Adapter) -> Registry:
    """A registry of one operator's source for each adapter."""
    return Registry({slug: Registered(slug, Source("Anytown Council", a), "operator") for slug, a in adapters.items()})


def announced(store: Store, registry: Registry, *, demo: bool = False) -> Registry:
    """The registry with what the store adds, made known to the store as each look of the schedule does."""
    found = merged(registry, rows(store), demo=demo)
    problems = {slug: str(problem) for slug, problem in found.problems.items()}
    register(store, [one.facts for one in found.sources.values()], problems, NOW)
    return found


def row(store: Store, slug: str) -> SourceRow:
    with store.reading() as session:
        return session.get_one(SourceRow, slug)


def test_a_source_that_is_a_row_alone_is_crawled_as_it_says_and_shown_to_staff_only(store: Store) -> None:
    put(store, "anytown")
    found = announced(store, Registry())
    assert found.problems == {}
    one = found.sources["anytown"]
    assert (one.origin, one.file) == ("browser", None)
    assert one.source == Source("Anytown Council", Feed(URL), every_hours=2, expect=Expect(1, 50))
    stored = row(store, "anytown")
    assert effective(stored) == one.facts
    assert not stored.public
    assert not stored.retired
    assert announced(store, Registry()).sources == found.sources


def test_a_removed_source_is_not_brought_back(store: Store) -> None:
    put(store, "anytown")
    before = merged(Registry(), rows(store), demo=False)
    with store.writing() as session:
        session.execute(sa.update(SourceRow).values(retired=True))
    register(store, [one.facts for one in before.sources.values()], {}, NOW)  # by who read it just before
    assert row(store, "anytown").retired
    assert announced(store, Registry()).sources == {}


BAD: list[tuple[dict[str, Any], str]] = [
    ({"adapter_fields": {"adapter": "nosuch", "fields": {}}}, "no adapter is called 'nosuch'"),
    ({"adapter_fields": {"adapter": "feed", "fields": {"url": "javascript:x"}}}, "is no http or https address"),
    ({"facts": {}}, "its facts can't be read"),
    ({"facts": {"slug": "bad", "identity": ["url"], "expect": {"maximum": "9"}}}, "its facts can't be read: TypeError"),
]


@pytest.mark.parametrize(("values", "words"), BAD, ids=[words for _, words in BAD])
def test_a_row_that_can_not_be_read_is_a_problem_of_its_own(
    sqlite_store: Store, values: dict[str, Any], words: str
) -> None:
    put(sqlite_store, "bad", **values)
    put(sqlite_store, "well")
    found = announced(sqlite_store, Registry())
    assert set(found.sources) == {"well"}
    assert words in str(found.problems["bad"])
    assert words in str(row(sqlite_store, "bad").problem)


def test_facts_that_no_file_could_have_are_refused_as_a_files_are(sqlite_store: Store) -> None:
    put(sqlite_store, "anytown")
    with sqlite_store.writing() as session:
        stored = session.get_one(SourceRow, "anytown")
        stored.facts = {**stored.facts, "every_hours": 0}
    assert "every_hours 0 is not more than 0" in str(announced(sqlite_store, Registry()).problems["anytown"])


def test_a_file_of_the_same_name_wins_and_says_so(store: Store) -> None:
    put(store, "anytown")
    found = announced(store, files(anytown=Feed(OTHER)))
    assert found.sources["anytown"].source.adapter == Feed(OTHER)
    assert "the file is the one that is crawled" in str(row(store, "anytown").problem)
    announced(store, files(anytown=Feed(OTHER)))
    with store.reading() as session:
        assert [issue.closed for issue in session.scalars(sa.select(Issue))] == [None]
    found = announced(store, Registry())
    assert found.sources["anytown"].source.adapter == Feed(URL)
    assert row(store, "anytown").problem is None
    assert not row(store, "anytown").public


@pytest.mark.parametrize(("demo", "url", "here"), [(True, LOCAL, True), (False, LOCAL, False), (True, URL, False)])
def test_only_in_a_demo_may_one_be_on_this_machine(sqlite_store: Store, url: str, *, demo: bool, here: bool) -> None:
    put(sqlite_store, "anytown", url)
    assert announced(sqlite_store, Registry(), demo=demo).sources["anytown"].source.loopback is here


def test_an_address_put_in_on_the_site_replaces_the_files_and_forgets_what_was_read_from_it(store: Store) -> None:
    registry = files(anytown=Feed(URL))
    before = announced(store, registry).sources["anytown"]
    page = KnownPage(URL, '"1"', None, NOW, "listing", {})
    keep_pages(store, "anytown", before.facts.fingerprint, [page])
    override(store, "anytown", {"url": OTHER})
    keep_pages(store, "anytown", before.facts.fingerprint, [page])  # by a run that was under way
    after = announced(store, registry).sources["anytown"]
    assert after.source.adapter == Feed(OTHER)
    assert after.facts.fingerprint != before.facts.fingerprint
    assert known_pages(store, "anytown", after.facts.fingerprint) == {}
    stored = row(store, "anytown")
    assert (stored.facts["url"], effective(stored).url) == (URL, OTHER)
    override(store, "anytown", {"url": None})
    assert announced(store, registry).sources["anytown"].facts == before.facts


def test_an_address_that_can_not_be_used_leaves_the_source_at_its_own_and_says_so(sqlite_store: Store) -> None:
    registry = files(several=JsonLd((URL, OTHER)))
    announced(sqlite_store, registry)
    override(sqlite_store, "several", {"url": OTHER})
    for _ in range(2):
        found = announced(sqlite_store, registry)
        assert found.sources["several"].source.adapter == JsonLd((URL, OTHER))
        assert "no one address that another could replace" in str(row(sqlite_store, "several").problem)
    override(sqlite_store, "several", {"url": None})
    announced(sqlite_store, registry)
    assert row(sqlite_store, "several").problem is None
    with sqlite_store.reading() as session:
        assert [issue.closed for issue in session.scalars(sa.select(Issue))] == [NOW]


@pytest.mark.parametrize(
    ("own", "put_in", "demo", "here"),
    [
        (LOCAL, LOCAL + "2", False, True),  # the operator's own word, on the same site
        (LOCAL, "http://127.0.0.1:22/", False, False),
        (LOCAL, "http://127.0.0.1:22/", True, True),
        (LOCAL, URL, False, False),
        (URL, LOCAL, False, False),
    ],
)
def test_an_address_put_in_reaches_no_other_server_of_this_machine(
    sqlite_store: Store, own: str, put_in: str, *, demo: bool, here: bool
) -> None:
    source = Source("Anytown Council", Feed(own), loopback=own == LOCAL)
    registry = Registry({"anytown": Registered("anytown", source, "operator")})
    announced(sqlite_store, registry, demo=demo)
    override(sqlite_store, "anytown", {"url": put_in})
    assert announced(sqlite_store, registry, demo=demo).sources["anytown"].source.loopback is here
