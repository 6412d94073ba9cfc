"""Words of a search that name a filter or a place, read as such: "part time admin NG5" is admin, part time, NG5.

Words in quotes and words with a minus stay as they are, and so does everything with `as_typed=yes`. Only a place of
the region is read from words, and only where it stands last, first, or after "in" or "near"; not where it is part of
the name of a council, a university or the like.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from clearinghouse.normalise.gazetteer import counties, fold, region, whole_counties
from clearinghouse.normalise.postcodes import FULL, OUTCODE, outcode_position
from clearinghouse.search.criteria import Criteria

Words = tuple[str, ...]

QUOTED = re.compile('-?["“”„‟«»][^"“”„‟«»]*["“”„‟«»]?|\\S+')
# What the outcodes of the region begin with: others are as often something else (L3, M1, E2).
OUTCODES = ("DE", "DN", "LE", "LN", "NG", "NN", "PE", "S1", "S2", "S4", "S8", "SK")
BEFORE = frozenset({"around", "at", "in", "near", "within"})  # what leads to a place
IDLE = BEFORE | frozenset({"a", "and", "for", "job", "jobs", "only", "or", "the", "vacancies", "vacancy", "work"})
SECTOR = re.compile(r"(?<=\d) \d$")  # NG5 6
CENTRES = (("city", "centre"), ("town", "centre"), ("centre",))  # what may follow a place at the end: it is in it
LONGEST_NAME = 5  # words
CODES = 3  # words with a digit that are looked up as outcodes: the first of a place costs 10 ms
NAME = 3  # words after a place among which the name of an institution takes the place in: Nottingham City Council


@dataclass(frozen=True)
class Understood:
    """A search with what its words name as filters. `words` are those that were read so, as they were typed."""

    criteria: Criteria
    words: Words = ()


@dataclass(frozen=True)
class Naming:
    """What words mean: pairs of a parameter and its value; unless one of `not_before` follows."""

    means: tuple[tuple[str, str], ...]
    not_before: frozenset[str]


@dataclass
class Typed:
    """The words of a search, those taken so far, and what they were taken for."""

    tokens: list[str]
    folded: list[str]
    taken: set[int] = field(default_factory=set)
    read: list[tuple[int, str]] = field(default_factory=list)

    @property
    def left(self) -> list[int]:
        """The places of the words that nothing has taken."""
        return [place for place in range(len(self.tokens)) if place not in self.taken]

    @property
    def centre(self) -> range:
        """The places of "town centre" where that stands last, and not alone."""
        left = self.left
        words = tuple(self.folded[place] for place in left)
        length = next((len(each) for each in CENTRES if words[-len(each) :] == each and len(left) > len(each)), 0)
        whole = length and left[-1] - left[-length] == length - 1
        return range(left[-length], left[-1] + 1) if whole else range(0)

    def after(self, first: int) -> list[int]:
        """The places of the NAME words from `first` on, less those of a town centre."""
        return [place for place in range(first, len(self.tokens))[:NAME] if place not in self.centre]

    def take(self, first: int, length: int) -> str:
        """Take these words; they as they were typed."""
        places = range(first, first + length)
        self.taken.update(places)
        words = " ".join(self.tokens[place] for place in places)
        self.read.append((first, words))
        return words

    def free(self, first: int, length: int) -> bool:
        """Whether these are words, all of them untaken."""
        places = range(first, first + length)
        return all(self.folded[place] and place not in self.taken for place in places)


def understood(criteria: Criteria) -> Understood:
    """The search as it is meant; as it is where nothing in its words names a filter, or it asks for its words as typed.

    What was chosen as a filter stays chosen; a place in the words counts only where none was given.
    """
    if criteria.as_typed or not criteria.q:
        return Understood(criteria)
    typed = _cut(criteria.q)
    chosen = _filters(typed)
    location = "" if criteria.location else _place(typed)
    if not typed.read:
        return Understood(criteria)
    changes: dict[str, Any] = {
        name: tuple(dict.fromkeys((*criteria.selected(name), *values))) for name, values in chosen.items()
    }
    changes |= {"q": _rest(typed), **({"location": location} if location else {})}
    return Understood(
        criteria.replace(**changes, page=criteria.page), tuple(dict.fromkeys(words for _, words in sorted(typed.read)))
    )


def _cut(q: str) -> Typed:
    """The words; what must stay as it is has nothing in `folded`. "part-time" are two words."""
    tokens = [
        part
        for token in QUOTED.findall(q)
        for part in ([token] if _kept(token) else filter(None, re.split("[-,;/]", token)))
    ]
    return Typed(tokens, ["" if _kept(token) else fold(token) for token in tokens])


def _kept(token: str) -> bool:
    return token.startswith(("-", '"', "“", "”", "„", "‟", "«", "»"))


def _filters(typed: Typed) -> Mapping[str, list[str]]:
    """The filters that words name, the longest words first; these words are taken."""
    chosen: dict[str, list[str]] = {}
    known = set(typed.folded)
    for phrase, naming in _namings().items():
        if not known.issuperset(phrase):
            continue
        for first in range(len(typed.tokens) - len(phrase) + 1):
            after = typed.folded[first + len(phrase)] if first + len(phrase) < len(typed.tokens) else ""
            here = tuple(typed.folded[first : first + len(phrase)]) == phrase
            if here and typed.free(first, len(phrase)) and after not in naming.not_before:
                typed.take(first, len(phrase))
                for name, value in naming.means:
                    chosen.setdefault(name, []).append(value)
    return chosen


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("clearinghouse.search").joinpath("data/filter_words.toml").read_text("utf-8"))


@cache
def _passed_over(where: str) -> frozenset[str]:
    """Words beside which a place's name is no place, or that are none when they stand alone."""
    return frozenset(_table()["not_a_place"][where].split())


@cache
def _namings() -> Mapping[Words, Naming]:
    """The table of words, the longest first."""
    found = {tuple(say.split()): _naming(entry) for entry in _table()["words"] for say in entry["say"].split("|")}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _naming(entry: Mapping[str, Any]) -> Naming:
    pairs = tuple((name, value) for name, _, value in (each.partition("=") for each in entry["means"]))
    return Naming(pairs, frozenset(entry.get("not_before", "").split()))


def _place(typed: Typed) -> str:
    """The place that words name: a postcode or half of one anywhere, else a name where a place may stand."""
    for first in [place for place in typed.left if any(map(str.isdigit, typed.tokens[place]))][:CODES]:
        for length in (2, 1):
            if first + length <= len(typed.tokens) and typed.free(first, length):
                text = " ".join(typed.tokens[first : first + length]).strip(" .")
                if FULL.fullmatch(text) or _outcode(SECTOR.sub("", text)):
                    return _taken(typed, first, length)
    for first, length in _where(typed):
        if _is_place(typed, first, length):
            return _taken(typed, first, length)
    return ""


def _outcode(text: str) -> bool:
    """True for an outcode of the region."""
    ours = OUTCODE.fullmatch(text) and text.upper().startswith(OUTCODES)
    position = outcode_position(text.upper()) if ours else None
    return position is not None and position.district in counties()


def _where(typed: Typed) -> Iterator[tuple[int, int]]:
    """Where a place may stand, the longest name first (Sutton in Ashfield, not Ashfield): last, after "in", first."""
    left = [place for place in typed.left if place not in typed.centre]
    starts = [place + 1 for place in left if typed.folded[place] in BEFORE] + left[:1]
    for length in range(min(LONGEST_NAME, len(left)), 0, -1):
        if left[-1] - left[-length] == length - 1:
            yield left[-length], length
        yield from ((start, length) for start in starts if start + length <= len(typed.tokens))


def _is_place(typed: Typed, first: int, length: int) -> bool:
    if not typed.free(first, length):
        return False
    name = " ".join(typed.folded[first : first + length])
    before = typed.folded[first - 1] if first else ""
    after = [typed.folded[place] for place in typed.after(first + length)]
    if before in _passed_over("after") or _passed_over("before").intersection(after):
        return False
    if before not in BEFORE and name in _passed_over("alone"):
        return False
    return name in whole_counties() or any(spot.kind != "site" for spot in region().get(name, ()))


def _taken(typed: Typed, first: int, length: int) -> str:
    """Take a place, the word that led to it, and what follows it at the end: Mansfield town centre."""
    while first + length in typed.centre:
        length += 1
    if first and typed.folded[first - 1] in BEFORE and first - 1 not in typed.taken:
        typed.taken.add(first - 1)
    return typed.take(first, length).strip(" .")


def _rest(typed: Typed) -> str:
    """The words that are left, less those at either end that only joined others."""
    left = typed.left
    while left and typed.folded[left[-1]] in IDLE:
        left.pop()
    while left and typed.folded[left[0]] in IDLE:
        left.pop(0)
    return " ".join(typed.tokens[place] for place in left)
