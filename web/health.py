"""Whether the process is alive, and whether it is ready to be sent visitors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from clearinghouse.commands.migrate import check
from clearinghouse.errors import ClearingHouseError
from clearinghouse.publish.models import Change
from web.deps import Site, site

router = APIRouter()
PATIENCE = dt.timedelta(seconds=60)
NOT_KEPT = {"Cache-Control": "no-store"}

log = structlog.get_logger("web")


@router.get("/healthz")
def healthz() -> Response:
    """200 as long as the process answers at all."""
    return JSONResponse({"status": "alive"}, headers=NOT_KEPT)


@router.get("/readyz")
def readyz(request: Request) -> Response:
    """200 when the store's tables are current and a search index is loaded; else 503 with what is missing."""
    missing = list(reasons(site(request)))
    if missing:
        return JSONResponse({"status": "not ready", "reasons": missing}, 503, NOT_KEPT)
    return JSONResponse({"status": "ready"}, headers=NOT_KEPT)


def reasons(here: Site) -> Iterator[str]:
    """A sentence for each thing that keeps the site from being ready."""
    try:
        check(here.store.url)
    except ClearingHouseError as error:
        log.warning("not ready", why=str(error))  # the whole of it names files and hosts: not for everyone
        yield "the store can't be read, or its tables are not those that this version needs"
        return
    current = here.reader.current()
    if current is None:
        yield "no search index is loaded yet"
    elif is_behind(here, current.change_id):
        yield "the search index is behind the store"


def is_behind(here: Site, change_id: int) -> bool:
    """True when what changed after that change has waited for longer than an indexer takes."""
    with here.store.reading() as session:
        waits_since = session.scalar(sa.select(sa.func.min(Change.at)).where(Change.id > change_id))
    return waits_since is not None and here.clock() - waits_since > PATIENCE
