"""A vacancy as people see it: the JSON document that pages, API and exports are made of. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clearinghouse.vacancies.draft import london
from clearinghouse.vacancies.vocabulary import Reuse, Status

# What an adapter reads decides whether the employer's page already carries JobPosting for search engines.
WITH_JOBPOSTING = frozenset({"jsonld", "sitemap"})
API_KEYS = (
    "id", "url", "apply_url", "title", "employer", "kind", "contract", "pattern", "places", "salary", "closes_at",
    "posted_at", "first_seen", "last_seen", "updated", "status", "reuse", "sightings",
)  # fmt: skip
FROM_DRAFT = (
    "title", "kind", "contract", "pattern", "hours_per_week", "remote", "dbs", "occupation", "salary",
    "salary_derived", "places", "posted_at", "closes_at", "closes_text", "starts_at", "level", "apprenticeship_level",
    "flags", "description_html", "description_text", "experience", "driving", "min_age", "training",
    "restricted",
)  # fmt: skip


@dataclass(frozen=True)
class Advert:
    """One live sighting with what matters of its source; `public` = that source may be shown to everyone.

    `terms` is what others may reuse: the word of the organisation that the source belongs to, else the source's own.
    `hours` is what its field for the hours says.
    """

    source: str
    source_name: str
    adapter: str
    terms: str
    public: bool
    own: bool
    reference: str | None
    url: str | None
    apply_url: str | None
    first_seen: dt.datetime
    hours: str | None = None


def precedence(advert: Advert) -> tuple[bool, bool, dt.datetime, str]:
    """Which advert leads: one that everyone may see, then nearest the employer, then the one seen first."""
    return (not advert.public, not advert.own, advert.first_seen, advert.source)


def slug(title: str) -> str:
    """The words of a title as they stand in an address, at most 60 characters."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return words[:60].strip("-") or "vacancy"


def document(
    public_id: str,
    draft: Mapping[str, Any],
    employer: Mapping[str, str] | None,
    adverts: Sequence[Advert],
    *,
    status: Status,
    first_seen: dt.datetime,
    updated: dt.datetime,
    employer_terms: str | None = None,
) -> dict[str, Any]:
    """The document of one vacancy. Only adverts that everyone may see are named, unless there is no other.

    `employer_terms` is the employer's own word on reuse, None = it gave none.
    """
    shown = [a for a in adverts if a.public] or list(adverts)
    shown.sort(key=precedence)
    lead = shown[0] if shown else None
    return {
        "id": public_id,
        "slug": slug(draft["title"]),
        "employer": dict(employer) if employer else None,
        **{name: draft.get(name) for name in FROM_DRAFT},
        "hours_text": lead.hours if lead else None,
        "when": list(draft.get("when") or ()),
        "corrected": list(draft.get("corrected") or ()),
        "first_seen": london(first_seen),
        "updated": london(updated),
        "status": status.value,
        "reuse": reuse(lead.terms if lead else Reuse.FACTS_ONLY.value, employer_terms),
        "apply_url": lead and (lead.apply_url or lead.url),
        "advert_url": lead and lead.url,
        "advert_has_jobposting": bool(lead and lead.url and lead.adapter in WITH_JOBPOSTING),
        "sightings": [
            {"source": a.source, "reference": a.reference, "url": a.url, "source_name": a.source_name} for a in shown
        ],
    }


def reuse(terms: str, employer_terms: str | None) -> str:
    """What others may do with an advert: the narrower of its source's word and its employer's, where that gave one.

    So an employer can close what a board hands on of its adverts, but not open it: the board's words aren't its own.
    """
    given = [one for one in (terms, employer_terms) if one]
    return next((kind.value for kind in Reuse if kind.value in given), Reuse.FACTS_ONLY.value)


def api_item(doc: Mapping[str, Any], last_seen: dt.datetime | None, base_url: str) -> dict[str, Any]:
    """The document under the API's keys (design §7), in their order."""
    sightings = [{key: s[key] for key in ("source", "reference", "url")} for s in doc["sightings"]]
    values = {
        **doc,
        "url": f"{base_url}/vacancies/{doc['id']}-{doc['slug']}",
        "last_seen": london(last_seen) if last_seen else None,
        "sightings": sightings,
    }
    return {key: values[key] for key in API_KEYS}
