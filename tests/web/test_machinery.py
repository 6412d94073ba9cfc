"""What other machines ask for: health, metrics, sitemap, robots; and the way on to the employer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from lxml import etree

from clearinghouse.db import Store
from clearinghouse.publish.models import Change
from clearinghouse.vacancies.clicks import ApplyClick, Clicks
from clearinghouse.vacancies.models import Sighting, Vacancy
from clearinghouse.vacancies.vocabulary import Status
from web.apply import link
from web.security import STAFF

if TYPE_CHECKING:
    from conftest import Town

HOUR = dt.timedelta(hours=1)
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(body: bytes) -> list[str]:
    return [str(loc.text) for loc in etree.fromstring(body).iter(f"{SPACE}loc")]


def test_a_living_process_says_so(town: Town) -> None:
    answer = town.client().get("/healthz")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


def test_ready_means_tables_and_index(town: Town) -> None:
    visitor = town.client()
    early = visitor.get("/readyz")
    assert early.status_code == 503
    assert early.json()["reasons"] == ["no search index is loaded yet"]
    town.publish()
    assert town.client().get("/readyz").status_code == 200


def test_a_store_of_another_version_is_not_ready(town: Town) -> None:
    town.publish()
    with town.store.writing() as session:
        session.execute(sa.text("update alembic_version set version_num = 'old'"))
    answer = town.client().get("/readyz")
    assert answer.status_code == 503
    assert str(town.index_dir.parent) not in answer.text, "files and hosts are nobody's business"


def test_an_index_that_stays_behind_is_not_ready(town: Town) -> None:
    town.publish()
    visitor = town.client()
    assert visitor.get("/readyz").status_code == 200
    with town.store.writing() as session:
        cook = Vacancy(public_id="c", title="Cook", draft={}, status=Status.OPEN, first_seen=town.now, updated=town.now)
        session.add(cook)
        session.flush()
        session.add(Change(vacancy_id=cook.id, op="upsert", at=town.now))
    assert visitor.get("/readyz").status_code == 200, "an indexer takes a moment"
    town.now += dt.timedelta(seconds=61)
    assert visitor.get("/readyz").json()["reasons"] == ["the search index is behind the store"]


def test_metrics_are_totals_of_public_things(town: Town) -> None:
    town.vacancy("Cook", closes_at=town.now + HOUR)
    town.vacancy("Driver")
    town.publish()
    visitor = town.client()
    visitor.get("/clients/17")
    visitor.get("/privacy")
    text = visitor.get("/metrics").text
    assert "clearinghouse_vacancies 2.0" in text
    assert "clearinghouse_employers 1.0" in text
    assert 'clearinghouse_source_read_timestamp_seconds{source="anytown"}' in text
    assert 'clearinghouse_http_requests_total{status="2xx"} 1.0' in text
    assert 'status="3xx"' not in text, "what staff look at is not counted"
    town.now += 2 * HOUR
    assert "clearinghouse_vacancies 1.0" in visitor.get("/metrics").text


def test_the_sitemap_has_pages_employers_and_what_is_open(town: Town) -> None:
    cook = town.vacancy("Cook", closes_at=town.now + HOUR)
    town.publish()
    visitor = town.client()
    found = addresses(visitor.get("/sitemap.xml").content)
    assert f"http://127.0.0.1:8000/vacancies/{cook}-cook" in found
    assert "http://127.0.0.1:8000/employers/anytown" in found
    for address in found:
        assert visitor.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200, address
    town.now += 2 * HOUR
    assert not any(cook in address for address in addresses(visitor.get("/sitemap.xml").content))


def test_a_large_sitemap_is_split_without_loss(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        town.vacancy(f"Cook {number}")
    town.publish()
    visitor = town.client()
    whole = addresses(visitor.get("/sitemap.xml").content)
    monkeypatch.setattr("web.sitemap.MOST", 4)
    parts = addresses(visitor.get("/sitemap.xml").content)
    bodies = [visitor.get(part.removeprefix("http://127.0.0.1:8000")).content for part in parts]
    assert [address for body in bodies for address in addresses(body)] == whole
    assert all(len(addresses(body)) <= 4 for body in bodies)
    for number in ("0", "99", "x", "-1", "9" * 30):
        assert visitor.get(f"/sitemap-{number}.xml").status_code == 404


def test_robots_are_kept_out_of_staff_pages(town: Town) -> None:
    text = town.client().get("/robots.txt").text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert [prefix for prefix in STAFF if f"Disallow: {prefix}\n" not in text] == []


def clicked(store: Store) -> dict[tuple[int, str], int]:
    with store.reading() as session:
        return {(row.vacancy_id, row.day.isoformat()): row.count for row in session.scalars(sa.select(ApplyClick))}


def test_applying_leads_to_the_employer_and_is_counted_later(town: Town) -> None:
    cook = town.vacancy("Cook", link="https://jobs.example/cook?a=1")
    town.publish()
    visitor = town.client()
    for _ in range(3):
        answer = visitor.get(f"/vacancies/{cook}/apply")
        assert (answer.status_code, answer.headers["location"]) == (302, "https://jobs.example/cook?a=1")
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
    assert visitor.head(f"/vacancies/{cook}/apply").status_code == 302
    assert clicked(town.store) == {}, "a GET writes nothing"
    visitor.app.state.site.clicks.flush(town.store)  # type: ignore[attr-defined]
    assert clicked(town.store) == {(town.key(cook), "2026-11-21"): 3}


def test_the_site_writes_the_clicks_that_wait_when_it_ends(town: Town) -> None:
    cook = town.vacancy("Cook")
    town.publish()
    with town.client() as visitor:
        visitor.get(f"/vacancies/{cook}/apply")
    assert list(clicked(town.store).values()) == [1]


def test_clicks_add_up_and_survive_a_failing_store(town_on_both: Town) -> None:
    town = town_on_both
    cook = town.key(town.vacancy("Cook"))
    clicks, day = Clicks(), dt.date(2026, 11, 21)
    clicks.add(cook, day)
    clicks.add(cook, day)
    clicks.add(cook, day + dt.timedelta(days=1))
    broken = Store(f"sqlite:///{town.index_dir}/empty.sqlite3")
    with pytest.raises(sa.exc.OperationalError):
        clicks.flush(broken)
    broken.close()
    assert clicks.flush(town.store) == 3
    clicks.add(cook, day)
    assert clicks.flush(town.store) == 1
    assert clicks.flush(town.store) == 0
    assert clicked(town.store) == {(cook, "2026-11-21"): 3, (cook, "2026-11-22"): 1}


def test_a_closed_vacancy_leads_to_its_own_page(town: Town) -> None:
    cook = town.vacancy("Cook", closes_at=town.now + HOUR)
    town.publish()
    town.now += 2 * HOUR
    answer = town.client().get(f"/vacancies/{cook}/apply")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/vacancies/{cook}-cook")
    assert town.client().get("/vacancies/nothing/apply").status_code == 404


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://jobs.example/1", "https://jobs.example/1"),
        ("http://jobs.example/1", "http://jobs.example/1"),
        ("javascript:alert(1)", None),
        ("ftp://jobs.example/1", None),
        ("//jobs.example", None),
        ("https://", None),
        ("http://[jobs", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_pages_are_led_to(address: str | None, found: str | None) -> None:
    assert link(address) == found


def test_a_source_without_a_link_leads_nowhere_else(town: Town) -> None:
    cook = town.vacancy("Cook")
    with town.store.writing() as session:
        session.execute(sa.update(Sighting).values(url="javascript:alert(1)"))
    town.publish()
    answer = town.client().get(f"/vacancies/{cook}/apply")
    assert answer.headers["location"] == f"/vacancies/{cook}-cook"


def test_an_error_nobody_foresaw_is_a_page_that_tells_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.publish()
    visitor = town.client()

    def broken(*_: object) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr("web.sitemap.addresses", broken)
    monkeypatch.setattr("web.api.search", broken)
    for path in ("/sitemap.xml", "/api/v1/vacancies"):
        answer = visitor.get(path)
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "content-security-policy" in answer.headers
        assert answer.headers["cache-control"] == "no-store"
    assert visitor.get("/sitemap.xml").headers["content-type"].startswith("text/html")
    assert visitor.get("/api/v1/vacancies").json() == {"detail": "Something went wrong on our side."}


def test_a_store_that_is_away_is_an_honest_503(town: Town) -> None:
    town.publish()
    visitor = town.client()
    with town.store.writing() as session:
        session.execute(sa.text("alter table publication rename to elsewhere"))
    for path in ("/sitemap.xml", "/api/v1/employers"):
        answer = visitor.get(path)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0


def test_who_has_signed_in_is_told_too_that_the_store_is_away(town: Town) -> None:
    town.publish()
    visitor = town.client()
    with town.store.writing() as session:
        session.execute(sa.text("alter table signed_in rename to elsewhere"))
    assert visitor.get("/account", headers={"Cookie": "session=x"}).status_code == 503


def test_a_public_page_never_writes(town: Town) -> None:
    town.vacancy("Cook")
    town.publish()
    visitor = town.client()
    file = Path(town.store.engine.url.database or "")
    before = file.read_bytes()
    for path in ("/", "/vacancies", "/employers", "/api/v1/changes", "/api/v1/sources", "/sitemap.xml", "/metrics"):
        assert visitor.get(path).status_code == 200
    assert file.read_bytes() == before
    with town.store.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Vacancy)) == 1
