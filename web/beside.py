"""What a results page offers beside its list: which place was meant, the area itself, and wider searches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from clearinghouse.search.generation import Generation
from clearinghouse.search.offers import Offer
from clearinghouse.search.results import Results
from clearinghouse.search.which_place import area_itself, places_meant
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
    """All that is offered: the places of the name that was typed (the first is shown), the area, and wider searches."""

    places: tuple[Way, ...]
    area: Way | None
    wider: tuple[Way, ...]


def beside(generation: Generation, results: Results, visible: Visible) -> Beside:
    """What to offer with these results."""
    area = area_itself(generation, results, visible)
    return Beside(
        places=_ways(places_meant(generation, results, visible)),
        area=_ways([area])[0] if area else None,
        wider=_ways(widenings(generation, results, visible)) if results.page == 1 else (),
    )


def _ways(offers: Iterable[Offer]) -> tuple[Way, ...]:
    return tuple(Way(one.label, forms.href(one.criteria), one.total) for one in offers)
