"""Find an apprenticeship: the Display Advert API, version 2, https://developer.apprenticeships.education.gov.uk.

100 adverts a page, told whole (`IncludeDetails`), until `totalPages`: all of England takes some 60 requests, where 150
in 5 minutes are allowed. Its key is the environment's CLEARINGHOUSE_FAA_KEY, sent to its host alone (crawlers.keys).
Open Government Licence. Also the search and the advert of the service's web application, in other field names.

A closing time is that day's last second in London, marked Z all the same: the mark is left off. A national vacancy has
no address. An anonymous employer's name is a description of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from crawlers.adapters.apprenticeship_fields import FIELDS, LAST_SECOND, UNITS, WAGES, grades_of, number_of, places_of
from crawlers.adapters.board import Board, paid
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, Paging
from crawlers.adapters.jsonbody import Object, words
from crawlers.adapters.text import link
from crawlers.source import Page, Posting

HOST = re.compile(
    r"//api\.apprenticeships\.education\.gov\.uk/vacancies|//(?:www\.)?findapprenticeship\.service\.gov\.uk(?:[/?#]|$)"
    r"|//[^/?#]+/vacancies/vacancy(?:[?#]|$)",
    re.IGNORECASE,
)
LIST = re.compile(r"^(https?://[^/?#]+/vacancies/vacancy)(?:\?(.*))?$")
API = "https://api.apprenticeships.education.gov.uk/vacancies/vacancy"
TOTALS = (b'"totalFiltered"', b'"totalApprenticeshipCount"')
QUERY = "PageSize=100&Sort=AgeAsc&IncludeDetails=true"


@dataclass(frozen=True)
class FindAnApprenticeship(Board):
    """The adverts of the service, or those that the query of `url` narrows them to."""

    url: str = API

    name: ClassVar[str] = "find_an_apprenticeship"
    own: ClassVar = ("vacancyReference",)
    pace: ClassVar[float] = 2.0  # 150 requests in 5 minutes are allowed
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The list, 100 adverts a page with all that they say; the query of `url` is kept."""
        found = LIST.match(self.url)
        url = f"{found[1]}?{'&'.join(filter(None, (QUERY, found[2])))}" if found else self.url
        if not found and HOST.search(self.url):
            url = f"{API}?{QUERY}"
        paging = Paging(parameter="PageNumber", first=1)
        return JsonApi(
            url,
            "vacancies",
            FIELDS,
            total="totalFiltered | total | totalFound",
            paging=paging,
            headers={"X-Version": "2"},
        )

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its places, its pay in words, and its closing time as London's."""
        reference = posting.reference or ""
        page = f"https://www.findapprenticeship.service.gov.uk/apprenticeship/{number_of(reference)}"
        unit = UNITS.get(words(item, "wage.wageUnit") or "")
        pay = {"salary_unit": unit, "salary_currency": "GBP"} if unit and "salary_minimum" in posting.extra else {}
        grades = grades_of(item)
        asked = {"grades": grades} if grades else {}
        whole = replace(
            posting,
            url=posting.url or (link(page, "") if number_of(reference) else posting.apply_url),
            kind="apprenticeship",
            locations=places_of(item),
            closes=LAST_SECOND.sub(r"\1", posting.closes) if posting.closes else None,
            extra={**posting.extra, **{name: said for name, said in pay.items() if said}, **asked},
        )
        told = paid(whole)
        return told if told.salary else replace(told, salary=WAGES.get(words(item, "wage.wageType") or ""))


def recognise(page: Page) -> Claim | None:
    """By its address, by keys that every advert has, or by how its lists count."""
    if b'"vacancyReference"' in page.body and b'"employerName"' in page.body:
        return Claim(FindAnApprenticeship(page.url), 1.0, "adverts as Find an apprenticeship tells them")
    if b'"vacancies"' in page.body and any(total in page.body for total in TOTALS):
        return Claim(FindAnApprenticeship(page.url), 0.6, "an empty list such as its API gives")
    known = HOST.search(page.url)
    return Claim(FindAnApprenticeship(page.url), 0.9, "Find an apprenticeship's address") if known else None
