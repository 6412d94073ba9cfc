"""The site's routes are worked out once, for all the applications that tests make of it.

FastAPI works each out anew for every application, when a request first passes it: a third of a second for all of ours.
"""

from __future__ import annotations

from typing import Any

from fastapi import routing
from fastapi.routing import APIRoute


def share() -> None:
    """Let applications share what is made of a route. Not for tests that override dependencies: ours never do."""
    contexts: Any = routing._EffectiveRouteContext
    work_out = contexts.from_api_route
    known: dict[tuple[int, str, bool], Any] = {}  # by the route, which lives on in what is made of it

    def shared(_: type, *, original_route: APIRoute, include_context: Any) -> Any:
        key = (id(original_route), include_context.prefix, include_context.include_in_schema)
        if key not in known:
            known[key] = work_out(original_route=original_route, include_context=include_context)
        return known[key]

    contexts.from_api_route = classmethod(shared)
