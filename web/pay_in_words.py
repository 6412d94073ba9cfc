"""A job's pay for its own hours as sentences: by the hour and the month, what of it is our estimate, and the working.

Pure functions on a publication's document; the figures are those that search compares (`publish/paid.py`).
"""

# ruff: noqa: E501 - a table of sentences reads better a row a line
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from clearinghouse.normalise.own_pay import OwnPay, Rule, Span
from clearinghouse.normalise.tables import source_of
from clearinghouse.publish.paid import derived_pay, stated_pay
from clearinghouse.vacancies.vocabulary import Basis, Flag, Period
from web.wording import day, money

Doc = Mapping[str, Any]

POUNDS = 100
"""From this sum on a rough one is rounded: smaller ones are for an hour."""

PENNY, POUND, TEN, HUNDRED = Decimal("0.01"), Decimal(1), Decimal(10), Decimal(100)
UNITS = {Period.HOUR: "an hour", Period.MONTH: "a month", Period.YEAR: "a year"}
WORKING: Mapping[Rule, tuple[str, str, Period]] = {
    Rule.AT_MOST: ("The job is part time. The advert does not say if its sum is for a full week. So it pays this or less.", "", Period.YEAR),
    Rule.BOTH: ("The advert does not say if its sum is for a full week or for this job's hours. We worked out both.", "", Period.YEAR),
    Rule.DAY: ("A full-time day is one fifth of a full week.", "{given} a day × 5 ÷ {hours} hours", Period.HOUR),
    Rule.HOUR: ("A year has 52.143 weeks (365 days ÷ 7).", "{given} a year ÷ 52.143 weeks ÷ {hours} hours", Period.HOUR),
    Rule.HOUR_OF_FULL: ("A year has 52.143 weeks (365 days ÷ 7).", "{given} a year ÷ 52.143 weeks ÷ {hours} hours", Period.HOUR),
    Rule.HOUR_OF_TERM: ("People who work in term time only get pay for part of the year. Adverts that give both sums show 83% to 88%.", "{given} a year ÷ 0.88 or 0.83 ÷ 52.143 weeks ÷ {hours} hours", Period.HOUR),
    Rule.HOUR_OF_WEEK: ("We share out the pay of a week.", "{given} a week ÷ {hours} hours", Period.HOUR),
    Rule.IF_PAID: ("If it is for this job's hours:", "", Period.YEAR),
    Rule.IF_RATE: ("If it is for a full week:", "", Period.YEAR),
    Rule.MONTH: ("A month is one twelfth of a year.", "{given} a year ÷ 12", Period.MONTH),
    Rule.SHARE: ("This job has part of a full week's hours.", "{given} a year × {hours} hours ÷ {full} hours", Period.YEAR),
    Rule.TERM: ("People who work in term time only get pay for part of the year. Adverts that give both sums show 83% to 88%.", "{given} a year × 0.83 to 0.88", Period.YEAR),
    Rule.WEEK_ASSUMED: ("The advert does not say how long a full week is. We use {full} hours, {whose}.", "", Period.YEAR),
    Rule.YEAR_OF_HOURS: ("A year has 52.143 weeks (365 days ÷ 7).", "{given} an hour × {hours} hours × 52.143 weeks", Period.YEAR),
    Rule.YEAR_OF_MONTHS: ("A year has 12 months.", "{given} a month × 12", Period.YEAR),
    Rule.YEAR_OF_WEEKS: ("A year has 52.143 weeks (365 days ÷ 7).", "{given} a week × 52.143 weeks", Period.YEAR),
}  # fmt: skip
BASES = {
    Basis.ACTUAL: "The advert gives the pay for this job's own hours.",
    Basis.FULL_TIME_EQUIVALENT: "The advert gives the pay for a full week. It may not be what this job pays.",
    Basis.UNKNOWN: "We start with the sum that the advert gives.",
}
NO_HOURS = "The advert does not say how many hours a week the work is. So we can't say what it pays {unit}."
NO_PROMISE = "The advert promises no hours. So we can't say what it pays {unit}."
NO_PERIOD = "The advert does not say if its sum is for an hour, a month or a year."
BY_SESSION = "The job is paid by the session. So we can't say what it pays by the hour or the month."


@dataclass(frozen=True)
class Figure:
    """What the job pays for one period, as in "£13.70 an hour"; `estimate` where any part of it is ours."""

    words: str
    estimate: bool


@dataclass(frozen=True)
class Worked:
    """One step of the working: a sentence, and the sum where there is one."""

    sentence: str
    sum: str = ""


@dataclass(frozen=True)
class PayInWords:
    """What a job pays for its own hours, why some of it can't be said, and how each figure came about."""

    figures: tuple[Figure, ...] = ()
    unknown: tuple[str, ...] = ()
    working: tuple[Worked, ...] = ()

    @property
    def anything(self) -> bool:
        """True when there is something to say."""
        return bool(self.figures or self.unknown)


def in_words(doc: Doc) -> PayInWords:
    """The pay of the document's job in words; nothing where the advert gives neither a sum nor a band we know."""
    salary = doc.get("salary") or {}
    stated = salary.get("minimum") is not None or salary.get("maximum") is not None
    if not stated and not doc.get("salary_derived"):
        return PayInWords()
    if stated and salary.get("period") is None:
        return PayInWords(unknown=(NO_PERIOD,))
    if stated and salary["period"] == Period.SESSION:
        return PayInWords(unknown=(BY_SESSION,))
    pay = stated_pay(doc) if stated else derived_pay(doc)
    rough = any(step.rule in (Rule.TERM, Rule.HOUR_OF_TERM) for step in pay.steps)
    figures = tuple(_figures(pay, rough=rough))
    working = (_start(doc, stated=stated), *_working(pay)) if pay.steps else ()
    return PayInWords(figures, tuple(_unknown(doc, pay)), working)


def _figures(pay: OwnPay, *, rough: bool) -> Iterator[Figure]:
    for period, span in ((Period.HOUR, pay.hour), (Period.MONTH, pay.month)):
        if span is not None:
            sure = period in pay.sure
            words = _span(span, PENNY if period is Period.HOUR or sure else POUND, rough=rough and not sure)
            yield Figure(f"{words} {UNITS[period]}", not sure)


def _unknown(doc: Doc, pay: OwnPay) -> Iterator[str]:
    why = NO_PROMISE if Flag.ZERO_HOURS in (doc.get("flags") or ()) else NO_HOURS
    for period, span in ((Period.HOUR, pay.hour), (Period.MONTH, pay.month)):
        if span is None:
            yield why.format(unit=UNITS[period])


def _start(doc: Doc, *, stated: bool) -> Worked:
    salary, derived = doc.get("salary") or {}, doc.get("salary_derived") or {}
    if not stated:
        span = _span(Span(Decimal(derived["minimum"]), Decimal(derived["maximum"])), PENNY, rough=False)
        source = source_of(str(derived["table"]))
        sums = f"{derived['table']}, dated {day(derived['dated'])}: {span} a year" + (f" ({source})" if source else "")
        return Worked("The advert names a pay band. A pay table gives what it pays for a full week.", sums)
    basis = next((each for each in Basis if each == salary.get("basis")), Basis.UNKNOWN)
    low, high = (Decimal(salary[end]) if salary.get(end) is not None else None for end in ("minimum", "maximum"))
    said = f"{_span(Span(low, high), PENNY, rough=False)} {next(p.label for p in Period if p == salary['period'])}"
    return Worked(BASES[basis], said)


def _working(pay: OwnPay) -> Iterator[Worked]:
    rough = [step.made for step in pay.steps if step.rule is Rule.TERM]
    for step in pay.steps:
        sentence, sums, period = WORKING[step.rule]
        full = step.full
        names = {
            "given": _span(step.given, PENNY, rough=step.given in rough) if step.given else "",
            "hours": _plain(step.hours),
            "full": _plain(full.hours if full else None),
            "whose": full.whose if full else "",
        }
        about = step.made in rough or step.given in rough
        made = _span(step.made, PENNY, rough=about) if step.made else ""
        end = f" = {'about ' if about else ''}{made} {UNITS[period]}" if made else ""
        yield Worked(sentence.format(**names), sums.format(**names) + end)


def _span(span: Span, unit: Decimal, *, rough: bool) -> str:
    """The sums to that unit; rough ones to the next ten pounds outwards, or to the next hundred from 5,000 on."""
    low, high = (
        _rounded(span.low, unit, ROUND_FLOOR if rough else ""),
        _rounded(span.high, unit, ROUND_CEILING if rough else ""),
    )
    if low is None or high is None:
        return f"up to {money(high)}" if low is None else f"from {money(low)}"
    return money(low) if low == high else f"{money(low)} to {money(high)}"


def _rounded(value: Decimal | None, unit: Decimal, outward: str) -> str | None:
    if value is None:
        return None
    if outward and value >= POUNDS:
        step = HUNDRED if value >= 5000 else TEN
        return str((value / step).to_integral_value(outward) * step)
    return str(value.quantize(unit, ROUND_HALF_UP))


def _plain(hours: Decimal | None) -> str:
    return "" if hours is None else f"{hours.normalize():f}"
