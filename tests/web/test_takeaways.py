"""Any search can be taken away: odd ones too, in forms that readers of each kind take without complaint."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import feedparser
from icalendar import Calendar

from clearinghouse.vacancies.draft import Place, Salary
from clearinghouse.vacancies.vocabulary import Dbs, Precision, When

if TYPE_CHECKING:
    from conftest import Town

DAY = dt.timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
MANY = "&".join(f"employer=nobody-{number}" for number in range(400))
SEARCHES = {
    "": 2,
    "q=cook&as_typed=yes": 1,
    "q=cooc&as_typed=yes": 0,
    "location=Newark&radius=5": 1,
    "location=Nowhere+at+all&radius=-1": 2,
    "q=%00%01%0b%ff%ef%bf%bf&page=-3": 2,
    "q=%E2%80%9Ccook%E2%80%9D+%26+%3C%3E": 1,
    f"employer=anytown&{MANY}": 2,
    MANY: 0,
    "closing_within=0": 0,
    "q=" + "a" * 5000: 0,
}


def fill(town: Town) -> list[str]:
    newark = Place("Newark", None, "Newark and Sherwood", 53.076, -0.809, Precision.PLACE)
    cook = town.vacancy(
        "Cook", places=(newark,), salary=Salary(text="£12.60 an hour"), when=(When.EVENING, When.WEEKEND),
        dbs=Dbs.BASIC, min_age=17, occupation="catering", flags=("entry_level", "pay_award_pending"),
        closes_at=dt.datetime(2026, 12, 4, 23, 59, 59, tzinfo=LONDON),
    )  # fmt: skip
    driver = town.vacancy("Driver", closes_at=dt.datetime(2027, 6, 4, 12, 0, tzinfo=LONDON))
    town.publish()
    return [cook, driver]


def test_odd_searches_are_well_formed_in_every_form(town: Town) -> None:
    fill(town)
    visitor = town.client()
    for query, found in SEARCHES.items():
        for form, entries in (("atom", "entries"), ("rss", "entries")):
            read = feedparser.parse(visitor.get(f"/vacancies.{form}?{query}").content)
            assert (read.bozo, len(read[entries])) == (0, found), (form, query[:60])
            assert form == "rss" or read.feed.author == "Clearing house"
            assert len({entry.id for entry in read.entries}) == found
            assert len(read.feed.title) < 600  # 500 of them words that were searched for
        made = Calendar.from_ical(visitor.get(f"/vacancies.ics?{query}").content)
        assert [len(made.walk(kind)) for kind in ("VTIMEZONE", "VEVENT")] == [1, found], query[:60]
        rows = list(csv.reader(io.StringIO(visitor.get(f"/vacancies.csv?{query}").text)))
        assert len(rows) == 1 + found, query[:60]
        assert len({len(row) for row in rows}) == 1


def test_who_has_it_already_gets_it_again_only_when_it_has_changed(town: Town) -> None:
    fill(town)
    visitor = town.client()
    paths = [f"/vacancies.{form}?q=cook" for form in ("atom", "rss", "csv", "ics")]
    known = {path: {"If-None-Match": visitor.get(path).headers["etag"]} for path in paths}
    town.now += DAY
    assert {visitor.get(path, headers=known[path]).status_code for path in paths} == {304}
    town.vacancy("Assistant cook", closes_at=town.now + 3 * DAY)
    town.publish()
    later = town.client()
    assert {later.get(path, headers=known[path]).status_code for path in paths} == {200}


def test_a_title_names_the_employer_and_of_many_filters_the_first(town: Town) -> None:
    fill(town)
    visitor = town.client()
    title = feedparser.parse(visitor.get("/vacancies.atom?employer=anytown&q=cook").content).feed.title
    assert title == "Public sector jobs: “cook”, Anytown Council"
    made = Calendar.from_ical(visitor.get(f"/vacancies.ics?employer=anytown&{MANY}").content)
    assert made["X-WR-CALNAME"].startswith("Closing dates: Public sector jobs: Anytown Council, nobody-0, ")
    assert made["X-WR-CALNAME"].endswith(", and 95 more")


def test_a_calendar_tells_londons_time_in_summer_and_winter(town: Town) -> None:
    fill(town)
    raw = town.client().get("/vacancies.ics").content
    assert b"DTSTART;TZID=Europe/London:20261204T235959" in raw
    assert b"DTSTART;TZID=Europe/London:20270604T120000" in raw
    assert raw.count(b":PT4H\r\n") == 2  # when to look again, in the old way and the new
    told = Calendar.from_ical(raw).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    for month, day, hour in [(1, 1, 0), (3, 28, 0), (3, 28, 3), (7, 1, 12), (10, 31, 0), (10, 31, 3), (12, 31, 23)]:
        at = dt.datetime(2027, month, day, hour)  # noqa: DTZ001 - as a clock in London shows it
        assert at.replace(tzinfo=told).utcoffset() == at.replace(tzinfo=LONDON).utcoffset(), at


def test_a_calendar_knows_a_changed_event_again(town: Town) -> None:
    cook, _ = fill(town)
    before, *_ = Calendar.from_ical(town.client().get("/vacancies.ics?q=cook").content).walk("VEVENT")
    town.now += DAY
    town.alter(cook, closes_at=town.now + 3 * DAY, updated=town.now)
    town.publish()
    after, *_ = Calendar.from_ical(town.client().get("/vacancies.ics?q=cook").content).walk("VEVENT")
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert before["DTSTAMP"].dt < after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt == town.now


def test_a_spreadsheet_program_is_told_that_it_is_utf_8_where_it_is_asked_for(town: Town) -> None:
    fill(town)
    visitor = town.client()
    plain, marked = (visitor.get(f"/vacancies.csv?q=cook{more}").content for more in ("", "&bom=yes"))
    assert marked == b"\xef\xbb\xbf" + plain
    (cook,) = csv.DictReader(io.StringIO(plain.decode()))
    assert cook["salary_text"] == "£12.60 an hour"
    assert [cook[name] for name in ("occupation", "when", "experience", "driving", "dbs", "min_age", "flags")] == [
        "catering", "evening weekend", "", "", "basic", "17", "entry_level",
    ]  # fmt: skip
