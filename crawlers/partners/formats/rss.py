"""RSS 2.0 as four recruitment systems write it: NEOGOV's, SuccessFactors', WP Job Manager's, and one without extras."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import (
    RSS,
    XML,
    Document,
    Format,
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
MODULES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
INTERVALS = {"YEAR": "Year", "HOUR": "Hour", "DAY": "Day"}


def _channel(view: View, entry: str, spaces: str, items: list[str]) -> list[str]:
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
    return {"/feed.rss": document(_channel(view, "/feed.rss", NEOGOV, items), RSS)}


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
    return f"{pay.minimum:g}", f"{pay.maximum:g}", INTERVALS[pay.unit]


def _google_path(advert: Advert) -> str:
    return f"/job/{advert.slug}/{advert.number}/"


def _google(view: View) -> Mapping[str, Document]:
    items = [_google_item(view, advert) for advert in view.adverts]
    return {"/sitemal.xml": document(_channel(view, "/sitemal.xml", GOOGLE, items), XML)}


def _google_item(view: View, advert: Advert) -> str:
    return "\n".join(
        [
            "<item>",
            element("title", f"{advert.title} ({advert.employer})" if advert.number % 7 == 0 else advert.title),
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


def _plain_path(advert: Advert) -> str:
    return f"/vacancies/{advert.number}-{advert.slug}"


def _wpjm(view: View) -> Mapping[str, Document]:
    # The plugin's namespace is the site's own address, whatever that is
    spaces = f'{MODULES} xmlns:job_listing="{view.base}"'
    items = [_wpjm_item(view, advert) for advert in view.adverts]
    return {"/?feed=job_feed": document(_channel(view, "/?feed=job_feed", spaces, items), RSS)}


def _wpjm_item(view: View, advert: Advert) -> str:
    closing = f"<p>Closing date: {xml(advert.closing.text)}</p>" if advert.closing.at else ""
    html = f"{advert.html}\n{closing}"
    type_ = advert.terms.pattern if advert.kind == "job" else advert.terms.contract
    salary = f"<job_listing:salary>{cdata(xml(advert.pay.text))}</job_listing:salary>" if advert.pay.text else ""
    return "\n".join(
        [
            "<item>",
            element("title", advert.title),
            element("link", view.base + _plain_path(advert)),
            element("pubDate", rfc822(midnight(advert.posted)).replace("00:00:00 GMT", "08:30:00 +0000")),
            f"<dc:creator>{cdata('webteam')}</dc:creator>",
            f'<guid isPermaLink="false">{view.base}/?post_type=job_listing&amp;p={advert.number}</guid>',
            f"<description>{cdata(advert.blocks[0])}</description>",
            f"<content:encoded>{cdata(html)}</content:encoded>",
            f"<job_listing:location>{cdata(xml(advert.place.text))}</job_listing:location>",
            f"<job_listing:job_type>{cdata(xml(type_))}</job_listing:job_type>",
            f"<job_listing:company>{cdata(xml(advert.employer))}</job_listing:company>",
            salary,
            "</item>",
        ]
    )


def _labels(view: View) -> Mapping[str, Document]:
    items = [_labels_item(view, advert) for advert in view.adverts]
    return {"/jobs.rss": document(_channel(view, "/jobs.rss", "", items), "text/xml")}


def _labels_item(view: View, advert: Advert) -> str:
    lines = "<br/>".join(f"{label}: {xml(value)}" for label, value in facts(advert))
    return "\n".join(
        [
            "<item>",
            element("title", advert.title),
            element("link", view.base + _plain_path(advert)),
            f'<guid isPermaLink="false">{advert.reference}</guid>',
            element("pubDate", rfc822(midnight(advert.posted))),
            f"<description>{cdata(f'<p>{lines}</p>{advert.html}')}</description>",
            "</item>",
        ]
    )


NEOGOV_RSS = Format("rss_jobs", "RSS 2.0, NEOGOV job listing", "/feed.rss", _neogov_path, advert_page, _neogov)
GOOGLE_RSS = Format(
    "rss_google", "RSS 2.0, Google base (SuccessFactors)", "/sitemal.xml", _google_path, advert_page, _google
)
WP_RSS = Format("wpjm", "RSS 2.0, WP Job Manager", "/?feed=job_feed", _plain_path, advert_page, _wpjm)
LABEL_RSS = Format("rss_labels", "RSS 2.0, labels in the description", "/jobs.rss", _plain_path, advert_page, _labels)
