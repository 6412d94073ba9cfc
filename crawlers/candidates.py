"""Where a site's vacancies may stand, told from a page of it, and which of a sitemap's pages are adverts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from lxml import etree

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import decoded, is_html
from crawlers.adapters.claim import Claim
from crawlers.adapters.feed import Feed, feed_tree
from crawlers.adapters.text import link, plain
from crawlers.adapters.xmltree import Element, is_too_much, local
from crawlers.detect import detect
from crawlers.marks import marked_on
from crawlers.source import Page

MOST = 8  # pages that are worth a try
JOB_PAGES = 3  # of those, the pages that a link promises jobs on
FEEDS = (
    *("application/atom+xml", "application/feed+json", "application/json", "application/rdf+xml"),
    *("application/rss+xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/xml"),
    *("text/csv", "text/xml"),
)
FEEDLIKE = re.compile(
    r"\.(?:atom|csv|json|rdf|rss|xlsx|xml)(?:[?#]|$)|/(?:rss\w*|feeds?|atom|jobsrss)\b|datafeed"
    r"|[?&](?:feed|format)=(?:atom|csv|job_feed|json|rss|xml)",
    re.IGNORECASE,
)
JOBLIKE = re.compile(r"job|vacanc|career|recruit|opportunit|apprentice|position|\bpost\b", re.IGNORECASE)
LISTLIKE = re.compile(
    r"\b(?:jobs|vacanc(?:y|ies)|careers?|opportunities|recruitment|apprenticeships|work (?:for|with) us|join us)\b",
    re.IGNORECASE,
)
LONGEST = 50  # characters of such a link's words
EMBEDDED = (("iframe", "src"), ("script", "src"), ("a", "href"))
# How sure we are of a system by its address alone, where a page shows it, or links to it; of a feed without such words.
SHOWN, LINKED, NO_JOBS = 0.8, 0.7, 0.6
USUAL = ("/sitemap.xml", "/rss", "/feed")
DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"(?<!/v)\d")  # but for the version of an API
# What the title of a recruitment page says beside the employer's name.
OF_JOBS = re.compile(
    r"""\b(?:(?:current|latest|all|our|external|internal|live)\s+)*
    (?:jobs?|vacanc(?:y|ies)|careers?|recruitment|opportunit(?:y|ies)|work(?:ing)?|search|results|rss|feed|board|portal
    |ats\s+integration|xml|export)
    (?:\s+(?:jobs?|vacanc(?:y|ies)|search|results|feed|board|site|opportunit(?:y|ies)))*
    (?:\s+(?:at|with|for|in|from))?\b""",
    re.IGNORECASE | re.VERBOSE,
)


def named_on(page: Page) -> tuple[str, ...]:
    """The feeds that a page of HTML names, those in its head first, those about jobs before others."""
    tree = _html(page)
    if tree is None:
        return ()
    alternates = [(e.get("href"), e.get("title") or "") for e in tree.iter("link") if _is_feed(e)]
    links = [(e.get("href"), "".join(e.itertext())) for e in tree.iter("a") if FEEDLIKE.search(e.get("href") or "")]
    found = [(url, words) for href, words in (*alternates, *links) if (url := link(href, page.url))]
    ordered = sorted(found, key=lambda one: not JOBLIKE.search(f"{one[0]} {one[1]}"))
    return tuple(dict.fromkeys(url for url, _ in ordered if url != page.url))


def systems_named_on(page: Page) -> list[tuple[str, Claim]]:
    """The recruitment systems that a page of HTML shows, loads or links to, each told by its address alone."""
    tree = _html(page)
    if tree is None:
        return []
    found: dict[str, tuple[str, Claim]] = {}
    for tag, attribute in EMBEDDED:
        for url in dict.fromkeys(link(element.get(attribute), page.url) for element in tree.iter(tag)):
            for claim in detect(Page(url, b"")) if url and url != page.url else ():
                less = min(claim.sure, LINKED if tag == "a" else SHOWN)
                begins = next(iter(claim.adapter.start())).url  # the same for every link into one board
                found.setdefault(begins, (url or "", replace(claim, sure=less)))
    return list(found.values())


def claims_to_found(page: Page) -> tuple[Claim, ...]:
    """The claims to a page that another one led to: a feed that names no jobs may well be of news."""
    claims = detect(page)
    if JOBLIKE.search(f"{page.url} {title_of(page)}"):
        return claims
    return tuple(replace(c, sure=min(c.sure, NO_JOBS)) if isinstance(c.adapter, Feed) else c for c in claims)


def worth_a_try(page: Page, sitemaps: Sequence[str]) -> tuple[str, ...]:
    """Other addresses that may list the vacancies of the page's site, whose robots.txt names `sitemaps`."""
    usual = [urljoin(page.url, path) for path in USUAL]
    stated = [url for each in sitemaps if (url := link(each, page.url))]
    stated.sort(key=lambda url: not JOBLIKE.search(url))
    every = dict.fromkeys([*shown_on(page), *stated, *_promised_on(page)[:JOB_PAGES], *usual])
    return tuple(url for url in every if url != page.url)[:MOST]


def shown_on(page: Page) -> tuple[str, ...]:
    """The lists of systems whose marks a page bears, the feeds that it names, the pages that it shows within itself."""
    tree = _html(page)
    if tree is None:
        return ()
    frames = [link(frame.get("src"), page.url) for frame in tree.iter("iframe", "frame")]
    others = (url for url in frames if url and url != page.url)
    return tuple(dict.fromkeys([*marked_on(decoded(page), page.url), *named_on(page), *others]))


def _promised_on(page: Page) -> list[str]:
    """The pages where a link's few words say that jobs are, those of one advert left out as far as can be told."""
    tree = _html(page)
    found = [(a.get("href"), plain("".join(a.itertext())) or "") for a in tree.iter("a")] if tree is not None else []
    urls = [link(href, page.url) for href, words in found if LISTLIKE.search(words) and len(words) < LONGEST]
    return list(dict.fromkeys(url for url in urls if url and not NUMBER.search(urlsplit(url).path)))


def groups(urls: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Addresses by the folder that they stand in, up to its first part with a digit: jobs first, then the largest."""
    found: dict[str, list[str]] = {}
    for url in urls:
        found.setdefault(_folder(url), []).append(url)
    return sorted(found.items(), key=lambda one: (not JOBLIKE.search(one[0]), -len(one[1]), one[0]))


def match_of(folder: str, urls: Sequence[str]) -> str:
    """A regular expression that these addresses of one folder contain; where all go on with a digit, that too."""
    if folder == "/":
        return r"//[^/]+/[^/]+$"  # or every address would do
    numbered = all(DIGIT.match(url.partition(folder)[2]) for url in urls)
    return re.escape(folder).replace(r"\-", "-") + (r"\d" if numbered else "")


def title_of(page: Page) -> str | None:
    """What a feed's channel, or a page of HTML, calls itself."""
    try:
        root = feed_tree(page).root
    except BadBodyError:
        tree = _html(page)
        return None if tree is None else _text_of(tree.iter("title"))
    channel = next((child for child in root if local(child.tag).lower() == "channel"), root)
    return _text_of(child for child in channel if local(child.tag).lower() == "title")


def employer_in(title: str | None) -> str | None:
    """The name that is left of a title once what it says of jobs is off; None when nothing is."""
    pieces = [OF_JOBS.sub(" ", piece) for piece in re.split(r"\s[-–—|:·]\s|\|", title or "")]
    tidy = [" ".join(piece.split()).strip(" ,:-") for piece in pieces]
    named = [piece for piece in tidy if len(piece) > 2 and piece[0].isupper()]
    return max(named, key=len)[:200] if named else None


def home_of(page: Page) -> str:
    """Where people read what `page` lists: the page itself if it is one for them, else the front page of its site."""
    if _html(page) is not None:
        return page.url
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}/"


def _html(page: Page) -> Element | None:
    try:
        text = decoded(page)
    except BadBodyError:
        return None
    if not is_html(text) or is_too_much(text):
        return None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _is_feed(element: Element) -> bool:
    rel, kind = (element.get("rel") or "").lower().split(), (element.get("type") or "").lower()
    return "alternate" in rel and kind.partition(";")[0].strip() in FEEDS


def _folder(url: str) -> str:
    kept: list[str] = []
    for part in urlsplit(url).path.split("/")[1:-1]:
        if DIGIT.search(part):
            break
        kept.append(part)
    return "/".join(["", *kept, ""])


def _text_of(elements: Iterable[Element]) -> str | None:
    return next((words for e in elements if (words := plain("".join(e.itertext())))), None)
