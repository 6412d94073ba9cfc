"""What words ask for, as Tantivy's query: a title counts most, a synonym less than the words themselves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import tantivy as tv

from clearinghouse.search.asking import Ask, Asked
from clearinghouse.search.index import WRITTEN
from clearinghouse.search.synonyms import Synonym, apart
from clearinghouse.search.words import BOOSTS, Stems

MUST, SHOULD, NOT = tv.Occur.Must, tv.Occur.Should, tv.Occur.MustNot
EVERYWHERE = tuple(BOOSTS)
IN_TITLES = ("title",)
EXACT = 32.0  # what a word counts that stands in a title as it was typed, beside its stem
TOGETHER = 0.25  # what words count that stand side by side in the title too, beside what they count by themselves
SCATTERED = 0.3  # what the words of one name count ("support worker") that aren't near each other in the title
BETWEEN = 2  # other words that may stand between them: library customer services assistant
WISHED = 120.0  # what a word counts that an advert need not have: less than one in a title
APART = 0.2  # what a match counts in a title of other work
NAMING = ("title", "employer")  # where a word that is not wanted counts


def text_query(schema: tv.Schema, searcher: tv.Searcher, asked: Asked, *, scored: bool) -> tv.Query:
    """The adverts that this searcher has of what is asked for; `scored` says whether the scores matter."""
    reading = _ask if scored else _unscored
    every = [(MUST, reading(schema, searcher, each)) for each in asked.asks] or [(MUST, _all(schema))]
    every += [(NOT, _anywhere(schema, stems, NAMING)) for stems in asked.without]
    if scored:
        every += [(SHOULD, _wished(schema, searcher, each)) for each in asked.wished]
        every += [(SHOULD, _together(schema, pair)) for pair in asked.pairs if _rarest(searcher, pair, IN_TITLES)]
    return tv.Query.boolean_query(every)


def _wished(schema: tv.Schema, searcher: tv.Searcher, ask: Ask) -> tv.Query:
    """What an advert gains by words that it need not have, wherever they stand: a night nurse is no night porter."""
    return tv.Query.const_score_query(_unscored(schema, searcher, ask), WISHED)


def within(schema: tv.Schema, asks: Iterable[Ask], names: Sequence[str]) -> tv.Query:
    """The adverts that have all of what is asked for in these fields."""
    return tv.Query.boolean_query([(MUST, _within(schema, each, names)) for each in asks])


def _within(schema: tv.Schema, ask: Ask, names: Sequence[str]) -> tv.Query:
    own = _anywhere(schema, ask.stems, names) if ask.phrase else _each(schema, ask.stems, names)
    there = [(each.stems, [name for name in names if name in _fields(each)]) for each in ask.synonyms]
    found = [(SHOULD, _anywhere(schema, stems, fields)) for stems, fields in there if fields]
    return tv.Query.boolean_query([(SHOULD, own), *found])


def at_most(searcher: tv.Searcher, asked: Asked) -> int:
    """A number of matches that can't be exceeded: that of the rarest ask."""
    most: int = searcher.num_docs
    return min([most, *(_frequency(searcher, each) for each in asked.asks)])


def _frequency(searcher: tv.Searcher, ask: Ask) -> int:
    return _rarest(searcher, ask.stems, EVERYWHERE) + sum(
        _rarest(searcher, each.stems, _fields(each)) for each in ask.synonyms
    )


def _rarest(searcher: tv.Searcher, stems: Stems, names: Sequence[str]) -> int:
    found: int = min(sum(searcher.doc_freq(name, stem) for name in names) for stem in stems)
    return found


def _fields(synonym: Synonym) -> Sequence[str]:
    return IN_TITLES if synonym.titles else EVERYWHERE


def _all(schema: tv.Schema) -> tv.Query:
    """Every vacancy; the marker of the commit is none and has no key."""
    return tv.Query.const_score_query(tv.Query.range_query(schema, "key", tv.FieldType.Unsigned, 0, 1 << 62), 0.0)


def _ask(schema: tv.Schema, searcher: tv.Searcher, ask: Ask) -> tv.Query:
    """The words themselves, or a synonym, for scores."""
    others = _titled(searcher, ask.apart)
    own = _own(schema, searcher, ask, others)
    there = _there(searcher, ask)
    if not there:
        return own
    telling = _rarity(searcher, ask.stems)
    found = [
        tv.Query.boost_query(
            _anywhere(schema, each.stems, _fields(each), others + _titled(searcher, apart().get(each.stems, ()))),
            each.weight * min(1.0, telling / _rarity(searcher, each.stems)),
        )
        for each in there
    ]
    return tv.Query.disjunction_max_query([own, *found])


def _titled(searcher: tv.Searcher, phrases: Iterable[Stems]) -> tuple[Stems, ...]:
    """Those that may stand in some title."""
    return tuple(each for each in phrases if _rarest(searcher, each, IN_TITLES))


def _unscored(schema: tv.Schema, searcher: tv.Searcher, ask: Ask) -> tv.Query:
    """The same matches, for an order that scores don't count in."""
    own = _anywhere(schema, ask.stems, EVERYWHERE) if ask.phrase else _each(schema, ask.stems)
    there = _there(searcher, ask)
    if not there:
        return own
    found = [(SHOULD, _anywhere(schema, each.stems, _fields(each))) for each in there]
    return tv.Query.boolean_query([(SHOULD, own), *found])


def _there(searcher: tv.Searcher, ask: Ask) -> list[Synonym]:
    """The synonyms that may stand in some advert."""
    return [each for each in ask.synonyms if _rarest(searcher, each.stems, _fields(each))]


def _own(schema: tv.Schema, searcher: tv.Searcher, ask: Ask, other_work: tuple[Stems, ...]) -> tv.Query:
    """The words themselves."""
    if ask.phrase:
        return _anywhere(schema, ask.stems, EVERYWHERE)
    if len(ask.stems) > 1:
        return _all_of(schema, ask.stems)
    in_titles = searcher.doc_freq("title", ask.stems[0]) if ask.forms else 0
    forms = {each: searcher.doc_freq(WRITTEN, each) for each in ask.forms if in_titles}
    own = _anywhere(schema, ask.stems, EVERYWHERE, other_work)
    if not 0 < sum(forms.values()) < in_titles:
        return own  # all titles with the stem have the word, or none
    exact = [
        (SHOULD, tv.Query.boost_query(tv.Query.term_query(schema, WRITTEN, each), EXACT))
        for each, many in forms.items()
        if many
    ]
    return tv.Query.boolean_query([(MUST, own), *exact])


def _together(schema: tv.Schema, stems: Stems) -> tv.Query:
    """The words side by side in the title: a social worker before a social prescribing link worker."""
    return tv.Query.boost_query(_run(schema, "title", stems), BOOSTS["title"] * TOGETHER)


def _rarity(searcher: tv.Searcher, stems: Iterable[str]) -> float:
    """How much BM25 makes of these words in a title. A rare synonym is not to outdo the word that was typed."""
    many = searcher.num_docs
    found = (searcher.doc_freq("title", stem) for stem in stems)
    return sum(math.log(1 + (max(0, many - each) + 0.5) / (each + 0.5)) for each in found) or 1.0


def _each(schema: tv.Schema, stems: Stems, names: Sequence[str] = EVERYWHERE) -> tv.Query:
    """All of the stems, each in any of the fields."""
    if len(stems) == 1:
        return _anywhere(schema, stems, names)
    return tv.Query.boolean_query([(MUST, _anywhere(schema, (stem,), names)) for stem in stems])


def _all_of(schema: tv.Schema, stems: Stems) -> tv.Query:
    """The same for scores: little for words here and there, more where they stand in the title with few between.

    So IT support puts a service desk analyst before a business support officer whose text says "it".
    """
    near = tv.Query.phrase_query(schema, "title", list(stems), BETWEEN)
    close = tv.Query.boost_query(near, BOOSTS["title"] * (1 - SCATTERED))
    return tv.Query.boolean_query([(MUST, tv.Query.boost_query(_each(schema, stems), SCATTERED)), (SHOULD, close)])


def _anywhere(schema: tv.Schema, stems: Stems, names: Sequence[str], other_work: tuple[Stems, ...] = ()) -> tv.Query:
    """The stems one after the other in one of the fields, a title counting most, one of other work little."""
    found = [(SHOULD, tv.Query.boost_query(_run(schema, name, stems), BOOSTS[name])) for name in names]
    if other_work:
        title = _run(schema, "title", stems)
        proper = tv.Query.boolean_query([(MUST, title), *((NOT, _run(schema, "title", each)) for each in other_work)])
        little, more = BOOSTS["title"] * APART, BOOSTS["title"] * (1 - APART)
        found = [
            (SHOULD, tv.Query.boost_query(proper, more)),
            (SHOULD, tv.Query.boost_query(title, little)),
            *found[1:],
        ]
    return tv.Query.boolean_query(found)


def _run(schema: tv.Schema, name: str, stems: Stems) -> tv.Query:
    if len(stems) == 1:
        return tv.Query.term_query(schema, name, stems[0], "freq")
    return tv.Query.phrase_query(schema, name, list(stems))
