"""Whether a source says something else of a job than it did, or the same in other clothes. Pure.

What a person put right holds for the words that they saw (design rule 10). Addresses, a date of posting that moves with
every reading, counters of views and the markup around the words are no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from clearinghouse.normalise.closing_words import days_left
from clearinghouse.normalise.markup import plain_text, safe_html
from clearinghouse.vacancies.posting import Posting

WORDS = (
    "title", "employer", "salary", "employment_type", "working_pattern", "hours", "starts", "kind", "level",
    "occupation",
)  # fmt: skip
COUNTERS = frozenset({"applicants", "applications", "clicks", "hits", "modified", "rank", "score", "updated", "views"})
"""Parts of the names of fields that move by themselves."""


def reworded(old: Posting, new: Posting) -> bool:
    """True when the source's words are others; the description, which takes longest, is looked at last."""
    return any(one != other for one, other in zip(_words(old), _words(new), strict=True))


def _words(posting: Posting) -> Iterator[Any]:
    yield [_tidy(getattr(posting, name)) for name in WORDS]
    yield [_tidy(text) for text in posting.locations]
    yield _closing(posting.closes)
    yield {name: text for name, text in posting.extra.items() if not _counts(name)}
    yield _tidy(plain_text(safe_html(posting.description_html)))


def _closing(text: str | None) -> str:
    """The closing words; "3 days left" and "2 days left" are the same ones a day apart."""
    words = _tidy(text)
    return "days left" if words and days_left(words) else words


def _counts(name: str) -> bool:
    return bool(COUNTERS & set(re.split(r"[^a-z]+", name.lower())))


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())
