"""What search engines read: robots.txt, and the addresses of all that is open, 50,000 to a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response

from clearinghouse.publish import directory
from clearinghouse.publish.following import addresses
from web.deps import now, reading, site, to_all
from web.security import STAFF

MOST = 50_000  # addresses in one file (sitemaps.org)
PAGES = (
    "/",
    "/vacancies",
    "/alerts",
    "/apprenticeships",
    "/employers",
    "/accessibility",
    "/privacy",
    "/cookies",
    "/contact",
    "/docs",
)
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NOT_FOR_ROBOTS = (
    *STAFF, "/alerts/", "/link/", "/saved", "/vacancies/*/apply", "/vacancies/*/report", "/vacancies.", "/vacancies?",
)  # fmt: skip

router = APIRouter()
Entry = tuple[str, str | None]  # address, time of the last change


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """Everything but staff pages, personal lists and the endless ways to filter a search."""
    base = site(request).settings.public_url
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), f"Sitemap: {base}/sitemap.xml"]
    return PlainTextResponse("\n".join(lines) + "\n")


@router.get("/sitemap.xml")
def sitemap(request: Request) -> Response:
    """All addresses; beyond 50,000 of them the addresses of the files that hold them."""
    entries = _entries(request)
    if len(entries) <= MOST:
        return _answer("urlset", "url", entries)
    base = site(request).settings.public_url
    files = range(1, -(-len(entries) // MOST) + 1)
    return _answer("sitemapindex", "sitemap", [(f"{base}/sitemap-{number}.xml", None) for number in files])


@router.get("/sitemap-{number}.xml")
def part(request: Request, number: str) -> Response:
    """The n-th 50,000 addresses."""
    start = (int(number) - 1) * MOST if number.isascii() and number.isdigit() and len(number) < 9 else -1
    entries = _entries(request)[start : start + MOST] if start >= 0 else []
    if not entries:
        raise HTTPException(404)
    return _answer("urlset", "url", entries)


def _entries(request: Request) -> Sequence[Entry]:
    """Every address that search engines may show: our pages, employers, open vacancies."""
    base = site(request).settings.public_url
    with reading(request) as session:
        employers = directory.employers(session, to_all(request))
        open_now = list(addresses(session, now(request)))
    return [
        *((f"{base}{page}", None) for page in PAGES),
        *((f"{base}/employers/{employer.slug}", None) for employer in employers),
        *((f"{base}/vacancies/{public_id}-{slug}", updated) for public_id, slug, updated in open_now),
    ]


def _answer(root: str, element: str, entries: Iterable[Entry]) -> Response:
    body = "".join(_lines(root, element, entries))
    return Response(body, media_type="application/xml")


def _lines(root: str, element: str, entries: Iterable[Entry]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SPACE}">\n'
    for address, updated in entries:
        changed = f"<lastmod>{updated}</lastmod>" if updated else ""
        yield f"<{element}><loc>{escape(address)}</loc>{changed}</{element}>\n"
    yield f"</{root}>\n"
