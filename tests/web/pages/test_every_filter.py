"""Every search parameter of the site stands on its page with a plain label, works there, and counts what is unsaid."""

from __future__ import annotations

import pytest
from lxml import html
from smalltown import rich_draft, silent_draft

from clearinghouse.search.parameters import BY_NAME
from clearinghouse.vacancies.draft import Draft, Level
from clearinghouse.vacancies.vocabulary import Dbs, Driving, Experience, Kind, When

PARAMETERS = {
    "q", "location", "radius", "employer", "district", "kind", "contract", "pattern", "when", "hours_min", "hours_max",
    "level", "apprenticeship_level", "occupation", "salary_min", "pay_min", "pay_per", "experience", "driving", "dbs",
    "min_age", "remote", "closing_within", "posted_within", "flag", "include_unstated", "sort", "page", "per_page",
}  # fmt: skip
LINKS = {"sort", "page", "per_page"}  # ways of looking at a list, which the page has links for, or the API alone

# As the design lists them: by faceted parameter a value that the one talkative advert has, and its label.
FACETED = {
    "employer": ("sandby-borough-council", "Sandby Borough Council"),
    "district": ("Mansfield", "Mansfield"),
    "kind": ("apprenticeship", "Apprenticeship"),
    "contract": ("fixed_term", "Fixed term"),
    "pattern": ("full_time", "Full time"),
    "when": ("evening", "Evenings"),
    "level": ("3", "Level 3, like A levels"),
    "apprenticeship_level": ("4", "Level 4 (higher)"),
    "occupation": ("engineering", "Planning, property and engineering"),
    "experience": ("none_asked", "No experience asked for"),
    "driving": ("not_needed", "You need not drive"),
    "dbs": ("enhanced_barred", "Enhanced check with barred lists"),
    "min_age": ("18", "You must be 17 or older"),
    "remote": ("hybrid", "Part at home"),
    "flag": ("entry_level", "Entry level"),
}
# Of the others a value that the advert passes and one that it doesn't; the chip that the first one makes.
ASKED = {
    "q": ("planner", "astronaut", None),
    "location": ("Mansfield", "Newark", "Within 10 miles of Mansfield"),
    "hours_min": ("37", "38", "37 hours a week or more"),
    "hours_max": ("37", "36", "37 hours a week or fewer"),
    "salary_min": ("39186", "39187", "£39,186 a year or more"),
    "pay_min": ("39186", "39187", "£39,186 a year or more"),
    "pay_per=month&pay_min": ("3265.50", "3266", "£3,265.50 a month or more"),
    "pay_per=hour&pay_min": ("20", "21", "£20 an hour or more"),
    "closing_within": ("2", "1", "Closes within 2 days"),
    "posted_within": ("9", "8", "Posted in the last 9 days"),
}
ALWAYS_SAID = {"kind", "flag"}  # an advert is of some kind; and one that makes no promise leaves nothing unsaid


def talkative() -> Draft:
    return rich_draft(
        kind=Kind.APPRENTICESHIP, apprenticeship_level=4, when=(When.EVENING,), dbs=Dbs.ENHANCED_BARRED, min_age=18,
        experience=Experience.NONE_ASKED, driving=Driving.NOT_NEEDED, flags=("entry_level",), level=Level(essential=3),
    )  # fmt: skip


@pytest.fixture(scope="module")
def visitor(module_site):
    """Looks at a site with one advert that says everything and one that says next to nothing."""
    town = module_site.town
    town.add(talkative())
    town.add(silent_draft(), organisation=None, sources=("board",))
    town.publish()
    return module_site.client()


def look(visitor, query: str) -> tuple[int, html.HtmlElement]:
    """How many are found, alike on the page and in the API; and the page."""
    found = html.fromstring(visitor.get(f"/vacancies?{query}").text)
    shown = int(found.xpath("string(//h1)").split()[0])
    assert visitor.get(f"/api/v1/vacancies?{query}").json()["total"] == shown
    return shown, found


def total(visitor, query: str) -> int:
    return look(visitor, query)[0]


def test_no_parameter_is_without_a_row_here() -> None:
    asked = {name.split("&")[-1] for name in ASKED}
    assert {*FACETED, *asked, *LINKS, "radius", "pay_per", "include_unstated"} == PARAMETERS


def test_each_has_a_control_with_a_label(visitor) -> None:
    _, found = look(visitor, "")
    for name in PARAMETERS - LINKS:
        fields = found.xpath(f"//form[@id='search']//*[@name='{name}'] | //*[@form='search'][@name='{name}']")
        assert fields, name
        for field in fields:
            label = field.get("aria-label") or found.xpath(f"string(//label[@for='{field.get('id')}'])")
            assert (label or field.getparent().text_content()).strip(), name


@pytest.mark.parametrize(("name", "value", "label"), [(name, *row) for name, row in FACETED.items()])
def test_a_facet_finds_who_says_so_and_offers_who_does_not(visitor, name: str, value: str, label: str) -> None:
    unsaid = name not in ALWAYS_SAID
    shown, found = look(visitor, f"{name}={value}")
    assert shown == 1
    assert found.find_class("chip")[0].text_content() == f"Remove this filter: {label} ×"
    offers = [offer.text_content() for offer in found.find_class("unstated")]
    assert offers == ["1 more job does not say if it fits. Show it too"] * unsaid
    counts = {each["value"]: each["count"] for each in visitor.get("/api/v1/vacancies").json()["facets"][name]}
    assert (counts[value], counts.get("not_stated", 0)) == (1, unsaid)
    assert not unsaid or total(visitor, f"{name}=not_stated") == 1
    assert total(visitor, f"{name}={value}&include_unstated=yes") == 1 + unsaid


def test_silence_is_found_under_no_value(visitor) -> None:
    for name in FACETED.keys() - ALWAYS_SAID:
        if values := BY_NAME[name].words:
            assert total(visitor, "&".join(f"{name}={value}" for value in values)) == 1, name


@pytest.mark.parametrize(("name", "passed", "failed", "chip"), [(name, *row) for name, row in ASKED.items()])
def test_a_bound_is_exact_and_silence_is_not_within_it(
    visitor, name: str, passed: str, failed: str, chip: str | None
) -> None:
    shown, found = look(visitor, f"{name}={passed}")
    assert (shown, total(visitor, f"{name}={failed}")) == (1, 0)
    chips = [each.text_content() for each in found.find_class("chip")]
    assert chips == ([f"Remove this filter: {chip} ×"] if chip else [])
    unsaid = name != "q"
    wide = [total(visitor, f"{name}={value}&include_unstated=yes") for value in (passed, failed)]
    assert wide == [1 + unsaid, 0 + unsaid]


def test_feeds_and_tables_have_the_same_filters(visitor) -> None:
    every = "&".join(f"{name}={value}" for name, (value, _) in FACETED.items())
    every += "".join(f"&{name}={value}" for name, (value, *_) in ASKED.items() if "&" not in name)
    for query, found in ((every, 1), (every.replace("pattern=full_time", "pattern=job_share"), 0)):
        assert total(visitor, query) == found
        assert visitor.get(f"/vacancies.atom?{query}").text.count("<entry>") == found
        assert visitor.get(f"/vacancies.rss?{query}").text.count("<item>") == found
        assert visitor.get(f"/vacancies.ics?{query}").text.count("BEGIN:VEVENT") == found
        assert len(visitor.get(f"/vacancies.csv?{query}").text.splitlines()) == 1 + found
