"""The table of how applying works at each recruitment system: facts with their source and date, or nothing."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest

from crawlers.adapters.feed import Feed
from crawlers.adapters.greenhouse import Greenhouse
from crawlers.adapters.known import ADAPTERS
from crawlers.applying import APPLYING, read
from crawlers.registry import facts
from crawlers.source import Source

FORMATS = {  # that any system may speak: they say nothing of how one applies
    "csv_file", "feed", "html", "indeed_xml", "job_list", "jooble", "json_api", "jsonld", "sitemap", "wp_job_manager",
    "wp_rest",
}  # fmt: skip


def test_every_recruitment_system_has_an_entry_and_no_format_that_anyone_may_speak() -> None:
    assert set(APPLYING) == set(ADAPTERS) - FORMATS
    assert set(ADAPTERS) >= FORMATS


@pytest.mark.parametrize("adapter", sorted(APPLYING))
def test_an_entry_says_where_each_of_its_facts_is_from_and_when_or_says_none(adapter: str) -> None:
    known = APPLYING[adapter]
    assert known.checked is not None
    assert known.checked >= dt.date(2026, 11, 22)
    assert bool(known.sources) == known.known
    for address in (*known.sources, *filter(None, [known.help_page])):
        parts = urlsplit(address)
        assert (parts.scheme, bool(parts.hostname)) == ("https", True)
    assert {type(value) for value in (known.account, known.save, known.phone)} <= {bool, type(None)}
    assert known.help_line is None or known.help_line.replace(" ", "").isdigit()


def test_a_source_tells_what_is_known_of_its_adapters_system() -> None:
    url = "https://boards.greenhouse.io/anytown"
    board, feed = (facts("anytown", Source("Anytown Council", kind(url)), "operator") for kind in (Greenhouse, Feed))
    assert (board.applying, feed.applying) == (APPLYING["greenhouse"], None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[a]\nform = "letter"', "letter"),
        ("[a]\nacount = true", "acount"),
        ('[a]\nchecked = "soon"', "soon"),
    ],
)
def test_an_entry_with_a_mistake_is_refused(text: str, reason: str) -> None:
    with pytest.raises((TypeError, ValueError), match=reason):
        read(text)
