"""Whether the process is alive, and whether it is ready to be sent visitors."""

from __future__ import annotations

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from clearinghouse.commands.migrate import check
from clearinghouse.errors import ClearingHouseError
from web.deps import Site, site

router = APIRouter()
NOT_KEPT = {"Cache-Control": "no-store"}

log = structlog.get_logger("web")


@router.get("/healthz")
def healthz() -> Response:
    """200 as long as the process answers at all."""
    return JSONResponse({"status": "alive"}, headers=NOT_KEPT)


@router.get("/readyz")
def readyz(request: Request) -> Response:
    """200 when the store's tables are current and a search index is loaded; else 503 with what is missing."""
    missing = reasons(site(request))
    if missing:
        return JSONResponse({"status": "not ready", "reasons": missing}, 503, NOT_KEPT)
    return JSONResponse({"status": "ready"}, headers=NOT_KEPT)


def reasons(here: Site) -> list[str]:
    """A sentence for each thing that keeps the site from being ready."""
    found = []
    try:
        check(here.store.url)
    except ClearingHouseError as error:
        log.warning("not ready", why=str(error))  # the whole of it names files and hosts: not for everyone
        found.append("the store can't be read, or its tables are not those that this version needs")
    if here.reader.current() is None:
        found.append("no search index is loaded yet")
    return found
