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

from crawlers.adapters.board import Board, paid
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, Paging
from crawlers.adapters.jsonbody import Object, objects_at, words
from crawlers.adapters.text import joined, link
from crawlers.source import Page, Posting

HOST = re.compile(
    r"//api\.apprenticeships\.education\.gov\.uk/vacancies|//(?:www\.)?findapprenticeship\.service\.gov\.uk(?:[/?#]|$)"
    r"|//[^/?#]+/vacancies/vacancy(?:[?#]|$)",
    re.IGNORECASE,
)
LIST = re.compile(r"^(https?://[^/?#]+/vacancies/vacancy)(?:\?(.*))?$")
API = "https://api.apprenticeships.education.gov.uk/vacancies/vacancy"
QUERY = "PageSize=100&Sort=AgeAsc&IncludeDetails=true"
FIELDS = {
    "reference": "vacancyReference",
    "url": "vacancyUrl",
    "apply_url": "applicationUrl",
    "title": "title",
    "employer": "anonymousEmployerName | employerName",
    "salary": "wageText",
    "working_pattern": "wage.workingWeekDescription | workingWeek",
    "hours": "hoursPerWeek",
    "posted": "postedDate",
    "closes": "closingDate",
    "starts": "startDate",
    "description_html": "description & fullDescription & longDescription & trainingDescription"
    " & additionalTrainingDescription & outcomeDescription & thingsToConsider & companyBenefitsInformation",
    "level": "apprenticeshipLevel | course.level",
    "occupation": "course.route | courseRoute",
    "identifiers.ukprn": "ukprn",
    "identifiers.lars": "course.larsCode | standardLarsCode",
    "extra.course": "course.title | courseTitle | standardTitle",
    "extra.course_type": "course.type",
    "extra.training_provider": "providerName",
    "extra.positions": "numberOfPositions",
    "extra.duration": "expectedDuration",
    "extra.disability_confident": "isDisabilityConfident",
    "extra.national": "isNationalVacancy",
    "extra.national_details": "isNationalVacancyDetails",
    "extra.skills": "skills[]",
    "extra.latitude": "addresses[0].latitude | address.latitude | location.lat | lat",
    "extra.longitude": "addresses[0].longitude | address.longitude | location.lon | lon",
    "extra.salary_details": "wage.wageAdditionalInformation | wageAdditionalInformation",
    "extra.salary_minimum": "wage.wageAmountLowerBound | wage.wageAmount",
    "extra.salary_maximum": "wage.wageAmountUpperBound | wage.wageAmount",
}
LINES = tuple(f"addressLine{number}" for number in range(1, 5))
WAGES = {  # by name or number; what is paid is stated in the others
    "2": "National Minimum Wage for apprentices",
    "3": "National Minimum Wage",
    "6": "Competitive salary",
    "ApprenticeshipMinimum": "National Minimum Wage for apprentices",
    "CompetitiveSalary": "Competitive salary",
    "NationalMinimum": "National Minimum Wage",
}
UNITS = {"2": "WEEK", "3": "MONTH", "4": "YEAR", "Annually": "YEAR", "Monthly": "MONTH", "Weekly": "WEEK"}
OTHERS = "otherAddresses"
LAST_SECOND = re.compile(r"(T23:59:59(?:\.\d+)?)(?:Z|\+00:00)$")


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
        page = f"https://www.findapprenticeship.service.gov.uk/apprenticeship/{_number(reference)}"
        unit = UNITS.get(words(item, "wage.wageUnit") or "")
        pay = {"salary_unit": unit, "salary_currency": "GBP"} if unit and "salary_minimum" in posting.extra else {}
        whole = replace(
            posting,
            url=posting.url or (link(page, "") if _number(reference) else posting.apply_url),
            kind="apprenticeship",
            locations=_places(item),
            closes=LAST_SECOND.sub(r"\1", posting.closes) if posting.closes else None,
            extra={**posting.extra, **{name: said for name, said in pay.items() if said}},
        )
        told = paid(whole)
        return told if told.salary else replace(told, salary=WAGES.get(words(item, "wage.wageType") or ""))


def _number(reference: str) -> str | None:
    """The number in the advert's address; None for one of another service that has its own page."""
    if reference.startswith("VAC"):
        return reference
    return f"VAC{reference}" if re.fullmatch(r"\d{10}", reference, re.ASCII) else None


def _places(item: Object) -> tuple[str, ...]:
    """Each address in one line: of the API, of an advert of the web application, of a line in its search."""
    own = item.get("address")
    told = objects_at(item, "addresses") or [own if isinstance(own, dict) else item, *(objects_at(item, OTHERS) or [])]
    lines = (joined(words(place, part) for part in (*LINES, "postcode | postCode")) for place in told)
    return tuple(dict.fromkeys(line for line in lines if line))


def recognise(page: Page) -> Claim | None:
    """By its address, by keys that every advert has, or by how its lists count."""
    if b'"vacancyReference"' in page.body and b'"employerName"' in page.body:
        return Claim(FindAnApprenticeship(page.url), 1.0, "adverts as Find an apprenticeship tells them")
    if b'"vacancies"' in page.body and b'"totalFiltered"' in page.body:
        return Claim(FindAnApprenticeship(page.url), 0.6, "an empty list such as its API gives")
    known = HOST.search(page.url)
    return Claim(FindAnApprenticeship(page.url), 0.9, "Find an apprenticeship's address") if known else None
