"""A schema.org JobPosting as a Posting."""

from __future__ import annotations

import re

from clearinghouse.vacancies.posting import Posting
from crawlers.adapters.pay import composed, is_words
from crawlers.adapters.text import absolute_links, joined, link, markup, plain
from crawlers.adapters.things import Thing, term

ADDRESS = ("streetAddress", "addressLocality", "addressRegion", "postalCode")
# What has a field of its own, or says nothing of the job: the rest stands in `extra`.
PLACED = frozenset(
    {
        *("@context", "@id", "@type", "additionaltype", "applicationcontact", "basesalary", "dateposted"),
        *("datemodified", "description", "employmenttype", "estimatedsalary", "hiringorganization", "identifier"),
        *("image", "inlanguage", "joblocation", "jobstartdate", "logo", "mainentityofpage", "name", "occupation"),
        *("occupationalcategory", "potentialaction", "publisher", "salary", "salarycurrency", "sameas", "title", "url"),
        *("validthrough", "workhours"),
    }
)
CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def posting_of(job: Thing, base: str) -> Posting:
    """What the JobPosting states; what it doesn't stays None. Links are resolved against `base`."""
    pay, sums = _pay(job)
    references = _identifiers(job)
    return Posting(
        reference=next(iter(references.values()), None),
        url=_url(job, base),
        apply_url=next((u for c in job.things("applicationContact") if (u := link(c.raw("url"), base))), None),
        title=job.word("title", "name"),
        employer=_employer(job),
        locations=_locations(job),
        salary=pay,
        employment_type=job.words("employmentType"),
        hours=job.words("workHours"),
        posted=job.word("datePosted"),
        closes=job.word("validThrough"),
        starts=job.word("jobStartDate"),
        description_html=absolute_links(markup(job.raw("description")), base),
        occupation=job.words("occupationalCategory"),
        identifiers=references,
        extra=_extra(job) | _place_facts(job) | sums,
    )


def _url(job: Thing, base: str) -> str | None:
    stated = [value for value in job.each("url") if isinstance(value, str)]
    pages = [v.raw("url") or _page_id(v) if isinstance(v, Thing) else v for v in job.each("mainEntityOfPage")]
    own = job.props.get("@id")
    pages += [own] if isinstance(own, str) and "#" not in own and ":" in own else []
    return next((url for value in (*stated, *pages) if (url := link(value, base))), None)


def _page_id(page: Thing) -> str | None:
    """The address that a page is named by; None for a name within this one ("#webpage")."""
    name = page.props.get("@id")
    return name.partition("#")[0] or None if isinstance(name, str) else None


def _employer(job: Thing) -> str | None:
    for value in job.each("hiringOrganization"):
        name = value.word("name", "legalName") if isinstance(value, Thing) else plain(value)
        if name:
            return name
    return None


def _identifiers(job: Thing) -> dict[str, str]:
    """The stated identifiers by the name of their scheme, first first."""
    found: dict[str, str] = {}
    for value in job.each("identifier"):
        is_thing = isinstance(value, Thing)
        number = value.word("value", "@value") if is_thing else plain(value)
        scheme = value.word("name", "propertyID") if is_thing else None
        if number:
            found.setdefault(scheme or "identifier", number)
    return found


def _locations(job: Thing) -> tuple[str, ...]:
    places = [place for value in job.each("jobLocation") for place in _places(value)]
    return tuple(dict.fromkeys(place for place in places if place))


def _places(value: object) -> list[str | None]:
    """Each address of a place as its stated street, town, region and postcode; the place's name where it has none."""
    if not isinstance(value, Thing):
        return [plain(value)]
    addresses = [_address(address) for address in value.each("address")]
    return [text for text in addresses if text] or [_address(value) or value.word("name")]


def _address(value: object) -> str | None:
    return joined(value.words(name) for name in ADDRESS) if isinstance(value, Thing) else plain(value)


def _place_facts(job: Thing) -> dict[str, str]:
    """Position of the first place, country of the first address, as stated."""
    facts: dict[str, str | None] = {}
    for place in job.things("jobLocation")[:1]:
        spot = next(iter(place.things("geo")), place)
        latitude, longitude = spot.word("latitude"), spot.word("longitude")
        if latitude and longitude:
            facts |= {"latitude": latitude, "longitude": longitude}
        facts["country"] = next((a.word("addressCountry") for a in place.things("address")), None)
    return {name: value for name, value in facts.items() if value}


def _pay(job: Thing) -> tuple[str | None, dict[str, str]]:
    """The advert's words for its pay, else its sums put together; and those sums by themselves."""
    money = next((said for name in ("baseSalary", "salary") for said in job.each(name)), None)
    if not isinstance(money, Thing):
        return _stated_pay(plain(money), None, {"salary_currency": job.word("salaryCurrency")})
    inside = next(iter(money.things("value")), None)
    amount = inside or money
    facts = {
        "salary_minimum": amount.word("minValue", "minPrice") or money.word("minValue"),
        "salary_maximum": amount.word("maxValue", "maxPrice") or money.word("maxValue"),
        "salary_unit": amount.word("unitText", "unitCode") or money.word("unitText", "duration"),
        "salary_currency": money.word("currency", "priceCurrency") or job.word("salaryCurrency"),
    }
    value = (inside.word("value", "price") if inside else None) or (None if inside else money.word("value", "price"))
    return _stated_pay(value, facts, facts)


def _stated_pay(
    value: str | None, bounds: dict[str, str | None] | None, facts: dict[str, str | None]
) -> tuple[str | None, dict[str, str]]:
    bounds = bounds or {}
    stated = {name: text for name, text in facts.items() if text}
    if is_words(value):
        return value, stated
    kept = stated | ({"salary_value": value} if value else {})
    low, high = bounds.get("salary_minimum"), bounds.get("salary_maximum")
    unit, currency = facts.get("salary_unit"), facts.get("salary_currency")
    return composed(low, high, value, unit, currency), kept


def _extra(job: Thing) -> dict[str, str]:
    """The other stated properties in words, under schema.org's names in snake_case."""
    found = {name: job.words(name) for name in job.props if name not in PLACED and not name.startswith("@")}
    return {SNAKE.get(name) or plain(name) or "other": text for name, text in found.items() if text}


SNAKE = {
    term(name): CAPITAL.sub("_", name).lower()
    for name in (
        *("applicantLocationRequirements", "applicationDeadline", "directApply", "educationRequirements"),
        *("eligibilityToWorkRequirement", "employerOverview", "employmentUnit", "experienceInPlaceOfEducation"),
        *("experienceRequirements", "incentiveCompensation", "incentives", "industry", "jobBenefits", "benefits"),
        *("jobDuration", "jobImmediateStart", "jobLocationType", "jobTitle", "physicalRequirement"),
        *("qualifications", "relevantOccupation", "responsibilities", "securityClearanceRequirement"),
        *("sensoryRequirement", "skills", "specialCommitments", "totalJobOpenings", "disambiguatingDescription"),
    )
}
