"""Words: how the text of adverts and of searches is cut and stemmed, alike on both sides."""

from __future__ import annotations

from functools import cache

import tantivy as tv

ANALYSER = "english"
MOST_WORDS = 32
# Left out of a search that has other words: they stand in nearly every advert. "it" is not here: it is a trade.
SMALL = frozenset(
    {"a", "an", "and", "as", "at", "be", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"}
)
APOSTROPHES = str.maketrans("", "", "'’‘ʼ")
# BM25 lets repetition and rarity outweigh a small boost: eight times each keeps title over employer over description.
BOOSTS = {"title": 64.0, "employer": 8.0, "description": 1.0}


@cache
def analyser() -> tv.TextAnalyzer:
    """Letters and digits, at most 40 to a word, lower case, without accents, stemmed as English."""
    builder = tv.TextAnalyzerBuilder(tv.Tokenizer.simple())
    for step in (
        tv.Filter.remove_long(40),
        tv.Filter.lowercase(),
        tv.Filter.ascii_fold(),
        tv.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def plain(text: str) -> str:
    """`text` as it is indexed: "children's" and "childrens" are one word; no half characters."""
    return text.translate(APOSTROPHES).encode("utf-8", "ignore").decode()


def terms(q: str) -> tuple[str, ...]:
    """The stems that an advert must have to match `q`, each once; none when `q` has no letter and no digit.

    A word too long to be indexed stands for itself, so that it matches nothing rather than everything.
    """
    words = plain(q).lower().split()
    telling = [word for word in words if word not in SMALL] or words
    stems = dict.fromkeys(stem for word in telling for stem in analyser().analyze(word) or _unindexed(word))
    return tuple(stems)[:MOST_WORDS]


def _unindexed(word: str) -> list[str]:
    return [word] if any(letter.isalnum() for letter in word) else []


def query(schema: tv.Schema, stems: tuple[str, ...]) -> tv.Query:
    """All of the stems, each in title, employer or description, a title counting most."""
    every = []
    for stem in stems:
        fields = [
            (tv.Occur.Should, tv.Query.boost_query(tv.Query.term_query(schema, name, stem, "freq"), boost))
            for name, boost in BOOSTS.items()
        ]
        every.append((tv.Occur.Must, tv.Query.boolean_query(fields)))
    return tv.Query.boolean_query(every)
