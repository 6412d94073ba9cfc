"""RecruitSaaS: council boards in ASP.NET at jobs-NAME.recruitsaas.com, and on councils' own domains.

No body of it was ever recorded, and nothing describes it. Known from its help pages, GenText.aspx?page=…, is that a
title in the list leads to the job's details, with a button "Apply for this job". So no name of a class or an id is
relied on: a vacancy is the innermost row, list item or block with a link to a page of a job or a vacancy, and its facts
are told by printed labels or the headings of columns. A page that isn't so is refused, never read as empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

from crawlers.adapters.board import at_site, recognised
from crawlers.adapters.claim import Claim
from crawlers.adapters.html import NOTHING, Html
from crawlers.adapters.html_vendor import HtmlVendor
from crawlers.source import Page, Posting

ADDRESS = re.compile(r"//(?!www\.)[\w-]+\.recruitsaas\.com(?:[/?#]|$)", re.IGNORECASE)
JOB = ", ".join(
    f"a[href*='{page}.aspx?']" for page in ("obDetail", "obDetails", "obdetail", "obdetails", "acancy", "ob")
)
HEADINGS = {
    "reference": "Reference, Job Reference, Vacancy Reference, Post Reference, Ref, Ref No, Job Ref, Reference Number",
    "employer": "Employer, Organisation, Council",
    "locations": "Location, Work Location, Place of Work",
    "salary": "Salary, Salary Range, Pay, Grade and Salary",
    "employment_type": "Contract, Contract Type, Job Type, Type of Contract",
    "working_pattern": "Working Pattern",
    "hours": "Hours, Hours per Week, Working Hours",
    "closes": "Closing Date, Closes, Closing Date and Time, Closing",
    "occupation": "Category, Job Category, Service Area",
    "extra.grade": "Grade, Band",
    "extra.department": "Department, Directorate",
    "extra.interview_date": "Interview Date, Interview Dates",
}
CARD = {name: f"column({said}) | label({said})" for name, said in HEADINGS.items()} | {"url": JOB, "title": JOB}
ADVERT = {name: f"label({said})" for name, said in HEADINGS.items()} | {
    "title": "main h1 | h1 | h2",
    "description_html": "main | #content | .content",
}
NUMBER = ("ref", "jobid", "vacancyid", "id")  # a link's parameters that tell a job


@dataclass(frozen=True)
class Recruitsaas(HtmlVendor):
    """A board on RecruitSaaS, at any of its addresses."""

    name: ClassVar[str] = "recruitsaas"
    marks: ClassVar = (b"GenText.aspx?page=",)

    def html(self) -> Html:
        """The list on the board's front page, or the one at the address that was given."""
        path = urlsplit(self.url).path.lower()
        return Html(
            self.url if path.endswith(("vacancies.aspx", "jobs.aspx", "search.aspx")) else at_site(self.url, "/"),
            f"{JOB} closest(tr, li, div)",
            CARD,
            detail=ADVERT,
            none=NOTHING,
        )

    def refine(self, posting: Posting, page: Page) -> Posting:
        """The posting with the number in its link where it states no reference."""
        told = {name.lower(): said for name, said in parse_qsl(urlsplit(posting.url or "").query)}
        return replace(posting, reference=posting.reference or next((told[n] for n in NUMBER if n in told), None))


def recognise(page: Page) -> Claim | None:
    """By its address, or by its help pages beside links to jobs."""
    if b"GenText.aspx?page=" in page.body and re.search(rb"(?:job\w{0,12}|vacanc\w{0,12})\.aspx\?", page.body, re.I):
        return Claim(Recruitsaas(page.url), 0.8, "a board such as RecruitSaaS's")
    return recognised(Recruitsaas, page, ADDRESS, "RecruitSaaS")
