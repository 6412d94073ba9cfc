"""Nothing found, or hardly anything: the smallest steps wider that find more, each with its count.

At most COUNTS further searches, whatever was asked for; a step that finds no more is not offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice

from clearinghouse.search.criteria import DEFAULT_RADIUS, Criteria
from clearinghouse.search.generation import Generation
from clearinghouse.search.offers import Offer, offered
from clearinghouse.search.reading import plain_number
from clearinghouse.search.results import Results, page_alone
from clearinghouse.vacancies.visible import Visible

FEW = 3  # fewer results than this call for a wider search
COUNTS = 10
OF_A_KIND = 3  # filters, and words, that are taken away one at a time
OFFERED = 5
RADII = tuple(map(Decimal, (1, 3, 5, 10, 15, 20, 30, 50, 100, 200)))  # miles
QUOTES = '"“”„‟«»'
WORD = re.compile(f"-?[{QUOTES}][^{QUOTES}]*[{QUOTES}]|\\S+")

Step = tuple[str, Criteria]


def widenings(generation: Generation, results: Results, visible: Visible) -> tuple[Offer, ...]:
    """The next wider searches, the smallest first; none where there are results enough, or nothing to leave out.

    Adverts that don't say come in, the radius grows to where the next vacancies are, a filter or a word goes; and
    only where none of these helps, the smallest of several at once.
    """
    if results.total >= FEW:
        return ()
    known = []
    if results.unstated:  # counted already
        wider = results.criteria.replace(include_unstated=True)
        known = [Offer("Add jobs that do not say", wider, results.total + results.unstated)]
    steps = [*_farther(generation, results, visible), *_fewer_filters(results), *_fewer_words(results.criteria)]
    left = COUNTS - 1 - len(steps)  # one was for the distance
    more = [*known, *_finding_more(generation, results, visible, steps)]
    if not more:
        more = _finding_more(generation, results, visible, islice(_last(results.criteria), left))[:1]
    return tuple(sorted(more, key=lambda offer: offer.total)[:OFFERED])


def _finding_more(generation: Generation, results: Results, visible: Visible, steps: Iterable[Step]) -> list[Offer]:
    """The steps that find more than these results, the smallest first."""
    offers = [offered(generation, visible, label, wider) for label, wider in steps]
    return sorted((each for each in offers if each.total > results.total), key=lambda offer: offer.total)


def _farther(generation: Generation, results: Results, visible: Visible) -> Iterator[Step]:
    """The next radius that reaches one more vacancy."""
    if results.place is None:
        return
    criteria = results.criteria
    there = criteria.replace(radius=RADII[-1], sort="distance", per_page=results.total + 1)
    miles = [each for each in page_alone(generation, there, visible).miles if each is not None]
    reached = [radius for radius in RADII if radius > criteria.radius and len(miles) > results.total]
    radius = next((radius for radius in reached if radius >= miles[-1]), None)
    if radius is not None:
        label = f"Look within {plain_number(radius)} miles of {criteria.location}"
        yield label, criteria.replace(radius=radius)


def _fewer_filters(results: Results) -> Iterator[Step]:
    """The search without one of its filters: with all of its values, since each of them lets more through."""
    chips: dict[str, list[str]] = {}
    for chip in results.chosen:
        if chip.parameter not in ("q", "location"):
            chips.setdefault(chip.parameter, []).append(chip.label)
    for parameter, labels in list(chips.items())[:OF_A_KIND]:
        without = results.criteria.replace(**{parameter: Criteria.__dataclass_fields__[parameter].default})
        yield "Leave out: " + (", ".join(labels) if len(labels) < 4 else f"{len(labels)} choices"), without


def _fewer_words(criteria: Criteria) -> Iterator[Step]:
    words = WORD.findall(criteria.q)
    for place, word in enumerate(words[:OF_A_KIND]):
        wider = criteria.replace(q=" ".join((*words[:place], *words[place + 1 :])))
        shown = word.strip(QUOTES)
        yield f"Leave out: “{shown}”" if wider.chosen() else "See every job", wider


def _last(criteria: Criteria) -> Iterator[Step]:
    """Several steps at once: the words everywhere, each of the first everywhere, the place alone."""
    words = WORD.findall(criteria.q)
    if criteria.q:
        yield "Look everywhere, with no filters", Criteria(q=criteria.q, as_typed=criteria.as_typed)
    if criteria.location:
        there = Criteria(location=criteria.location, radius=max(criteria.radius, DEFAULT_RADIUS))
        yield f"See every job near {criteria.location}", there
    for word in words if len(words) > 1 else ():
        yield f"Look for “{word.strip(QUOTES)}” everywhere", Criteria(q=word, as_typed=criteria.as_typed)
