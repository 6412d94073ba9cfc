"""A misspelt word of a search, and the word of a title that was meant.

Only words of titles that everyone may see now are ever suggested, and only for a word that stands in no advert of the
public index, or in so few against so many that it will be somebody's own slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import tantivy as tv
from rapidfuzz import process
from rapidfuzz.distance import OSA

from clearinghouse.normalise.place import places_named
from clearinghouse.search.asking import TOKEN, asked
from clearinghouse.search.generation import Generation
from clearinghouse.search.index import WRITTEN
from clearinghouse.search.synonyms import known_stems
from clearinghouse.search.words import BOOSTS, plain, stems_of
from clearinghouse.vacancies.visible import PUBLIC, Visible

WORD = re.compile(r"[a-z]{5,40}")  # shorter ones are too like each other, and may be acronyms
LONG = 8  # letters from which two slips may be meant
HARDLY = 2  # adverts with a word that may still be a slip
TIMES = 25  # as many adverts as have such a word must have the one it is taken for
TRIED = 3  # suggestions looked up


def respelt(generation: Generation, q: str, visible: Visible) -> str:
    """`q` with each misspelt word put right; `q` itself where none is. Words in quotes and minus words stay."""
    wanted = asked(q)
    meant = {word: better for word in wanted.telling if (better := _meant(generation, word, visible))}
    if not meant:
        return q

    def put_right(token: re.Match[str]) -> str:
        typed = token["word"] if token["word"] and not token["minus"] else ""
        return meant.get(plain(typed).lower(), token[0])

    return TOKEN.sub(put_right, q)


def _meant(generation: Generation, word: str, visible: Visible) -> str | None:
    """The word of a title that `word` is a misspelling of."""
    if not WORD.fullmatch(word):
        return None
    searcher, (stem, *_) = generation.searchers["public"], stems_of(word)
    there = 0
    for name in reversed(BOOSTS):  # most words stand in some description: one look is enough for them
        there += searcher.doc_freq(name, stem)
        if there > HARDLY:
            return None
    if stem in known_stems() or places_named(word):
        return None
    for better in _near(generation.written, word):
        if _seen(generation, better, visible) > TIMES * there:
            return better
    return None


def _near(written: Mapping[str, int], word: str) -> Iterator[str]:
    """The words that few slips lie between, the nearest first, of equally near ones the most common."""
    slips = 1 if len(word) < LONG else 2
    alike = [each for each in written if each[0] == word[0] and abs(len(each) - len(word)) <= slips]
    found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
    ordered = sorted(found, key=lambda each: (each[1], -written[each[0]], each[0]))
    yield from (each for each, distance, _ in ordered[:TRIED] if distance)


def _seen(generation: Generation, word: str, visible: Visible) -> int:
    """How many vacancies that everyone may see at this moment have `word` in their title."""
    return everyone_sees(generation, tv.Query.term_query(generation.schema, WRITTEN, word), visible)


def everyone_sees(generation: Generation, query: tv.Query, visible: Visible) -> int:
    """How many vacancies of that query everyone may see at this moment, whoever is searching."""
    public = Visible(PUBLIC, visible.now).tantivy(generation.schema)
    both = tv.Query.boolean_query([(tv.Occur.Must, query), (tv.Occur.Must, public)])
    count: int = generation.searchers["public"].search(both, limit=1, count=True, order_by_field="key").count
    return count
