"""How we say what a source is read as."""

from __future__ import annotations

import pytest

from crawlers.adapters.known import ADAPTERS
from web.systems import SYSTEMS, read_as


def test_every_adapter_has_words_and_none_has_words_that_is_gone() -> None:
    assert set(SYSTEMS) == set(ADAPTERS)


@pytest.mark.parametrize(
    ("adapter", "said"),
    [
        ("feed", "We read it as a news feed (RSS or Atom)."),
        ("county_archive", "We read it with a program of its own (county_archive)."),
    ],
)
def test_what_a_source_is_read_as_is_a_sentence(adapter: str, said: str) -> None:
    assert read_as(adapter) == said
