"""Readings as people type them: from the fields of a form to Draft's JSON, strictly. Pure.

What can't be used is told by a sentence with the value; nothing is guessed, since a person can be asked again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clearinghouse.errors import BadFormError
from clearinghouse.ingest.correctable import NUMBERS, Field, Form
from clearinghouse.normalise.days import find_clock, find_day
from clearinghouse.normalise.hours import read_hours
from clearinghouse.normalise.periods import plausible
from clearinghouse.normalise.place import locate
from clearinghouse.normalise.text import tidy
from clearinghouse.vacancies.draft import LONDON, plain
from clearinghouse.vacancies.vocabulary import Basis, Period

LONGEST = 500  # characters of a reason
LONGEST_TITLE = 300
MOST_PLACES = 40
AGES = range(13, 100)
YEARS = 10  # back and forth from now that a date may lie
END = dt.time(23, 59, 59)
SUM = re.compile(r"£?\s?(\d{1,3}(?:,\d{3})+|\d{1,7})(\.\d{1,2})?")
BOTH = "Say it, or say that the advert doesn’t: not both"


@dataclass(frozen=True)
class Typed:
    """What a form about one reading holds; each kind of form has some of these."""

    value: str = ""
    chosen: tuple[str, ...] = ()
    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""
    minimum: str = ""
    maximum: str = ""
    period: str = ""
    basis: str = ""
    essential: str = ""
    desirable: str = ""
    not_stated: bool = False
    reason: str = ""


def value_of(field: Field, typed: Typed, today: dt.date) -> Any:
    """The value that was typed, as Draft's JSON has it; None or [] = not stated. Raises BadFormError."""
    if typed.not_stated and field.silent is not None:
        if field.form is not Form.ONE and _anything(typed):
            raise BadFormError({"not_stated": BOTH})
        return [] if field.form in (Form.MANY, Form.PLACES) else SILENT.get(field.form)
    return CHECKED[field.form](field, typed, today)


def reason_of(typed: str) -> str:
    """Why somebody changes what people see. Raises BadFormError."""
    words = " ".join(typed.replace("\0", " ").split())
    if not words:
        raise BadFormError({"reason": "Say why"})
    if len(words) > LONGEST:
        raise BadFormError({"reason": f"Use {LONGEST} characters or fewer: there are {len(words):,} now"})
    return words


def _anything(typed: Typed) -> bool:
    said = (typed.value, typed.day, typed.month, typed.year, typed.time, typed.minimum, typed.maximum, *typed.chosen)
    return any(part.strip() for part in (*said, typed.essential, typed.desirable))


SILENT: Mapping[Form, Any] = {Form.LEVELS: {"essential": None, "desirable": None}}


def _text(_field: Field, typed: Typed, _today: dt.date) -> str:
    words = tidy(typed.value.replace("\0", " ")) or ""
    if not any(map(str.isalpha, words)):
        raise BadFormError({"value": "Enter what the job is called"})
    if len(words) > LONGEST_TITLE:
        raise BadFormError({"value": f"Use {LONGEST_TITLE} characters or fewer: there are {len(words):,} now"})
    return words


def _one(field: Field, typed: Typed, _today: dt.date) -> str | int | None:
    known = {value for value, _ in field.choices}
    if typed.value in known:
        return int(typed.value) if field.name in NUMBERS else typed.value
    if typed.value == "not_stated" and field.silent is not None:
        return None
    raise BadFormError({"value": f"“{typed.value[:60]}” is no choice here" if typed.value else "Choose one"})


def _many(field: Field, typed: Typed, _today: dt.date) -> list[str]:
    known = [value for value, _ in field.choices]
    strange = [value for value in typed.chosen if value not in known]
    if strange:
        raise BadFormError({"chosen": f"“{strange[0][:60]}” is no choice here"})
    if not typed.chosen:
        raise BadFormError({"chosen": f"Choose one or more, or say “{field.silent}”"})
    return [value for value in known if value in typed.chosen]


def _number(field: Field, typed: Typed, _today: dt.date) -> str | int:
    said = typed.value.strip()
    if field.name in NUMBERS:
        if said.isascii() and said.isdigit() and len(said) < 4 and int(said) in AGES:
            return int(said)
        raise BadFormError({"value": f"“{said[:60]}” is no such age: enter {AGES.start} to {AGES.stop - 1}"})
    hours = read_hours(said)
    if hours is None:
        raise BadFormError({"value": f"“{said[:60]}” is no number of hours a week: enter one such as 37 or 18.5"})
    return f"{hours:.2f}"


def _day(typed: Typed, today: dt.date) -> dt.date:
    parts = [part.strip() for part in (typed.day, typed.month, typed.year)]
    missing = [name for name, part in zip(("day", "month", "year"), parts, strict=True) if not part]
    if missing:
        raise BadFormError({missing[0]: f"Enter the {' and the '.join(missing)}"})
    said = (" " if parts[1].isalpha() else "/").join(parts)
    found = find_day(said, today) if len(said) < 30 and len(parts[2]) == 4 else None
    if found is None or found.day is None or str(found.day.year) != parts[2]:
        raise BadFormError({"day": f"“{' '.join(parts)[:60]}” is not a date: enter one such as 27 3 2027"})
    if abs(found.day.year - today.year) > YEARS:
        raise BadFormError({"year": f"{found.day.year} is too far from now"})
    return found.day


def _moment(_field: Field, typed: Typed, today: dt.date) -> str:
    day, said = _day(typed, today), typed.time.strip()
    clock = find_clock(said)[0] if said and len(said) < 20 else None
    if said and clock is None:
        raise BadFormError({"time": f"“{said[:60]}” is no time: enter one such as 5pm, 17:00 or noon"})
    at = END if clock in (None, dt.time(0)) else clock
    return str(plain(dt.datetime.combine(day, at or END, LONDON)))


def _date(_field: Field, typed: Typed, today: dt.date) -> str:
    return str(plain(dt.datetime.combine(_day(typed, today), dt.time(0), LONDON)))


def _pay(_field: Field, typed: Typed, _today: dt.date) -> dict[str, Any]:
    errors: dict[str, str] = {}
    period = next((each for each in Period if each.value == typed.period), None)
    if period is None:
        errors["period"] = "Choose what the sum is for"
    sums = {name: _sum(name, getattr(typed, name), period, errors) for name in ("minimum", "maximum")}
    low, high = sums["minimum"], sums["maximum"]
    if not errors and low is None and high is None:
        errors["minimum"] = "Enter a sum, or say that the advert gives none"
    if low is not None and high is not None and low > high:
        errors["maximum"] = f"£{high:,} is less than £{low:,}"
    if typed.basis not in {each.value for each in Basis}:
        errors["basis"] = "Choose what the sum means"
    if errors:
        raise BadFormError(errors)
    return {**plain(sums), "period": typed.period, "basis": typed.basis}


def _sum(name: str, said: str, period: Period | None, errors: dict[str, str]) -> Decimal | None:
    said = said.strip()
    if not said:
        return None
    match = SUM.fullmatch(said)
    if match is None:
        errors[name] = f"“{said[:60]}” is no sum of money: enter one such as 24,294 or 12.60"
        return None
    value = Decimal((match[1] + (match[2] or "")).replace(",", ""))
    if period is not None and not plausible(value, period):
        errors[name] = f"£{value:,} {period.label} can’t be: look at the sum and at what it is for"
    return value


def _places(_field: Field, typed: Typed, _today: dt.date) -> list[Any]:
    lines = [words for line in typed.value.replace("\0", " ").splitlines() if (words := " ".join(line.split()))]
    if not lines:
        raise BadFormError({"value": "Enter a place, or say that the advert gives none"})
    if len(lines) > MOST_PLACES:
        raise BadFormError({"value": f"Enter {MOST_PLACES} places or fewer: there are {len(lines):,}"})
    found = [(line, locate(line)) for line in lines]
    unknown = [line for line, place in found if place is None]
    if unknown:
        sentence = f"We know no place called “{unknown[0][:60]}”: enter a postcode, a town or a village"
        raise BadFormError({"value": sentence})
    return list({line: plain(place) for line, place in found}.values())


def _levels(_field: Field, typed: Typed, _today: dt.date) -> dict[str, int | None]:
    said = {"essential": typed.essential, "desirable": typed.desirable}
    errors = {
        name: f"“{text[:60]}” is no level: choose one"
        for name, text in said.items() if text and text not in set("012345678")
    }  # fmt: skip
    if not errors and not any(said.values()):
        errors["essential"] = "Choose a level, or say that the advert names none"
    if errors:
        raise BadFormError(errors)
    return {name: int(text) if text else None for name, text in said.items()}


CHECKED: Mapping[Form, Callable[[Field, Typed, dt.date], Any]] = {
    Form.DATE: _date,
    Form.LEVELS: _levels,
    Form.MANY: _many,
    Form.MOMENT: _moment,
    Form.NUMBER: _number,
    Form.ONE: _one,
    Form.PAY: _pay,
    Form.PLACES: _places,
    Form.TEXT: _text,
}
