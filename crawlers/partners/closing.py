"""When simulated vacancies close, and the words that adverts use for it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
END = dt.time(23, 59, 59)
OPEN_ENDED = ("Ongoing", "Until filled", "Open until filled", "As soon as possible")


@dataclass(frozen=True)
class Closing:
    """The moment at which an advert closes (London time; None = open-ended), and its own words for that."""

    at: dt.datetime | None
    text: str


def closing(day: dt.date | None, rng: random.Random) -> Closing:
    """A closing on `day`, in one of the ways adverts put it; None = no date."""
    if day is None:
        return Closing(None, rng.choice(OPEN_ENDED))
    date, weekday = f"{day.day} {MONTHS[day.month - 1]} {day.year}", DAYS[day.weekday()]
    forms = (
        (END, date),
        (END, f"{weekday} {date}"),
        (END, f"{day:%d/%m/%Y}"),
        (END, f"{day:%Y-%m-%d}"),
        (END, f"{ordinal(day.day)} {MONTHS[day.month - 1]} {day.year}"),
        (END, f"midnight on {weekday} {date}"),
        (dt.time(12), f"12 noon on {weekday} {date}"),
        (dt.time(12), f"midday, {date}"),
        (dt.time(23, 59), f"11:59pm on {date}"),
        (dt.time(17), f"5pm, {weekday[:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"),
        (dt.time(9), f"9:00 am on {weekday} {ordinal(day.day)} {MONTHS[day.month - 1]} {day.year}"),
    )
    time, text = rng.choice(forms)
    return Closing(dt.datetime.combine(day, time, LONDON), text)


def ordinal(number: int) -> str:
    """`number` as 1st, 2nd, 3rd, 4th."""
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
