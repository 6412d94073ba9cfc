"""Civil Service Jobs' API, /civilServiceVacancies, for whom the service has given a key; it is not public.

https://github.com/SkillsFundingAgency/das-apim-endpoints has the shape. One answer holds every job and
states their number. It has no description; places are regions and coordinates; words stand under their language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from crawlers.adapters.board import Board, recognised
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.source import Page

ADDRESS = re.compile(r"/civilServiceVacancies(?:[/?#]|$)", re.IGNORECASE)
FIELDS = {
    "reference": "jobReference | jobCode",
    "url": "jobURL.en | jobURL",
    "apply_url": "jobApplyURL.en | jobApplyURL",
    "title": "jobTitle.en",
    "employer": "department.en",
    "locations": "countryRegions.en[] | country.en",
    "employment_type": "contractType.en[]",
    "working_pattern": "workingPattern.en[]",
    "posted": "keyTimes.publishedTime",
    "closes": "keyTimes.closingTime",
    "level": "grade.en[]",
    "occupation": "role.en[]",
    "identifiers.code": "jobCode",
    "extra.profession": "profession.en",
    "extra.approach": "approach.en",
    "extra.latitude": "locationGeoCoordinates[0].lat",
    "extra.longitude": "locationGeoCoordinates[0].lon",
    "extra.remote": "locationFlags.remoteWorking",
    "extra.overseas": "locationFlags.overseas",
    "extra.salary_minimum": "salaryMinimum",
    "extra.salary_maximum": "salaryMaximum",
    "extra.salary_currency": "salaryCurrency",
}


@dataclass(frozen=True)
class CivilServiceJobsApi(Board):
    """The API's list."""

    name: ClassVar[str] = "civil_service_jobs_api"
    own: ClassVar = ("jobCode", "jobReference")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The list, at the address that the API's owner gave."""
        return JsonApi(self.url, "jobs", FIELDS, total="meta.numberOfJobs")


def recognise(page: Page) -> Claim | None:
    """By keys that each of its jobs has, or by its address."""
    marks, empty = (b'"jobCode"', b'"keyTimes"'), (b'"numberOfJobs"', b'"jobs"')
    return recognised(CivilServiceJobsApi, page, ADDRESS, "Civil Service Jobs' API", *marks, empty=empty)
