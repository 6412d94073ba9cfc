"""What the words of a search ask for: each word or phrase with what may stand for it, and what is not wanted.

"teaching assistant" in quotes is those words one after the other and nothing else; -bank leaves out adverts with that
word in their title or their employer's name. (Not in the whole text: nearly every advert speaks of bank holidays, and
what is left out by mistake nobody notices.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice, pairwise

from clearinghouse.search.synonyms import Synonym, apart, doers, longest, synonyms
from clearinghouse.search.words import SMALL, Stems, plain, stems_of

MOST_WORDS = 32
MOST_PAIRS = 4
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
TOKEN = re.compile(r'(?<!\S)(?:(?P<minus>-)(?=["\w]))?(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))')
NUMBERS = re.compile(r"\d+(?:[-:/.]\d+)+")  # 1:1, 24/7: one thing, not two numbers anywhere
NEAR_ME = re.compile(r"(?<!\S)(?:near|around|close to) me(?!\S)|(?<!\S)near(?:by| here)(?!\S)", re.IGNORECASE)
JOBS = frozenset({"jobs", "vacancies", "vacancy"})  # cleaning jobs
WORK = frozenset({"work", "working"})  # work with children, working in a school


@dataclass(frozen=True)
class Ask:
    """Words that an advert has to have, all of them anywhere or, of a `phrase`, one after the other; or a synonym.

    `forms` are a single word as it was typed, and its singular: they tell a doctor from a doctoral researcher, whose
    stem is the same. Titles with one of the phrases `apart` are of other work and come later.
    """

    stems: Stems
    phrase: bool = False
    synonyms: tuple[Synonym, ...] = ()
    forms: tuple[str, ...] = ()
    apart: tuple[Stems, ...] = ()


@dataclass(frozen=True)
class Asked:
    """The words of a search: all of `asks`, and none of the phrases `without` in title or employer.

    `pairs` are the words that end one ask and begin the next: titles that have them side by side come first. `telling`
    are the single words as they were typed, `unwanted` the words of `without`. The first `loose` asks are not in
    quotes. What is `wished` for an advert need not have: it counts in the order.
    """

    asks: tuple[Ask, ...] = ()
    without: tuple[Stems, ...] = ()
    pairs: tuple[Stems, ...] = field(default=(), compare=False)
    telling: tuple[str, ...] = field(default=(), compare=False)
    unwanted: tuple[str, ...] = field(default=(), compare=False)
    loose: int = field(default=0, compare=False)
    wished: tuple[Ask, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        """True when there is something to search for."""
        return bool(self.asks or self.without)


@lru_cache(maxsize=1024)
def asked(q: str) -> Asked:
    """What `q` asks for; nothing when it has no letter and no digit."""
    typed: list[str] = []
    phrases: list[Stems] = []
    without: dict[str, Stems] = {}
    for token in TOKEN.finditer(NEAR_ME.sub(" ", plain(q)).translate(QUOTES)):
        text = token["phrase"] if token["word"] is None else token["word"]
        if token["minus"]:
            without[text] = stems_of(text)
        elif token["word"] is None:
            phrases.append(stems_of(text))
        else:
            typed.append(text.lower())
    telling = () if near_me(q) and JOBS.issuperset(typed) else _telling(typed)
    spans = list(_spans(_units(telling)))
    asks = [*dict.fromkeys(spans), *(Ask(each, phrase=True) for each in phrases if each)]
    unwanted = [text for text, each in without.items() if each][:MOST_WORDS]
    return Asked(
        asks=tuple(dict.fromkeys(asks))[:MOST_WORDS],
        without=tuple(without[text] for text in unwanted),
        pairs=tuple((one.stems[-1], other.stems[0]) for one, other in pairwise(spans))[:MOST_PAIRS],
        telling=telling,
        unwanted=tuple(unwanted),
        loose=min(len(set(spans)), MOST_WORDS),
    )


def typed_as(ask: Ask, q: str) -> str:
    """The words of a search that an ask was made of, as they were typed."""
    found = []
    for token in TOKEN.finditer(plain(q)):
        text = token["phrase"] or token["word"] or ""
        stems = stems_of(text)
        if not token["minus"] and stems and (stems == ask.stems if token["phrase"] else set(stems) <= set(ask.stems)):
            found.append(text.strip('"“”„‟«»'))
    return " ".join(dict.fromkeys(found)) or " ".join(ask.stems)


def near_me(q: str) -> bool:
    """Whether words ask for what is near to where somebody is: nobody's whereabouts are known to us."""
    return NEAR_ME.search(plain(q)) is not None


def _units(telling: Sequence[str]) -> Mapping[Stems, str]:
    """By what is looked for as one, the word it came from: each stem, and numbers like 1:1 whole."""
    found: dict[Stems, str] = {}
    for word in telling:
        stems = stems_of(word)
        for unit in [stems] if NUMBERS.fullmatch(word) else [(stem,) for stem in stems]:
            found.setdefault(unit, word)
    return dict(islice(found.items(), MOST_WORDS))


def _telling(typed: Sequence[str]) -> tuple[str, ...]:
    """The words that say what is looked for; all of them where none does."""
    kept = []
    for place, word in enumerate(typed):
        following = typed[place + 1] if place + 1 < len(typed) else ""
        idle = word in SMALL | JOBS or (word in WORK and following in SMALL) or (word == "job" and not following)
        if not idle:
            kept.append(word)
    return tuple(kept) if any(stems_of(word) for word in kept) else tuple(typed)


def _spans(units: Mapping[Stems, str]) -> Iterator[Ask]:
    """One ask for each run of words that the table of synonyms knows, the longest first, and for each other word."""
    known, start, words = synonyms(), 0, list(units)
    stems = tuple(chain.from_iterable(words))
    while start < len(words):
        for length in range(min(longest(), len(words) - start), 0, -1):
            part = tuple(chain.from_iterable(words[start : start + length]))
            if part in known or length == 1:
                yield _ask(part, units[part] if length == 1 else "", known.get(part, ()), _apart(part, stems))
                start += length
                break


def _ask(part: Stems, word: str, same: tuple[Synonym, ...], others: tuple[Stems, ...]) -> Ask:
    """The ask for a run of words, or for one `word`."""
    if not word or len(part) > 1:
        return Ask(part, phrase=bool(word), synonyms=same, apart=others)
    return Ask(part, synonyms=(*same, *doers(word)), forms=_forms(word), apart=others)


def _forms(word: str) -> tuple[str, ...]:
    return (word, word.removesuffix("s")) if word.endswith("s") else (word,)


def _apart(part: Stems, stems: Stems) -> tuple[Stems, ...]:
    """The titles of other work, unless the search names that: a kitchen porter is none to who searches for one."""
    return tuple(each for each in apart().get(part, ()) if not set(each) - set(part) & set(stems))
