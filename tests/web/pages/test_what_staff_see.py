"""What signed-in people see of the public pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from comingin import member

from clearinghouse.vacancies.clicks import ApplyClick

if TYPE_CHECKING:
    from conftest import Town


def test_what_a_signed_in_person_gets_is_theirs_alone(town: Town) -> None:
    town.publish()
    person = member(town)
    for path in ("/", "/vacancies", "/account", "/sources/none", "/no-such-page", "/api/v1/vacancies"):
        answer = person.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["cache-control"] == "private, no-store", path
        assert "etag" not in answer.headers
        assert "content-encoding" not in answer.headers
    assert "Sign out" in person.get("/no-such-page").text
    assert "Staff sign in" not in person.get("/").text


def test_staff_see_what_is_not_public_yet_and_that_it_is_not(town: Town) -> None:
    town.source("newtown", "Newtown Council", public=False)
    seen, waits = town.vacancy("Cook"), town.vacancy("Baker", source="newtown")
    town.publish()
    person, visitor, mark = member(town), town.client(), "Not public yet: only staff see this"
    assert visitor.get("/vacancies").text.count("Baker") == 0
    assert person.get("/vacancies").text.count(mark) == 1
    assert mark in person.get(f"/vacancies/{waits}-baker").text
    assert "ld+json" not in person.get(f"/vacancies/{waits}-baker").text
    assert mark not in person.get(f"/vacancies/{seen}-cook").text
    assert visitor.get(f"/vacancies/{waits}-baker").status_code == 404
    for path in (
        "/api/v1/vacancies",
        "/vacancies.csv",
        "/vacancies.atom",
        "/vacancies.ics",
        "/vacancies/print",
        f"/saved/print?ids={waits}",
        "/sitemap.xml",
        "/metrics",
    ):
        assert "Baker" not in person.get(path).text, path
    assert person.get(f"/api/v1/vacancies/{waits}").status_code == 404
    assert person.get(f"/vacancies/{waits}/apply").status_code == 302
    person.app.state.site.clicks.flush(town.store)
    with town.store.reading() as session:
        assert session.scalars(sa.select(ApplyClick)).all() == []


def test_who_has_no_codes_yet_sees_what_everyone_sees(town: Town) -> None:
    town.source("newtown", "Newtown Council", public=False)
    town.vacancy("Baker", source="newtown")
    town.publish()
    assert "Baker" not in member(town, codes=False).get("/vacancies").text
