"""HR-XML (HR Open Standards): PositionOpening, version 3 as USAJOBS sends it, and version 2, https://hropenstandards.org.

One answer holds every opening; where it states a number of records, that is the total. What an opening is told in
differs: its period in elements or attributes, descriptions in named parts, in a user area under names of the sender's,
codes with their words ("2-Part-Time"), of which only the words are kept. An opening without a link has its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from lxml import etree

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import headed
from crawlers.adapters.claim import Claim
from crawlers.adapters.elements import Inside, inside_of, word_of, word_within
from crawlers.adapters.pay import composed
from crawlers.adapters.said import inner
from crawlers.adapters.text import joined, link, markup, plain, whole_number
from crawlers.adapters.xml_records import xml_of
from crawlers.adapters.xmltree import Element, local
from crawlers.source import Follow, Page, Parsed, Posting

CODE = re.compile(r"^\d+\s*-\s*(?=\S)")
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
EMPLOYERS = (("PositionOrganization", "OrganizationName"), ("Company", "Name"))
SHORT = 40  # characters; a part of a description without markup is longer
ADDRESS = (
    *("LineOne", "CityName", "Municipality"),
    *("Region", "CountrySubDivisionCode", "PostalCode"),
)
SUMS = {
    "salary_minimum": "RemunerationMinimumAmount",
    "salary_maximum": "RemunerationMaximumAmount",
    "salary_unit": "RemunerationRateIntervalCode",  # PH, PA: an hour, a year
}
EXTRA = {
    "grade": "JobGradeCode",
    "openings": "GOVT_TotalOpenings",
    "who_may_apply": "GOVT_WhoMayApply",
    "status": "PositionOpeningStatusCode",
}


@dataclass(frozen=True)
class HrXml:
    """A document of openings."""

    url: str

    name: ClassVar[str] = "hr_xml"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The document."""
        return (Follow(self.url, role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each opening as a Posting. Raises BadBodyError for a body that isn't HR-XML."""
        tree = xml_of(page, "HR-XML")
        openings = [e for e in tree.elements("positionopening") if not _is_inside_another(e)]
        shown = next((e for e in tree.root.iter() if local(e.tag) == "Show"), None)
        if not openings and shown is None:
            raise BadBodyError(page.url, f"XML with root <{local(tree.root.tag)}>, not HR-XML")
        return Parsed(
            postings=tuple(_posting(opening, page.url) for opening in openings),
            shortfall=tree.shortfall,
            stated_total=whole_number(shown.get("recordSetCount")) if shown is not None else None,
        )


def _is_inside_another(opening: Element) -> bool:
    return any(local(around.tag) == local(opening.tag) for around in opening.iterancestors())


def _posting(opening: Element, base: str) -> Posting:
    inside = inside_of(opening)
    numbers = {"PositionID": word_of(inside, "PositionID"), "DocumentID": word_of(inside, "DocumentID", "IdValue")}
    sums = {name: said for name, tag in SUMS.items() if (said := word_of(inside, tag))}
    currency = next((e.get("currencyID") for tag in SUMS.values() for e in inside[tag] if e.get("currencyID")), None)
    sums |= {"salary_currency": currency} if currency else {}
    stated = (word_of(inside, "Link", "PositionURI"), _on_the_web(inside), word_of(inside, "InternetWebAddress"))
    page, online, form = (link(address, base) for address in stated)
    extra = {name: said for name, tag in EXTRA.items() if (said := _coded(inside, tag))}
    dated = [e for name in ("PositionPosting", "Id") for e in inside[name]]
    return Posting(
        reference=numbers["DocumentID"] or numbers["PositionID"],
        url=page or online or form,
        apply_url=link(word_of(inside, "GOVT_ApplyOnlineURL"), base) or form,
        title=word_of(inside, "PositionTitle"),
        employer=word_within(inside, "PositionOrganization", "OrganizationName")
        or word_within(inside, "Company", "Name"),
        locations=tuple(dict.fromkeys(_places(inside))),
        salary=composed(*(sums.get(f"salary_{n}") for n in ("minimum", "maximum", "value", "unit", "currency"))),
        employment_type=_coded(inside, "PositionOfferingTypeCode"),
        working_pattern=_coded(inside, "PositionScheduleTypeCode"),
        posted=word_within(inside, "PositionPeriod", "StartDate") or _attribute(dated, "validFrom"),
        closes=word_within(inside, "PositionPeriod", "EndDate")
        or _attribute(dated, "validTo")
        or word_of(inside, "ApplicationCloseDate"),
        description_html=markup(headed(_parts(inside))),
        occupation=_coded(inside, "JobCategoryCode"),
        identifiers={name: said for name, said in numbers.items() if said},
        extra=extra | sums,
    )


def _attribute(elements: list[Element], name: str) -> str | None:
    return next((plain(e.get(name)) for e in elements if e.get(name)), None)


def _coded(inside: Inside, name: str) -> str | None:
    """Each value of that name, in words without its code."""
    stated = (plain(e.text) for e in inside[name])
    return joined(CODE.sub("", said) for said in stated if said and link(said, "") is None)


def _on_the_web(inside: Inside) -> str | None:
    """The address of a means of communication that is the web."""
    means = map(inside_of, inside["Communication"])
    return next((word_of(each, "URI") for each in means if word_of(each, "ChannelCode") == "Web"), None)


def _places(inside: Inside) -> Iterator[str]:
    for each in (*inside["PositionLocation"], *inside["PhysicalLocation"]):
        place = inside_of(each)
        street = joined((word_of(place, name) for name in ("StreetName", "BuildingNumber")), " ")
        parts = (street or word_of(place, "DeliveryAddress"), *(word_of(place, name) for name in ADDRESS))
        named = word_of(place, "LocationName") or joined(dict.fromkeys(parts))
        if named:
            yield named


def _parts(inside: Inside) -> list[tuple[str | None, str | None]]:
    """The parts of the description with their headings: named ones, and what a user area has in sentences."""
    told: list[tuple[str | None, str | None]] = []
    for each in (*inside["FormattedPositionDescription"], *inside["PositionFormattedDescription"]):
        part = inside_of(each)
        text = next((inner(e) for name in ("Value", "Content") for e in part[name]), "").strip()
        if len(text) > SHORT or "<" in text:
            told.append((_spaced(word_of(part, "Name", "ShortDescription")), text))
    for leaf in (leaf for area in inside["UserArea"] for leaf in area.iter(etree.Element)):
        text = (leaf.text or "").strip() if len(leaf) == 0 else ""
        if (len(text) > SHORT or "<" in text) and link(text, "") is None:
            told.append((_spaced(local(leaf.tag)), text))
    return list(dict.fromkeys(told))


def _spaced(name: str | None) -> str | None:
    """A name in camel case as words."""
    return CAPITAL.sub(" ", name).capitalize() if name else None


def recognise(page: Page) -> Claim | None:
    """By the names of its elements."""
    named = b"hr-xml.org" in page.body or b"PositionProfile" in page.body
    if named and b"PositionOpening" in page.body and b"PositionTitle" in page.body:
        return Claim(HrXml(page.url), 1.0, "openings as HR-XML tells them")
    if b"<ShowPositionOpening" in page.body:
        return Claim(HrXml(page.url), 0.9, "an answer of HR-XML")
    return None
