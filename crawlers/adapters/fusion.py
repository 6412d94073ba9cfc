"""Fusion: the JSON feed of a school recruitment system, as Teaching Vacancies' importer reads it.

https://github.com/DFE-Digital/teaching-vacancies. One answer holds every advert. Times have no zone: they are London's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crawlers.adapters.board import Board
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi
from crawlers.source import Page

FIELDS = {
    "reference": "reference",
    "url": "advertUrl",
    "apply_url": "applicationUrl",
    "title": "jobTitle",
    "employer": "schoolName | trustName",
    "locations": "location | address | postcode",
    "salary": "salary",
    "employment_type": "contractType",
    "working_pattern": "workingPatterns[] | workingPatterns",
    "posted": "publishedAt | publishAt",
    "closes": "expiresAt",
    "starts": "startDate",
    "description_html": "jobAdvert",
    "level": "phase[] | phase",
    "occupation": "jobRole[] | jobRole",
    "identifiers.school_urn": "schoolUrns[]",
    "identifiers.trust_uid": "trustUID",
    "extra.key_stages": "keyStages[] | keyStages",
    "extra.subjects": "subjects[] | subjects",
    "extra.visa_sponsorship": "visaSponsorshipAvailable",
    "extra.benefits": "benefits",
}


@dataclass(frozen=True)
class Fusion(Board):
    """A feed of Fusion's."""

    name: ClassVar[str] = "fusion"
    own: ClassVar = ("jobAdvert", "advertUrl")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The feed: a bare list, or one inside `result`."""
        return JsonApi(self.url, "result|results|vacancies|", FIELDS)


def recognise(page: Page) -> Claim | None:
    """By keys that each of its adverts has."""
    if b'"jobAdvert"' in page.body and b'"advertUrl"' in page.body:
        return Claim(Fusion(page.url), 1.0, "adverts as Fusion's feed tells them")
    return None
