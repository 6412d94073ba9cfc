"""Personio's XML: a position is told again, under its id, for another office; pay and closing date are in its text."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import XML, Document, Format, Told, View, cdata, document, element
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.values import opened, with_facts

ENTRY = "/xml?language=en"
ELSEWHERE = "Home based"
SENIORITY = ("entry-level", "experienced", "student", "lead")


def _path(advert: Advert) -> str:
    return f"/job/{advert.number}?language=en"


def _listings(view: View) -> Mapping[str, Document]:
    rows = [row for advert in view.adverts for row in _positions(advert)]
    head = "<?xml version='1.0' encoding='UTF-8'?>"
    listing = document([head, "<workzag-jobs>", *rows, "</workzag-jobs>"], XML)
    return {ENTRY: listing, "/xml": listing}


def _positions(advert: Advert) -> list[str]:
    """The position, one in four of them with a second office, and one in five told again for another."""
    more = [ELSEWHERE] if advert.number % 4 == 0 else []
    again = [_position(advert, f"{advert.place.text} annexe", [])] if advert.number % 5 == 0 else []
    return [_position(advert, advert.place.text, more), *again]


def _position(advert: Advert, office: str, more: list[str]) -> str:
    offices = "".join(element("office", each) for each in more)
    text = element("name", "About the job") + f"<value>{cdata(with_facts(advert))}</value>"
    fields = [
        element("id", advert.number),
        element("subcompany", advert.employer),
        element("office", office),
        f"<additionalOffices>{offices}</additionalOffices>" if more else "",
        element("department", advert.department),
        element("recruitingCategory", advert.family.title()),
        element("name", advert.title),
        f"<jobDescriptions><jobDescription>{text}</jobDescription></jobDescriptions>",
        element("employmentType", "trainee" if advert.kind == "apprenticeship" else "permanent"),
        element("seniority", SENIORITY[advert.number % len(SENIORITY)]),
        element("schedule", "part-time" if advert.terms.share < 1 else "full-time"),
        element("yearsOfExperience", "1-2"),
        element("createdAt", opened(advert).isoformat()),
    ]
    return "\n".join(["<position>", *(each for each in fields if each), "</position>"])


def _told(advert: Advert) -> Told:
    return Told(str(advert.number), None, None)


PERSONIO = Format(
    "personio", "Personio XML", ENTRY, _path, advert_page, listings=_listings, adapter="personio", told=_told
)
