"""Where no job is named by all the words of a search: the one that tells most of the work, the others as wishes.

Decided from the words and from what everyone may see, and from nothing else: filters, the place and whoever is
searching make no difference, so that every page, count and feed of the same words means the same, and no job that
isn't public moves anything. Words in quotes and minus words stay.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from clearinghouse.search.asking import Ask, Asked, asked, typed_as
from clearinghouse.search.generation import Generation
from clearinghouse.search.spelling import everyone_sees
from clearinghouse.search.text_query import IN_TITLES, NAMING, at_most, text_query, within
from clearinghouse.vacancies.visible import PUBLIC, Visible

# From the tuning halves of the judged searches (tests/clearinghouse/search/judged). There a job or two with all words
# in the title gained by others after it too (nDCG@10 0.892 to 0.899), but who names a job or an employer that is
# there wants no count of others: the page offers those beside.
ENOUGH = 5  # jobs with all words somewhere in the advert
TIMES = 20  # as many titles as the rarest word has: a word of more says little of the work (officer, manager)
TRIED = 8  # words looked up
DECISIONS = 500  # kept while a view holds


@dataclass(frozen=True)
class Fewer:
    """A search with fewer words: `kept` as they were typed, `left` those that are only wished for.

    `having` is how many jobs that everyone sees have all words; of `unknown` words no advert has any.
    """

    asked: Asked
    kept: str
    left: tuple[str, ...]
    having: int
    unknown: tuple[str, ...]


def fewer_words(generation: Generation, q: str, visible: Visible) -> Fewer | None:
    """The search that is carried out instead; None where enough jobs have all words, or none of them helps."""
    if asked(q).loose < 2:
        return None
    view = generation.view(Visible(PUBLIC, visible.now))
    known: dict[str, Fewer | None] = view.fewer
    if q in known:
        return known.get(q)
    decided = _decided(generation, q, visible)
    if len(known) >= DECISIONS:
        known.clear()
    known[q] = decided
    return decided


def _decided(generation: Generation, q: str, visible: Visible) -> Fewer | None:
    wanted, schema, searcher = asked(q), generation.schema, generation.searchers["public"]

    def having(some: Asked) -> int:
        return everyone_sees(generation, text_query(schema, searcher, some, scored=False), visible)

    def named(asks: Sequence[Ask], *names: str) -> int:
        return everyone_sees(generation, within(schema, asks, names), visible)

    found = having(wanted)
    if found >= ENOUGH or (found and named(wanted.asks, *NAMING)):
        return None
    loose, quoted = wanted.asks[: wanted.loose], wanted.asks[wanted.loose :]
    tried = [each for each in loose[:TRIED] if not "".join(each.stems).isdigit()]
    titles = [named([each], *IN_TITLES) for each in tried]
    names = [many * (len(each.stems) > 1 and not each.phrase) for each, many in zip(tried, titles, strict=True)]
    telling = most_telling(names if any(names) else titles)  # names of several words that the table of synonyms has
    if telling is None:
        return None
    left = tuple(each for each in loose if each != tried[telling])
    rest = dataclasses.replace(wanted, asks=(tried[telling], *quoted), wished=left, loose=1)
    if having(rest) <= found:
        return None
    kept = " ".join((typed_as(tried[telling], q), *(f'"{typed_as(each, q)}"' for each in quoted)))
    unknown = tuple(typed_as(each, q) for each in left if not at_most(searcher, Asked((each,))))
    return Fewer(rest, kept, tuple(typed_as(each, q) for each in left), found, unknown)


def most_telling(titles: Sequence[int]) -> int | None:
    """Which word of a search names the work, from how many titles have each; None where no title has any.

    The last one, as in "night porter", unless it stands in so many titles that it could be any work: "rent officer".
    """
    known = [many for many in titles if many]
    likely = [place for place, many in enumerate(titles) if known and 0 < many <= TIMES * min(known)]
    return likely[-1] if likely else None
