"""The page of one vacancy, in every state it can be in."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import sqlalchemy as sa
from lxml import html
from smalltown import DAY, NOW, rich_draft, silent_draft

from clearinghouse.vacancies.draft import Level, Salary
from clearinghouse.vacancies.models import Sighting, SourceRow, Vacancy
from clearinghouse.vacancies.vocabulary import Dbs, Driving, Experience, Flag, Period, Status, When


def words(page: str) -> str:
    return " ".join(" ".join(html.fromstring(page).xpath("//main//text()")).split())


@pytest.mark.parametrize("wrong", ["", "-wrong-slug", "-", "-senior-planner"])
def test_every_other_name_leads_to_the_right_one(site, wrong: str) -> None:
    public_id = site.ids["rich"]
    answer = site.client().get(f"/vacancies/{public_id}{wrong}")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/vacancies/{public_id}-senior-planner-policy-heritage"


@pytest.mark.parametrize("name", ["zzzzzzzzzz", "x", "zzzzzzzzzz-cook", "%00", "a" * 3000, "🦆"])
def test_an_unknown_vacancy_is_not_found(site, name: str) -> None:
    assert site.client().get(f"/vacancies/{name}").status_code == 404


def test_a_vacancy_that_opens_tomorrow_is_not_found_today(site) -> None:
    public_id = site.ids["future"]
    assert site.client().get(f"/vacancies/{public_id}").status_code == 404
    assert site.client().get(f"/vacancies/{public_id}-secret").status_code == 404


def test_the_facts_come_before_the_adverts_words(site) -> None:
    page = site.page(f"/vacancies/{site.ids['rich']}")
    text = words(page)
    for fact in (
        "Closes 12 June 2026 at 11:59pm",
        "The advert says: midnight on 12 June 2026",
        "£36,124 to £39,186 a year",
        "Civic Centre, Mansfield NG19 7BH",
        "37 hours a week",
        "Level 6, like a degree",
        "Kind of work Planning, property and engineering",
        "It may close early",
        "Last seen at the employer's site on 10 June 2026 at 10:30am",
        "Also advertised at",
    ):
        assert fact in text, fact
    assert text.index("Closes 12 June") < text.index("Ring Jo Bloggs")
    assert 'href="tel:+441623555012"' in page
    assert f'href="/vacancies/{site.ids["rich"]}/apply"' in page


def test_what_we_could_not_read_is_shown_in_the_adverts_words(site) -> None:
    text = words(site.page(f"/vacancies/{site.ids['silent']}"))
    for line in (
        "We could not read a closing date The advert says: When filled",
        "We could not read the pay The advert says: Band B, see pack",
        "The advert does not say just where The advert says: Various sites",
        "Contract The advert does not say",
    ):
        assert line in text, line


def test_our_estimate_of_pay_stands_apart_and_is_not_stated_as_the_adverts(site) -> None:
    page = site.page(f"/vacancies/{site.ids['estimated']}")
    text = words(page)
    assert "We found a pay band, but no sum The advert says: Band 5" in text
    assert "Our estimate of pay £29,970 to £36,483 a year" in text
    assert "It is dated 1 April 2026." in text
    assert "The advert gives no place. This is where the employer is based." in text
    assert "baseSalary" not in posting(page)


def posting(page: str) -> dict[str, object]:
    return json.loads(html.fromstring(page).xpath("string(//script[@type='application/ld+json'])"))


def test_the_canonical_address_is_ours_unless_the_employers_page_has_the_posting(site) -> None:
    ours = site.page(f"/vacancies/{site.ids['rich']}")
    theirs = site.page(f"/vacancies/{site.ids['unconfirmed']}")
    here = "http://127.0.0.1:8000/vacancies/" + site.ids["rich"] + "-senior-planner-policy-heritage"
    assert html.fromstring(ours).xpath("string(//link[@rel='canonical']/@href)") == here
    assert posting(ours)["url"] == here
    assert (
        html.fromstring(theirs).xpath("string(//link[@rel='canonical']/@href)").startswith("https://fenwick.example/")
    )


def test_a_closed_vacancy_says_so_and_names_live_ones_like_it(site) -> None:
    page = site.page(f"/vacancies/{site.ids['closed']}")
    assert "This vacancy has closed" in page
    assert "It closed on 7 June 2026 at 10:30am" in page
    assert "noindex" in page
    assert "application/ld+json" not in page
    assert "/apply" not in page
    similar = html.fromstring(page).xpath("//section[@aria-labelledby='similar']//a/text()")
    assert len(similar) == 3
    assert all("Planner" in title for title in similar)


def test_a_vacancy_taken_down_says_so(site) -> None:
    page = site.page(f"/vacancies/{site.ids['withdrawn']}")
    assert "This vacancy has closed" in page
    assert "The employer no longer shows this advert" in page
    assert "Jobs like this one" in page


def test_one_that_closed_long_ago_is_gone(site) -> None:
    name = f"/vacancies/{site.ids['ancient']}-ancient"
    answer = site.client().get(name)
    assert answer.status_code == 410
    assert "This vacancy has closed" in answer.text


def test_one_missed_once_is_not_confirmed(site) -> None:
    page = words(site.page(f"/vacancies/{site.ids['unconfirmed']}"))
    assert "Not confirmed since 9 June 2026 at 10:30am" in page


def test_one_whose_source_could_not_be_read_is_not_confirmed(own_site) -> None:
    public_id = own_site.town.add(rich_draft())
    twice = own_site.town.add(rich_draft(), sources=("sandby", "board"))
    own_site.town.publish()
    assert "Not confirmed" not in own_site.page(f"/vacancies/{public_id}")
    with own_site.town.store.writing() as session:
        session.execute(sa.update(SourceRow).where(SourceRow.slug == "sandby").values(failures=1))
    assert "Not confirmed since 10 June 2026" in own_site.page(f"/vacancies/{public_id}")
    assert "Not confirmed" not in own_site.page(f"/vacancies/{twice}")


def test_pay_in_words_begins_with_a_capital(sqlite_site) -> None:
    paid = Salary(None, Decimal(24000), Period.YEAR, text="Up to £24,000")
    public_id = sqlite_site.town.add(rich_draft(salary=paid))
    sqlite_site.town.publish()
    said = words(sqlite_site.page(f"/vacancies/{public_id}"))
    assert "Pay for these hours Up to £" in said
    assert "(our estimate) Up to £" in said


def test_closing_takes_effect_to_the_second(own_site) -> None:
    closes = NOW + DAY
    public_id = own_site.town.add(rich_draft(closes_at=closes))
    own_site.town.publish()
    own_site.now = closes
    assert "This vacancy has closed" not in own_site.page(f"/vacancies/{public_id}")
    own_site.now = closes + DAY / 86_400
    assert "This vacancy has closed" in own_site.page(f"/vacancies/{public_id}")


def test_the_old_id_of_a_merged_vacancy_leads_to_the_new_one(own_site) -> None:
    kept = own_site.town.add(rich_draft())
    old = own_site.town.add(rich_draft())
    with own_site.town.store.writing() as session:
        key = session.scalar(sa.select(Vacancy.id).where(Vacancy.public_id == kept))
        session.execute(sa.update(Vacancy).where(Vacancy.public_id == old).values(merged_into=key))
    own_site.town.publish()
    answer = own_site.client().get(f"/vacancies/{old}-senior-planner-policy-heritage")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/vacancies/{kept}-senior-planner-policy-heritage"


def test_one_that_was_hidden_or_never_open_to_all_is_not_found_after_its_end(own_site) -> None:
    hidden = own_site.town.add(rich_draft(), status=Status.WITHDRAWN, hidden=True)
    early = own_site.town.add(rich_draft(closes_at=NOW - 2 * DAY), opens=NOW - DAY)
    late = own_site.town.add(rich_draft(), status=Status.WITHDRAWN, opens=NOW - DAY, updated=NOW - 2 * DAY)
    own_site.town.publish()
    for public_id in (hidden, early, late):
        assert own_site.client().get(f"/vacancies/{public_id}").status_code == 404


def test_an_advert_without_a_link_offers_none(own_site) -> None:
    public_id = own_site.town.add(silent_draft(), sources=("board",), organisation=None, link=False)
    own_site.town.publish()
    page = own_site.page(f"/vacancies/{public_id}")
    assert "This advert has no link" in page
    assert "/apply" not in page


def test_pay_for_the_hours_comes_with_its_working(site) -> None:
    page = html.fromstring(site.page(f"/vacancies/{site.ids['rich']}"))
    row = page.xpath("//dt[text()='Pay for these hours']/following-sibling::dd")[0]
    text = " ".join(" ".join(row.itertext()).split())
    assert "£18.72 to £20.31 an hour (our estimate)" in text
    assert "£3,010.33 to £3,265.50 a month" in text
    assert "÷ 52.143 weeks ÷ 37 hours" in " ".join(row.xpath(".//details//li//text()"))


def test_pay_below_the_legal_minimum_is_said_with_care(town) -> None:
    paid = Salary(Decimal("7.10"), Decimal("7.10"), Period.HOUR, text="£7.10 per hour")
    public_id = town.vacancy("Kitchen porter", salary=paid, flags=(Flag.BELOW_LEGAL_MINIMUM, Flag.ENTRY_LEVEL))
    town.publish()
    text = words(town.client().get(f"/vacancies/{public_id}-kitchen-porter").text)
    assert "The advert says: £7.10 per hour The pay as we read it is less than the law allows. We may have" in text
    assert "Good to know Entry level" in text


def test_terms_that_the_advert_states_have_a_line_each_and_others_none(town) -> None:
    public_id = town.vacancy(
        "Lunch helper", when=(When.SCHOOL_HOURS, When.TERM_TIME), experience=Experience.NONE_ASKED,
        driving=Driving.NOT_NEEDED, min_age=18, level=Level(essential=2, desirable=3), dbs=Dbs.ENHANCED_BARRED,
    )  # fmt: skip
    silent = town.vacancy("Quiet helper")
    town.publish()
    text = words(town.client().get(f"/vacancies/{public_id}-lunch-helper").text)
    for line in (
        "When you work School hours, Term time only",
        "Qualification needed Level 2, like five GCSEs at grades 9 to 4",
        "Qualification that would help Level 3, like A levels",
        "Experience None asked for",
        "Driving Not needed",
        "Youngest age 18",
        "Criminal record check Enhanced check with barred lists",
    ):
        assert line in text, line
    said = words(town.client().get(f"/vacancies/{silent}-quiet-helper").text)
    assert not [key for key in ("When you work", "Experience", "Driving", "Youngest age", "check") if key in said]


def test_the_adverts_own_words_for_hours_and_closing_stand_only_where_ours_lose_something(sqlite_site) -> None:
    town = sqlite_site.town
    stamped = {"closes_text": "2026-06-12T23:59:59+01:00"}
    plain_one, rich_one = town.add(rich_draft(**stamped)), town.add(rich_draft(**stamped, title="Cook"))
    with town.store.writing() as session:
        for sighting in session.query(Sighting):
            hours = "37 hours per week" if sighting.vacancy_id == 1 else "37 hours, term time only"
            sighting.posting = {**sighting.posting, "hours": hours}
    town.publish()
    assert "37 hours per week" not in sqlite_site.page(f"/vacancies/{plain_one}")
    rich = sqlite_site.page(f"/vacancies/{rich_one}")
    assert '<q data-words="theirs">37 hours, term time only</q>' in rich
    assert "2026-06-12T23:59:59" not in rich.partition("<dl")[2]
