"""How well the sources are read: the table of all of them, the file, and what a source's own page says."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from looks import faults
from lxml import html
from serving import over_http
from smalltown import NOW, Town, rich_draft, silent_draft
from staffing import Staff, staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store
from clearinghouse.ingest.models import QualityDay
from clearinghouse.ingest.quality import Count, Quality
from clearinghouse.ingest.quality_fields import Field
from clearinghouse.search.generation import Reader
from clearinghouse.settings import Settings
from clearinghouse.vacancies.models import Sighting
from web.app import create_app
from web.charts import trend

DAY = dt.timedelta(days=1)
TODAY = NOW.date()


def night(adverts: int, **read: int) -> Quality:
    fields = {field.value: Count(adverts, read.get(field.value, adverts)) for field in Field}
    return Quality(adverts, adverts, 1, adverts // 2, (2.0, 26.5), 4, 8, 2, fields)


def add_nights(store: Store, source: str, *nights: Quality) -> None:
    """Nights of a source, the last of them today's."""
    with store.writing() as session:
        for ago, found in enumerate(reversed(nights)):
            session.add(QualityDay(source=source, day=TODAY - ago * DAY, facts=found.as_json(), at=NOW))


@pytest.fixture(scope="module")
def app(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """A site of two sources: sandby reads ever better, fenwick has lost its closing times. No test changes it."""
    folder = tmp_path_factory.mktemp("quality")
    shutil.copy(sqlite_template, folder / "store.sqlite3")
    store = Store(f"sqlite:///{folder / 'store.sqlite3'}")
    made = Town(store, folder / "index")
    made.add(rich_draft())
    for _ in range(2):
        made.add(silent_draft())
    made.publish()
    with store.writing() as session:
        for one in session.query(Sighting).where(Sighting.id > 1):
            one.posting = {**one.posting, "salary": "Band B, see pack"}
    add_nights(store, "sandby", night(10, salary=2), night(10, salary=5), night(10, salary=8))
    add_nights(store, "fenwick", night(20), night(20, closing=0))
    settings = Settings(public_url="http://127.0.0.1:8000", index_dir=folder / "index", secret_key="k" * 32)
    yield create_app(settings, store, Reader(folder / "index"), lambda: NOW)
    made.indexer.close()
    store.close()


@pytest.fixture(scope="module")
def keeper(app: FastAPI) -> Staff:
    return staff_client(app, Hat(Role.SECRETARIAT))


def slugs(text: str) -> list[str]:
    return re.findall(r'href="/sources/(\w+)#quality"', text)


def words(text: str) -> str:
    return " ".join(" ".join(html.fromstring(text).itertext()).split())


def test_the_table_is_sorted_as_the_address_says(keeper: Staff) -> None:
    orders = {sort: slugs(keeper.get(f"/operations/quality?sort={sort}").text) for sort in ("", "salary", "nonsense")}
    assert orders == {"": ["fenwick", "sandby"], "salary": ["sandby", "fenwick"], "nonsense": ["fenwick", "sandby"]}


def test_each_source_stands_with_its_shares_and_what_they_have_gained(keeper: Staff) -> None:
    said = words(keeper.get("/operations/quality").text)
    assert "fenwick. 10 June 2026. 1 refused 20 100% 0% 100% 100% 100% 100% 50% 25% −17" in said
    assert "sandby. 10 June 2026. 1 refused 10 80% 100% 100% 100% 100% 100% 50% 25% +10" in said


def test_the_file_has_every_field_of_every_source(keeper: Staff) -> None:
    answer = keeper.get("/operations/quality.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert [row["source"] for row in rows] == ["fenwick", "sandby"]
    assert (rows[0]["closing_read"], rows[1]["salary_read"], rows[1]["lag_p90_hours"]) == ("0.0", "0.8", "26.5")
    assert {f"{field.value}_unread" for field in Field} <= rows[0].keys()


def test_before_the_first_night_the_page_says_so(app: FastAPI, keeper: Staff, sqlite_site) -> None:
    new = staff_client(sqlite_site.app(), Hat(Role.SECRETARIAT))
    assert "Nothing was counted yet." in words(new.get("/operations/quality").text)
    assert "There is no page 9." in words(keeper.get("/operations/quality?page=9").text)


def test_a_source_shows_its_fields_its_nights_and_the_words_that_could_not_be_read(app: FastAPI) -> None:
    own = staff_client(app, Hat(Role.EMPLOYER, 1))
    page = own.get("/sources/sandby").text
    said = words(page)
    assert "Counted over the newest 3 live adverts." in said
    assert "Half within 2 hours, nine of ten within 26.5 Counted over 4 adverts of the last 30 days." in said
    assert "Pay: from 20% on 8 June 2026 to 80% on 10 June 2026; lowest 20%, highest 80%." in said
    assert re.search(
        r'<a class="govuk-link" href="/vacancies/\w{10}"><q [^>]*>Band B, see pack</q></a> in 2 adverts', page
    )
    assert "10 June 2026 80% 100%" in said  # the nights as a table
    assert own.get("/operations/quality").status_code == 403


def test_a_trend_is_drawn_from_two_nights_on() -> None:
    assert trend("Pay", [(TODAY, 0.5)]) is None
    drawn = trend("Pay", [(TODAY - DAY, 0.0), (TODAY, 1.0)])
    assert drawn
    assert (drawn.line, drawn.marks) == ("10,150 590,10", ((10.0, 150.0), (590.0, 10.0)))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 360])
def test_the_pages_pass_axe_on_a_desk_and_on_a_phone(browser, app: FastAPI, axe: str, width: int) -> None:
    token = staff_client(app, Hat(Role.STEERING)).cookies["session"]
    with over_http(app) as here:
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "session", "value": token, "url": here}])
        page = context.new_page()
        for path in ("/operations/quality", "/sources/sandby"):
            page.goto(here + path)
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            assert faults(page, axe) == [], path
        context.close()
