"""What the search index holds of one vacancy: a publication read into plain numbers, value tuples and words. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clearinghouse.publish.models import Publication
from clearinghouse.search.parameters import PARAMETERS, Values
from clearinghouse.search.pay import UNKNOWN, pay, pence
from clearinghouse.vacancies.visible import NEVER, PUBLIC, Showing, Visible, seconds

TOP = (1 << 32) - 1
NUMBERS = ("closes", "posted", "annual", "hours", "pay_hour", "pay_month", "pay_year")
SORTED = ("newest", "closing", "salary")


@dataclass(frozen=True)
class Row:
    """One vacancy. `numbers` has NUMBERS (UNKNOWN where not stated; closes: NEVER), `ranks` has SORTED.

    `heirs` are the names, by slug, of those who do the employer's work by now, where it doesn't itself.
    A rank packs the value sorted by and the key into 64 bits, so that no two are equal. `open_to_all` says in which of
    the two text indexes it stands.
    """

    key: int
    showing: Showing
    open_to_all: bool
    facets: Mapping[str, Values]
    employer: str
    numbers: Mapping[str, int]
    ranks: Mapping[str, int]
    places: tuple[tuple[float, float], ...]
    title: str
    description: str
    heirs: Mapping[str, str] = field(default_factory=dict)


def showing(publication: Publication, own: Mapping[int, dt.datetime]) -> Showing:
    """Who may see it and from when. `own` has the openings to one organisation's people at risk."""
    return Showing(
        live=publication.live,
        closes=seconds(publication.closes_at),
        public_from=seconds(publication.public_from),
        referred_from=seconds(publication.referred_from),
        at_risk_from=seconds(publication.at_risk_from),
        own_from={organisation: seconds(opens) for organisation, opens in own.items()},
        unverified=publication.unverified,
        hidden=publication.hidden,
        organisation=publication.organisation_id,
    )


def row(publication: Publication, own: Mapping[int, dt.datetime], now: dt.datetime) -> Row:
    """The row of one publication, as the index holds it from `now`."""
    doc, key = publication.doc, publication.vacancy_id
    shown = showing(publication, own)
    numbers = _numbers(doc, shown)
    return Row(
        key=key,
        showing=shown,
        open_to_all=Visible(PUBLIC, now).sees(shown),
        facets={parameter.name: parameter.read(doc) for parameter in PARAMETERS},
        employer=(doc.get("employer") or {}).get("name") or "",
        numbers=numbers,
        ranks=_ranks(doc, numbers, key),
        places=_positions(doc),
        title=doc["title"],
        description=doc.get("description_text") or "",
        heirs={heir["slug"]: heir["name"] for heir in doc.get("employers_now") or ()},
    )


def _numbers(doc: Mapping[str, Any], shown: Showing) -> dict[str, int]:
    paid = pay(doc)
    hours = doc.get("hours_per_week")
    return {
        "closes": shown.closes,
        "posted": _seconds(doc.get("posted_at")),
        "annual": paid.annual,
        "hours": UNKNOWN if hours is None else int(Decimal(hours) * 100),
        "pay_hour": paid.hour,
        "pay_month": paid.month,
        "pay_year": paid.year,
    }


def _ranks(doc: Mapping[str, Any], numbers: Mapping[str, int], key: int) -> dict[str, int]:
    newest = numbers["posted"] if numbers["posted"] != UNKNOWN else _seconds(doc.get("first_seen"))
    closing = TOP if numbers["closes"] == NEVER else _within(numbers["closes"], TOP - 1)
    salary = pence((doc.get("salary") or {}).get("annual_maximum")) + 1
    values = {"newest": _within(newest, TOP), "closing": closing, "salary": _within(salary, TOP)}
    return {name: (values[name] << 32) | key for name in SORTED}


def _positions(doc: Mapping[str, Any]) -> tuple[tuple[float, float], ...]:
    return tuple(
        (float(place["latitude"]), float(place["longitude"]))
        for place in doc.get("places") or ()
        if place.get("latitude") is not None and place.get("longitude") is not None
    )


def _seconds(text: str | None) -> int:
    return UNKNOWN if text is None else max(0, int(dt.datetime.fromisoformat(text).timestamp()))


def _within(value: int, most: int) -> int:
    return max(0, min(value, most))
