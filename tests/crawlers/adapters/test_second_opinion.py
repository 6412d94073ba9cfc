"""Feeds read by feedparser too: another reader, written by others, must find the same entries."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest

from crawlers.adapters.feed import Feed
from crawlers.source import Page

BODIES = Path(__file__).parent.parent / "bodies"
FEEDS = sorted(file for file in BODIES.glob("feed_*.xml") if file.stem not in ("feed_truncated", "feed_bare_channel"))


@pytest.mark.parametrize("file", FEEDS, ids=lambda file: file.stem)
def test_feedparser_finds_the_same_entries_and_links(file: Path) -> None:
    body, url = file.read_bytes(), "https://jobs.anytown.example/listing"
    theirs = feedparser.parse(body, sanitize_html=False, response_headers={"content-location": url}).entries
    ours = Feed(url).parse(Page(url, body)).postings
    assert [posting.url for posting in ours] == [entry.link for entry in theirs]
    assert [(posting.title or "")[:7] for posting in ours] == [entry.title[:7] for entry in theirs]
