"""One job or several: the staff pages that show adverts side by side, and what their forms do."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
import sqlalchemy as sa
from looks import faults
from serving import over_http
from smalltown import rich_draft
from staffing import Staff, staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.roles import Role
from clearinghouse.ingest.models import Sameness
from clearinghouse.vacancies.models import Sighting, Vacancy
from clearinghouse.vacancies.posting import Posting

KEEPER, HR, OTHERS = Hat(Role.SECRETARIAT), Hat(Role.EMPLOYER, 1), Hat(Role.EMPLOYER, 2)
VIEWS = (pytest.param(1280, True, marks=pytest.mark.soak), (360, False))  # width in CSS pixels, our scripts on or off


def fill(site: Any) -> tuple[str, str]:
    """Two vacancies of the council's: a planner's with a second advert at a board, and one that looks like it."""
    first = site.town.add(rich_draft(title="Planner"), sources=("sandby", "board"))
    second = site.town.add(rich_draft(title="Planner"), sources=("fenwick",))
    site.town.add(rich_draft(title="Cook"))
    with site.town.store.writing() as session:
        for row in session.scalars(sa.select(Sighting)):
            said = Posting(
                reference=row.key, url=f"https://jobs.example/{row.id}", title="Planner",
                employer="Sandby Borough Council", hours="37 hours per week", closes="12 June 2026",
                salary="£36,124 - £39,186 per annum",
            )  # fmt: skip
            row.posting = said.as_json()
    site.town.publish()
    return first, second


def text(page: str) -> str:
    """A page's words in one line."""
    main = re.sub(r"\s+", " ", page[page.index("<main") : page.index("</main>")])
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def numbers(site: Any, public_id: str) -> list[int]:
    with site.town.store.reading() as session:
        mine = sa.select(Sighting.id).join(Vacancy, Vacancy.id == Sighting.vacancy_id)
        return [*session.scalars(mine.where(Vacancy.public_id == public_id).order_by(Sighting.id))]


@pytest.fixture
def town(sqlite_site: Any) -> tuple[Any, str, str]:
    return (sqlite_site, *fill(sqlite_site))


@pytest.fixture
def town_on_both(own_site: Any) -> tuple[Any, str, str]:
    """The same on each kind of database: for what finds look-alikes, and for what moves adverts."""
    return (own_site, *fill(own_site))


@pytest.fixture
def keeper(town: tuple[Any, str, str]) -> Staff:
    return staff_client(town[0].app(), KEEPER)


def test_the_page_shows_the_adverts_side_by_side_and_what_looks_alike(town_on_both: tuple[Any, str, str]) -> None:
    site, first, second = town_on_both
    keeper = staff_client(site.app(), KEEPER)
    page = keeper.get(f"/adverts/{first}/same").text
    assert "2 adverts stand for this job" in text(page)
    assert "Pay Agrees The first says £36,124 to £39,186" in text(page)
    assert "Differs: reference" in text(page)
    assert f'href="/adverts/{first}/same/{second}"' in page
    assert "Cook" not in text(page)
    assert f'href="/adverts/{first}/same"' in keeper.get(f"/adverts/{first}").text


def test_two_vacancies_are_joined_and_the_word_is_taken_back(town_on_both: tuple[Any, str, str]) -> None:
    site, first, second = town_on_both
    keeper = staff_client(site.app(), KEEPER)
    path = f"/adverts/{first}/same/{second}"
    assert "Are these one job?" in text(keeper.get(path).text)
    done = keeper.submit(path, answer="same", reason="I rang them")
    assert done.headers["location"] == f"/adverts/{first}/same?done=joined"
    page = keeper.get(done.headers["location"]).text
    assert "They are one job from now on" in text(page)
    assert "I rang them" in text(page)
    assert keeper.get(path).headers["location"] == f"/adverts/{first}/same?done=nothing"
    site.town.publish()
    visitor = site.client()
    assert visitor.get(f"/vacancies/{second}").status_code == 301
    assert visitor.get(f"/api/v1/vacancies/{second}").status_code == 301
    changes = {one["id"]: one for one in visitor.get("/api/v1/changes?after=0").json()["items"]}
    assert changes[second]["op"] == "delete"
    assert len(changes[first]["vacancy"]["sightings"]) == 3
    (undo,) = re.findall(r'action="(/adverts/\w+/said/\d+)"', page)
    assert keeper.submit(undo).headers["location"].endswith("done=undone")
    site.town.publish()
    assert site.client().get(f"/vacancies/{second}", follow_redirects=True).status_code == 200
    assert len(numbers(site, second)) == 1


def test_two_vacancies_that_somebody_keeps_apart_are_offered_no_more(town: tuple[Any, str, str], keeper: Staff) -> None:
    _, first, second = town
    done = keeper.submit(f"/adverts/{first}/same/{second}", answer="different", reason="two posts")
    page = keeper.get(done.headers["location"]).text
    assert "two jobs . " in text(page)
    assert "Nothing that we have looks like it" in text(page)


def test_an_advert_is_given_a_vacancy_of_its_own(town: tuple[Any, str, str], keeper: Staff) -> None:
    site, first, _ = town
    board = numbers(site, first)[1]
    path = f"/adverts/{first}/part/{board}"
    assert "Are these two jobs?" in text(keeper.get(path).text)
    assert keeper.submit(path, reason="two posts").headers["location"] == f"/adverts/{first}/same?done=apart"
    with site.town.store.reading() as session:
        assert len(session.scalars(sa.select(Sameness)).all()) == 1
        assert session.get_one(Vacancy, session.get_one(Sighting, board).vacancy_id).title == "Planner"
    assert keeper.get(path).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"answer": "same"}, "Say why"), ({"reason": "why"}, "Choose whether they are one job or two")],
)
def test_a_form_that_lacks_something_says_so_and_does_nothing(
    town: tuple[Any, str, str], keeper: Staff, typed: dict[str, str], sentence: str
) -> None:
    site, first, second = town
    answer = keeper.submit(f"/adverts/{first}/same/{second}", **typed)
    assert answer.status_code == 400
    assert "Error: Are these one job?" in answer.text
    assert sentence in text(answer.text)
    assert "checked" in answer.text or "why</textarea>" in answer.text
    assert keeper.submit(f"/adverts/{first}/part/{numbers(site, first)[0]}").status_code == 400
    with site.town.store.reading() as session:
        assert session.scalars(sa.select(Sameness)).all() == []


@pytest.mark.parametrize("typed", ["{id}", "https://jobs.example/vacancies/{id}-planner", " {id} "])
def test_any_other_job_may_be_compared(town: tuple[Any, str, str], keeper: Staff, typed: str) -> None:
    _, first, second = town
    found = keeper.get(f"/adverts/{first}/same", params={"other": typed.format(id=second)})
    assert found.headers["location"] == f"/adverts/{first}/same/{second}"
    for wrong in ("nonsense", "nosuchjobs"):
        assert "Enter the address" in text(keeper.get(f"/adverts/{first}/same", params={"other": wrong}).text)


def test_an_employer_judges_its_own_adverts_alone(town: tuple[Any, str, str]) -> None:
    site, first, second = town
    with site.town.store.writing() as session:
        session.execute(sa.update(Vacancy).where(Vacancy.public_id == second).values(organisation_id=2))
    for hat in (HR, OTHERS):
        person = staff_client(site.app(), hat)
        assert person.submit(f"/adverts/{first}/same/{second}", answer="same", reason="x").status_code == 403
    asked = staff_client(site.app(), HR).get(f"/adverts/{first}/same?other={second}")
    assert "Enter the address" in text(asked.text)
    assert staff_client(site.app(), OTHERS).get(f"/adverts/{first}/same").status_code == 403


def test_an_employer_learns_nothing_of_another_ones_adverts(town: tuple[Any, str, str], keeper: Staff) -> None:
    site, first, second = town
    third = site.town.add(rich_draft(title="Planner"), sources=("fenwick",), organisation=2)
    with site.town.store.writing() as session:
        called = session.get_one(Organisation, 1).name
        session.execute(sa.update(Organisation).where(Organisation.id == 2).values(name=f"{called} (schools)"))
    path, hr = f"/adverts/{first}/same", staff_client(site.app(), HR)
    assert [each in keeper.get(path).text for each in (second, third)] == [True, True]
    assert [each in hr.get(path).text for each in (second, third)] == [True, False]
    for other in (second, third):
        keeper.submit(f"{path}/{other}", answer="different", reason=f"not {other}")
    assert [f"not {each}" in keeper.get(path).text for each in (second, third)] == [True, True]
    assert [f"not {each}" in hr.get(path).text for each in (second, third)] == [True, False]


def test_a_link_to_a_job_that_was_joined_meanwhile_leads_on(town: tuple[Any, str, str], keeper: Staff) -> None:
    site, first, second = town
    board = numbers(site, first)[1]
    keeper.submit(f"/adverts/{first}/same/{second}", answer="same", reason="one")
    path = f"/adverts/{second}/part/{board}"
    assert "Are these two jobs?" in text(keeper.get(path).text)
    assert keeper.submit(path, reason="two").headers["location"] == f"/adverts/{first}/same?done=apart"


def test_a_word_is_taken_back_on_a_page_that_it_stands_on(town: tuple[Any, str, str], keeper: Staff) -> None:
    site, first, second = town
    keeper.submit(f"/adverts/{first}/same/{second}", answer="different", reason="two posts")
    with site.town.store.reading() as session:
        number = session.scalars(sa.select(Sameness.id)).first()
        cook = session.scalars(sa.select(Vacancy.public_id).where(Vacancy.title == "Cook")).one()
    for elsewhere in ("nosuchjobs", cook):
        assert keeper.submit(f"/adverts/{elsewhere}/said/{number}").status_code == 404
    assert keeper.submit(f"/adverts/{second}/said/{number}").headers["location"].endswith("done=undone")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("width", "scripts"), VIEWS)
def test_the_pages_look_well_and_work(browser: Any, sqlite_site: Any, axe: str, width: int, *, scripts: bool) -> None:
    first, second = fill(sqlite_site)
    app = sqlite_site.app()
    token = staff_client(app, KEEPER).cookies["session"]
    with over_http(app) as here:
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "session", "value": token, "url": here}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        if not scripts:  # axe is a script itself: instead of all scripts, ours are kept away
            page.route("**/*.js", lambda route: route.abort())
        page.goto(f"{here}/adverts/{first}/same")
        assert faults(page, axe) == []
        page.get_by_role("link", name="Compare them").click()
        page.get_by_role("button", name="Save").click()
        assert faults(page, axe) == []
        page.get_by_label("These are the same").check()
        page.get_by_label("Why?").fill("The same post")
        page.get_by_role("button", name="Save").click()
        assert page.get_by_text("They are one job from now on").is_visible()
        assert faults(page, axe) == []
        context.close()
    assert len(numbers(sqlite_site, first)) == 3
    assert numbers(sqlite_site, second) == []
