"""One advert of Teaching Vacancies as a Posting, and whether it is in a part of the country."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from crawlers.adapters.jobposting import posting_of
from crawlers.adapters.jsonbody import Object, words
from crawlers.adapters.things import Thing
from crawlers.source import Posting

OUTCODE = re.compile(r"\b([A-Z]{1,2})(\d[A-Z\d]?) ?\d[A-Z]{2}\b")
SLUG = re.compile(r"/jobs/([^/?#]+?)(?:\.json)?/?(?:[?#]|$)")


def school_posting(job: Object, base: str) -> Posting:
    """A JobPosting of the service under the last part of its address: it has no other identifier."""
    posting = posting_of(Thing.of(job, {}), base)
    slug = SLUG.search(posting.url or "") or SLUG.search(base)
    urn = words(job, "hiringOrganization.identifier")
    numbers = {**posting.identifiers, **({"school_urn": urn} if urn else {})}
    return replace(posting, reference=slug[1] if slug else posting.reference, identifiers=numbers)


def is_in(posting: Posting, areas: tuple[str, ...]) -> bool:
    """True for an advert with a postcode in one of those areas or districts, and for one that states none."""
    found = [code for place in posting.locations for code in OUTCODE.findall(place.upper())]
    return not found or any(area in (letters, letters + digits) for letters, digits in found for area in areas)


def is_job(item: Any) -> bool:
    """True for an advert of the service."""
    return isinstance(item, dict) and item.get("@type") == "JobPosting"
