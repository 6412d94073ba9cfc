"""Where a careers site on Workday and its API stand, from an address of either or a page's script; what it is asked."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

from crawlers.adapters.jsonbody import Object, values, word
from crawlers.adapters.text import link
from crawlers.source import Page

ROWS = 20  # a page, at most
API = re.compile(r"^(https?://[^/]+)/wday/cxs/([^/?#]+)/([^/?#]+)", re.IGNORECASE)
OWN = re.compile(
    r"^(https?://([\w-]+)\.(?:wd\d+\.)?myworkdayjobs(?:-impl)?\.com)/(?:[a-z]{2}-[A-Z]{2}/)?([^/?#]+)"
    r"|^(https?://[\w.]+\.myworkdaysite\.com)/(?:[a-z]{2}-[A-Z]{2}/)?recruiting/([^/?#]+)/([^/?#]+)",
)
DECLARED = tuple(
    re.compile(rb"""%s["']?\s{0,9}:\s{0,9}["']([\w.-]{1,100})["']""" % name) for name in (b"tenant", b"siteId")
)


def asked_from(url: str, row: int) -> bytes:
    """What the list from that row on is asked for by; facets in a person's address narrow it."""
    facets = {} if API.match(url) else parse_qs(urlsplit(url).query)
    sought = " ".join(facets.pop("q", []))
    return json.dumps({"appliedFacets": facets, "limit": ROWS, "offset": row, "searchText": sought}).encode()


def board_of(url: str) -> tuple[str, str] | None:
    """The addresses under which the API and a person find the site's jobs; None for an address of no such site."""
    found = API.match(url) or OWN.match(url)
    if found is None:
        return None
    site, tenant, name = (part for part in found.groups() if part)
    person = f"{site}/recruiting/{tenant}/{name}" if ".myworkdaysite." in site else f"{site}/{name}"
    return f"{site}/wday/cxs/{tenant}/{name}", person


def declared_on(page: Page) -> str | None:
    """The API's address as the script of a careers page tells it: no address of a person's has the tenant for sure."""
    tenant, site = (name.search(page.body) for name in DECLARED)
    return link(f"/wday/cxs/{tenant[1].decode()}/{site[1].decode()}/jobs", page.url) if tenant and site else None


def numbered(item: Object) -> str | None:
    """The first bullet that may be a number: some boards show other facts there."""
    bullets = (word(bullet) or "" for bullet in values(item, "bulletFields[]"))
    return next((bullet for bullet in bullets if re.search(r"\d", bullet)), None)
