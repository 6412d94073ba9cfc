"""What a results page offers beside its list: which place was meant, the area itself, and wider searches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clearinghouse.search.generation import Generation
from clearinghouse.search.offers import Offer
from clearinghouse.search.parameters import NOT_STATED, PARAMETERS
from clearinghouse.search.results import Results
from clearinghouse.search.which_place import area_itself, places_like, places_meant
from clearinghouse.search.widening import widenings
from clearinghouse.vacancies.visible import Visible
from web import forms


@dataclass(frozen=True)
class Way:
    """A link to another search: its words, its address, and how many jobs it finds."""

    label: str
    href: str
    total: int


@dataclass(frozen=True)
class Beside:
    """All that is offered beside a list.

    The places of the name that was typed (the first is shown), or names like it where we know none; the area where it
    has any jobs, wider searches, and of each of several filters the jobs that don't say.
    """

    places: tuple[Way, ...]
    like: tuple[Way, ...]
    area: Way | None
    wider: tuple[Way, ...]
    unsaid: tuple[Way, ...]


def beside(generation: Generation, results: Results, visible: Visible) -> Beside:
    """What to offer with these results."""
    area = area_itself(generation, results, visible)
    return Beside(
        places=_ways(places_meant(generation, results, visible)),
        like=_ways(places_like(generation, results, visible)),
        area=_ways([area])[0] if area and area.total else None,
        wider=_ways(widenings(generation, results, visible)) if results.page == 1 else (),
        unsaid=tuple(way for way in _unsaid(results) if way.total != results.unstated),
    )


def _unsaid(results: Results) -> Iterator[Way]:
    """For each filter chosen, the search with the jobs that don't say this one thing; `total` is how many they are."""
    for parameter in PARAMETERS:
        chosen = results.criteria.selected(parameter.name)
        facets = results.facets[parameter.name] if chosen and not results.criteria.include_unstated else ()
        for silent in facets:
            if silent.value == NOT_STATED and silent.count and not silent.chosen:
                wider = results.criteria.replace(**{parameter.name: (*chosen, NOT_STATED)})
                yield Way(parameter.label.lower(), forms.href(wider), silent.count)


def _ways(offers: Iterable[Offer]) -> tuple[Way, ...]:
    return tuple(Way(one.label, forms.href(one.criteria), one.total) for one in offers)
