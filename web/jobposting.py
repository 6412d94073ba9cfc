"""schema.org JobPosting of a vacancy, for search engines: only what the advert itself states (design rule 3)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clearinghouse.vacancies.vocabulary import Basis, Contract, Kind, Pattern, Period, Precision, Remote

EMPLOYMENT: Mapping[str, str] = {
    Contract.FIXED_TERM: "TEMPORARY",
    Contract.TEMPORARY: "TEMPORARY",
    Kind.VOLUNTEER: "VOLUNTEER",
    Pattern.FULL_TIME: "FULL_TIME",
    Pattern.PART_TIME: "PART_TIME",
}
UNITS: Mapping[str, str] = {
    Period.DAY: "DAY",
    Period.HOUR: "HOUR",
    Period.MONTH: "MONTH",
    Period.WEEK: "WEEK",
    Period.YEAR: "YEAR",
}


def job_posting(doc: Mapping[str, Any], url: str) -> dict[str, Any]:
    """The JSON-LD object; what the advert leaves out, or we could not read, is left out here too."""
    said = {
        "title": doc["title"],
        "url": url,
        "description": doc.get("description_html"),
        "datePosted": doc.get("posted_at"),
        "validThrough": doc.get("closes_at"),
        "jobStartDate": (doc.get("starts_at") or "")[:10],
        "employmentType": _employment(doc),
        "hiringOrganization": _organisation(doc.get("employer")),
        "identifier": _identifier(doc),
        "jobLocation": _locations(doc),
        "jobLocationType": "TELECOMMUTE" if doc.get("remote") == Remote.HOME else None,
        "baseSalary": _base_salary(doc.get("salary")),
    }
    kept = {name: value for name, value in said.items() if value}
    return {"@context": "https://schema.org/", "@type": "JobPosting"} | kept


def _employment(doc: Mapping[str, Any]) -> list[str]:
    stated = [doc.get("kind"), doc.get("contract"), *doc.get("pattern", ())]
    return list(dict.fromkeys(EMPLOYMENT[value] for value in stated if value in EMPLOYMENT))


def _organisation(employer: Mapping[str, Any] | None) -> dict[str, str] | None:
    return {"@type": "Organization", "name": employer["name"]} if employer else None


def _identifier(doc: Mapping[str, Any]) -> dict[str, str] | None:
    """The employer's own reference, as the advert that leads gives it."""
    leading = next(iter(doc.get("sightings", ())), None)
    if not leading or not leading.get("reference"):
        return None
    named = {"name": doc["employer"]["name"]} if doc.get("employer") else {}
    return {"@type": "PropertyValue", **named, "value": leading["reference"]}


def _locations(doc: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The advert's words for each place, its postcode where those words have it: no district or position of ours."""
    stated = (item for item in doc.get("places", ()) if item.get("precision") != Precision.EMPLOYER)
    return [_location(item) for item in stated if item.get("text")]


def _location(item: Mapping[str, Any]) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressLocality": item["text"]}
    postcode = item.get("postcode")
    if postcode and postcode.replace(" ", "").casefold() in item["text"].replace(" ", "").casefold():
        address["postalCode"] = postcode
    return {"@type": "Place", "address": address}


def _base_salary(salary: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Pay that the advert states for this job in a unit that schema.org has; the full-time rate of another is none."""
    if not salary or salary.get("basis") == Basis.FULL_TIME_EQUIVALENT or salary.get("period") not in UNITS:
        return None
    low, high = salary.get("minimum"), salary.get("maximum")
    if low is None and high is None:
        return None
    figures = {"value": low} if low == high else {"minValue": low, "maxValue": high}
    stated = {name: float(Decimal(value)) for name, value in figures.items() if value is not None}
    value = {"@type": "QuantitativeValue", **stated, "unitText": UNITS[salary["period"]]}
    return {"@type": "MonetaryAmount", "currency": "GBP", "value": value}
