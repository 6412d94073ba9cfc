"""Hireserve (iCAMS): portals at {slug}.hireserve-projects.com and on employers' own domains; not officially described.

An older portal lists every vacancy on one page, wd_portal.list, with links such as /vacancy/{name}-{number}.html (or
wd_portal.show_job) in whatever markup the employer chose: the piece of the page around a link is its row. A newer one
lists nothing itself: a script fetches ic_job_feeds.feed_engine, JSON without paging, by the number in the page's field
`p_web_site_id`. Its facts go by names that each employer gives ("Salary", "Salary from"), some of them empty. There is
no schema.org markup; an advert's page has its facts in `.job_classifications` and its text in `.job_description`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from clearinghouse.errors import BadBodyError
from crawlers.adapters import rows
from crawlers.adapters.board import site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.html import NOTHING
from crawlers.adapters.jobwords import squeezed
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, json_body, objects_at, values, word, words
from crawlers.adapters.markup import inner_html
from crawlers.adapters.picks import elements, holds
from crawlers.adapters.picks import words as words_at
from crawlers.adapters.said import Said
from crawlers.adapters.text import absolute_links, link, markup
from crawlers.adapters.webpage import WebPage, read_page
from crawlers.source import Follow, Page, Parsed, Posting

ADDRESS = re.compile(
    r"^https?://(?:[\w-]+\.hireserve(?:-projects|-test)?\.com(?:[/?#]|$)"
    r"|[^/]+/[^?#]*(?:wd_portal\.\w+\?(?:[^#]*&)?p_web_site_id=\d|ic_job_feeds\.feed_engine\?))",
    re.IGNORECASE,
)
ADVERT = re.compile(r"/vacancy/[^/?#]*-(\d+)\.html|wd_portal\.show_job\?(?:[^#]*&)?p_web_page_id=(\d+)", re.IGNORECASE)
LINKED = re.compile(rb"""href=["'][^"'<>\s]{0,100}/vacancy/[^"'/<>\s]{1,200}-\d{4,12}\.html""")
PORTAL = re.compile(r"^(.*/)wd_portal\.\w+$", re.IGNORECASE)
LIST = "wd_portal.list?p_web_site_id={}&p_function=map&p_title=Current+Vacancies"
FEED = (
    "/utf8/ic_job_feeds.feed_engine?p_web_site_id={}&p_published_to=WWW&p_language=DEFAULT&p_direct=Y&p_format=MOBILE"
    "&p_summary=Y&p_job_description=Y"
)
ENGINE = "feed_engine"
LEFT_OUT = "left-out"  # what parts of an advert are called that are none of its text
SITE_ID = "[name='p_web_site_id']@value"
FIELDS = {
    "url": "weblink",
    "title": "title",
    "reference": "refno | id",
    "employer": "org.name | org",
    "posted": "publication.internet.publish_date",
    "closes": "publication.internet.closing_date",
    "locations": "locations[].city",
    "description_html": "jobdescription.description",
    "identifiers.vacancy": "id",
}
# Names that employers give: what stands in them tells which fact they hold.
KINDS = (("salary", "salary"), ("contract", "contracttype"), ("hour", "hours"), ("location", "location"))


@dataclass(frozen=True)
class Hireserve:
    """A portal on Hireserve, by any of its addresses."""

    url: str

    name: ClassVar[str] = "hireserve"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The list of an older portal, else the page that says where the list is fetched from."""
        return (Follow(_list(self.url), role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each vacancy of a list, or the one that a page is. Raises BadBodyError for a body that is neither."""
        if page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
            return _feed(page)
        web = read_page(page)
        if page.role == "detail":
            return Parsed(postings=(_advert(web, page),))
        cards = rows.adverts_on(web, ADVERT)
        if cards:
            return replace(rows.opened(cards), shortfall=web.shortfall)
        if b"feed_engine" not in page.body and b"icamsbase" not in page.body and holds(web.root, NOTHING):
            return Parsed(shortfall=web.shortfall)
        number, site = words_at(web.root, SITE_ID), site_of(page.url)
        if number and number.isdigit() and site and "feed" not in page.carried:
            return Parsed(follows=(Follow(site + FEED.format(number), role="listing", carried={"feed": True}),))
        raise BadBodyError(page.url, web.instead("no link to a vacancy"))


def recognise(page: Page) -> Claim | None:
    """By its address, or by the names that its lists, its pages and its feed have."""
    if b'"weblink"' in page.body and b'"classifications"' in page.body:
        return Claim(Hireserve(page.url), 1.0, "jobs as Hireserve's feed lists them")
    if b"icamsbase" in page.body or b'name="p_web_site_id"' in page.body:
        return Claim(Hireserve(page.url), 0.9, "a page of a Hireserve portal")
    if ADDRESS.search(page.url):
        return Claim(Hireserve(page.url), 0.9, "an address of Hireserve")
    if b"/vacancy/" in page.body and LINKED.search(page.body):
        return Claim(Hireserve(page.url), 0.5, "links to adverts such as a Hireserve portal's")
    if b"job_classifications" in page.body and b"job_description" in page.body:
        return Claim(Hireserve(page.url), 0.5, "an advert such as a Hireserve portal's")
    return None


def _list(url: str) -> str:
    """The address of the list of the portal that `url` is a page of; `url` itself where it doesn't tell."""
    site, parts = site_of(url), urlsplit(url) if link(url, "") else None
    if site is None or parts is None or ENGINE in parts.path:
        return url
    number = parse_qs(parts.query).get("p_web_site_id", [""])[0]
    portal = PORTAL.match(parts.path)
    if portal and number.isdigit():
        return f"{site}{portal[1]}{LIST.format(number)}"
    advert = ADVERT.search(parts.path)
    return f"{site}{parts.path[: advert.start()]}/vacancies.html" if advert else url


def _advert(web: WebPage, page: Page) -> Posting:
    """What an advert's own page says: its facts, and its text without them, its heading and the links under it."""
    card = page.card or Posting()
    number = ADVERT.search(page.url)
    block = next(iter(elements(web.root, ".job_description | #job_description | .jobdescription")), None)
    if block is None:
        raise BadBodyError(page.url, web.instead("no advert in it"))
    told = rows.posting_of(rows.facts_in(block))
    title = words_at(web.root, ".job_description h1 | h1")
    for part in elements(block, "h1, .job_classifications, .bottomlinks"):
        part.tag = LEFT_OUT
    etree.strip_elements(block, LEFT_OUT, with_tail=False)
    return replace(
        told,
        title=title,
        url=card.url or link(page.url, ""),
        reference=card.reference or told.reference or (number and (number[1] or number[2])) or None,
        identifiers={"reference": told.reference} if told.reference else {},
        description_html=absolute_links(markup(inner_html(block)), web.base),
    )


def _feed(page: Page) -> Parsed:
    """Each job of the feed, its own page followed where the feed has no text of it."""
    parsed = JsonApi(page.url, "jobs", FIELDS, total="total").parse(page)
    items = objects_at(json_body(page), "jobs") or []
    if items and not any("weblink" in item for item in items):
        raise BadBodyError(page.url, f"a list of {len(items)} entries without weblink: another system's")
    shown = [_told(item, posting) for item, posting in zip(items, parsed.postings, strict=True) if _is_shown(item)]
    told = rows.opened([one for one in shown if not one.description_html])
    return Parsed(
        postings=(*(one for one in shown if one.description_html), *told.postings),
        follows=told.follows,
        shortfall=parsed.shortfall,
        stated_total=parsed.stated_total if len(shown) == len(items) else None,
    )


def _is_shown(item: Object) -> bool:
    return words(item, "display_in_list") != "N" and words(item, "status") != "closed"


def _told(item: Object, posting: Posting) -> Posting:
    """The posting with the facts that stand under the employer's own names, an empty one passed over."""
    classes = item.get("classifications")
    told = [
        (name, said)
        for one in (classes.values() if isinstance(classes, dict) else ())
        if (name := words(one, "name")) and (said := tuple(filter(None, map(word, values(one, "values[].class_val")))))
    ]
    known = {kind: said for part, kind in KINDS for name, said in reversed(told) if part in squeezed(name)}
    facts = rows.posting_of(Said({**known, **{squeezed(name): said for name, said in reversed(told)}}, {}))
    others = {name: ", ".join(said) for name, said in told if not any(part in squeezed(name) for part, _ in KINDS)}
    return posting.over(replace(facts, extra={**facts.extra, **others}))
