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

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import headed
from crawlers.adapters.body import decoded, is_html, what_it_is
from crawlers.adapters.claim import Claim
from crawlers.adapters.pay import composed
from crawlers.adapters.said import inner
from crawlers.adapters.text import joined, link, markup, plain
from crawlers.adapters.xmltree import Element, local, read_xml
from crawlers.source import Follow, Page, Parsed, Posting

CODE = re.compile(r"^\d+\s*-\s*(?=\S)")
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SHORT = 40  # characters; a part of a description without markup is longer
ADDRESS = (
    *("DeliveryAddress", "StreetName", "LineOne", "CityName", "Municipality"),
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
        text = decoded(page)
        if is_html(text) or text[0] != "<":
            raise BadBodyError(page.url, f"{what_it_is(text)}, not HR-XML")
        tree = read_xml(text, page.url)
        openings = tree.elements("positionopening")
        shown = next((e for e in tree.root.iter() if local(e.tag) == "Show"), None)
        if not openings and shown is None:
            raise BadBodyError(page.url, f"{what_it_is(text)}, not HR-XML")
        stated = (shown.get("recordSetCount") or "") if shown is not None else ""
        return Parsed(
            postings=tuple(_posting(opening, page.url) for opening in openings),
            shortfall=tree.shortfall,
            stated_total=int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 10 else None,
        )


def _posting(opening: Element, base: str) -> Posting:
    numbers = {"PositionID": _word(opening, "PositionID"), "DocumentID": _word(opening, "DocumentID", "IdValue")}
    sums = {name: said for name, tag in SUMS.items() if (said := _word(opening, tag))}
    currency = next((e.get("currencyID") for e in _all(opening, *SUMS.values()) if e.get("currencyID")), None)
    sums |= {"salary_currency": currency} if currency else {}
    stated = (_word(opening, "Link", "PositionURI"), _on_the_web(opening), _word(opening, "InternetWebAddress"))
    page, online, form = (link(address, base) for address in stated)
    extra = {name: said for name, tag in EXTRA.items() if (said := _coded(opening, tag))}
    return Posting(
        reference=numbers["DocumentID"] or numbers["PositionID"],
        url=page or online or form,
        apply_url=link(_word(opening, "GOVT_ApplyOnlineURL"), base) or form,
        title=_word(opening, "PositionTitle"),
        employer=_inside(opening, ("PositionOrganization", "OrganizationName"), ("Company", "Name")),
        locations=tuple(dict.fromkeys(_places(opening))),
        salary=composed(*(sums.get(f"salary_{n}") for n in ("minimum", "maximum", "value", "unit", "currency"))),
        employment_type=_coded(opening, "PositionOfferingTypeCode"),
        working_pattern=_coded(opening, "PositionScheduleTypeCode"),
        posted=_inside(opening, ("PositionPeriod", "StartDate")) or _attribute(opening, "validFrom"),
        closes=_inside(opening, ("PositionPeriod", "EndDate")) or _attribute(opening, "validTo"),
        description_html=markup(headed(_parts(opening))),
        occupation=_coded(opening, "JobCategoryCode"),
        identifiers={name: said for name, said in numbers.items() if said},
        extra=extra | sums,
    )


def _all(element: Element, *names: str) -> Iterator[Element]:
    """Every element of these local names inside, those of the first name first."""
    for name in names:
        yield from (e for e in element.iter() if local(e.tag) == name)


def _word(element: Element, *names: str) -> str | None:
    return next((said for e in _all(element, *names) if (said := plain("".join(e.itertext())))), None)


def _inside(opening: Element, *paths: tuple[str, str]) -> str | None:
    """What the second element of a path says inside the first."""
    found = (_word(outer, inside) for around, inside in paths for outer in _all(opening, around))
    return next(filter(None, found), None)


def _attribute(opening: Element, name: str) -> str | None:
    return next((plain(e.get(name)) for e in opening.iter() if e.get(name)), None)


def _coded(opening: Element, name: str) -> str | None:
    """Each value of that name, in words without its code."""
    return joined(CODE.sub("", said) for e in _all(opening, name) if (said := plain(e.text)))


def _on_the_web(opening: Element) -> str | None:
    """The address of a means of communication that is the web."""
    means = _all(opening, "Communication")
    return next((_word(each, "URI") for each in means if _word(each, "ChannelCode") == "Web"), None)


def _places(opening: Element) -> Iterator[str]:
    for place in _all(opening, "PositionLocation", "PhysicalLocation"):
        named = _word(place, "LocationName")
        address = joined(dict.fromkeys(_word(place, name) for name in ADDRESS))
        if named or address:
            yield named or address or ""


def _parts(opening: Element) -> list[tuple[str | None, str | None]]:
    """The parts of the description with their headings: named ones, and what a user area has in sentences."""
    told: list[tuple[str | None, str | None]] = []
    for part in _all(opening, "FormattedPositionDescription", "PositionFormattedDescription"):
        text = next((inner(e) for e in _all(part, "Value", "Content")), "")
        if len(text) > SHORT or "<" in text:
            told.append((_spaced(_word(part, "Name", "ShortDescription")), text.strip()))
    for area in _all(opening, "UserArea"):
        for leaf in area.iter():
            text = (leaf.text or "").strip() if len(leaf) == 0 else ""
            if isinstance(leaf.tag, str) and (len(text) > SHORT or "<" in text) and link(text, "") is None:
                told.append((_spaced(local(leaf.tag)), text))
    return list(dict.fromkeys(told))


def _spaced(name: str | None) -> str | None:
    """A name in camel case as words."""
    return CAPITAL.sub(" ", name).capitalize() if name else None


def recognise(page: Page) -> Claim | None:
    """By the names of its elements."""
    if b"PositionOpening" in page.body and b"PositionTitle" in page.body and b"hr-xml.org" in page.body:
        return Claim(HrXml(page.url), 1.0, "openings as HR-XML tells them")
    if b"<ShowPositionOpening" in page.body:
        return Claim(HrXml(page.url), 0.9, "an answer of HR-XML")
    return None
