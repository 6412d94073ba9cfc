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

from clearinghouse.search.synonyms import Synonym, apart, longest, synonyms
from clearinghouse.search.words import SMALL, Stems, plain, stems_of

MOST_WORDS = 32
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
TOKEN = re.compile(r'(?<!\S)(?:(?P<minus>-)(?=["\w]))?(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))')
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

    `telling` are the single words as they were typed, `unwanted` the words of `without`.
    """

    asks: tuple[Ask, ...] = ()
    without: tuple[Stems, ...] = ()
    telling: tuple[str, ...] = field(default=(), compare=False)
    unwanted: tuple[str, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        """True when there is something to search for."""
        return bool(self.asks or self.without)


@lru_cache(maxsize=1024)
def asked(q: str) -> Asked:
    """What `q` asks for; nothing when it has no letter and no digit."""
    typed: list[str] = []
    phrases: list[Stems] = []
    without: dict[str, Stems] = {}
    for token in TOKEN.finditer(plain(q).translate(QUOTES)):
        text = token["phrase"] if token["word"] is None else token["word"]
        if token["minus"]:
            without[text] = stems_of(text)
        elif token["word"] is None:
            phrases.append(stems_of(text))
        else:
            typed.append(text.lower())
    telling = _telling(typed)
    words: dict[str, str] = {}
    for word in telling:
        for stem in stems_of(word):
            words.setdefault(stem, word)
    asks = [*_spans(tuple(words)[:MOST_WORDS], words), *(Ask(each, phrase=True) for each in phrases if each)]
    unwanted = [text for text, each in without.items() if each][:MOST_WORDS]
    return Asked(
        tuple(dict.fromkeys(asks))[:MOST_WORDS], tuple(without[text] for text in unwanted), telling, tuple(unwanted)
    )


def _telling(typed: Sequence[str]) -> tuple[str, ...]:
    """The words that say what is looked for; all of them where none does."""
    kept = []
    for place, word in enumerate(typed):
        following = typed[place + 1] if place + 1 < len(typed) else ""
        idle = word in SMALL | JOBS or (word in WORK and following in SMALL) or (word == "job" and not following)
        if not idle:
            kept.append(word)
    return tuple(kept) if any(stems_of(word) for word in kept) else tuple(typed)


def _spans(stems: Stems, words: Mapping[str, str]) -> Iterator[Ask]:
    """One ask for each run of stems that the table of synonyms knows, the longest first, and for each other stem."""
    known, start = synonyms(), 0
    while start < len(stems):
        for length in range(min(longest(), len(stems) - start), 0, -1):
            part = stems[start : start + length]
            if part in known or length == 1:
                forms = _forms(words[part[0]]) if length == 1 else ()
                yield Ask(part, synonyms=known.get(part, ()), forms=forms, apart=_apart(part, stems))
                start += length
                break


def _forms(word: str) -> tuple[str, ...]:
    return (word, word.removesuffix("s")) if word.endswith("s") else (word,)


def _apart(part: Stems, stems: Stems) -> tuple[Stems, ...]:
    """The titles of other work, unless the search names that: a kitchen porter is none to who searches for one."""
    return tuple(each for each in apart().get(part, ()) if not set(each) - set(part) & set(stems))
