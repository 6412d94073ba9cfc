"""The sentences of an advert in which a term may be said, found by the words that such a sentence can't do without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from clearinghouse.normalise.text import lowered

LONGEST = 20_000
"""Characters of a description that are read."""

REACH = 220
"""Characters of a sentence that are read on either side of the word that it was found by."""

MOST = 40
"""Sentences that are read for one term: a page that repeats one word thousands of times says no more by it."""

_ENDS = ("\n", ". ", "; ", "! ", "? ", "•")
_HEADING = 45
_SECTION = 1500
T = TypeVar("T")


class Found(NamedTuple, Generic[T]):
    """What was read, and the advert's words that decided it."""

    value: T
    words: str


class Clause(NamedTuple):
    """A sentence in lower case with plain apostrophes; `wished` or `needed` under such a heading."""

    low: str
    words: str
    wished: bool
    needed: bool


@dataclass
class Words:
    """A description, or any text of an advert, to be looked through for several terms."""

    text: str
    low: str = field(init=False)

    def __post_init__(self) -> None:
        """The text cut to what is read, and the same in lower case."""
        self.text = self.text[:LONGEST]
        low = lowered(self.text)
        self.low = low.replace("\u2019", "'") if "\u2019" in low else low
        if len(self.low) != len(self.text):  # a few letters of other alphabets grow when they are made small
            self.text = self.low

    def clauses(self, *hints: str) -> Iterator[Clause]:
        """The sentences with one of these lower-case words, in the order of the text, each once."""
        low = self.low
        found = [at for hint in hints for at in _starts(low, hint)]
        if not found:
            return
        found.sort()
        done = -1
        for at in found:
            if at < done:
                continue
            start, done = self._sentence(at)
            yield Clause(low[start:done], self.text[start:done].strip(" -*\t"), *self._heading(start))

    def _sentence(self, at: int) -> tuple[int, int]:
        low, first, last = self.low, max(0, at - REACH), min(len(self.low), at + REACH)
        start = first
        for end in _ENDS:
            before = low.rfind(end, start, at)
            if before >= 0:
                start = before + len(end)
        for end in _ENDS:
            after = low.find(end, at, last)
            if after >= 0:
                last = after
        return start, max(last, at + 1)

    def _heading(self, at: int) -> tuple[bool, bool]:
        """Whether the last short line that begins with "Desirable" or "Essential" is the one or the other."""
        wished, needed = self._line("\ndesirable", at), self._line("\nessential", at)
        return wished > needed, needed > wished

    def _line(self, start: str, at: int) -> int:
        """Where a heading with this start stands before a place, -1 where none does."""
        heading = self.low.rfind(start, max(0, at - _SECTION), at)
        end = self.low.find("\n", heading + 1) if heading >= 0 else -1
        return heading if 0 <= end - heading <= _HEADING and end <= at else -1


def _starts(low: str, hint: str) -> list[int]:
    starts: list[int] = []
    at = low.find(hint)
    while at >= 0 and len(starts) < MOST:
        starts.append(at)
        at = low.find(hint, at + len(hint))
    return starts


SOFT = re.compile(
    r"\b(?:desirabl[ey]|preferred|preferabl[ey]|advantage(?:ous)?|beneficial|benefit\sfrom|helpful|useful|ideal(?:ly)?|bonus|welcomed?|valued|would\sbe)\b"
)
"""What makes a demand a wish."""
