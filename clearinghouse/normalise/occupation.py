"""The kind of work that an advert offers: from its title, else the source's own words, else the description's.

The words are in data/kinds_of_work.toml, in three strengths. A role says what the person is, and settles it; a field
says what the work is about; a hint is the last resort. In one strength the first part of a title leads ("Secretary to
the Head of Nursing"), and in one part the last words do ("Pharmacy Administrator"). Silence is better than a guess.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from operator import itemgetter

from clearinghouse.vacancies.occupation import Occupation

HINT, FIELD, ROLE = 1, 2, 3
_STRENGTHS = {"roles": ROLE, "fields": FIELD, "hints": HINT}
_TOKEN = re.compile(r"[a-z0-9]+|&|['’]s?\b|\s[-–—]\s?|[,;:/|()\[\]–—]")
_WORD = re.compile(r"[a-z0-9&]")
_TURNS = frozenset(("and", "at", "for", "in", "of", "on", "to", "with", "within"))
_SPELT = {"&": "and", "advisor": "adviser", "advisory": "adviser"}
_SOUGHT = re.compile(
    r"\b(?:looking\s(?:for|to\s(?:recruit|appoint|employ))|seek(?:ing|s)?(?:\sto\s(?:recruit|appoint|employ))?|recruiting(?:\sfor)?"
    r"|wish(?:es)?\sto\s(?:appoint|recruit|employ)|join\s(?:us|our\steam)\sas|opportunity\s(?:for|has\sarisen\sfor)|(?:role|post|position|vacancy)\s(?:of|for))"
    r"\s(?:an?|the|our|one|two|three|several|some)\s(?P<words>[^.;:\n]{3,90})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clue:
    """A phrase that speaks for a kind of work (None: it would only mislead), and how strongly."""

    kind: Occupation | None
    strength: int
    words: str


@dataclass(frozen=True)
class _Table:
    """Every phrase as its words are read, and how many words the longest phrase has that begins with a word."""

    clues: dict[str, Clue]
    longest: dict[str, int]


def read_occupation(title: str, said: str | None = None, description: str | None = None) -> Occupation | None:
    """The kind of work, `said` being what the source calls it (a category or department); None where nothing tells.

    The source's own words count where they point one way only: "Finance and Housing" is no kind of work.
    """
    own = clue(title)
    if own is not None and own.strength > HINT:
        return own.kind
    theirs = [found for _, found in _clues(said)] if said else []
    strong = {found.kind for found in theirs if found.strength > HINT}
    if len(strong) == 1:
        return strong.pop()
    found = (_sought(description) if description else None) or own
    return found.kind if found else None


def clue(text: str) -> Clue | None:
    """The phrase of a title that tells its kind of work best."""
    return max(_clues(text), key=itemgetter(0), default=(None, None))[1]


def _clues(text: str) -> list[tuple[tuple[int, int, int], Clue]]:
    """Every clue of a text with its rank: strength, then the earlier part, then the later words."""
    table, tokens = _table(), _tokens(text)
    found = []
    at = part = 0
    while at < len(tokens):
        matched, length = _longest(table, tokens, at)
        if matched is None:
            part += tokens[at] in _TURNS or not tokens[at]
        elif matched.kind is not None:
            found.append(((matched.strength, -part, at), matched))
        at += length
    return found


def _longest(table: _Table, tokens: list[str], at: int) -> tuple[Clue | None, int]:
    """The longest phrase that begins here, with its length; without one, the one word that stands here."""
    for length in range(table.longest.get(tokens[at], 0), 0, -1):
        matched = table.clues.get(" ".join(tokens[at : at + length]))
        if matched is not None:
            return matched, length
    return None, 1


def _sought(description: str) -> Clue | None:
    """Who a description says is sought, where it says so in as many words."""
    for match in _SOUGHT.finditer(description[:3000]):
        found = clue(match["words"])
        if found is not None and found.strength == ROLE:
            return found
    return None


def _tokens(text: str) -> list[str]:
    """Words in lower case and the singular; an empty one where a part of the title ends."""
    tokens = _TOKEN.findall(text[:300].lower().replace("co-ord", "coord"))
    return [_word(token) if _WORD.match(token) else "" for token in tokens if token[0] not in "'’"]


@lru_cache(maxsize=4096)
def _word(token: str) -> str:
    """One spelling of a word: "advisors" is "adviser", "bodies" is "body"."""
    if len(token) > 3 and token[-1] == "s" and token[-2] not in "sui":
        token = token[:-3] + "y" if token.endswith("ies") else token[:-1]
    return _SPELT.get(token, token)


@cache
def _table() -> _Table:
    source = resources.files("clearinghouse.normalise").joinpath("data/kinds_of_work.toml")
    kinds = {kind.value: kind for kind in Occupation}
    clues: dict[str, Clue] = {}
    longest: dict[str, int] = {}
    for name, strengths in tomllib.loads(source.read_text("utf-8")).items():
        kind = kinds.get(name)  # the phrases under `none` have no kind
        for strength, phrases in strengths.items():
            for phrase in phrases:
                words = [token for token in _tokens(phrase) if token]
                clues[" ".join(words)] = Clue(kind, _STRENGTHS[strength], phrase)
                longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return _Table(clues, longest)
