"""A body of as many small things as it can hold is told what it is in 15 times its size: 300 MB for the largest."""

from __future__ import annotations

import json
import subprocess
import sys

SIZE = 10_000_000  # bytes, half of what the fetcher takes
MOST = 150_000  # KiB
BODIES = {
    "a feed of short items": ("<rss><channel>", "<item><title>a</title></item>", "</channel></rss>"),
    "a list of empty elements": ("<data>", "<job/>", "</data>"),
    "a list of empty objects": ("[", "{},", "{}]"),
    "a page of empty elements": ("<html><body itemtype=JobPosting>", "<p>", "</body></html>"),
    "a table of short rows": ("title,reference\n", "a,1\n", ""),
}
# In a process of its own: the most memory that one has ever held never goes down again.
LOOK = """
import json, resource, sys
from contextlib import suppress
from clearinghouse.errors import BadBodyError
from crawlers.detect import best
from crawlers.source import Page
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
