"""WP Job Manager, a plug-in of WordPress: its job_feed, whose vocabulary has the site's own address as namespace."""

from __future__ import annotations

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import (
    RSS,
    Format,
    Reply,
    Told,
    View,
    cdata,
    document,
    element,
    midnight,
    rfc822,
    xml,
)
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.rss import channel, plain_path

ENTRY = "/?feed=job_feed"
MODULES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
ROWS = 10  # jobs a page, unless more or fewer are asked for


def _answers(view: View, asked: Request) -> Reply | None:
    if asked.path != "/" or asked.value("feed") != "job_feed":
        return None
    rows = asked.number("posts_per_page", ROWS) or ROWS
    first = rows * max(0, asked.number("paged", 1) - 1)
    # The plugin's namespace is the site's own address, whatever that is
    spaces = f'{MODULES} xmlns:job_listing="{view.base}"'
    items = [_item(view, advert) for advert in view.adverts[first : first + rows]]
    return Reply(document(channel(view, ENTRY, spaces, items), RSS))


def _item(view: View, advert: Advert) -> str:
    closing = f"<p>Closing date: {xml(advert.closing.text)}</p>" if advert.closing.at else ""
    html = f"{advert.html}\n{closing}"
    type_ = advert.terms.pattern if advert.kind == "job" else advert.terms.contract
    salary = f"<job_listing:salary>{cdata(xml(advert.pay.text))}</job_listing:salary>" if advert.pay.text else ""
    return "\n".join(
        [
            "<item>",
            element("title", advert.title),
            element("link", view.base + plain_path(advert)),
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


def _told(advert: Advert) -> Told:
    """The plug-in knows no reference of the employer's: an advert's address among the posts is its name."""
    return Told(f"{{base}}/?post_type=job_listing&p={advert.number}", advert.closing.at, advert.pay.text)


WPJM = Format(
    "wpjm",
    "RSS 2.0, WP Job Manager",
    ENTRY,
    plain_path,
    advert_page,
    answers=_answers,
    adapter="wp_job_manager",
    told=_told,
)
