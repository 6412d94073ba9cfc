"""Words: how the text of adverts and of searches is cut and stemmed, alike on both sides."""

from __future__ import annotations

from functools import cache

import tantivy as tv

Stems = tuple[str, ...]

ANALYSER = "english"
WHOLE = "whole"  # the analyser of words as they are written, which spelling is compared with
# Left out of a search that has other words: they stand in nearly every advert. "it" is not here: it is a trade.
SMALL = frozenset(
    {"a", "an", "and", "as", "at", "be", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"}
)
APOSTROPHES = str.maketrans("", "", "'’‘ʼ")
# BM25 lets repetition and rarity outweigh a small boost: eight times each keeps title over employer over description.
BOOSTS = {"title": 64.0, "employer": 8.0, "description": 1.0}
LONGEST = 40  # letters of a word that is indexed


@cache
def analyser() -> tv.TextAnalyzer:
    """Letters and digits, at most 40 to a word, lower case, without accents, stemmed as English."""
    return _built(tv.Filter.stemmer("english"))


@cache
def whole() -> tv.TextAnalyzer:
    """The same without stemming."""
    return _built()


def _built(*more: tv.Filter) -> tv.TextAnalyzer:
    builder = tv.TextAnalyzerBuilder(tv.Tokenizer.simple())
    for step in (tv.Filter.remove_long(LONGEST), tv.Filter.lowercase(), tv.Filter.ascii_fold(), *more):
        builder = builder.filter(step)
    return builder.build()


def plain(text: str) -> str:
    """`text` as it is indexed: "children's" and "childrens" are one word; no half characters."""
    return text.translate(APOSTROPHES).encode("utf-8", "ignore").decode()


def stems_of(text: str) -> Stems:
    """The stems of all words of `text` in order.

    A word too long to be indexed stands for itself, so that it matches nothing rather than everything.
    """
    words = plain(text).lower().split()
    return tuple(stem for word in words for stem in analyser().analyze(word) or _unindexed(word))


def _unindexed(word: str) -> list[str]:
    return [word] if any(letter.isalnum() for letter in word) else []
