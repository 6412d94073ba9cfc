"""The grades that an advert of Find an apprenticeship asks for come across in one line."""

from __future__ import annotations

import json

import pytest

from crawlers.adapters.find_an_apprenticeship import FindAnApprenticeship
from crawlers.source import Page

ENGLISH = {"qualificationType": "GCSE", "subject": "English", "grade": "4 (C)", "weighting": "Essential"}


@pytest.mark.parametrize(
    ("qualifications", "said"),
    [
        (
            [ENGLISH, {**ENGLISH, "subject": "Art", "weighting": "Desired"}],
            "GCSE English, grade 4 (C) (essential); GCSE Art, grade 4 (C) (desired)",
        ),
        ([{"qualificationType": "Other", "subject": None, "grade": None, "weighting": None}], "Other"),
        ([{}], None),
        ([], None),
        (None, None),
    ],
)
def test_the_grades_asked_for_are_told_in_one_line(qualifications: object, said: str | None) -> None:
    advert = {"vacancyReference": "VAC1", "title": "Apprentice", "employerName": "X", "qualifications": qualifications}
    page = Page(
        "https://api.apprenticeships.education.gov.uk/vacancies/vacancy", json.dumps({"vacancies": [advert]}).encode()
    )
    (posting,) = FindAnApprenticeship().parse(page).postings
    assert posting.extra.get("grades") == said
