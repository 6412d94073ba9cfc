"""Pay that a dated national table gives for a band or point that the advert names (data/pay.toml)."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from clearinghouse.normalise.money import DASH
from clearinghouse.vacancies.draft import DerivedSalary

_BETWEEN = rf"(?:{DASH}|to|/|,|and|&|or)"
_BAND = re.compile(
    rf"\b(?:(?P<nhs>afc|agenda\sfor\schange|nhs)\W{{0,4}})?bands?\W{{0,3}}(?P<low>[2-9][a-d]?)(?![\d.,]\d|\d|[a-z])"
    rf"(?P<more>(?:\s?{_BETWEEN}\s?(?:band\s)?[2-9][a-d]?(?![\d.,]?\d|[a-z]))*)|\bafc\W{{0,3}}(?P<only>[2-9][a-d]?)(?![\d.,]\d|\d|[a-z])",
    re.IGNORECASE,
)
_POINT = re.compile(
    rf"\b(?:njc\W{{0,3}}(?:scp|sp|points?|pts?)?|scps?|spinal(?:\scolumn)?\spoints?|spine\spoints?|(?:scale\s)?points?|pts?)"
    rf"\W{{0,3}}(?P<low>\d{{1,2}})(?!\d|[.,]\d)(?P<more>(?:\s?{_BETWEEN}\s?(?:scp\s?|points?\s)?\d{{1,2}}(?!\d|[.,]\d|\s?(?:hours|hrs)))*)",
    re.IGNORECASE,
)
_TEACHER_POINT = re.compile(r"\b(?P<scale>UQ|UPS|UPR|UP|U|MPS|MPR|MP|M)\s?(?P<point>[1-6])\b")
_TEACHER_SCALES = (
    (
        re.compile(r"\b(?:MPS|MPR|TMS)\b|\bmain\s(?:pay\s)?(?:scale|range)|\bmain(?=\s?[/&]\s?upper)", re.IGNORECASE),
        ("M1", "M6"),
    ),
    (re.compile(r"\b(?:UPS|UPR)\b|\bupper\s(?:pay\s)?(?:scale|range|spine)", re.IGNORECASE), ("U1", "U3")),
    (re.compile(r"\bunqualified\steachers?\b", re.IGNORECASE), ("UQ1", "UQ6")),
)
_TEACHING = re.compile(
    r"\bteach|\bMPS|\bUPS|\bMPR|\bUPR|\bpay\s(?:scale|range)|\bmain\s(?:scale|pay)|\bM1\b", re.IGNORECASE
)
_COUNCIL = re.compile(r"\b(?:njc|scp|spinal|scale\s\d|points?\s\d)\b", re.IGNORECASE)
_LONDON = re.compile(r"\blondon\b|\bfringe\b|\b(?:inner|outer)\b", re.IGNORECASE)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("clearinghouse.normalise").joinpath("data/pay.toml").read_text("utf-8"))


def _in_force(name: str, today: dt.date) -> dict[str, Any] | None:
    """The table of that name that held on the day; None before the first."""
    held = [table for table in _data()[name] if table["dated"] <= today]
    return max(held, key=lambda table: table["dated"]) if held else None


@dataclass(frozen=True)
class InForce:
    """A table that is in force, and from when."""

    name: str
    dated: dt.date


def in_force(today: dt.date) -> tuple[InForce, ...]:
    """Every kind of table as it is in force on that day."""
    held = (_in_force(name, today) for name in _data())
    return tuple(InForce(table["name"], table["dated"]) for table in held if table)


def source_of(name: str) -> str:
    """Where the table of that name has its sums from; empty for one that we don't keep any more."""
    held = (table for tables in _data().values() for table in tables if name.startswith(table.get("name", "\0")))
    return next((str(table["source"]) for table in held), "")


def derive(text: str | None, today: dt.date, health: bool | None = None) -> DerivedSalary | None:  # noqa: FBT001 - three-valued: unknown is None
    """What the table of the day gives for the band or points in the text; None where none is named.

    `health` says whether the employer is known to be of the health service (its "Band 5" is Agenda for Change) or
    known not to be (a council's "Band 5" is its own). London's tables differ, so text that names London gives None.
    """
    if not text or _LONDON.search(text):
        return None
    return _band(text, today, health) or _points(text, today) or _teacher(text, today)


def _band(text: str, today: dt.date, health: bool | None) -> DerivedSalary | None:  # noqa: FBT001 - as above
    match = _BAND.search(text)
    table = _in_force("afc", today)
    if match is None or table is None:
        return None
    named = bool(
        match["nhs"] or match["only"] or re.search(r"\bafc\b|agenda\sfor\schange|\bnhs\b", text, re.IGNORECASE)
    )
    if not named and (health is False or _COUNCIL.search(text)):
        return None
    wanted = (
        [match["only"]]
        if match["only"]
        else [match["low"], *re.findall(r"[2-9][a-d]?", match["more"] or "", re.IGNORECASE)]
    )
    named_rows = [table["bands"].get(name.lower()) or _whole_eight(name, table["bands"]) for name in wanted]
    rows = [row for row in named_rows if row]
    if len(rows) < len(wanted):
        return None
    label = wanted[0].lower() if len(wanted) == 1 else f"{wanted[0].lower()} to {wanted[-1].lower()}"
    return _derived(min(row[0] for row in rows), max(row[1] for row in rows), f"{table['name']}, band {label}", table)


def _whole_eight(name: str, bands: dict[str, list[int]]) -> list[int] | None:
    """Band 8 without a letter may be any of 8a to 8d."""
    return [bands["8a"][0], bands["8d"][1]] if name == "8" else None


def _points(text: str, today: dt.date) -> DerivedSalary | None:
    match = _POINT.search(text)
    table = _in_force("njc", today)
    if match is None or table is None:
        return None
    named = [int(number) for number in re.findall(r"\d{1,2}", f"{match['low']} {match['more']}")]
    low, high = min(named), max(named)
    values, first = table["points"], table["first"]
    if low < first or high >= first + len(values):
        return None
    label = f"point {low}" if low == high else f"points {low} to {high}"
    return _derived(values[low - first], values[high - first], f"{table['name']}, {label}", table)


def _teacher(text: str, today: dt.date) -> DerivedSalary | None:
    table = _in_force("teachers", today)
    if table is None or not _TEACHING.search(text):
        return None
    named = [_point_name(match) for match in _TEACHER_POINT.finditer(text)]
    if len(named) < 2:
        named += [end for pattern, ends in _TEACHER_SCALES for end in ends if pattern.search(text)]
    sums = [table["points"].get(name) for name in named]
    if not sums or not all(sums):
        return None
    order = sorted(zip(sums, named, strict=True))
    label = order[0][1] if order[0] == order[-1] else f"{order[0][1]} to {order[-1][1]}"
    return _derived(order[0][0], order[-1][0], f"{table['name']}, {label}", table)


def _point_name(match: re.Match[str]) -> str:
    scale = match["scale"].upper()
    return ("UQ" if scale == "UQ" else scale[0]) + match["point"]


def _derived(low: int, high: int, name: str, table: dict[str, Any]) -> DerivedSalary:
    return DerivedSalary(Decimal(low), Decimal(high), name, table["dated"])


def below_minimum(hourly: Decimal, apprentice: bool, today: dt.date, least_age: int | None = None) -> bool:  # noqa: FBT001 - a plain fact of the job
    """True when no one who may have the job may be paid so little that day.

    That is the apprentice rate, or the rate for the youngest who is asked: for 18 to 20 where the advert names no age.
    """
    table = _in_force("minimum_wage", today)
    return table is not None and hourly < Decimal(table["apprentice" if apprentice else _rate(least_age)])


def _rate(least_age: int | None) -> str:
    if least_age is None or 18 <= least_age < 21:
        return "youth"
    return "under_18" if least_age < 18 else "from_21"
