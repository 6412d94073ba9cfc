"""RSS 2.0 as three recruitment systems write it: NEOGOV's, SuccessFactors', and one without extras."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import END, LONDON
from crawlers.partners.formats.base import (
    RSS,
    XML,
    Document,
    Format,
    Told,
    View,
    cdata,
    document,
    element,
    midnight,
    rfc822,
    xml,
)
from crawlers.partners.formats.pages import advert_page, facts
from crawlers.partners.pay import Pay

NEOGOV = 'xmlns:joblisting="http://www.neogov.com/namespaces/JobListing" xmlns:atom="http://www.w3.org/2005/Atom"'
GOOGLE = 'xmlns:g="http://base.google.com/ns/1.0"'
INTERVALS = {"YEAR": "Year", "HOUR": "Hour", "DAY": "Day"}


def channel(view: View, entry: str, spaces: str, items: list[str]) -> list[str]:
    """The lines of a feed with these items, and with these declarations of namespaces."""
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<rss version="2.0" {spaces}>'.replace(" >", ">"),
        "<channel>",
        element("title", f"Vacancies at {view.partner.name}"),
        element("link", f"{view.base}/"),
        element("description", "Current vacancies"),
        f'<atom:link href="{view.base}{entry}" rel="self" type="application/rss+xml"/>'
        if "xmlns:atom" in spaces
        else "",
        element("language", "en-gb"),
        element("lastBuildDate", rfc822(view.now)),
        *items,
        "</channel>",
        "</rss>",
    ]


def _neogov_path(advert: Advert) -> str:
    return f"/default.cfm?action=viewjob&jobid={advert.number}"


def _neogov(view: View) -> Mapping[str, Document]:
    items = [_neogov_item(view, advert) for advert in view.adverts]
    return {"/feed.rss": document(channel(view, "/feed.rss", NEOGOV, items), RSS)}


def _neogov_item(view: View, advert: Advert) -> str:
    url = view.base + _neogov_path(advert)
    closes = f"{advert.closing.at:%a, %d %b %Y %H:%M:%S}" if advert.closing.at else "Continuous"
    low, high, interval = _neogov_pay(advert.pay)
    salary = [element("joblisting:salary", advert.pay.text)] if advert.number % 3 else []
    return "\n".join(
        [
            "<item>",
            element("title", advert.title),
            element("link", url),
            element("pubDate", f"{advert.posted} 09:15:21.773"),
            element("description", advert.html),
            element("joblisting:jobNumberSingle", advert.reference),
            element("joblisting:jobId", advert.number),
            element("joblisting:advertiseFromDate", f"{advert.posted:%a, %d %b %Y}"),
            element("joblisting:advertiseToDateTime", closes),
            element("joblisting:minimumSalary", low),
            element("joblisting:maximumSalary", high),
            element("joblisting:salaryCurrency", "GBP"),
            element("joblisting:salaryInterval", interval),
            *salary,
            element("joblisting:jobType", f"{advert.terms.contract} {advert.terms.pattern}"),
            element("joblisting:location", advert.place.text),
            element("joblisting:department", advert.department),
            f'<guid isPermaLink="true">{xml(url)}</guid>',
            "</item>",
        ]
    )


def _neogov_pay(pay: Pay) -> tuple[str, str, str]:
    if pay.minimum is None or pay.maximum is None:
        return "Not Displayed", "", "Year"
    low, high = (f"{each:.2f}".removesuffix(".00") for each in (pay.minimum, pay.maximum))
    return low, high, INTERVALS[pay.unit]


def _neogov_told(advert: Advert) -> Told:
    low, high = advert.pay.minimum, advert.pay.maximum
    sums = (low, high) if low is not None and high is not None else None
    return Told(str(advert.number), advert.closing.at, advert.pay.text if advert.number % 3 else sums)


def _google_path(advert: Advert) -> str:
    return f"/job/{advert.slug}/{advert.number}/"


def _google(view: View) -> Mapping[str, Document]:
    items = [_google_item(view, advert) for advert in view.adverts]
    return {"/sitemal.xml": document(channel(view, "/sitemal.xml", GOOGLE, items), XML)}


def _google_item(view: View, advert: Advert) -> str:
    return "\n".join(
        [
            "<item>",
            element("title", _google_title(advert)),
            f"<description>{cdata(advert.html)}</description>",
            element("link", view.base + _google_path(advert)),
            element("g:id", advert.reference),
            element("g:employer", advert.employer),
            element("g:apply_url", view.original(advert)),
            element("g:location", advert.place.text),
            element("g:salary", advert.pay.text),
            element("g:job_type", advert.terms.contract),
            element("g:job_function", advert.family),
            element("g:publish_date", advert.posted.isoformat()),
            element("g:expiration_date", advert.closing.at.date() if advert.closing.at else None),
            "</item>",
        ]
    )


def _google_title(advert: Advert) -> str:
    return f"{advert.title} ({advert.employer})" if advert.number % 7 == 0 else advert.title


def _google_told(advert: Advert) -> Told:
    day = advert.closing.at and dt.datetime.combine(advert.closing.at, END, LONDON)
    return Told(advert.reference, day, advert.pay.text, _google_title(advert))


def plain_path(advert: Advert) -> str:
    """The address of an advert on a site that makes it of number and title."""
    return f"/vacancies/{advert.number}-{advert.slug}"


def _labels(view: View) -> Mapping[str, Document]:
    items = [_labels_item(view, advert) for advert in view.adverts]
    return {"/jobs.rss": document(channel(view, "/jobs.rss", "", items), "text/xml")}


def _labels_item(view: View, advert: Advert) -> str:
    lines = "<br/>".join(f"{label}: {xml(value)}" for label, value in facts(advert))
    return "\n".join(
        [
            "<item>",
            element("title", advert.title),
            element("link", view.base + plain_path(advert)),
            f'<guid isPermaLink="false">{advert.reference}</guid>',
            element("pubDate", rfc822(midnight(advert.posted))),
            f"<description>{cdata(f'<p>{lines}</p>{advert.html}')}</description>",
            "</item>",
        ]
    )


NEOGOV_RSS = Format(
    "rss_jobs",
    "RSS 2.0, NEOGOV job listing",
    "/feed.rss",
    _neogov_path,
    advert_page,
    _neogov,
    adapter="neogov",
    told=_neogov_told,
)
GOOGLE_RSS = Format(
    "rss_google",
    "RSS 2.0, Google base (SuccessFactors)",
    "/sitemal.xml",
    _google_path,
    advert_page,
    _google,
    adapter="successfactors",
    told=_google_told,
)
LABEL_RSS = Format("rss_labels", "RSS 2.0, labels in the description", "/jobs.rss", plain_path, advert_page, _labels)
