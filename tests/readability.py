"""How hard our own words are to read: Flesch-Kincaid grade of a page's prose, syllables counted by pyphen.

Prose is the text of paragraphs, list items, table cells and definitions in `main`, without what comes from adverts
(`data-words="theirs"`), controls, and lines that are no sentence (they end without a full stop, question mark or
colon).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pyphen
from lxml import html

# Words that the subject can't do without, each counted as two syllables: the only exceptions.
UNAVOIDABLE = frozenset(
    {
        "accessibility",
        "accessible",
        "advert",
        "adverts",
        "apprenticeship",
        "apprenticeships",
        "employer",
        "employers",
        "regulations",
        "vacancies",
        "vacancy",
    }
)
BLOCKS = "//main//*[self::p or self::li or self::dd or self::td]"
NOT_OURS = ".//*[@data-words='theirs' or self::form or self::q or self::script or self::code]"
SENTENCE = re.compile(r"[^.?!]+[.?!]+(?=\s|$)")


@dataclass(frozen=True)
class Reading:
    """What was measured: the grade (0 for no prose at all) and every sentence."""

    grade: float
    sentences: tuple[str, ...]

    @property
    def longest(self) -> str:
        """The sentence with the most words."""
        return max(self.sentences, key=lambda sentence: len(words(sentence)), default="")


def reading(page: str) -> Reading:
    """The reading of a whole page's HTML."""
    found = tuple(sentence for block in prose(page) for sentence in sentences(block))
    all_words = [word for sentence in found for word in words(sentence)]
    if not all_words:
        return Reading(0, found)
    per_sentence = len(all_words) / len(found)
    per_word = sum(map(syllables, all_words)) / len(all_words)
    return Reading(0.39 * per_sentence + 11.8 * per_word - 15.59, found)


def prose(page: str) -> list[str]:
    """The text of each block of our own words."""
    tree = html.fromstring(page)
    for element in tree.xpath(f"//main/{NOT_OURS}"):
        element.drop_tree()
    blocks = [e for e in tree.xpath(BLOCKS) if not any(child.tag in ("p", "li", "dd") for child in e.iterdescendants())]
    return [" ".join(block.text_content().split()) for block in blocks]


def sentences(block: str) -> list[str]:
    """Its sentences; a block that ends without a mark is none of them."""
    ended = re.sub(r":$", ".", block)
    guarded = re.sub(r"(?<=\w)\.(?=\w)", "\u2024", ended)  # a point inside a word, as in robots.txt
    return [sentence.strip() for sentence in SENTENCE.findall(guarded) if words(sentence)]


def words(sentence: str) -> list[str]:
    """Its words, numbers left out."""
    return [word for word in re.findall(r"[^\W_]+(?:['’\u2024-][^\W_]+)*", sentence) if not word[0].isdigit()]


@cache
def syllables(word: str) -> int:
    """One more than pyphen finds breaks, by British or American rules, whichever finds more; two for a needed term."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    if plain in UNAVOIDABLE:
        return 2
    return max(rules.inserted(plain).count("-") for rules in dictionaries()) + 1


@cache
def dictionaries() -> tuple[pyphen.Pyphen, ...]:
    """Where words may be broken."""
    return tuple(pyphen.Pyphen(lang=lang) for lang in ("en_GB", "en_US"))
