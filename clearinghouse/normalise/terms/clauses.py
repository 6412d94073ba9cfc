"""The sentences of an advert in which a term may be said, found by the words that such a sentence can't do without."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from clearinghouse.normalise.text import lowered, says

LONGEST = 20_000
"""Characters of a description that are read."""

REACH = 400
"""Characters after which a sentence without an end is cut."""

_ENDS = (". ", "; ", "! ", "? ")
_LETTERS = bytes(code if chr(code).islower() or code == 10 else 32 for code in range(128)) + b" " * 128
_LONG = re.compile(rf"([^\n]{{{REACH}}})[^\n]")
_HEADING = 45
_SECTION = 1500
_LOOKED_FOR = {"desirable", "essential", "\0"}
"""Every word that some term is found by, and the end of a sentence: the others of a text aren't kept."""

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


class Words:
    """A description, or any text of an advert, to be looked through for several terms.

    A sentence is looked up by its words in lower case, without digits: "9am" has the word "am", "term-time" has two.
    The text is cut into sentences once, which costs more than any one term does.
    """

    def __init__(self, text: str | None, *lines: str | None) -> None:
        """The text cut to what is read, below other lines of the advert: its title and the like."""
        above = [line.replace("\n", " ") for line in lines if line]
        self._above = len(above)
        self.text = "\n".join([*above, (text or "")[:LONGEST]])
        low = lowered(self.text)
        self.low = low.replace("\u2019", "'") if "\u2019" in low else low
        if len(self.low) != len(self.text):  # a few letters of other alphabets grow when they are made small
            self.text = self.low
        self._cut = _cut(self.low)
        self._said: dict[str, list[int]] = {}
        self._sentences: list[str] = []
        self._starts: list[int] = []
        self._headed = False
        self._clauses: dict[int, Clause] = {}
        number = 0
        plain = self._cut.encode("ascii", "replace").translate(_LETTERS).replace(b"\n", b" \0 ").decode("ascii")
        for word in [word for word in plain.split() if word in _LOOKED_FOR]:
            if word == "\0":
                number += 1
            else:
                self._said.setdefault(word, []).append(number)

    def clauses(self, hints: frozenset[str], *, whole: bool = False) -> list[Clause]:
        """The sentences with one of these words, in the order of the text; the lines above it too where `whole`."""
        said = self._said
        found = {number for word in said.keys() & hints for number in said[word]}
        if not found:
            return []
        return [self._clause(number) for number in sorted(found) if whole or number >= self._above]

    def _clause(self, number: int) -> Clause:
        known = self._clauses.get(number)
        if known is None:
            if not self._sentences:
                self._sentences = self._cut.split("\n")
                self._starts = list(accumulate((len(said) + 1 for said in self._sentences), initial=0))
                self._headed = "\ndesirable" in self._cut or "\nessential" in self._cut
            said = self._sentences[number]
            at = self._starts[number]
            words = self.text[at : at + len(said)].strip(" -*\t")
            known = self._clauses[number] = Clause(said.rstrip(" .;!?"), words, *self._heading(at))
        return known

    def _heading(self, at: int) -> tuple[bool, bool]:
        """Whether the last short line that begins with "Desirable" or "Essential" is the one or the other."""
        if not self._headed:
            return False, False
        wished, needed = self._line("\ndesirable", at), self._line("\nessential", at)
        return wished > needed, needed > wished

    def _line(self, start: str, at: int) -> int:
        """Where a heading with this start stands before a place, -1 where none does."""
        heading = self.low.rfind(start, max(0, at - _SECTION), at)
        end = self.low.find("\n", heading + 1) if heading >= 0 else -1
        return heading if 0 <= end - heading <= _HEADING and end <= at else -1


def _cut(low: str) -> str:
    """The text with a line's end after each sentence, every character in its place."""
    for end in _ENDS:
        low = low.replace(end, end[0] + "\n")
    low = low.replace("•", "\n")
    return _LONG.sub(r"\1\n", low) if len(low) > REACH and max(map(len, low.split("\n"))) > REACH else low


def hints(words: str) -> frozenset[str]:
    """The words of a line, as `clauses` takes them, which no text leaves out from now on."""
    _LOOKED_FOR.update(words.split())
    return frozenset(words.split())


_SOFT = re.compile(
    r"\b(?:desirabl[ey]|preferred|preferabl[ey]|advantage(?:ous)?|beneficial|benefit\sfrom|helpful|useful|ideal(?:ly)?|bonus|welcomed?|valued|would\sbe|as\swould)\b"
)
_SOFT_PARTS = (
    "desirabl",
    "prefer",
    "advantag",
    "benefi",
    "help",
    "useful",
    "ideal",
    "bonus",
    "welcom",
    "value",
    "would",
)


def soft(low: str) -> bool:
    """True when the words make a wish of a demand."""
    return says(low, _SOFT_PARTS) and bool(_SOFT.search(low))
