"""A Madgex job board: RSS of the 20 newest, titles and descriptions in which the employer and the pay are run in."""

from __future__ import annotations

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import (
    RSS,
    Document,
    Format,
    Reply,
    Told,
    View,
    cdata,
    document,
    element,
    rfc822,
    xml,
)
from crawlers.partners.formats.pages import advert_page, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import opened, plain

FEED, LIST = "/jobsrss/", "/jobs/"
ENTRY = f"{FEED}?countrycode=GB"
MOST = 20
LINE = "\n"


def _path(advert: Advert) -> str:
    return f"/job/{advert.number}/{advert.slug}/"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path == FEED:
        return Reply(_feed(view))
    if request.path.startswith(LIST):
        page = request.path.removeprefix(LIST).strip("/") or "1"
        return Reply(_list(view, int(page))) if page.isdecimal() and 0 < int(page) < 1000 else None
    return None


def _newest(view: View) -> list[Advert]:
    return sorted(view.adverts, key=lambda advert: (advert.posted, advert.number), reverse=True)


def _feed(view: View) -> Document:
    head = [element("title", f"{view.partner.name}: latest jobs"), element("link", f"{view.base}/")]
    items = [_item(view, advert) for advert in _newest(view)[:MOST]]
    rss = '<rss version="2.0" xmlns:a10="http://www.w3.org/2005/Atom">'
    declaration = '<?xml version="1.0" encoding="utf-8"?>'
    return document([declaration, rss, "<channel>", *head, *items, "</channel>", "</rss>"], RSS)


def _item(view: View, advert: Advert) -> str:
    url = view.base + _path(advert)
    words = " ".join(plain(advert.blocks[0]).split())
    told = ": ".join(part for part in (advert.pay.text, advert.employer, words) if part)
    return "\n".join(
        [
            "<item>",
            f'<guid isPermaLink="true">{xml(url)}</guid>',
            element("link", f"{url}?TrackID=8"),
            element("title", f"{advert.employer}: {advert.title}"),
            f"<description>{cdata(told + LINE + advert.place.text)}</description>",
            element("pubDate", rfc822(opened(advert))),
            "</item>",
        ]
    )


def _list(view: View, number: int) -> Document:
    first = (number - 1) * MOST
    shown, more = _newest(view)[first : first + MOST], len(view.adverts) > first + MOST
    onward = f'<li><a href="{LIST}{number + 1}/" rel="next" title="Next page">Next</a></li>' if more else ""
    cards = "\n".join(_card(advert) for advert in shown)
    pages = f'<ul class="paginator__items">{onward}</ul>'
    return shell(view, f"Jobs | {view.partner.name}", f'<ul id="listing" class="lister">\n{cards}\n</ul>\n{pages}')


def _card(advert: Advert) -> str:
    """A job of the list; its link is broken by line ends and tabs, as they really are."""
    told = (("location", advert.place.text), ("salary", advert.pay.text), ("recruiter", advert.employer))
    meta = "".join(f'<li class="lister__meta-item lister__meta-item--{n}">{xml(v)}</li>' for n, v in told if v)
    return f"""<li class="lister__item cf" id="item-{advert.number}">
<h3 class="lister__header"><a href="
\t\t{_path(advert)}
\t\t?LinkSource=PremiumListing"><span>{xml(advert.title)}</span></a></h3>
<ul class="lister__meta">{meta}</ul>
</li>"""


def _front(view: View) -> Document:
    link = f'<link rel="alternate" type="application/rss+xml" title="Latest jobs" href="{ENTRY}">'
    return shell(view, view.partner.name, f'<h1>Find a job</h1>\n<p><a href="{LIST}">Browse all jobs</a></p>', link)


def _told(advert: Advert) -> Told:
    return Told(str(advert.number), None, advert.pay.text)


MADGEX = Format(
    "madgex", "Madgex board", ENTRY, _path, advert_page, answers=_answers, front=_front, adapter="madgex", told=_told
)
