"""What a published job pays for its own hours: the figures that its page says and that search compares."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from clearinghouse.normalise.full_week import TEACHING_WEEK, FullWeek, full_week
from clearinghouse.normalise.own_pay import OwnPay, Span, Work, own_pay
from clearinghouse.normalise.periods import WEEKS
from clearinghouse.normalise.tables import below_minimum
from clearinghouse.normalise.text import mentions
from clearinghouse.vacancies.vocabulary import Basis, Flag, Kind, Pattern, Period, When

Doc = Mapping[str, Any]

TERM_TIME = re.compile(r"\bterm[\s-]?time\b|\btto\b", re.IGNORECASE)


def stated_pay(doc: Doc) -> OwnPay:
    """From what the advert states; nothing where it states no sum."""
    salary = doc.get("salary") or {}
    span, period = _span(salary), next((each for each in Period if each == salary.get("period")), None)
    if span is None or period is None:
        return OwnPay()
    basis = next((each for each in Basis if each == salary.get("basis")), Basis.UNKNOWN)
    job = work(doc)
    if basis is Basis.UNKNOWN and period is Period.YEAR and _too_low_for_full_time(span, job, doc):
        basis = Basis.ACTUAL
    return own_pay(span, period, basis, job)


def derived_pay(doc: Doc) -> OwnPay:
    """From the pay table of the band that the advert names, which is for full-time work: nothing of it is sure."""
    span = _span(doc.get("salary_derived") or {})
    if span is None:
        return OwnPay()
    return replace(own_pay(span, Period.YEAR, Basis.FULL_TIME_EQUIVALENT, work(doc)), sure=frozenset())


def work(doc: Doc) -> Work:
    """What of the document its pay depends on."""
    said = str((doc.get("salary") or {}).get("text") or "")
    promised = doc.get("hours_per_week") and Flag.ZERO_HOURS not in (doc.get("flags") or ())
    hours = (Decimal(doc["hours_per_week"]) or None) if promised else None
    patterns = list(doc.get("pattern") or ())
    full_time = patterns == [Pattern.FULL_TIME]
    part_time = Pattern.PART_TIME in patterns and Pattern.FULL_TIME not in patterns
    usual = full_week(str(doc.get("title") or ""), (doc.get("employer") or {}).get("name"), said)
    whole = FullWeek(hours) if full_time and hours else usual
    in_term = When.TERM_TIME in (doc.get("when") or ()) or _says_term_time(said)
    return Work(hours, whole, full_time, part_time, in_term and usual is not TEACHING_WEEK)


def _says_term_time(said: str) -> bool:
    return mentions(said, "term", "tto") and TERM_TIME.search(said) is not None


def _span(sums: Mapping[str, Any]) -> Span | None:
    low, high = (Decimal(sums[end]) if sums.get(end) is not None else None for end in ("minimum", "maximum"))
    return None if low is None and high is None else Span(low, high)


def _too_low_for_full_time(span: Span, job: Work, doc: Doc) -> bool:
    """True when nobody may be paid so little for a full-time year: then it is what these hours pay."""
    day = doc.get("posted_at") or doc.get("first_seen")
    if span.top is None or not day:
        return False
    hourly = span.top / WEEKS / job.week.hours
    return below_minimum(hourly, doc.get("kind") == Kind.APPRENTICESHIP, dt.date.fromisoformat(str(day)[:10]))
