"""Which adapter a page is for: every one that exists is asked, and says how sure it is and why."""

from __future__ import annotations

from clearinghouse.errors import BadBodyError
from crawlers.adapters.claim import Claim
from crawlers.adapters.jsonbody import error_in, json_body
from crawlers.adapters.known import ADAPTERS, RECOGNISERS
from crawlers.source import Adapter, Page, Parsed

GENERAL = ("csv_file", "feed", "job_list", "jsonld", "sitemap")  # formats that anybody may speak
TOLD = ("feed", "jsonld", "sitemap")  # of which it is told why they don't read a body
OWN_SYSTEM = 0.15  # by how much a recruitment system's claim to its own page may be the less sure, and still leads
SURE, GUESS = 0.9, 0.5


def detect(page: Page) -> tuple[Claim, ...]:
    """Every adapter's claim to the page, the surest first; a system's own before that of the format it speaks."""
    claims = [claim for recognise in RECOGNISERS.values() if (claim := recognise(page))]
    return tuple(sorted(claims, key=order))


def order(claim: Claim) -> tuple[float, str]:
    """Sorts claims, the one to try first in front."""
    return -claim.sure - (0 if claim.adapter.name in GENERAL else OWN_SYSTEM), claim.adapter.name


def best(page: Page) -> Claim:
    """The claim that reads this very body: the surest that finds something in it, else the surest that can read it.

    Where a system knows its own list and finds it empty, no guess at what else is on the page counts.
    Raises BadBodyError, with every reason, when none can.
    """
    claims = detect(page)
    read = [(claim, _tried(claim.adapter, page)) for claim in claims]
    able = [(claim, parsed) for claim, parsed in read if isinstance(parsed, Parsed)]
    known = bool(able) and able[0][0].sure >= SURE
    for claim, parsed in able:
        if (parsed.postings or parsed.follows) and not (known and claim.sure < GUESS):
            return claim
    if able:
        return able[0][0]
    raise BadBodyError(page.url, f"no adapter reads this ({_reasons(page, read)})")


def _reasons(page: Page, read: list[tuple[Claim, Parsed | str]]) -> str:
    """Why those that claimed the page could not read it, and why the commonest formats did not claim it."""
    said = {claim.adapter.name: str(parsed) for claim, parsed in read}
    for name in TOLD:
        parsed = _tried(ADAPTERS[name](page.url), page)
        said.setdefault(name, parsed if isinstance(parsed, str) else parsed.shortfall or "no advert in it")
    return "; ".join([*_error(page), *(f"{name}: {reason}" for name, reason in said.items())])


def _error(page: Page) -> list[str]:
    """What the page says is wrong, where it is JSON that says so."""
    try:
        said = error_in(json_body(page))
    except BadBodyError:
        return []
    return [f"it is {said}"] if said else []


def _tried(adapter: Adapter, page: Page) -> Parsed | str:
    try:
        return adapter.parse(page)
    except BadBodyError as error:
        return error.reason
