"""How one applies for a vacancy: what is known of the recruitment system that its apply link leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.vacancies.applying import Applying
from clearinghouse.vacancies.models import SourceRow


def applying(session: Session, doc: Mapping[str, Any]) -> Applying | None:
    """What is known of applying for the vacancy of that document; None for nothing. One query.

    The leading advert is the one that the apply link is of. Where that link leaves the advert's own site, it leads to
    a system that we know nothing of.
    """
    lead = next(iter(doc["sightings"]), None)
    if lead is None or not _same_site(doc["apply_url"], lead["url"]):
        return None
    facts = session.scalar(sa.select(SourceRow.facts).where(SourceRow.slug == lead["source"])) or {}
    try:
        found = Applying.from_json(facts.get("applying") or {})
    except (TypeError, ValueError):  # damaged in the store: the source's own page says so
        return None
    return found if found.known else None


def _same_site(link: str | None, advert: str | None) -> bool:
    try:
        hosts = {urlsplit(url or "").hostname for url in (link, advert)}
    except ValueError:
        return False
    return len(hosts) == 1 and None not in hosts
