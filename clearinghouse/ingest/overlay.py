"""Readings that people corrected, laid over what the reader made of an advert (design rule 10). Pure.

The vacancy's own draft stays as it was read; only what is published carries the corrections.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clearinghouse.normalise.pay import under_the_minimum
from clearinghouse.normalise.salary import with_annual
from clearinghouse.vacancies.draft import LONDON, Salary, plain
from clearinghouse.vacancies.vocabulary import Basis, Flag, Kind, Period, When

Json = Mapping[str, Any]
WORK_ON_ANNUAL = frozenset({"salary", "hours_per_week"})
WORK_ON_LEGAL = WORK_ON_ANNUAL | {"kind"}


@dataclass(frozen=True)
class Corrected:
    """One reading as a person put it right: `value` is as Draft's JSON has it, None and [] = not stated.

    `employer` says that it was the employer's own people.
    """

    field: str
    value: Any
    at: dt.datetime
    employer: bool = False


def laid_over(draft: Json, corrections: Sequence[Corrected]) -> Json:
    """The draft with those readings in place of its own, and with what hangs on them; `corrected` says which they are.

    Pay that is corrected takes its estimate from a pay table away, and the flag for illegal pay follows it. Annual
    equivalents follow pay and hours. The advert's own words stay beside a corrected sum or time; those that say neither
    stand only in `corrected`, so that nobody reads them as one.
    """
    if not corrections:
        return draft
    values = {each.field: each.value for each in corrections}
    changed: dict[str, Any] = {**draft, **values}
    if "salary" in values:
        changed["salary"] = _with_words(values["salary"], draft)
        changed["salary_derived"] = None
    if "closes_at" in values and values["closes_at"] is None:
        changed["closes_text"] = None
    salary = _salary(changed.get("salary"))
    if salary is not None and values.keys() & WORK_ON_ANNUAL:
        hours = changed.get("hours_per_week")
        changed["salary"] = plain(with_annual(salary, Decimal(hours) if hours else None))
    illegal = Flag.BELOW_LEGAL_MINIMUM.value in (draft.get("flags") or ())
    if values.keys() & WORK_ON_LEGAL:
        day = max(each.at for each in corrections).astimezone(LONDON).date()
        kind = next(kind for kind in Kind if kind == changed["kind"])
        hours = Decimal(changed["hours_per_week"]) if changed.get("hours_per_week") else None
        in_term = When.TERM_TIME in (changed.get("when") or ())
        illegal = under_the_minimum(salary, kind, day, hours, changed.get("min_age"), term_time=in_term)
    changed["flags"] = _flags(changed.get("flags") or (), illegal=illegal)
    changed["corrected"] = [
        {"field": each.field, "at": plain(each.at), "employer": each.employer, "said": _said(draft, each)}
        for each in corrections
    ]
    return changed


def closing_of(draft: Json) -> dt.datetime | None:
    """The closing time of a draft as JSON, in UTC."""
    text = draft.get("closes_at")
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC) if text else None


def _with_words(value: Json | None, draft: Json) -> Json | None:
    return {**value, "text": (draft.get("salary") or {}).get("text")} if value else None


def _flags(flags: Sequence[str], *, illegal: bool) -> list[str]:
    """The flags in their order, the one for pay below the legal minimum as it is now."""
    wanted = {*flags} - {Flag.BELOW_LEGAL_MINIMUM.value} | ({Flag.BELOW_LEGAL_MINIMUM.value} if illegal else set())
    return [flag.value for flag in Flag if flag.value in wanted]


def _salary(value: Json | None) -> Salary | None:
    if value is None:
        return None
    sums = {name: Decimal(value[name]) if value.get(name) else None for name in ("minimum", "maximum")}
    period = next((each for each in Period if each == value.get("period")), None)
    basis = next((each for each in Basis if each == value.get("basis")), Basis.UNKNOWN)
    return Salary(**sums, period=period, basis=basis, text=value.get("text"))


def _said(draft: Json, correction: Corrected) -> str | None:
    """The advert's own words for that reading, as far as the draft has them and they stand nowhere else."""
    field = correction.field
    if field == "title":
        return str(draft["title"])
    if field == "places":
        return "; ".join(text for one in draft.get("places") or () if (text := one.get("text"))) or None
    if field in ("salary", "closes_at"):
        words = (draft.get("salary") or {}).get("text") if field == "salary" else draft.get("closes_text")
        return None if correction.value else words
    return (draft.get("because") or {}).get(field)
