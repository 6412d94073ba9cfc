"""A search to take away: each form read back by a reader of its kind."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import TYPE_CHECKING

import feedparser
import pytest
from icalendar import Calendar

from clearinghouse.reporting.table import safe
from clearinghouse.vacancies.draft import Place, Salary
from clearinghouse.vacancies.vocabulary import Basis, Kind, Period, Precision
from web.feeds import COLUMNS

if TYPE_CHECKING:
    from conftest import Town

HOUR = dt.timedelta(hours=1)
PAY = Salary(Decimal(24_000), None, Period.YEAR, Basis.UNKNOWN, text="from £24,000 & more")
PLACES = (Place("Newark", district="Newark and Sherwood", precision=Precision.PLACE), Place("Anywhere"))


def fill(town: Town) -> str:
    cook = town.vacancy(
        "Cook <head> & “chef”", kind=Kind.JOB, salary=PAY, places=PLACES, closes_at=town.now + 48 * HOUR,
        posted_at=town.now - HOUR, description_html="<p>Secret sauce</p>", description_text="Secret sauce",
    )  # fmt: skip
    town.vacancy("Driver", kind=Kind.APPRENTICESHIP, closes_text="until filled")
    town.publish()
    return cook


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_reader_finds_what_the_search_finds(town: Town, form: str) -> None:
    cook = fill(town)
    answer = town.client().get(f"/vacancies.{form}?kind=job")
    assert answer.headers["content-type"].startswith(f"application/{form}+xml")
    feed = feedparser.parse(answer.content)
    assert feed.bozo == 0
    assert feed.version == {"atom": "atom10", "rss": "rss20"}[form]
    (entry,) = feed.entries
    assert entry.title == "Cook <head> & “chef”, Anytown Council"
    assert entry.link == f"http://127.0.0.1:8000/vacancies/{cook}-cook-head-chef"
    assert entry.id == f"http://127.0.0.1:8000/vacancies/{cook}"
    assert "from £24,000 & more" in entry.summary
    assert "23 November 2026" in entry.summary
    assert "The employer's own advert is what counts." in entry.summary


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_links_the_search_on_our_pages(town: Town, form: str) -> None:
    fill(town)
    feed = feedparser.parse(town.client().get(f"/vacancies.{form}?kind=job").content).feed
    assert feed.link == "http://127.0.0.1:8000/vacancies?kind=job&sort=newest"


def test_facts_end_in_one_full_stop(town: Town) -> None:
    town.vacancy("Cook", salary=Salary(text="£12 an hour."))
    town.publish()
    assert "Pay: £12 an hour. The" in town.client().get("/vacancies.atom").text


@pytest.mark.parametrize("form", ["atom", "rss", "csv", "ics"])
def test_an_adverts_own_words_are_not_copied_on(town: Town, form: str) -> None:
    fill(town)
    assert "Secret sauce" not in town.client().get(f"/vacancies.{form}").text


@pytest.mark.parametrize("form", ["atom", "rss", "csv", "ics"])
def test_a_search_that_finds_nothing_is_still_well_formed(town: Town, form: str) -> None:
    town.publish()
    visitor = town.client()
    answer = visitor.get(f"/vacancies.{form}?q=astronaut&kind=nonsense")
    assert answer.status_code == 200
    assert answer.content
    again = visitor.get(
        f"/vacancies.{form}?q=astronaut&kind=nonsense", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


def test_the_newest_come_first_in_a_feed(town: Town) -> None:
    for number in range(3):
        town.vacancy(f"Cook {number}", posted_at=town.now - number * HOUR)
    town.publish()
    entries = feedparser.parse(town.client().get("/vacancies.atom?q=cook").content).entries
    assert [entry.title.split(",")[0] for entry in entries] == ["Cook 0", "Cook 1", "Cook 2"]


def test_the_table_holds_every_vacancy_in_the_order_asked_for(town: Town) -> None:
    cook = fill(town)
    answer = town.client().get("/vacancies.csv?sort=closing&page=7&per_page=1")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["title"] for row in rows] == ["Cook <head> & “chef”", "Driver"]
    assert rows[0]["id"] == cook
    assert rows[0]["places"] == "Newark; Anywhere"
    assert rows[0]["districts"] == "Newark and Sherwood"
    assert (rows[0]["salary_minimum"], rows[0]["salary_maximum"]) == ("24000.00", "")
    assert rows[1]["closes_text"] == "until filled"


@pytest.mark.parametrize(
    ("value", "written"),
    [("=HYPERLINK()", "'=HYPERLINK()"), ("+44 115", "'+44 115"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"),
     ("Cook", "Cook"), ("", ""), (None, None), (3, 3)],
)  # fmt: skip
def test_a_spreadsheet_never_runs_a_cell(value: object, written: object) -> None:
    assert safe(value) == written


def test_the_calendar_has_the_closing_times_that_are_known(town: Town) -> None:
    cook = fill(town)
    answer = town.client().get("/vacancies.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["DTSTART"].dt == town.now + 48 * HOUR
    assert event["UID"] == f"{cook}@127.0.0.1:8000"
    assert str(event["SUMMARY"]) == "Closes: Cook <head> & “chef”, Anytown Council"


@pytest.mark.parametrize("form", ["atom", "rss", "csv", "ics"])
def test_a_table_of_many_vacancies_is_whole(town: Town, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.feeds.AT_A_TIME", 2)
    monkeypatch.setattr("web.feeds.IN_A_FEED", 4)
    monkeypatch.setattr("web.feeds.IN_A_CALENDAR", 4)
    for number in range(5):
        town.vacancy(f"Cook {number}", closes_at=town.now + HOUR)
    town.publish()
    text = town.client().get(f"/vacancies.{form}").text
    found = {number for number in range(5) if f"Cook {number}" in text}
    assert len(found) == (5 if form == "csv" else 4)
