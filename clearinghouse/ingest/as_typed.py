"""Readings as somebody would type them: from Draft's JSON to the fields of a form. Pure.

`ingest/typed_reading.py` goes the other way; what comes from here it reads as the same value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from clearinghouse.errors import BadFormError
from clearinghouse.ingest.correctable import Field, Form
from clearinghouse.ingest.typed_reading import END, Typed, value_of
from clearinghouse.vacancies.draft import LONDON


def typed_of(field: Field, value: Any) -> Typed:
    """How somebody would type that value, which is as Draft's JSON has it."""
    if value is None:
        return Typed()
    return TYPED[field.form](value)


def as_meant(field: Field, typed: Typed, today: dt.date, is_shown: Callable[[Any], bool]) -> Typed:
    """What was typed; "not stated" alone where it is ticked beside the reading that the form came filled with.

    `is_shown` says of a value whether the form showed it.
    """
    if not typed.not_stated:
        return typed
    try:
        left = value_of(field, replace(typed, not_stated=False), today)
    except BadFormError:
        return typed
    return Typed(not_stated=True, reason=typed.reason) if is_shown(left) else typed


def _typed_moment(value: str) -> Typed:
    at = dt.datetime.fromisoformat(value).astimezone(LONDON)
    time = "" if at.time() == END else f"{at:%H:%M}"
    return Typed(day=str(at.day), month=str(at.month), year=str(at.year), time=time)


def _typed_pay(value: Mapping[str, Any]) -> Typed:
    return Typed(
        minimum=value.get("minimum") or "",
        maximum=value.get("maximum") or "",
        period=value.get("period") or "",
        basis=value.get("basis") or "",
    )


def _typed_levels(value: Mapping[str, Any]) -> Typed:
    essential, desirable = ("" if value.get(name) is None else str(value[name]) for name in ("essential", "desirable"))
    return Typed(essential=essential, desirable=desirable)


TYPED: Mapping[Form, Callable[[Any], Typed]] = {
    Form.DATE: lambda value: replace(_typed_moment(value), time=""),
    Form.LEVELS: _typed_levels,
    Form.MANY: lambda value: Typed(chosen=tuple(value)),
    Form.MOMENT: _typed_moment,
    Form.NUMBER: lambda value: Typed(value=f"{Decimal(value).normalize():f}"),
    Form.ONE: lambda value: Typed(value=str(value)),
    Form.PAY: _typed_pay,
    Form.PLACES: lambda value: Typed(value="\n".join(one.get("text") or one.get("postcode") or "" for one in value)),
    Form.TEXT: lambda value: Typed(value=value),
}
