"""Other searches that a results page offers beside its own, each with what it would find."""

from __future__ import annotations

from dataclasses import dataclass

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Generation
from clearinghouse.search.results import count
from clearinghouse.vacancies.visible import Visible


@dataclass(frozen=True)
class Offer:
    """Another search: what it is called, the search, and how many vacancies it finds."""

    label: str
    criteria: Criteria
    total: int


def offered(generation: Generation, visible: Visible, label: str, criteria: Criteria) -> Offer:
    """That search with what it finds for this audience."""
    return Offer(label, criteria, count(generation, criteria, visible))
