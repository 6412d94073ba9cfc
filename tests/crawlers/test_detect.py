"""Which adapter a saved body is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.detect import best, detect
from crawlers.source import Page

BODIES = Path(__file__).parent / "bodies"


@pytest.mark.parametrize("file", sorted(f for f in BODIES.iterdir() if f.is_file()), ids=lambda file: file.name)
def test_each_body_goes_to_its_own_adapter(file: Path) -> None:
    expected = {"microdata": "jsonld", "rdfa": "jsonld"}.get(file.stem, file.stem.partition("_")[0])
    guesses = detect(Page("about:blank", file.read_bytes()))
    assert guesses[0].adapter == expected
    assert guesses[0].sure > guesses[1].sure
    assert all(guess.why for guess in guesses)


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<html><body>Sorry</body></html>", b"<jobs/>", b"\x89PNG\r\n", b'{"a": 1}']
)
def test_a_body_that_nothing_reads_is_refused_with_every_reason(body: bytes) -> None:
    with pytest.raises(BadBodyError, match=r"no adapter reads this \(feed: .*jsonld: .*sitemap: .*\)"):
        best(Page("about:blank", body))
