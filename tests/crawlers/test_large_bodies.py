"""A body of as many small things as it can hold is told what it is in 15 times its size: 300 MB for the largest."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import MOST_ENTRIES
from crawlers.adapters.feed import Feed
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonld import JsonLd
from crawlers.source import Adapter, Page

SIZE = 10_000_000  # bytes, half of what the fetcher takes
MOST = 150_000  # KiB
BODIES = {
    "a feed of short items": ("<rss><channel>", "<item><title>a</title></item>", "</channel></rss>"),
    "a list of empty elements": ("<data>", "<job/>", "</data>"),
    "a list of empty objects": ("[", "{},", "{}]"),
    "a page of empty elements": ("<html><body itemtype=JobPosting>", "<p>", "</body></html>"),
    "a table of short rows": ("title,reference\n", "a,1\n", ""),
    "a list of numbers": ("[", "12,", "0]"),
    "a list of words in backslashes": ('["', r"\n\q", '"]'),
    "a page of elements with attributes": ("<html><body>", "<input type=a name=b>", "</body></html>"),
    "a page of adverts without end": ("<html><body>", "<p itemscope itemtype=JobPosting>", "</body></html>"),
}
ADVERT = '{"@type": "JobPosting", "title": "Clerk", "url": "/%d"},'
MANY = {
    "feed": (
        "<rss><channel>",
        "<item><title>Clerk</title><link>https://a.example/%d</link></item>",
        "</channel></rss>",
    ),
    "jsonld": ("[", ADVERT, ADVERT[:-1].replace("%d", "0") + "]"),
    "json_api": ("[", '{"title": "Clerk", "id": %d},', '{"title": "Clerk"}]'),
}
# In a process of its own: the most memory that one has ever held never goes down again.
LOOK = """
import json, resource, sys
from contextlib import suppress
from clearinghouse.errors import BadBodyError
from crawlers.detect import best
from crawlers.source import Adapter, Page
size, bodies = json.load(sys.stdin)
before = None
for what, (start, piece, end) in bodies.items():
    page = Page("https://jobs.anytown.example/", start.encode() + piece.encode() * (size // len(piece)) + end.encode())
    before = before or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with suppress(BadBodyError):
        best(page)
    print(what, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, sep="\\t")
"""


def test_bodies_of_many_small_things_are_looked_at_in_little_memory() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOOK], input=json.dumps([SIZE, BODIES]), capture_output=True, text=True, check=True
    )
    held = {what: int(memory) for what, memory in (line.split("\t") for line in told.stdout.splitlines())}
    assert held.keys() == BODIES.keys()
    assert [what for what, memory in held.items() if memory > MOST] == []


URL = "https://jobs.anytown.example/list"
READERS: dict[str, Adapter] = {
    "feed": Feed(URL),
    "jsonld": JsonLd(URL),
    "json_api": JsonApi(URL, "", {"title": "title", "reference": "id"}),
}


@pytest.mark.parametrize("name", MANY)
def test_more_adverts_than_one_page_can_have_are_refused_by_their_number(name: str) -> None:
    start, advert, end = MANY[name]
    body = start + "".join(advert % number for number in range(MOST_ENTRIES + 1)) + end
    with pytest.raises(BadBodyError, match=f"over {MOST_ENTRIES}"):
        READERS[name].parse(Page(URL, body.encode()))
