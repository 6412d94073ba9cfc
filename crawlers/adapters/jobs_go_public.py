"""JobsGoPublic and LGjobs: boards of Jobiqo's, each of whose pages holds its jobs as Next.js's data, `__NEXT_DATA__`.

Not officially described; shapes as public readers of these boards tell them. 25 jobs a page; `?page=2` is the second,
until `result_count` is reached. Jobs stand in `jobs.pages`, or in Apollo's cache, found by what they are: objects of
the type Job. An address is a list; pay is `salaryRangeFree`, sums with six decimals. The text is on each job's page.

LGjobs shows a part of JobsGoPublic's jobs, by the same numbers: where both are crawled, the store links them by number,
employer and title (ingest.duplicates), and people see one vacancy with two sightings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from clearinghouse.errors import BadBodyError
from clearinghouse.vacancies.identity import same_page
from crawlers.adapters.board import Board, paid, recognised, site_of
from crawlers.adapters.body import decoded
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, posting_of, with_parameter
from crawlers.adapters.jsonblocks import objects
from crawlers.adapters.jsonbody import Object, count, error_in, json_body, words
from crawlers.adapters.scriptjson import script_value
from crawlers.adapters.text import link
from crawlers.source import Follow, Page, Parsed, Posting

ADDRESS = re.compile(r"//(?:www\.)?(?:jobsgopublic|lgjobs)\.com(?:/?(?:[?#]|$)|/jobs(?:[/?#]|$))", re.IGNORECASE)
ROWS, MOST = 25, 2000  # jobs of a page; what no page of a board has
NOUGHTS = re.compile(r"\.0+$|(?<=\.\d\d)0+$")
FIELDS = {
    "reference": "id",
    "url": "urlNoPrefix | url.path | absoluteUrl",
    "apply_url": "applicationLink",
    "title": "title",
    "employer": "organization | organizationProfile.name",
    "locations": "address[] | address | region[].label",
    "employment_type": "employmentType[].label",
    "posted": "published",
    "closes": "expiration",
    "description_html": "body | description",
    "occupation": "occupationalField[].label",
    "extra.job_location_type": "remoteOptions[].label",
    "extra.salary_minimum": "salaryRangeFree.minSalary | salaryRangeFree.min | schemaOrgSalary.minValue.number",
    "extra.salary_maximum": "salaryRangeFree.maxSalary | salaryRangeFree.max | schemaOrgSalary.maxValue.number",
    "extra.salary_unit": "salaryRangeFree.salaryUnit | schemaOrgSalary.unitText",
    "extra.salary_currency": "salaryRangeFree.currencyCode | schemaOrgSalary.currencyCode",
}


@dataclass(frozen=True)
class JobsGoPublic(Board):
    """A search on JobsGoPublic or LGjobs: `url` is its first page (`/jobs?search=…&geo_location=Nottingham,%20UK`)."""

    name: ClassVar[str] = "jobs_go_public"
    own: ClassVar = ("urlNoPrefix", "salaryRangeFree")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The jobs of a page; the board's list where the address is only the site's."""
        site = site_of(self.url)
        bare = site is not None and self.url.removeprefix(site) in ("", "/")
        return JsonApi(f"{site}/jobs" if bare else self.url, "", FIELDS)

    def parse(self, page: Page) -> Parsed:
        """Each job of a list, or the job that the page is. Raises BadBodyError for a page that holds neither."""
        text = decoded(page)
        data = json_body(page) if text[0] in "{[" else script_value(text, "__NEXT_DATA__")
        nodes = [node for node, _ in objects(data)]
        listing = next((node for node in nodes if "result_count" in node), None)
        jobs = self._jobs(nodes)
        if len(jobs) > MOST:
            raise BadBodyError(page.url, f"over {MOST} jobs on one page of a board of Jobiqo's")
        if page.role == "detail" or (listing is None and jobs):
            return self._one(jobs, page)
        if listing is None:
            raise BadBodyError(page.url, f"{error_in(data) or 'a page'} without a list of Jobiqo's (result_count)")
        total = count(listing, "result_count")
        listed = [] if total == 0 else self._jobs([node for node, _ in objects(listing)]) or jobs
        parsed = self.listed(listed, page)
        return replace(parsed, follows=(*self._next(listed, total, page), *parsed.follows), stated_total=total)

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its pay as sums without six decimals."""
        tidy = {name: NOUGHTS.sub("", said) if name.endswith("imum") else said for name, said in posting.extra.items()}
        return paid(replace(posting, extra=tidy))

    def detail(self, posting: Posting, page: Page) -> str | None:
        """The job's own page, for its text."""
        return None if posting.description_html else posting.url

    def _jobs(self, nodes: list[dict[str, Any]]) -> list[Object]:
        """The jobs among these objects, each once."""
        found = [n for n in nodes if n.get("__typename", "Job") == "Job" and self.owns(n) and words(n, "title")]
        return list({words(job, "id") or str(number): job for number, job in enumerate(found)}.values())

    def _one(self, jobs: list[Object], page: Page) -> Parsed:
        """The job whose page this is; others stand beside it as similar ones."""
        read = [(job, posting_of(job, FIELDS, page.url)) for job in jobs]
        here = [(job, said) for job, said in read if said.url and same_page(said.url) == same_page(page.url)]
        whole = here or [(job, said) for job, said in read if said.description_html]
        if not whole:
            raise BadBodyError(page.url, "a page without the data of a job of Jobiqo's")
        return Parsed(postings=(self.refine(*whole[0]),))

    def _next(self, jobs: list[Object], total: int | None, page: Page) -> tuple[Follow, ...]:
        seen = int(page.carried.get("seen", 0)) + len(jobs)
        more = seen < total if total is not None else len(jobs) == ROWS
        first = words(jobs[0], "id") if jobs else None
        if not more or first is None or first == page.carried.get("first"):  # a page that comes again has no next
            return ()
        number = int(page.carried.get("page", 1)) + 1
        url = link(with_parameter(self.api().url, "page", number), "")
        carried = {"seen": seen, "page": number, "first": first}
        return (Follow(url, role="listing", carried=carried),) if url else ()


def recognise(page: Page) -> Claim | None:
    """By its address, or by keys that each of its jobs has."""
    marks = (b"__NEXT_DATA__", b'"urlNoPrefix"', b'"salaryRangeFree"')
    return recognised(JobsGoPublic, page, ADDRESS, "a board of Jobiqo's", *marks)
