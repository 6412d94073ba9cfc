"""The search that an address asks for."""

from __future__ import annotations

from fastapi import Request

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.understanding import understood


def searched(request: Request) -> Criteria:
    """What the results page of the same address carries out: words that name a filter or a place are one."""
    return understood(Criteria.from_query(request.query_params.multi_items())[0]).criteria
