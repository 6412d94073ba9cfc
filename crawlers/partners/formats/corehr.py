"""CoreHR's vacancies as Oxford publishes them: XML with escaped XHTML and plain words side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import XML, Document, Format, Told, View, document, element, xml
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.values import opened, plain, sums

ENTRY = "/feeds/vacancies/31337175.xml"


def _path(advert: Advert) -> str:
    form = "p_company=10&p_refresh_search=Y&p_process_type=&p_internal_external=E&p_applicant_no="
    return f"/pls/live/erq_jobspec_version_4.display_form?{form}&p_recruitment_id={advert.number}"


def _listings(view: View) -> Mapping[str, Document]:
    rows = [_vacancy(view, advert) for advert in view.adverts]
    return {ENTRY: document(['<?xml version="1.0"?>', "<vacancies>", *rows, "</vacancies>"], XML)}


def _vacancy(view: View, advert: Advert) -> str:
    at = advert.closing.at
    return "\n".join(
        [
            f'<vacancy id="{advert.number}">',
            element("uri", f"{view.base}/id/vacancy/{advert.number}"),
            element("url", f"{view.base}/doc/vacancy/{advert.number}"),
            element("webpage", view.base + _path(advert)),
            element("label", advert.title),
            element("opens", opened(advert).astimezone(dt.UTC).isoformat()),
            element("closes", at.astimezone(dt.UTC).isoformat() if at else None),
            element("location", advert.place.text),
            f'<description format="application/xhtml+xml">{xml(f"<div>{advert.html}</div>")}</description>',
            f'<description format="text/plain">{xml(plain(advert.html))}</description>',
            f"<organizationPart>{element('label', advert.department)}<webpage>None</webpage></organizationPart>",
            _salary(advert),
            "<contact><email>recruitment@university.example</email></contact>",
            "</vacancy>",
        ]
    )


def _salary(advert: Advert) -> str:
    paid = sums(advert)
    bounds = element("lower", f"{paid[0]:g}") + element("upper", f"{paid[1]:g}") if paid and advert.pay.text else ""
    label = element("label", advert.pay.text)
    return f"<salary>{label}{bounds}<currency>GBP</currency></salary>" if label else ""


def _told(advert: Advert) -> Told:
    return Told(str(advert.number), advert.closing.at, advert.pay.text)


COREHR = Format("corehr", "CoreHR open data", ENTRY, _path, advert_page, _listings, adapter="corehr", told=_told)
