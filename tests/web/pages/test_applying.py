"""Applying for this job: what a vacancy's page says of the system that its apply link leads to."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from lxml import html
from smalltown import APPLYING, DAY, NOW, rich_draft

from clearinghouse.vacancies.applying import Applying, Form
from clearinghouse.vacancies.models import Sighting, SourceRow, Touched
from web.applying import ways

ALL = (
    "You need to make an account before you apply.",
    "You fill in a form or send a CV. The employer says which.",
    "You can save your answers and come back later.",
    "It works on a phone.",
)
HEADING = "Applying for this job"
CHECKED = dt.date(2026, 6, 1)


def told(site, public_id: str) -> str:
    found = html.fromstring(site.page(f"/vacancies/{public_id}")).xpath("//section[@class='applying']")
    return " ".join(found[0].text_content().split()) if found else ""


def know(site, source: str, applying: Any) -> None:
    """What the crawlers tell of that source from now on."""
    with site.town.store.writing() as session:
        row = session.get_one(SourceRow, source)
        row.facts = {**row.facts, "applying": applying}


def link(site, public_id: str, apply_url: str | None) -> None:
    """Where the sighting's own apply link leads, published."""
    with site.town.store.writing() as session:
        sighting = session.scalars(sa.select(Sighting)).one()
        sighting.posting = {**sighting.posting, "apply_url": apply_url}
        session.add(Touched(vacancy_id=sighting.vacancy_id))
    site.town.publish()


def test_what_is_known_stands_before_the_button_with_its_day(site) -> None:
    page = site.page(f"/vacancies/{site.ids['rich']}")
    said = told(site, site.ids["rich"])
    assert said.startswith(f"{HEADING} {' '.join(ALL)}")
    assert said.endswith("We checked this on 1 June 2026. Some employers may do it another way.")
    assert 'href="tel:01154960123"' in page
    assert 'href="https://help.example/applying"' in page
    assert page.index(HEADING) < page.index(f"/vacancies/{site.ids['rich']}/apply")


@pytest.mark.parametrize("name", ["silent", "unconfirmed", "closed", "withdrawn"])
def test_where_nothing_is_known_or_nobody_can_apply_nothing_is_said(site, name: str) -> None:
    assert HEADING not in site.page(f"/vacancies/{site.ids[name]}")


def test_facts_that_are_not_known_are_left_out() -> None:
    assert ways(Applying(save=False, checked=CHECKED)) == (
        "You cannot save your answers. Have all that you need at hand.",
    )
    assert ways(Applying(account=False, form=Form.CV, phone=False, checked=CHECKED)) == (
        "You do not need an account to apply.",
        "You send a CV.",
        "It does not work well on a phone. Use a computer.",
    )


@pytest.mark.parametrize(
    ("apply_url", "shown"),
    [
        (None, True),
        ("https://sandby.example/apply?job=1", True),
        ("https://elsewhere.example/apply", False),
        ("mailto:jobs@sandby.example", False),
        ("https://[sandby.example/", False),
    ],
)
def test_a_link_that_leaves_the_adverts_site_leads_to_a_system_that_we_do_not_know(
    sqlite_site, apply_url: str | None, *, shown: bool
) -> None:
    public_id = sqlite_site.town.add(rich_draft())
    link(sqlite_site, public_id, apply_url)
    assert bool(told(sqlite_site, public_id)) is shown


def test_of_several_adverts_the_one_that_the_link_is_of_says_how(own_site) -> None:
    both = own_site.town.add(rich_draft(), sources=("fenwick", "sandby"), organisation=2)
    own_site.town.publish()
    know(own_site, "fenwick", Applying(account=False, checked=CHECKED).as_json())
    first = html.fromstring(own_site.page(f"/vacancies/{both}")).xpath("string(//ul[@class='govuk-list']/li/a/@href)")
    leads = "fenwick" if "sandby" in first else "sandby"
    expected = "You do not need an account" if leads == "fenwick" else "You need to make an account"
    assert expected in told(own_site, both)


def test_new_facts_make_a_new_validator_and_old_ones_say_so(sqlite_site) -> None:
    public_id = sqlite_site.town.add(rich_draft(closes_at=NOW + 900 * DAY))
    sqlite_site.town.publish()
    name = f"/vacancies/{public_id}-senior-planner-policy-heritage"
    before = sqlite_site.client().get(name)
    unchanged = sqlite_site.client().get(name, headers={"If-None-Match": before.headers["etag"]})
    know(sqlite_site, "sandby", dataclasses.replace(APPLYING["sandby"], phone=False).as_json())
    after = sqlite_site.client().get(name, headers={"If-None-Match": before.headers["etag"]})
    assert (unchanged.status_code, after.status_code) == (304, 200)
    sqlite_site.now = NOW + 600 * DAY
    assert "We checked this on 1 June 2026. It may have changed." in told(sqlite_site, public_id)


@pytest.mark.parametrize("damaged", [{"form": "letter"}, {"checked": "soon"}, {"colour": "red"}, {"checked": 7}])
def test_damaged_facts_are_no_facts(sqlite_site, damaged: dict[str, object]) -> None:
    public_id = sqlite_site.town.add(rich_draft())
    sqlite_site.town.publish()
    know(sqlite_site, "sandby", damaged)
    assert told(sqlite_site, public_id) == ""
