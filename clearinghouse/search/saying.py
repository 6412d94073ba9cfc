"""What a results page says of the search itself: what was made of its words, and what we could make nothing of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clearinghouse.search.asking import Asked, near_me
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.fewer import Fewer
from clearinghouse.search.reading import SHOWN
from clearinghouse.vacancies.visible import PUBLIC, Audience


def about_words(q: str, typed: str, wanted: Asked, fewer: Fewer | None, audience: Audience) -> Iterator[str]:
    """What was made of the words where it isn't plain to see."""
    if q != typed:
        yield f"Showing results for “{q}”."
    if fewer:
        yield _hardly(q, fewer, "job" if audience == PUBLIC else "public job")
    if wanted.unwanted:
        yield f"We left out jobs with {_listed(wanted.unwanted)} in the title or the employer's name."


def _hardly(q: str, fewer: Fewer, job: str) -> str:
    """How many jobs have all words, and what is shown."""
    q = q if len(q) <= SHOWN else q[:SHOWN] + "…"
    if not fewer.having:
        return f"No {job} has all of “{q}”. Showing jobs with “{fewer.kept}”."
    having = f"one {job} has" if fewer.having == 1 else f"{fewer.having} {job}s have"
    return f"Only {having} all of “{q}”. Showing all jobs with “{fewer.kept}”."


def _listed(words: Sequence[str]) -> str:
    return " or ".join(f"“{word}”" for word in words)


def ignored(criteria: Criteria, wanted: Asked, *, placed: bool) -> Iterator[str]:
    """A sentence for each part of the search that we could make nothing of: it does not filter."""
    nearby = near_me(criteria.q)
    if nearby and not criteria.location:
        yield "We don't know where you are. To see jobs near you, give a town or a postcode."
    if criteria.q and not wanted and not nearby:
        yield f"“{criteria.q[:SHOWN]}” has no word to search for, so we left it out."
    if criteria.location and not placed:
        yield f"We don't know the place “{criteria.location[:SHOWN]}”, so we looked everywhere."
