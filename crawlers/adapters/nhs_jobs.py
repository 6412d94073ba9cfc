"""NHS Jobs: its search as XML, https://www.jobs.nhs.uk/api/v1/search_xml, which needs no key.

Pages are counted by `page` up to `totalPages`, which with `totalResults` stands after the vacancies (a cut body lacks
both). Without `sort` the order changes between pages and repeats rows: publicationDateAsc is stable. A row that is
repeated all the same is told once a page, the stated total less by it. A `closeDate` has no time, a `postDate` no
zone, and a description ends in "..." after 150 characters. The advert's own page has the rest, but the site's terms
are for personal, non-commercial use: no advert's page is fetched, and a clearing house needs the agreement of NHSBSA
before it publishes what the search says.

The older search_xml?client_id= (until about 2022) is read too: one page of all vacancies, their fields' names with
job_ before them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.shortfall import TRUNCATED, because
from crawlers.adapters.text import link, markup, whole_number
from crawlers.adapters.xml_records import xml_of
from crawlers.adapters.xmlfields import every_word, fields, marked_up, word
from crawlers.adapters.xmltree import Element, Tree, local
from crawlers.source import Follow, Page, Parsed, Posting

ADDRESS = re.compile(r"//(?:www\.|beta\.)?jobs\.nhs\.uk(?:[/?#]|$)", re.IGNORECASE)
PATH = "/api/v1/search_xml"
OLD_PATH = re.compile(r"/(?:ext)?search(?:_xml)?/?")
SORT = "publicationDateAsc"
ROWS = 100  # the most that a page may have
# What the site's own search page and the API have in common.
ASKED = frozenset(
    {
        *("contractType", "distance", "employer", "employerCode", "externalOnly", "keyword", "location", "payBand"),
        *("payRange", "publishedFrom", "staffGroup", "workingPattern"),
    }
)
ASKS = re.compile(rf"search_xml|[?&](?:client_id|{'|'.join(sorted(ASKED))})=[^&#]")


@dataclass(frozen=True)
class NhsJobs:
    """A search of NHS Jobs: what `url` asks for, narrowed to one `employer` by its name."""

    url: str
    employer: str | None = None

    name: ClassVar[str] = "nhs_jobs"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The first page of the search."""
        return (Follow(self._page(1), role="listing"),)

    def _page(self, number: int) -> str:
        site = site_of(self.url)
        if site is None:
            return self.url
        parts, theirs = urlsplit(self.url), ADDRESS.search(self.url) is not None
        if theirs and OLD_PATH.fullmatch(parts.path):
            return self.url
        moved = theirs and not parts.path.endswith(PATH)  # a page for people
        asked = {name: value for name, value in parse_qsl(parts.query) if value and (name in ASKED or not moved)}
        asked |= {"employer": self.employer} if self.employer else {}
        asked |= {"sort": SORT, "limit": str(ROWS), "page": str(number)}
        return f"{site}{PATH if moved else parts.path}?{urlencode(asked)}"

    def parse(self, page: Page) -> Parsed:
        """Each vacancy as a Posting. Raises BadBodyError for a body that isn't such a search's, saying what it is."""
        tree = _tree(page)
        rows = tree.elements("vacancydetails", "vacancy_details")
        pages, results = _total(tree.root, "totalpages"), _total(tree.root, "totalresults", "number_of_jobs_found")
        if not rows and results is None and not tree.shortfall:
            raise BadBodyError(page.url, f"XML with root <{local(tree.root.tag)}>, without a vacancy or a total")
        kept = _each_once([_posting(row, page.url) for row in rows])
        repeated = int(page.carried.get("repeated", 0)) + len(rows) - len(kept)
        number = int(page.carried.get("page", 1))
        follows: tuple[Follow, ...] = ()
        if pages is not None and number < pages and rows:
            carried = {"page": number + 1, "repeated": repeated}
            follows = (Follow(self._page(number + 1), role="listing", carried=carried),)
        return Parsed(
            postings=kept,
            follows=follows,
            shortfall=tree.shortfall or _lacking(rows, pages, results),
            stated_total=None if results is None or follows else max(0, results - repeated),
        )


def recognise(page: Page) -> Claim | None:
    """By its address, or by the elements that each of its answers has."""
    if b"<nhsJobs" in page.body[:500] or b"<job_closedate" in page.body or b"<vacancyDetails" in page.body:
        return Claim(NhsJobs(page.url), 1.0, "vacancies as NHS Jobs' search lists them")
    theirs = ADDRESS.search(page.url) and ASKS.search(page.url)  # a link to its front page means nobody's jobs
    return Claim(NhsJobs(page.url), 0.9, "an address of NHS Jobs") if theirs else None


def _tree(page: Page) -> Tree:
    tree = xml_of(page, "NHS Jobs' XML")
    children = {local(child.tag).lower() for child in tree.root}
    known = {"vacancydetails", "vacancy_details", "totalresults", "number_of_jobs_found"}
    if local(tree.root.tag).lower() != "nhsjobs" and not children & known:
        raise BadBodyError(page.url, f"XML with root <{local(tree.root.tag)}>, not NHS Jobs'")
    return tree


def _total(root: Element, *names: str) -> int | None:
    return whole_number(word(root, *names))


def _each_once(postings: list[Posting]) -> tuple[Posting, ...]:
    """The postings without those that repeat the reference and link of an earlier one."""
    kept: dict[object, Posting] = {}
    for number, posting in enumerate(postings):
        kept.setdefault((posting.reference, posting.url) if posting.reference else number, posting)
    return tuple(kept.values())


def _lacking(rows: list[Element], pages: int | None, results: int | None) -> str | None:
    """What a page of the newer search must end in and doesn't."""
    newer = any(local(row.tag) == "vacancyDetails" for row in rows)
    return because(TRUNCATED, "its totals are missing") if newer and (pages is None or results is None) else None


def _posting(row: Element, base: str) -> Posting:
    address = link(word(row, "url", "job_url"), base)
    number = word(row, "id")
    extra = {"staff_group": word(row, "job_staff_group", "staffgroup"), "specialty": word(row, "job_specialty")}
    extra |= {"country": word(row, "job_country")}
    return Posting(
        reference=word(row, "reference", "job_reference"),
        url=address,
        title=word(row, "title", "job_title"),
        employer=word(row, "employer", "job_employer"),
        locations=tuple(dict.fromkeys(_places(row))),
        salary=word(row, "salary", "job_salary"),
        employment_type=word(row, "type", "job_type"),
        posted=word(row, "postdate", "job_postdate"),
        closes=word(row, "closedate", "job_closedate"),
        description_html=markup(marked_up(row, "description", "job_description")),
        identifiers={"id": number} if number else {},
        extra={name: said for name, said in extra.items() if said},
    )


def _places(row: Element) -> list[str]:
    """Each place: those inside `locations`, else a single one."""
    inside = [place for group in fields(row, "locations") for place in every_word(group, "location", "locations")]
    return inside or every_word(row, "locations", "location", "job_location")
