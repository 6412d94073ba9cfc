"""HR-XML 3: PositionOpening, its period in days, its pay in sums, its codes with their words."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import XML, Document, Format, Told, View, document, element, xml
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.values import last_moment, sums

ENTRY = "/hrxml/position-openings.xml"
UNITS = {"YEAR": "PA", "HOUR": "PH", "DAY": "PD"}


def _path(advert: Advert) -> str:
    return f"/positions/{advert.number}"


def _listings(view: View) -> Mapping[str, Document]:
    rows = [_opening(view, advert) for advert in view.adverts]
    show = f'<Show recordSetCount="{len(rows)}" xmlns="http://www.openapplications.org/oagis/9"/>'
    root = '<ShowPositionOpening releaseID="3.1" xmlns="http://www.hr-xml.org/3">'
    return {ENTRY: document([root, "<DataArea>", show, *rows, "</DataArea>", "</ShowPositionOpening>"], XML)}


def _opening(view: View, advert: Advert) -> str:
    closes = last_moment(advert)
    pattern = "2-Part-Time" if advert.terms.share < 1 else "1-Full-Time"
    ends = f"<EndDate><FormattedDateTime>{closes:%Y-%m-%d}</FormattedDateTime></EndDate>" if closes else ""
    web = f"<Communication><ChannelCode>Web</ChannelCode>{element('URI', view.base + _path(advert))}</Communication>"
    unit = f"<OrganizationIdentifiers>{element('OrganizationName', advert.employer)}</OrganizationIdentifiers>"
    return "\n".join(
        [
            "<PositionOpening>",
            element("DocumentID", advert.reference),
            "<PositionOpeningStatusCode>Active</PositionOpeningStatusCode>",
            "<PositionProfile>",
            f"<PostingInstruction><ApplicationMethod>{web}</ApplicationMethod></PostingInstruction>",
            element("PositionID", f"{advert.reference}-{advert.number}"),
            element("PositionTitle", advert.title),
            f"<PositionLocation>{element('LocationName', advert.place.text)}</PositionLocation>",
            f"<PositionOrganization>{unit}</PositionOrganization>",
            element("JobCategoryCode", f"0{advert.number % 900}-{advert.family.title()}"),
            element("PositionOfferingTypeCode", f"15{advert.number % 900}-{advert.terms.contract}"),
            f"<PositionPeriod><StartDate><FormattedDateTime>{advert.posted}</FormattedDateTime></StartDate>{ends}",
            "</PositionPeriod>",
            element("PositionScheduleTypeCode", pattern),
            _pay(advert),
            f"<UserArea><JobBody><JobSummary>{xml(advert.html)}</JobSummary></JobBody></UserArea>",
            "</PositionProfile>",
            "</PositionOpening>",
        ]
    )


def _pay(advert: Advert) -> str:
    paid = sums(advert)
    if not paid:
        return ""
    low, high = (f'<Remuneration{n}Amount currencyID="GBP">{s:g}</Remuneration{n}Amount>' for n, s in _named(paid))
    unit = element("RemunerationRateIntervalCode", UNITS[advert.pay.unit])
    inside = f"<RemunerationRange>{low}{high}{unit}</RemunerationRange>"
    return f"<OfferedRemunerationPackage>{inside}</OfferedRemunerationPackage>"


def _named(paid: tuple[float, float]) -> tuple[tuple[str, float], ...]:
    return ("Minimum", paid[0]), ("Maximum", paid[1])


def _told(advert: Advert) -> Told:
    return Told(advert.reference, last_moment(advert), sums(advert))


HR_XML = Format("hr_xml", "HR-XML 3", ENTRY, _path, advert_page, _listings, adapter="hr_xml", told=_told)
