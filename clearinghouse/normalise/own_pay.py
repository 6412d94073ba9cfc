"""What pay comes to by the hour, the month and the year for a job's own hours, with every step of the working.

A year has 52.143 weeks and 12 months. A full-time rate is scaled by the job's hours to a full week. Who works in term
time only is paid 0.83 to 0.88 of a whole year: never a sum to the pound. Pay of unknown basis counts as what is paid;
where it could as well be the full-time rate of a part-time job, both are worked out. What can't be said is None.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from clearinghouse.normalise.full_week import COUNCIL_WEEK, FullWeek
from clearinghouse.normalise.periods import WEEKS
from clearinghouse.vacancies.vocabulary import Basis, Period

MONTHS = Decimal(12)
LEAST_OF_YEAR, MOST_OF_YEAR = Decimal("0.83"), Decimal("0.88")
"""What part of a whole year's pay term-time staff have: 0.821 to 0.877 in the adverts that give both sums."""

PART = Decimal("0.9")
"""Below this share of a full week a yearly sum may be the full-time rate though nobody says so."""

ONE = Decimal(1)
TIMES_A_YEAR = {Period.YEAR: ONE, Period.MONTH: MONTHS, Period.WEEK: WEEKS}


@dataclass(frozen=True)
class Span:
    """Pounds from `low` to `high`; one of them is None for "up to" and "from"."""

    low: Decimal | None
    high: Decimal | None

    @property
    def top(self) -> Decimal | None:
        """The highest sum that is said."""
        return self.high if self.high is not None else self.low

    def times(self, least: Decimal, most: Decimal | None = None) -> Span:
        """Both ends multiplied; the upper by `most` where that differs."""
        high = least if most is None else most
        return Span(None if self.low is None else self.low * least, None if self.high is None else self.high * high)

    def joined(self, other: Span) -> Span:
        """What covers both; an end that one of them leaves open stays open."""
        lows = [end for end in (self.low, other.low) if end is not None]
        highs = [end for end in (self.high, other.high) if end is not None]
        return Span(min(lows) if len(lows) == 2 else None, max(highs) if len(highs) == 2 else None)


class Rule(Enum):
    """A step of the working; what it says to people is in `pay_in_words`."""

    AT_MOST = "at_most"
    BOTH = "both"
    DAY = "day"
    HOUR = "hour"
    HOUR_OF_FULL = "hour_of_full"
    HOUR_OF_TERM = "hour_of_term"
    HOUR_OF_WEEK = "hour_of_week"
    IF_PAID = "if_paid"
    IF_RATE = "if_rate"
    MONTH = "month"
    SHARE = "share"
    TERM = "term"
    WEEK_ASSUMED = "week_assumed"
    YEAR_OF_HOURS = "year_of_hours"
    YEAR_OF_MONTHS = "year_of_months"
    YEAR_OF_WEEKS = "year_of_weeks"


@dataclass(frozen=True)
class Step:
    """One sum made of another by a rule, with the hours that it took."""

    rule: Rule
    given: Span | None = None
    made: Span | None = None
    hours: Decimal | None = None
    full: FullWeek | None = None


@dataclass(frozen=True)
class Work:
    """What of a job its pay depends on. `hours` a week, None = not stated; `full` a full-time week there."""

    hours: Decimal | None = None
    full: FullWeek = COUNCIL_WEEK
    full_time: bool = False
    part_time: bool = False
    term_time: bool = False

    @property
    def share(self) -> Decimal | None:
        """Its hours as a part of a full week, at most 1; None where they aren't known."""
        if self.hours is None:
            return ONE if self.full_time else None
        return min(self.hours / self.full.hours, ONE)

    @property
    def week(self) -> FullWeek:
        """The full week, or its own hours where those are more."""
        return self.full if self.hours is None or self.hours <= self.full.hours else FullWeek(self.hours)


@dataclass(frozen=True)
class OwnPay:
    """Pounds by the hour, month and year, and how each came about; `sure` names those that the advert states."""

    hour: Span | None = None
    month: Span | None = None
    year: Span | None = None
    steps: tuple[Step, ...] = ()
    sure: frozenset[Period] = frozenset()


def own_pay(stated: Span, period: Period | None, basis: Basis, work: Work) -> OwnPay:
    """The pay for the job's own hours. A session gives nothing: nobody says how many there are."""
    if period is None or period is Period.SESSION:
        return OwnPay()
    if period in (Period.HOUR, Period.DAY):
        return _by_the_hour(stated, period, work)
    if basis is Basis.FULL_TIME_EQUIVALENT:
        return _of_the_rate(stated, period, work)
    paid = _as_paid(stated, period, work)
    if _may_be_rate(period, basis, work):
        return _either(paid, _of_the_rate(stated, period, work))
    if period is Period.YEAR and basis is Basis.UNKNOWN and work.share is None:
        return _at_most(paid) if work.part_time else replace(paid, sure=frozenset())
    return paid


def _may_be_rate(period: Period, basis: Basis, work: Work) -> bool:
    """Only of a yearly sum: pay by the month or week is what somebody gets."""
    part = work.share is not None and work.share < PART
    return period is Period.YEAR and basis is Basis.UNKNOWN and (part or work.term_time)


def _by_the_hour(stated: Span, period: Period, work: Work) -> OwnPay:
    steps: list[Step] = []
    hour = stated
    if period is Period.DAY:
        hour = stated.times(5 / work.week.hours)
        steps += [*_assumed(work), Step(Rule.DAY, stated, hour, work.week.hours)]
    sure = frozenset({Period.HOUR}) if period is Period.HOUR else frozenset[Period]()
    if work.hours is None:
        return OwnPay(hour, steps=tuple(steps), sure=sure)
    whole = hour.times(work.hours * WEEKS)
    steps.append(Step(Rule.YEAR_OF_HOURS, hour, whole, work.hours))
    return _with_year(OwnPay(hour, steps=tuple(steps), sure=sure), whole, work)


def _of_the_rate(stated: Span, period: Period, work: Work) -> OwnPay:
    """From the pay of a full-time, whole-year job."""
    yearly, steps = _yearly(stated, period)
    full = work.week
    hour = yearly.times(1 / (WEEKS * full.hours))
    steps += [*_assumed(work), Step(Rule.HOUR_OF_FULL, yearly, hour, full.hours)]
    if work.share is None:
        return OwnPay(hour, steps=tuple(steps))
    own = yearly.times(work.share)
    if work.share != ONE:
        steps.append(Step(Rule.SHARE, yearly, own, work.hours, full))
    return _with_year(OwnPay(hour, steps=tuple(steps)), own, work)


def _as_paid(stated: Span, period: Period, work: Work) -> OwnPay:
    """From what is paid for these hours, in equal months or for each week worked."""
    yearly, steps = _yearly(stated, period)
    if period is Period.WEEK:
        hour = stated.times(1 / work.hours) if work.hours else None
        steps = [Step(Rule.HOUR_OF_WEEK, stated, hour, work.hours), *steps] if hour else steps
        sure = frozenset({Period.HOUR}) if hour else frozenset[Period]()
        return _with_year(OwnPay(hour, steps=tuple(steps), sure=sure), yearly, work)
    hour = _hour_of_year(yearly, work)
    if hour is not None:
        steps.append(Step(Rule.HOUR_OF_TERM if work.term_time else Rule.HOUR, yearly, hour, work.hours))
    month = stated if period is Period.MONTH else yearly.times(1 / MONTHS)
    if period is Period.YEAR:
        steps.append(Step(Rule.MONTH, yearly, month))
    return OwnPay(hour, month, yearly, tuple(steps), frozenset({Period.MONTH, Period.YEAR}))


def _hour_of_year(yearly: Span, work: Work) -> Span | None:
    if not work.hours:
        return None
    weeks = work.hours * WEEKS
    return (
        yearly.times(1 / (weeks * MOST_OF_YEAR), 1 / (weeks * LEAST_OF_YEAR))
        if work.term_time
        else yearly.times(1 / weeks)
    )


def _yearly(stated: Span, period: Period) -> tuple[Span, list[Step]]:
    if period is Period.YEAR:
        return stated, []
    yearly = stated.times(TIMES_A_YEAR[period])
    return yearly, [Step(Rule.YEAR_OF_WEEKS if period is Period.WEEK else Rule.YEAR_OF_MONTHS, stated, yearly)]


def _with_year(pay: OwnPay, whole: Span, work: Work) -> OwnPay:
    """With the pay of a whole year, less what term-time staff aren't paid, and a twelfth of it."""
    steps = list(pay.steps)
    year = whole
    if work.term_time:
        year = whole.times(LEAST_OF_YEAR, MOST_OF_YEAR)
        steps.append(Step(Rule.TERM, whole, year))
    month = year.times(1 / MONTHS)
    return replace(pay, month=month, year=year, steps=(*steps, Step(Rule.MONTH, year, month)))


def _assumed(work: Work) -> list[Step]:
    return [Step(Rule.WEEK_ASSUMED, full=work.week)] if work.week.whose else []


def _at_most(paid: OwnPay) -> OwnPay:
    """For part-time work of unknown hours: the sum, where it is for a full week, is more than the job pays."""

    def up_to(span: Span | None) -> Span | None:
        return Span(None, span.top) if span else None

    return OwnPay(up_to(paid.hour), up_to(paid.month), up_to(paid.year), (Step(Rule.AT_MOST), *paid.steps))


def _either(paid: OwnPay, rate: OwnPay) -> OwnPay:
    def both(one: Span | None, other: Span | None) -> Span | None:
        return one.joined(other) if one and other else None

    steps = (Step(Rule.BOTH), Step(Rule.IF_RATE), *rate.steps, Step(Rule.IF_PAID), *paid.steps)
    return OwnPay(both(paid.hour, rate.hour), both(paid.month, rate.month), both(paid.year, rate.year), steps)
