"""What an adapter only guesses is seen by staff alone until a person has looked, whoever added the source."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from clearinghouse.db import Store
from clearinghouse.ingest import steering
from clearinghouse.ingest.sources import facts_as_json, facts_from_json, get, register
from clearinghouse.vacancies.posting import SourceFacts
from crawlers.adapters.job_list import JobList
from crawlers.adapters.known import ADAPTERS
from crawlers.new import GUESSED, OWN_WORD, Written, to_check
from crawlers.registry import facts
from crawlers.source import Adapter, Source

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
DAY = NOW.date()
GUESS = JobList("https://jobs.anytown.example/list.xml", "Export/Posts/Post")
KNOWN = ADAPTERS["feed"]("https://jobs.anytown.example/rss")
SEEN = [
    (GUESS, "operator", None, False),
    (GUESS, "operator", DAY, True),
    (GUESS, "browser", None, False),
    (GUESS, "browser", DAY, True),
    (GUESS, "shipped", None, False),
    (GUESS, "demo", None, True),
    (KNOWN, "operator", None, True),
    (KNOWN, "browser", None, False),
]


def facts_of(adapter: Adapter, origin: str, verified: dt.date | None = None) -> SourceFacts:
    return facts("anytown", Source("Anytown Borough Council", adapter, verified=verified), origin)


@pytest.mark.parametrize(("adapter", "origin", "verified", "public"), SEEN)
def test_a_guess_is_public_only_once_somebody_has_looked(
    adapter: Adapter, origin: str, verified: dt.date | None, *, public: bool
) -> None:
    told = facts_of(adapter, origin, verified)
    assert told.public is public
    assert facts_from_json(json.loads(json.dumps(facts_as_json(told)))) == told


def test_one_adapter_alone_guesses() -> None:
    assert [name for name, kind in ADAPTERS.items() if getattr(kind, "doubtful", False)] == ["job_list"]


def test_a_guess_in_an_operator_s_file_is_hidden_until_somebody_compares_it(store: Store) -> None:
    register(store, [facts_of(GUESS, "operator")], {}, NOW)
    assert is_public(store) is False
    steering.verify(store, "anytown", "every title with the site", "Ada", NOW)
    assert is_public(store) is True
    steering.unverify(store, "anytown", "Ada", NOW)
    assert is_public(store) is False


def is_public(store: Store) -> bool:
    with store.reading() as session:
        return get(session, "anytown").public


@pytest.mark.parametrize(("adapter", "words"), [(GUESS, GUESSED.format(slug="anytown")), (KNOWN, OWN_WORD)])
def test_whoever_makes_a_source_is_told_who_will_see_it(adapter: Adapter, words: str) -> None:
    result = {"fill": {}, "postings": 2, "stated": None, "partial": False, "refused": [], "doubt": None}
    source = Source("Anytown Borough Council", adapter)
    assert to_check(result, Written("anytown", Path("anytown.py"), Path("fixtures"), source))[-1] == words
