"""Closing times as a calendar to subscribe to (iCalendar, RFC 5545), in London's time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur, vText

from clearinghouse.vacancies.draft import LONDON
from web.facts import OURS, Doc, address, facts, heading

LOOK_AGAIN = "PT4H"
HOUR = dt.timedelta(hours=1)
# Name and offset of a part of the year, and the last Sunday on which it begins. icalendar's own table of London's time
# (7.3) begins each summer an hour late.
PARTS = (
    (TimezoneDaylight, "BST", HOUR, dt.datetime(1996, 3, 31, 1), 3),  # noqa: DTZ001 - by the clock until then
    (TimezoneStandard, "GMT", dt.timedelta(0), dt.datetime(1996, 10, 27, 2), 10),  # noqa: DTZ001 - likewise
)


def closing_dates(docs: Iterable[Doc], title: str, base: str) -> bytes:
    """The calendar of what has a closing time; without any it is still a whole one, since it holds its time zone."""
    made = Calendar()
    made.add("prodid", f"-//Clearing house//{base}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    made.add("x-wr-timezone", LONDON.key)
    made.add("refresh-interval", vText(LOOK_AGAIN, params={"VALUE": "DURATION"}))
    made.add("x-published-ttl", LOOK_AGAIN)
    made.add_component(_london())
    for doc in docs:
        if doc["closes_at"]:
            made.add_component(_event(doc, base))
    text: bytes = made.to_ical()
    return text


def _london() -> Timezone:
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for kind, name, offset, begins, month in PARTS:
        part = kind()
        part.add("dtstart", begins)
        part.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
        part.add("tzname", name)
        part.add("tzoffsetfrom", HOUR - offset)
        part.add("tzoffsetto", offset)
        zone.add_component(part)
    return zone


def _event(doc: Doc, base: str) -> Event:
    """One closing time. Its number grows with every change, so that a calendar takes the newer one."""
    first, updated = _moment(doc["first_seen"]), _moment(doc["updated"])
    event = Event()
    event.add("uid", f"{doc['id']}@{base.partition('//')[2]}")
    event.add("dtstamp", updated.astimezone(dt.UTC))
    event.add("last-modified", updated.astimezone(dt.UTC))
    event.add("sequence", max(0, int((updated - first).total_seconds())))
    event.add("dtstart", _moment(doc["closes_at"]).astimezone(LONDON))
    event.add("summary", f"Closes: {heading(doc)}")
    event.add("description", "\n".join((*facts(doc), OURS, address(doc, base))))
    event.add("url", address(doc, base))
    event.add("transp", "TRANSPARENT")
    return event


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
