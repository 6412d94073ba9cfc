"""The way from a vacancy to its employer's own page: counted, with nothing about the person."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from clearinghouse.publish.standing import standing
from clearinghouse.vacancies.draft import LONDON
from web.deps import is_head, now, reading, site, visible

router = APIRouter()
NOT_KEPT = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@router.get("/vacancies/{public_id}/apply")
def apply(request: Request, public_id: str) -> Response:
    """On to the employer. To our own page of the vacancy when it has closed, or its source gave no link."""
    with reading(request) as session:
        found = standing(session, public_id, visible(request))
    if found is None:
        raise HTTPException(404)
    target = link(found.doc.get("apply_url")) or link(found.doc.get("advert_url"))
    if not found.open or target is None:
        return RedirectResponse(f"/vacancies/{found.doc['id']}-{found.doc['slug']}", 302, NOT_KEPT)
    if found.public and not is_head(request):
        site(request).clicks.add(found.key, now(request).astimezone(LONDON).date())
    return RedirectResponse(target, 302, NOT_KEPT)


def link(address: str | None) -> str | None:
    """The address when it leads to a web page, else None: sources write all sorts of things (design rule 15)."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None
