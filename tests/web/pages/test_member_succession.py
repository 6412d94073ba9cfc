"""Saying that an employer's work is another's: the form, and what everybody sees of it."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from looks import faults
from lxml import html
from serving import over_http
from smalltown import COLLEGE, COUNCIL, NOW, TRUST, rich_draft
from staffing import staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import AuditEvent, Organisation, Succession
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.ingest.models import Correction
from clearinghouse.vacancies.models import Touched

FORM = f"/members/{COUNCIL}/successor"
TODAY = {"since_day": "10", "since_month": "June", "since_year": "2026"}


@pytest.fixture
def town(sqlite_site):
    sqlite_site.ids = {"council": sqlite_site.town.add(rich_draft())}
    sqlite_site.town.publish()
    return sqlite_site


@pytest.fixture
def keeper(town):
    return staff_client(town.app(), Hat(Role.SECRETARIAT))


def mark(client) -> str:
    return html.fromstring(client.get(FORM).text).xpath("//input[@name='was']/@value")[0]


def words(answer) -> str:
    return " ".join(html.fromstring(answer.text).text_content().split())


def successions(town) -> list[tuple[int, int, dt.date]]:
    with town.town.store.reading() as session:
        rows = session.scalars(sa.select(Succession))
        return sorted((row.organisation_id, row.successor_id, row.since) for row in rows)


def save(client, **fields: str):
    return client.submit(FORM, was=mark(client), **fields)


def test_what_the_form_says_is_so_everywhere(town, keeper) -> None:
    answer = save(keeper, successors="harle college", **TODAY)
    assert answer.headers["location"] == f"/members/{COUNCIL}?done=successor"
    assert successions(town) == [(1, 3, NOW.date())]
    town.town.publish()
    assert "Harle College, from 10 June 2026" in words(keeper.get(answer.headers["location"]))
    sentence = "Since 10 June 2026 Sandby Borough Council is part of Harle College."
    vacancy = keeper.get(f"/vacancies/{town.ids['council']}").headers["location"]
    for path in (f"/employers/{COUNCIL}", vacancy):
        assert sentence in words(keeper.get(path)), path
    assert "Senior Planner" in words(keeper.get(f"/employers/{COUNCIL}"))
    theirs = words(keeper.get(f"/employers/{COLLEGE}"))
    assert "Since 10 June 2026 Harle College does the work of Sandby Borough Council." in theirs
    assert "Senior Planner" in theirs
    assert "Since 10 June 2026 it is part of Harle College" in words(keeper.get("/employers"))
    results = keeper.get(f"/vacancies?employer={COUNCIL}")
    assert "Sandby Borough Council is part of Harle College now: we show Harle College." in words(results)
    assert "1 job" in words(results)
    body = keeper.get(f"/api/v1/vacancies?employer={COUNCIL}").json()
    assert (body["total"], len(body["notices"])) == (1, 1)
    assert body["items"][0]["employer"] == {"slug": COUNCIL, "name": "Sandby Borough Council"}
    listed = {one["slug"]: one for one in keeper.get("/api/v1/employers").json()["items"]}
    assert listed[COUNCIL]["successors"] == [{"slug": COLLEGE, "name": "Harle College", "since": "2026-06-10"}]
    assert (listed[COLLEGE]["successors"], listed[COLLEGE]["vacancies"]) == ([], 1)
    assert "Senior Planner" in keeper.get(f"/vacancies.atom?employer={COUNCIL}").text


def test_it_is_audited_and_the_adverts_follow(town, keeper) -> None:
    save(keeper, successors="Harle College", **TODAY)
    with town.town.store.reading() as session:
        event = session.scalars(sa.select(AuditEvent).where(AuditEvent.tag == Tag.MEMBER_SUCCESSOR_SET)).one()
        assert event.about == COUNCIL
        assert event.details == {
            "before": {"successors": [], "since": None},
            "after": {"successors": ["Harle College"], "since": "2026-06-10"},
        }
        assert session.scalars(sa.select(Touched.vacancy_id)).all() == [1]
    assert save(keeper, successors="Harle College", **TODAY).headers["location"].endswith("done=same")
    assert save(keeper).headers["location"].endswith("done=successor")
    assert successions(town) == []


def test_a_new_employer_is_added_when_the_form_says_so(town, keeper) -> None:
    refused = save(keeper, successors="Northland Council", **TODAY)
    assert refused.status_code == 400
    assert "We know no employer called Northland Council: say below if it is new" in words(refused)
    odd = "\u202eNorthland\0<b>Council</b>"
    assert save(keeper, successors=odd, add="yes", **TODAY).status_code == 303
    with town.town.store.reading() as session:
        made = session.scalars(sa.select(Organisation).where(Organisation.slug == "northland-council")).one()
        assert made.name == "Northland Council"
        assert (made.member, made.listed, made.type, made.area) == (True, True, "borough council", "Nottinghamshire")


BAD = (
    (TODAY, "successors", "Enter which employer does its work"),
    ({"successors": "Harle College"}, "since_day", "Enter the first day as a date such as 1 4 2028"),
    ({"successors": "X", **TODAY, "since_day": "31"}, "since_day", "Enter the first day as a date such as 1 4 2028"),
    ({"successors": "X", **TODAY, "since_year": "1066"}, "since_day", "Enter a day in the years 2009 to 2100"),
    ({"successors": "N" * 201, **TODAY}, "successors", "The name has 201 characters: it must have 200 or fewer"),
    ({"successors": "!!!", "add": "yes", **TODAY}, "successors", "“!!!” is no employer’s name"),
    ({"successors": "Sandby Borough Council", **TODAY}, "successors", "Sandby Borough Council is this employer, or"),
)


def test_what_cannot_be_is_said_at_its_field(town, keeper) -> None:
    for fields, field, said in BAD:
        answer = save(keeper, **fields)
        assert answer.status_code == 400
        tree = html.fromstring(answer.text)
        assert said in tree.xpath(f"//div[contains(@class, 'error-summary')]//a[@href='#{field}']")[0].text_content()
        assert tree.xpath("//title")[0].text_content().startswith("Error: ")
    assert successions(town) == []


def test_work_may_pass_on_to_several(town, keeper) -> None:
    save(keeper, successors="Harle College\nFENWICK NHS TRUST", **TODAY)
    assert successions(town) == [(1, 2, NOW.date()), (1, 3, NOW.date())]
    assert "Fenwick NHS Trust and Harle College, from 10 June 2026" in words(keeper.get(f"/members/{COUNCIL}"))
    assert save(keeper, successors="Fenwick NHS Trust\nHarle College", **TODAY).headers["location"].endswith("same")
    town.town.publish()
    sentence = "Sandby Borough Council is part of Fenwick NHS Trust and Harle College"
    assert f"Since 10 June 2026 {sentence}." in words(keeper.get(f"/employers/{COUNCIL}"))
    for slug in (COUNCIL, COLLEGE, TRUST):
        assert keeper.get(f"/api/v1/vacancies?employer={slug}").json()["total"] == 1
        assert "1 open job" in words(keeper.get(f"/employers/{slug}"))
    facets = keeper.get("/api/v1/vacancies").json()["facets"]["employer"]
    assert {facet["value"]: facet["label"] for facet in facets} == {
        COLLEGE: "Harle College",
        TRUST: "Fenwick NHS Trust",
    }
    many = "\n".join(f"Council {number}" for number in range(11))
    assert "These are 11 employers: enter 10 or fewer" in words(save(keeper, successors=many, **TODAY))


def test_no_employer_comes_after_itself(town, keeper) -> None:
    with town.town.store.writing() as session:
        session.add(Succession(organisation_id=2, successor_id=1, since=NOW.date()))
    answer = save(keeper, successors="Fenwick NHS Trust", **TODAY)
    assert "Fenwick NHS Trust is this employer, or was replaced by it" in words(answer)


def test_a_stale_form_changes_nothing(town, keeper) -> None:
    was = mark(keeper)
    save(keeper, successors="Harle College", **TODAY)
    answer = keeper.submit(FORM, was=was, successors="Fenwick NHS Trust", **TODAY)
    assert "Somebody else changed this meanwhile: it is part of Harle College since 10 June 2026" in words(answer)
    assert successions(town) == [(1, 3, NOW.date())]


def test_the_members_own_people_see_it_and_cannot_change_it(town) -> None:
    person = staff_client(town.app(), Hat(Role.EMPLOYER, 1))
    page = person.get(f"/members/{COUNCIL}")
    assert "This employer itself" in words(page)
    assert FORM not in page.text
    assert person.get(FORM).status_code == 403
    assert staff_client(town.app(), Hat(Role.SECRETARIAT)).get("/members/nobody/successor").status_code == 404


@pytest.mark.parametrize(("since", "theirs"), [("10", True), ("11", False)])
def test_the_successors_people_look_after_the_old_adverts_from_the_day_on(
    own_site, since: str, *, theirs: bool
) -> None:
    advert = own_site.town.add(rich_draft())
    own_site.town.publish()
    save(
        staff_client(own_site.app(), Hat(Role.SECRETARIAT)), successors="Harle College", **TODAY | {"since_day": since}
    )
    college = staff_client(own_site.app(), Hat(Role.EMPLOYER, 3))
    paths = (f"/adverts/{advert}", f"/adverts/{advert}/same", f"/adverts/{advert}/reading/salary")
    assert [college.get(path).status_code for path in paths] == [200 if theirs else 403] * 3
    assert (advert in college.get("/adverts?words=planner").text) == theirs
    assert college.submit(f"/adverts/{advert}/hide", reason="drawn back").status_code == (303 if theirs else 403)
    with own_site.town.store.reading() as session:
        said = session.scalars(sa.select(Correction)).all()
    assert [(row.reason, row.employer) for row in said] == [("drawn back", True)] * theirs
    assert college.get(f"/members/{COUNCIL}").status_code == 403
    assert staff_client(own_site.app(), Hat(Role.EMPLOYER, 2)).get(paths[0]).status_code == 403


def test_an_employer_without_an_advert_of_its_own_finds_the_successors(town, keeper) -> None:
    answer = keeper.submit(
        f"/members/{TRUST}/successor", was=mark(keeper), successors="Sandby Borough Council", **TODAY
    )
    assert answer.status_code == 303
    town.town.publish()
    assert "1 open job" in words(keeper.get(f"/employers/{TRUST}"))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 360])
def test_the_pages_pass_axe(browser, town, axe, width: int) -> None:
    app = town.app()
    keeper = staff_client(app, Hat(Role.SECRETARIAT))
    with over_http(app) as here:
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "session", "value": keeper.cookies["session"], "url": here}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{here}{FORM}")
        assert faults(page, axe) == []
        page.get_by_label("Who takes over").fill("Nobody")
        page.get_by_role("button", name="Save").click()
        assert faults(page, axe) == []
        page.get_by_label("Who takes over").fill("Harle College")
        for label, value in (("Day", "10"), ("Month", "6"), ("Year", "2026")):
            page.get_by_label(label, exact=True).fill(value)
        page.get_by_role("button", name="Save").click()
        page.get_by_text("Who does its work is saved.").wait_for()
        town.town.publish()
        for path in (f"/members/{COUNCIL}", f"/employers/{COUNCIL}", f"/employers/{COLLEGE}", "/employers"):
            page.goto(f"{here}{path}")
            assert faults(page, axe) == [], path
        context.close()
