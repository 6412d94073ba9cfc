"""What is wrong with a source as it is declared: an operator's slip is told in words, before anything is stored."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from crawlers.source import Expect, Source

TERMS = ("facts_only", "none", "open_licence")
NEEDED = ("name", "identity", "start", "parse")  # of an adapter


def unfit(declared: object) -> str | None:
    """Why `declared` can't be used as a source, naming the field and its value; None when it can."""
    if declared is None:
        return "declares no `source = Source(...)`"
    if not isinstance(declared, Source):
        return f"`source` is a {type(declared).__name__}, not a Source"
    lacking = [name for name in NEEDED if not hasattr(declared.adapter, name)]
    if lacking:
        return f"adapter {declared.adapter!r} has no {', '.join(lacking)}"
    if isinstance(declared.adapter, type):
        return f"adapter is the class {declared.adapter.__name__}, not one made of it: {declared.adapter.__name__}(...)"
    wrong = ((name, value, rule(value)) for name, rule in RULES.items() for value in (getattr(declared, name),))
    return next((f"{name} {value!r} {words}" for name, value, words in wrong if words), None)


def _organisation(value: Any) -> str | None:
    return None if value is None or (isinstance(value, str) and value.strip()) else "is neither a name nor None"


def _homepage(value: Any) -> str | None:
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
    except ValueError:
        parts = None
    well = parts and parts.scheme in ("http", "https") and parts.hostname
    return None if value is None or well else "is no http or https address"


def _every_hours(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return "is not a number"
    if not value > 0:
        return "is not more than 0"
    return None if value <= 24 * 366 else "is over a year"


def _expect(value: Any) -> str | None:
    if not isinstance(value, Expect):
        return "is not an Expect(...)"
    if not (_count(value.minimum) and (value.maximum is None or _count(value.maximum))):
        return "has a minimum or maximum that is no whole number of 0 or more"
    if value.maximum is not None and value.maximum < value.minimum:
        return "has a maximum under its minimum"
    return None if isinstance(value.ill_formed, bool) else "has an ill_formed that is neither True nor False"


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _verified(value: Any) -> str | None:
    if isinstance(value, dt.datetime) or not isinstance(value, (dt.date, type(None))):
        return "is neither a date such as datetime.date(2026, 11, 21) nor None"
    return None


def _terms(value: Any) -> str | None:
    return None if value in TERMS else f"is none of {', '.join(TERMS)}"


def _loopback(value: Any) -> str | None:
    return None if isinstance(value, bool) else "is neither True nor False"


RULES: dict[str, Callable[[Any], str | None]] = {
    "organisation": _organisation,
    "homepage": _homepage,
    "every_hours": _every_hours,
    "expect": _expect,
    "verified": _verified,
    "terms": _terms,
    "loopback": _loopback,
}
