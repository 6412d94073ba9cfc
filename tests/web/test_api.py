"""The API against its own description, and against the search that it stands for."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from clearinghouse.publish.document import API_KEYS
from clearinghouse.vacancies.draft import Place, Salary
from clearinghouse.vacancies.vocabulary import Basis, Contract, Kind, Pattern, Period, Precision, Status
from web import api_models as models

if TYPE_CHECKING:
    from conftest import Town
    from fastapi.testclient import TestClient

HOUR = dt.timedelta(hours=1)
PAY = Salary(
    Decimal(24_000), Decimal(26_000), Period.YEAR, Basis.ACTUAL, Decimal(24_000), Decimal(26_000), "£24,000 to £26,000"
)
NEWARK = Place("Newark", "NG24 1AA", "Newark and Sherwood", 53.07, -0.81, Precision.POSTCODE)


def fill(town: Town, number: int = 3) -> list[str]:
    """Vacancies of which the first says everything and the others as little as they may."""
    whole = town.vacancy(
        "Cook", kind=Kind.JOB, contract=Contract.PERMANENT, pattern=(Pattern.PART_TIME,), salary=PAY, places=(NEWARK,),
        closes_at=town.now + 48 * HOUR, posted_at=town.now - HOUR, description_text="Cook for a school.",
    )  # fmt: skip
    rest = [town.vacancy(f"Driver {n}") for n in range(number - 1)]
    town.publish()
    return [whole, *rest]


def test_a_page_of_the_search_has_the_promised_shape(town: Town) -> None:
    whole, *_ = fill(town)
    body = town.client().get("/api/v1/vacancies").json()
    page = models.VacancyPage.model_validate(body)
    assert (page.total, page.page, page.per_page, page.next) == (3, 1, 20, None)
    item = next(item for item in body["items"] if item["id"] == whole)
    assert tuple(item) == API_KEYS
    assert item["url"] == f"http://127.0.0.1:8000/vacancies/{whole}-cook"
    assert item["employer"] == {"slug": "anytown", "name": "Anytown Council"}
    assert item["closes_at"] == "2026-11-23T12:00:00+00:00"
    assert item["salary"]["maximum"] == "26000.00"
    assert item["sightings"] == [{"source": "anytown", "reference": "R1", "url": "https://jobs.example/1"}]
    assert {"value": "part_time", "label": "Part time", "count": 1} in body["facets"]["pattern"]


def test_pages_follow_each_other_to_the_last_vacancy(town: Town) -> None:
    known = fill(town, 7)
    visitor = town.client()
    found, address, pages = [], "/api/v1/vacancies?per_page=3&sort=newest", 0
    while address:
        body = visitor.get(address).json()
        found += [item["id"] for item in body["items"]]
        address, pages = body["next"], pages + 1
    assert sorted(found) == sorted(known)
    assert pages == 3


@pytest.mark.parametrize("page", ["2", "99", "100000000"])
def test_a_page_after_the_last_is_empty(town: Town, page: str) -> None:
    fill(town)
    answer = town.client().get(f"/api/v1/vacancies?page={page}")
    assert answer.status_code == 200
    assert (answer.json()["items"], answer.json()["total"], answer.json()["next"]) == ([], 3, None)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("kind=plumbing", "plumbing"),
        ("radius=far", "far"),
        ("page=-1", "-1"),
        ("per_page=many", "many"),
        ("closing_within=1e9", "1e9"),
        ("salary_min=lots", "lots"),
        ("sort=sideways", "sideways"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_and_does_no_harm(town: Town, query: str, named: str) -> None:
    fill(town)
    answer = town.client().get(f"/api/v1/vacancies?{query}")
    assert answer.status_code == 200
    assert any(named in notice for notice in answer.json()["notices"])
    assert answer.json()["total"] == 3


@pytest.mark.parametrize(
    "query", ["unknown=1", "q=%00%00", "q=" + "x" * 5000, "page=" + "9" * 400, "%ff=%fe", "q=%ff", "q=AND+OR+%22"]
)
def test_strange_queries_are_answered(town: Town, query: str) -> None:
    fill(town)
    assert town.client().get(f"/api/v1/vacancies?{query}").status_code == 200


def test_one_vacancy_is_the_item_of_the_search(town: Town) -> None:
    whole, *_ = fill(town)
    visitor = town.client()
    listed = next(item for item in visitor.get("/api/v1/vacancies").json()["items"] if item["id"] == whole)
    answer = visitor.get(f"/api/v1/vacancies/{whole}")
    assert answer.json() == listed
    models.Vacancy.model_validate(answer.json())


@pytest.mark.parametrize("public_id", ["nothing", "v000000099", "x" * 300, "é%ff"])
def test_an_unknown_vacancy_is_not_found_in_json(town: Town, public_id: str) -> None:
    fill(town)
    answer = town.client().get(f"/api/v1/vacancies/{public_id}")
    assert answer.status_code == 404
    models.Trouble.model_validate(answer.json())


def test_an_unknown_address_of_the_api_is_not_found_in_json(town: Town) -> None:
    assert town.client().get("/api/v1/nothing").json() == {"detail": "Not Found"}
    assert town.client().post("/api/v1/vacancies").status_code == 405


def test_closing_takes_effect_to_the_second(town: Town) -> None:
    whole, *_ = fill(town)
    visitor = town.client()
    town.now += 48 * HOUR
    assert visitor.get(f"/api/v1/vacancies/{whole}").status_code == 200
    assert visitor.get("/api/v1/vacancies").json()["total"] == 3
    town.now += dt.timedelta(seconds=1)
    gone = visitor.get(f"/api/v1/vacancies/{whole}")
    assert gone.status_code == 410
    assert models.Gone.model_validate(gone.json()).status == "closed"
    assert visitor.get("/api/v1/vacancies").json()["total"] == 2


def test_a_withdrawn_vacancy_says_so(town: Town) -> None:
    whole, *_ = fill(town)
    town.alter(whole, status=Status.WITHDRAWN, updated=town.now + HOUR)
    town.now += 2 * HOUR
    town.publish()
    gone = town.client().get(f"/api/v1/vacancies/{whole}")
    assert (gone.status_code, gone.json()["status"]) == (410, "withdrawn")


def test_a_merged_vacancy_redirects_to_the_one_it_is(town: Town) -> None:
    whole, other, _ = fill(town)
    town.alter(other, merged_into=town.key(whole))
    town.publish()
    answer = town.client().get(f"/api/v1/vacancies/{other}")
    assert answer.status_code == 301
    assert answer.headers["location"].endswith(f"/api/v1/vacancies/{whole}")


def test_what_nobody_verified_is_nowhere(town: Town) -> None:
    town.source("elsewhere", "Elsewhere Council", public=False)
    hidden = town.vacancy("Spy", source="elsewhere")
    town.vacancy("Cook")
    town.publish()
    visitor = town.client()
    assert visitor.get(f"/api/v1/vacancies/{hidden}").status_code == 404
    assert visitor.get(f"/vacancies/{hidden}/apply").status_code == 404
    for path in ("vacancies", "changes", "sources", "snapshot.jsonl.gz"):
        body = visitor.get(f"/api/v1/{path}").content
        text = gzip.decompress(body) if path.endswith("gz") else body
        assert b"Spy" not in text
        assert hidden.encode() not in text
        assert b"elsewhere" not in text
    for path in ("/sitemap.xml", "/metrics", "/vacancies.csv", "/vacancies.atom", "/vacancies.rss", "/vacancies.ics"):
        text = visitor.get(path).text
        assert "Spy" not in text
        assert hidden not in text
    assert "clearinghouse_vacancies 1.0" in visitor.get("/metrics").text


def test_employers_and_sources_have_the_promised_shape(town: Town) -> None:
    fill(town)
    visitor = town.client()
    employers = models.Employers.model_validate(visitor.get("/api/v1/employers").json())
    assert [(e.slug, e.vacancies, e.member) for e in employers.items] == [("anytown", 3, True)]
    sources = models.Sources.model_validate(visitor.get("/api/v1/sources").json())
    assert [(s.slug, s.organisation, s.last_read) for s in sources.items] == [("anytown", "Anytown Council", town.now)]


@pytest.mark.parametrize("path", ["/api/v1/vacancies", "/api/v1/changes", "/api/v1/nothing", "/openapi.json"])
def test_other_sites_scripts_may_read_the_api(town: Town, path: str) -> None:
    town.publish()
    answer = town.client().get(path, headers={"Origin": "https://other.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in town.client().get("/privacy").headers


def test_the_site_says_that_it_is_not_ready_before_the_first_index(town: Town) -> None:
    visitor = town.client()
    answer = visitor.get("/api/v1/vacancies")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert visitor.get("/vacancies").status_code == 503


def test_the_description_names_every_address_and_parameter(town: Town) -> None:
    described = town.client().get("/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/vacancies", "/api/v1/vacancies/{public_id}", "/api/v1/changes", "/api/v1/snapshot.jsonl.gz",
        "/api/v1/employers", "/api/v1/sources",
    }  # fmt: skip
    parameters = {p["name"] for p in described["paths"]["/api/v1/vacancies"]["get"]["parameters"]}
    assert {"q", "location", "radius", "kind", "pay_per", "include_unstated", "page"} <= parameters
    assert [path for path, said in described["paths"].items() if "422" in said["get"]["responses"]] == []


def follow(visitor: TestClient, copy: dict[str, Any], after: int, per_page: int = 2) -> int:
    """Bring `copy` up to date as a mirror does; the last number."""
    while True:
        body = visitor.get(f"/api/v1/changes?after={after}&per_page={per_page}").json()
        models.Changes.model_validate(body)
        seqs = [step["seq"] for step in body["items"]]
        assert seqs == sorted(set(seqs))
        for step in body["items"]:
            if step["op"] == "upsert":
                copy[step["id"]] = step["vacancy"]
            else:
                assert step["vacancy"] is None
                copy.pop(step["id"], None)
        if not seqs:
            assert after == body["latest"]
            return after
        after = seqs[-1]


def shown(visitor: TestClient) -> dict[str, Any]:
    items = visitor.get("/api/v1/vacancies?per_page=100").json()["items"]
    return {item["id"]: {k: v for k, v in item.items() if k != "last_seen"} for item in items}


@pytest.mark.parametrize("page", ["2", "1000000000", "9" * 30])
def test_a_page_after_the_last_is_empty_however_far_out(town: Town, page: str) -> None:
    fill(town)
    answer = town.client().get(f"/api/v1/vacancies?page={page}")
    body = answer.json()
    assert (answer.status_code, body["total"], body["items"], body["next"]) == (200, 3, [], None)


def test_a_mirror_that_follows_the_changes_equals_the_search(town_on_both: Town) -> None:
    town = town_on_both
    whole, second, third = fill(town)
    visitor, copy = town.client(), {}
    after = follow(visitor, copy, 0)
    assert len(copy) == 3
    town.alter(second, status=Status.WITHDRAWN)
    town.alter(third, updated=town.now + HOUR)
    town.vacancy("Clerk")
    town.publish()
    after = follow(visitor, copy, after)
    town.now += 49 * HOUR
    town.publish()
    follow(visitor, copy, after)
    fresh: dict[str, Any] = {}
    follow(visitor, fresh, 0)
    without = {key: {k: v for k, v in item.items() if k != "last_seen"} for key, item in copy.items()}
    assert fresh == copy
    assert without == shown(town.client())
    assert whole not in copy


def test_each_vacancy_comes_once_at_its_latest(town: Town) -> None:
    first, *_ = fill(town)
    for hours in (1, 2, 3):
        town.alter(first, updated=town.now + hours * HOUR)
        town.publish()
    items = town.client().get("/api/v1/changes?after=0").json()["items"]
    assert [item["id"] for item in items].count(first) == 1
    assert items[-1]["id"] == first


@pytest.mark.parametrize(
    ("query", "items"),
    [
        ("after=x", 3),
        ("after=-1", 3),
        ("after=1.5", 3),
        ("after=%C2%B2", 3),
        ("after=%00", 3),
        ("after=" + "9" * 30, 0),
        ("per_page=0", 3),
        ("per_page=1001", 3),
    ],
)
def test_bad_numbers_of_the_changes_are_named(town: Town, query: str, items: int) -> None:
    fill(town)
    answer = town.client().get(f"/api/v1/changes?{query}")
    assert answer.status_code == 200
    assert len(answer.json()["notices"]) == 1
    assert len(answer.json()["items"]) == items


def test_a_snapshot_and_the_changes_after_it_equal_the_search(town_on_both: Town) -> None:
    town = town_on_both
    fill(town)
    visitor = town.client()
    head, *lines = map(json.loads, gzip.decompress(visitor.get("/api/v1/snapshot.jsonl.gz").content).splitlines())
    copy = {line["id"]: line for line in lines}
    assert {key: {k: v for k, v in item.items() if k != "last_seen"} for key, item in copy.items()} == shown(visitor)
    town.vacancy("Clerk")
    town.publish()
    follow(visitor, copy, head["seq"])
    assert copy.keys() == shown(town.client()).keys()


def test_the_snapshot_is_made_once_a_day(town: Town) -> None:
    fill(town)
    visitor = town.client()
    first = visitor.get("/api/v1/snapshot.jsonl.gz")
    assert first.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in first.headers
    town.vacancy("Clerk")
    town.publish()
    assert visitor.get("/api/v1/snapshot.jsonl.gz").content == first.content
    town.now += 24 * HOUR
    later = gzip.decompress(visitor.get("/api/v1/snapshot.jsonl.gz").content).splitlines()
    assert len(later) == 5
    assert json.loads(later[0])["seq"] == 4
    assert len(list(town.index_dir.rglob("*snapshot*.gz"))) == 2


def test_what_was_taken_away_is_in_no_snapshot_and_only_the_last_two_are_kept(town: Town) -> None:
    visitor, address = town.client(), "/api/v1/snapshot.jsonl.gz"
    for hidden in fill(town):
        assert hidden in gzip.decompress(visitor.get(address).content).decode()
        town.alter(hidden, hidden=True)
        town.publish()
        assert hidden not in gzip.decompress(visitor.get(address).content).decode()
    assert len(list(town.index_dir.rglob("*snapshot*.gz"))) == 2


def test_a_snapshot_that_somebody_has_already_is_not_sent_again(town: Town) -> None:
    fill(town)
    visitor, address = town.client(), "/api/v1/snapshot.jsonl.gz"
    tag = visitor.get(address).headers["etag"]
    again = visitor.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
