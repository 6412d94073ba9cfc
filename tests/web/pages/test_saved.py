"""Saving jobs without an account."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from lxml import html
from smalltown import rich_draft

from clearinghouse.vacancies.models import Vacancy


@pytest.fixture
def visitor(site):
    with site.client() as client:
        yield client


def listed(page: str) -> list[str]:
    return html.fromstring(page).xpath("//*[contains(@class, 'job__title')]/a/text()")


def test_a_job_is_saved_once_and_listed_in_order(site, visitor) -> None:
    for name in ("silent", "rich", "silent"):
        answer = visitor.post("/saved", data={"do": "save", "id": site.ids[name]})
        assert answer.status_code == 303
        assert answer.headers["location"] == "/saved"
    assert answer.headers["cache-control"] == "no-store"
    page = visitor.get("/saved").text
    assert listed(page) == ["Porter <b>& driver</b>", "Senior Planner (Policy & Heritage)"]
    assert "Saved jobs (2)" in page
    assert "Remove from saved jobs" in visitor.get(f"/vacancies/{site.ids['rich']}", follow_redirects=True).text


def test_a_job_is_removed_and_the_list_cleared(site, visitor) -> None:
    visitor.post("/saved", data={"do": "save", "id": [site.ids["rich"], site.ids["silent"]]})
    visitor.post("/saved", data={"do": "remove", "id": site.ids["rich"]})
    assert listed(visitor.get("/saved").text) == ["Porter <b>& driver</b>"]
    visitor.post("/saved", data={"do": "clear"})
    assert "You have not saved any jobs yet." in visitor.get("/saved").text
    assert "saved" not in visitor.cookies


def test_a_closed_job_stays_listed_as_closed(site, visitor) -> None:
    visitor.post("/saved", data={"do": "save", "id": [site.ids["closed"], site.ids["rich"]]})
    page = visitor.get("/saved").text
    assert listed(page) == ["Senior Planner (Policy & Heritage)"]
    assert html.fromstring(page).xpath("//*[@class='past']/a/text()") == ["Old Planner"]


def test_a_link_shows_the_list_and_changes_nothing(site, visitor) -> None:
    visitor.post("/saved", data={"do": "save", "id": site.ids["rich"]})
    link = html.fromstring(visitor.get("/saved").text).xpath("string(//input[@id='share']/@value)")
    assert link == f"http://127.0.0.1:8000/saved?ids={site.ids['rich']}"
    with site.client() as friend:
        answer = friend.get(link)
        assert listed(answer.text) == ["Senior Planner (Policy & Heritage)"]
        assert "set-cookie" not in answer.headers
        assert "You have not saved any jobs yet." in friend.get("/saved").text
        friend.post("/saved", data={"do": "save", "id": site.ids["rich"]})
        assert listed(friend.get("/saved").text) == ["Senior Planner (Policy & Heritage)"]


@pytest.mark.parametrize("ids", ["", "zzzzzzzzzz", "<script>", "a,b,,c", "%00"])
def test_a_link_with_nothing_in_it_shows_an_empty_list(visitor, ids: str) -> None:
    answer = visitor.get(f"/saved?ids={ids}")
    assert answer.status_code == 200
    assert "There are no jobs in this list." in answer.text


@pytest.mark.parametrize(
    "form",
    [{}, {"do": "delete", "id": "x"}, {"do": "save"}, {"do": "save", "id": "<script>"}, {"do": "remove", "id": "zz"}],
)
def test_a_form_that_asks_for_nothing_changes_nothing(visitor, form: dict[str, str]) -> None:
    answer = visitor.post("/saved", data=form)
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers


def test_the_future_is_not_shown_on_a_list(site, visitor) -> None:
    assert "Secret" not in visitor.get(f"/saved?ids={site.ids['future']}").text


def test_a_saved_job_that_is_merged_stays_on_the_list_as_what_it_became(own_site) -> None:
    kept, gone = own_site.town.add(rich_draft(title="Cook")), own_site.town.add(rich_draft(title="Chef"))
    own_site.town.publish()
    with own_site.client() as visitor:
        visitor.post("/saved", data={"do": "save", "id": gone})
        with own_site.town.store.writing() as session:
            into = session.scalar(sa.select(Vacancy.id).where(Vacancy.public_id == kept))
            session.execute(sa.update(Vacancy).where(Vacancy.public_id == gone).values(merged_into=into))
        assert listed(visitor.get("/saved").text) == ["Cook"]
        visitor.post("/saved", data={"do": "save", "id": kept})
        assert listed(visitor.get("/saved").text) == ["Cook"]
        visitor.post("/saved", data={"do": "remove", "id": kept})
        assert "You have not saved any jobs yet." in visitor.get("/saved").text
