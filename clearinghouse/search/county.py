"""A search in a county: not around a point of it, but in each of its districts."""

from __future__ import annotations

from clearinghouse.normalise.gazetteer import fold, whole_counties
from clearinghouse.search.criteria import Criteria


def in_its_districts(criteria: Criteria) -> tuple[Criteria, tuple[str, ...]]:
    """The search with a county of the region as its districts, and a sentence that says so.

    Districts that are chosen already stay chosen: somebody narrows the county down. Any other search stays as it is.
    """
    districts = whole_counties().get(fold(criteria.location)) if criteria.location else None
    if districts is None or len(districts) == 1:  # Rutland is a district and a place
        return criteria, ()
    where = "the districts that you chose" if criteria.district else f"every district of {criteria.location.title()}"
    changes = {"location": "", "district": criteria.district or districts, "page": criteria.page}
    return criteria.replace(**changes), (f"We looked in {where}.",)
