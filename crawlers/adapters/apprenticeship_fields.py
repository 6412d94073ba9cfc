"""What an advert of Find an apprenticeship calls each fact: in its API, and in the service's web application."""

from __future__ import annotations

import re

from crawlers.adapters.jsonbody import Object, objects_at, words
from crawlers.adapters.text import joined

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


def number_of(reference: str) -> str | None:
    """The number in the advert's address; None for one of another service that has its own page."""
    if reference.startswith("VAC"):
        return reference
    return f"VAC{reference}" if re.fullmatch(r"\d{10}", reference, re.ASCII) else None


def grades_of(item: Object) -> str | None:
    """The school and other grades asked for, in one line: GCSE Maths, grade 4 (essential); and so on."""
    said = [_grade(each) for each in objects_at(item, "qualifications") or ()]
    return "; ".join(filter(None, said)) or None


def _grade(one: Object) -> str:
    named = " ".join(filter(None, (words(one, "qualificationType"), words(one, "subject"))))
    grade, weight = words(one, "grade"), words(one, "weighting")
    asked = f"{named}, grade {grade}" if named and grade else named
    return f"{asked} ({weight.lower()})" if asked and weight else asked


def places_of(item: Object) -> tuple[str, ...]:
    """Each address in one line: of the API, of an advert of the web application, of a line in its search."""
    own = item.get("address")
    told = objects_at(item, "addresses") or [own if isinstance(own, dict) else item, *(objects_at(item, OTHERS) or [])]
    lines = (joined(words(place, part) for part in (*LINES, "postcode | postCode")) for place in told)
    return tuple(dict.fromkeys(line for line in lines if line))
