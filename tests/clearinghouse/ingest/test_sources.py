"""The `source` table against the crawlers' registry."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.organisations import Entry
from clearinghouse.db import Store
from clearinghouse.errors import BadSourceError
from clearinghouse.ingest.models import Issue
from clearinghouse.ingest.pages import KnownPage, forget_pages, keep_pages, known_pages
from clearinghouse.ingest.sources import effective, facts_as_json, facts_from_json, get, override, register
from clearinghouse.vacancies.applying import Applying, Form
from clearinghouse.vacancies.models import SourceRow, Touched
from clearinghouse.vacancies.posting import Expectation, SourceFacts

NOW = dt.datetime(2026, 11, 2, 6, 0, tzinfo=dt.UTC)


def facts(slug: str = "anytown", **values: Any) -> SourceFacts:
    known = {"organisation": "Anytown Borough Council", "origin": "shipped", "adapter": "feed", "fingerprint": "f1"}
    return SourceFacts(**{"slug": slug, **known, **values})


def row(store: Store, slug: str = "anytown") -> SourceRow:
    with store.reading() as session:
        return get(session, slug)


def page(url: str = "https://j.example/rss", **values: Any) -> KnownPage:
    known = {"etag": '"1"', "last_modified": None, "fetched_full_at": NOW, "role": "listing", "parsed": {"follows": []}}
    return KnownPage(**{"url": url, **known, **values})


def test_facts_survive_the_store() -> None:
    full = facts(
        verified=dt.date(2026, 11, 1), expect=Expectation(1, 9, ill_formed=True), identity=("url",), every_hours=0.5,
        applying=Applying(account=True, form=Form.CV, sources=("https://x.example",), checked=dt.date(2026, 11, 1)),
    )  # fmt: skip
    assert facts_from_json(json.loads(json.dumps(facts_as_json(full)))) == full
    assert facts_from_json(facts_as_json(facts())) == facts()


def test_facts_of_before_applying_was_known_are_read_too() -> None:
    before = {name: value for name, value in facts_as_json(facts()).items() if name != "applying"}
    assert facts_from_json(before) == facts()


def test_damaged_facts_about_applying_are_named_by_their_source() -> None:
    with pytest.raises(BadSourceError, match="anytown"):
        facts_from_json({**facts_as_json(facts()), "applying": {"form": "letter"}}, "anytown")


def test_registering_makes_sources_and_their_organisations(store: Store) -> None:
    register(store, [facts(), facts("board", organisation=None)], {}, NOW, [Entry("Elsewhere Trust")])
    anytown, board = row(store), row(store, "board")
    with store.reading() as session:
        organisation = session.get_one(Organisation, anytown.organisation_id)
    assert (organisation.name, organisation.listed) == ("Anytown Borough Council", False)
    assert (board.organisation_id, anytown.public, anytown.retired, anytown.problem) == (None, False, False, None)
    assert effective(anytown) == facts()


def test_an_override_outlives_registering_and_can_be_taken_back(store: Store) -> None:
    register(store, [facts()], {}, NOW)
    result = override(store, "anytown", {"every_hours": 24, "verified": dt.date(2026, 11, 2), "expect": Expectation(5)})
    assert (result.every_hours, result.verified, result.expect) == (24, dt.date(2026, 11, 2), Expectation(5))
    register(store, [facts(homepage="https://anytown.example")], {}, NOW)
    assert effective(row(store)).every_hours == 24
    assert effective(row(store)).homepage == "https://anytown.example"
    assert override(store, "anytown", {"every_hours": None}).every_hours == 4


@pytest.mark.parametrize("damage", [{"verified": "soon"}, {"expect": {"least": 1}}, {"expect": 7}, {"colour": "red"}])
def test_a_row_that_is_damaged_in_the_store_is_hidden_and_stops_no_other(
    sqlite_store: Store, damage: dict[str, Any]
) -> None:
    register(sqlite_store, [facts(origin="operator"), facts("other")], {}, NOW)
    with sqlite_store.writing() as session:
        get(session, "anytown").override = damage
    register(sqlite_store, [facts(origin="operator", every_hours=9), facts("other", every_hours=9)], {}, NOW)
    damaged, other = row(sqlite_store), row(sqlite_store, "other")
    assert (damaged.public, effective(other).every_hours) == (False, 9)
    assert "source anytown: its facts can't be read" in (damaged.problem or "")
    with sqlite_store.writing() as session:
        get(session, "anytown").override = {}
    register(sqlite_store, [facts(origin="operator"), facts("other")], {}, NOW)
    assert (row(sqlite_store).public, row(sqlite_store).problem) == (True, None)


def test_what_a_source_is_cannot_be_overridden(store: Store) -> None:
    register(store, [facts()], {}, NOW)
    with pytest.raises(BadSourceError, match="origin can't be overridden"):
        override(store, "anytown", {"origin": "operator"})
    with pytest.raises(BadSourceError, match="source nowhere: no such source"):
        override(store, "nowhere", {})


def test_a_verified_source_publishes_its_vacancies_again(make_partner: Any, store: Store, advert: Any) -> None:
    partner = make_partner(store, origin="shipped")
    partner.run([advert(1), advert(2)])
    assert not row(store).public
    touched = len(partner.rows(Touched))
    override(store, "anytown", {"verified": dt.date(2026, 11, 2)})
    assert row(store).public
    assert len(partner.rows(Touched)) == touched + 2
    override(store, "anytown", {"terms": "open_licence"})
    assert len(partner.rows(Touched)) == touched + 2


def test_a_source_that_left_the_registry_is_retired_and_may_return(store: Store) -> None:
    register(store, [facts(), facts("other")], {}, NOW)
    register(store, [facts("other")], {}, NOW)
    assert (row(store).retired, row(store, "other").retired) == (True, False)
    register(store, [facts(), facts("other")], {}, NOW)
    assert not row(store).retired


def test_a_source_added_in_the_browser_is_not_retired(store: Store) -> None:
    register(store, [facts()], {}, NOW)
    with store.writing() as session:
        get(session, "anytown").adapter_fields = {"url": "https://j.example/rss"}
    register(store, [], {}, NOW)
    assert not row(store).retired


def test_a_file_that_cannot_be_loaded_leaves_its_source_and_says_why(store: Store) -> None:
    register(store, [facts()], {}, NOW)
    register(store, [], {"anytown": "line 3: unexpected indent", "new": "no source in it"}, NOW)
    assert (row(store).problem, row(store).retired) == ("line 3: unexpected indent", False)
    with store.reading() as session:
        issues = session.query(Issue).all()
    assert [(issue.kind.value, issue.message, issue.closed) for issue in issues] == [
        ("source_problem", "line 3: unexpected indent", None)
    ]
    register(store, [facts()], {}, NOW)
    assert row(store).problem is None
    with store.reading() as session:
        assert session.query(Issue).one().closed == NOW


def test_kept_pages_come_back_for_the_same_adapter_only(store: Store) -> None:
    register(store, [facts()], {}, NOW)
    keep_pages(store, "anytown", "f1", [page(), page("https://j.example/2", etag=None, last_modified="Mon")])
    keep_pages(store, "anytown", "f1", [page(etag='"2"')])
    known = known_pages(store, "anytown", "f1")
    assert known["https://j.example/rss"] == page(etag='"2"')
    assert known["https://j.example/2"].last_modified == "Mon"
    assert known_pages(store, "anytown", "f2") == {}
    forget_pages(store, "anytown")
    assert known_pages(store, "anytown", "f1") == {}


def test_pages_long_not_asked_for_are_forgotten(store: Store) -> None:
    register(store, [facts()], {}, NOW)
    keep_pages(store, "anytown", "f1", [page("https://j.example/old")])
    keep_pages(store, "anytown", "f1", [page(fetched_full_at=NOW + dt.timedelta(days=31))])
    assert set(known_pages(store, "anytown", "f1")) == {"https://j.example/rss"}


@pytest.mark.parametrize(
    "change", [{"fingerprint": "f2"}, {"expect": Expectation(5)}, {"homepage": "https://anytown.example"}]
)
def test_any_change_of_how_a_source_is_read_forgets_its_validators(store: Store, change: dict[str, Any]) -> None:
    register(store, [facts()], {}, NOW)
    keep_pages(store, "anytown", "f1", [page()])
    register(store, [facts()], {}, NOW)
    assert known_pages(store, "anytown", "f1")
    register(store, [facts(**change)], {}, NOW)
    assert not known_pages(store, "anytown", "f1")


def test_words_about_a_source_leave_its_validators(store: Store) -> None:
    register(store, [facts()], {}, NOW)
    keep_pages(store, "anytown", "f1", [page()])
    said = facts(about="Unchecked.", applying=Applying(account=True, checked=dt.date(2026, 11, 1)))
    register(store, [said], {}, NOW)
    assert effective(row(store)) == said
    assert known_pages(store, "anytown", "f1")
