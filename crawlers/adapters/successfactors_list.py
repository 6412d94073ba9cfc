"""A page of SuccessFactors' list of jobs, in tiles or in table rows, and what comes after it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urlsplit, urlunsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters import jobwords as words
from crawlers.adapters.json_api import with_parameter
from crawlers.adapters.said import Said
from crawlers.adapters.text import link, plain, whole_number
from crawlers.adapters.webpage import WebPage, classes, read_page
from crawlers.adapters.xmltree import Element
from crawlers.source import Follow, Page, Parsed, Posting

TILES = "/tile-search-results/"
CATEGORY = re.compile(r"/go/[^/]+/(\d+)")
LIST = re.compile(r"/(?:search|go|viewalljobs)(?:/|$)")
TOTAL = re.compile(r"\bof\s+([\d,.]{1,9})\b")
SECTION = re.compile(r"job-\d+-desktop-section-([a-z]\w*?)(?:-value)?")
NUMBER = re.compile(r"/(\d{4,})/?(?:[?#]|$)")
NAMES = {"jobLocation": "location", "jobDate": "date"}  # classes in the older skin, and the sections for the same
PIECES = 40  # of the text of a section
KEPT = ("reference", "closes", "starts", "salary", "hours", "employment_type", "working_pattern", "employer", "posted")


def listed(page: Page) -> Parsed:
    """The page's jobs as cards of follows, and the next page. Raises BadBodyError for a page without such a list."""
    site = read_page(page)
    cards = {card.url: card for card in _rows(site)}
    first = next(iter(cards), None)
    if first and first == page.carried.get("first"):
        return Parsed()  # a site that gives its last page again and again
    stated = _total(site.root)
    total = page.carried.get("total") if stated is None else stated
    if not cards and not page.carried and total != 0 and not _says_none(site.root):
        raise BadBodyError(page.url, f"{site.what} without a list of jobs as SuccessFactors shows it")
    seen = int(page.carried.get("seen", 0)) + len(cards)
    more = bool(cards) and (total is None or seen < total)
    carried = {"seen": seen, "first": first, "total": total}
    pages = (Follow(_next(page.url, seen, site.root), "listing", carried),) if more else ()
    follows = tuple(Follow(url, card=card) for url, card in cards.items() if url)
    return Parsed(follows=(*follows, *pages), shortfall=site.shortfall, stated_total=total)


def _rows(site: WebPage) -> Iterator[Posting]:
    """What each tile, or row of a table, with a link to a job says."""
    links: dict[Element, list[Element]] = {}
    facts: dict[Element, dict[str, str]] = defaultdict(dict)
    for element in site.root.iter("a", "div", "span"):
        row = next((around for around in element.iterancestors("li", "tr") if _is_row(around)), None)
        if row is not None and element.tag == "a" and "jobTitle-link" in classes(element):
            links.setdefault(row, []).append(element)
        elif row is not None and (fact := _fact(element)):
            facts[row].setdefault(*fact)
    for row, anchors in links.items():
        url = next((url for a in anchors if (url := link(a.get("href"), site.base))), None)
        title = next((said for a in anchors if (said := plain("".join(a.itertext())))), None)
        number = NUMBER.search(urlsplit(url).path) if url else None
        if url and title:
            posting = with_facts(Posting(url=url, title=title), facts[row])
            numbers = {"job": number[1]} if number else {}
            yield replace(posting, reference=posting.reference or numbers.get("job"), identifiers=numbers)


def _is_row(element: Element) -> bool:
    return not {"job-tile", "data-row"}.isdisjoint(classes(element))


def _fact(element: Element) -> tuple[str, str] | None:
    """A fact of a row: under its printed label where it has one, else under the section's own name."""
    section = SECTION.fullmatch(element.get("id") or "")
    own = classes(element)
    name = section[1] if section else next((NAMES[each] for each in own if each in NAMES), None)
    if name is None:
        return None
    texts = [said for part in islice(element.itertext(), PIECES) if (said := plain(part))]
    if section and len(texts) > 1:
        return (name if name in NAMES.values() else texts[0]), " ".join(texts[1:])
    return (name, " ".join(texts)) if texts else None


def with_facts(posting: Posting, facts: dict[str, str]) -> Posting:
    """The posting with the facts that these labels mean."""
    squeezed = {words.squeezed(label): (value,) for label, value in facts.items()}
    said = Said(squeezed, {name: name for name in squeezed})
    told = {field: value for field in KEPT if (value := said.first(words.NAMES[field]))}
    place = said.first(words.LOCATIONS)
    date = said.first(("date",))
    if date and "posted" not in told:
        told["posted"] = date
    return replace(posting, **({"locations": (place,)} if place else {}), **told)  # type: ignore[arg-type]


def _total(root: Element) -> int | None:
    """How many jobs the page says that there are."""
    for element in root.iter("ul", "span", "div"):
        stated = element.get("aria-rowcount") or ""
        label = element.get("id") == "tile-search-results-label" or "paginationLabel" in (element.get("class") or "")
        found = TOTAL.search(plain("".join(element.itertext())) or "") if label and not stated else None
        text = stated or (found[1] if found else "")
        total = whole_number(text.replace(",", "").replace(".", ""))
        if total is not None:
            return total
    return None


def _says_none(root: Element) -> bool:
    """True for a list that is there and empty, or says so."""
    ids = {element.get("id") for element in root.iter()}
    return bool(ids & {"job-tile-list", "noresults", "attention"})


def _next(url: str, row: int, root: Element) -> str:
    """The address of the rows from `row` on: of tiles those alone, as the page's own script asks."""
    parts = urlsplit(url)
    tiles = any("job-tile" in classes(e) for e in root.iter("li"))
    if tiles and TILES not in parts.path:
        category = CATEGORY.search(parts.path)
        list_page = LIST.search(parts.path)
        before = parts.path[: list_page.start()] if list_page else ""
        tail = f"category/{category[1]}/" if category else ""
        parts = parts._replace(path=f"{before}{TILES}{tail}")
    return with_parameter(urlunsplit(parts), "startrow", row)
