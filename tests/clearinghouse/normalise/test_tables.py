from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from importlib import resources

import pytest

from clearinghouse.normalise.tables import below_minimum, derive, source_of

DAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("NHS AfC: Band 5", 32073, 39043),
        ("Band 6/7/8a dependent on experience", 39959, 64750),
        ("Bank Band 2", 25272, 25272),
        ("Afc7", 49387, 56515),
        ("Grade 3, SCP 5 - 8", 26427, 27709),
        ("Scale 3, Point 4 – 5", 26016, 26427),
        ("SCP 4, 5 or 6", 26016, 26847),
        ("NJC 11 to 17", 29071, 32046),
        ("MPS/UPS", 32916, 51048),
        ("Main pay scale M1 - M6", 32916, 45352),
        ("Upper pay scale", 47472, 51048),
    ],
)
def test_a_named_band_or_point_is_looked_up_in_the_table_of_the_day(words, low, high):
    found = derive(words, DAY)
    assert (found.minimum, found.maximum) == (Decimal(low), Decimal(high))
    assert found.dated <= DAY


@pytest.mark.parametrize(
    "words",
    [
        "Grade 5",
        "Band C",
        "Band 12",
        "SCP 2 - 5",
        "Points 60 to 62",
        "L10 - L14",
        "Band 7 Outer London",
        "",
        None,
        "Competitive",
    ],
)
def test_what_no_table_holds_gives_nothing(words):
    assert derive(words, DAY) is None


def test_the_table_in_force_follows_the_day():
    assert derive("SCP 5", dt.date(2026, 3, 31)).minimum == Decimal(25583)
    assert derive("SCP 5", dt.date(2026, 4, 1)).minimum == Decimal(26427)
    assert derive("Band 5", dt.date(2020, 1, 1)) is None


def test_a_councils_band_is_its_own_unless_it_says_agenda_for_change():
    assert derive("Band 5", DAY, health=False) is None
    assert derive("AfC Band 5", DAY, health=False) is not None
    assert derive("Band 5", DAY, health=True) is not None


def test_pay_below_every_legal_rate_is_known():
    assert below_minimum(Decimal("9.00"), False, DAY)
    assert not below_minimum(Decimal("10.85"), False, DAY)
    assert not below_minimum(Decimal("8.00"), True, DAY)


@pytest.mark.parametrize(
    ("least_age", "least"), [(None, "10.85"), (16, "8.00"), (18, "10.85"), (20, "10.85"), (21, "12.71"), (25, "12.71")]
)
def test_the_legal_minimum_follows_the_youngest_who_may_apply(least_age, least):
    assert not below_minimum(Decimal(least), False, DAY, least_age)
    assert below_minimum(Decimal(least) - Decimal("0.01"), False, DAY, least_age)


def test_the_legal_minimum_is_the_one_of_the_day():
    assert below_minimum(Decimal("10.84"), False, dt.date(2026, 4, 1))
    assert not below_minimum(Decimal("10.84"), False, dt.date(2026, 3, 31))


def tables():
    text = resources.files("clearinghouse.normalise").joinpath("data/pay.toml").read_text("utf-8")
    return [(kind, table) for kind, held in tomllib.loads(text).items() for table in held]


@pytest.mark.parametrize(("kind", "table"), tables(), ids=lambda part: part if isinstance(part, str) else part["name"])
def test_each_table_is_whole_rises_and_says_its_source(kind, table):
    assert table["source"]
    assert table["name"]
    assert (table["dated"].month, table["dated"].day) == ((9, 1) if kind == "teachers" else (4, 1))
    years = table["name"].replace(",", "").split()
    assert f"{table['dated'].year}/{(table['dated'].year + 1) % 100}" in years
    rows = rungs(kind, table)
    assert rows == sorted(rows)
    assert len(set(rows)) == len(rows)


def rungs(kind, table):
    """The sums from the lowest rung to the highest, every rung that must be there."""
    if kind == "njc":
        assert table["first"] + len(table["points"]) == 44
        return table["points"]
    if kind == "afc":
        assert list(table["bands"]) == ["2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"]
        assert all(low <= high for low, high in table["bands"].values())
        return [low for low, _ in table["bands"].values()]
    if kind == "teachers":
        points = table["points"]
        assert [points[f"UQ{point}"] for point in range(1, 7)] == sorted(points[f"UQ{point}"] for point in range(1, 7))
        return [points[name] for name in ("M1", "M2", "M3", "M4", "M5", "M6", "U1", "U2", "U3", "L1", "L43")]
    rates = [Decimal(table[name]) for name in ("apprentice", "under_18", "youth", "from_21", "adult")]
    assert rates == sorted(rates)
    return [rates[0], rates[2], rates[4]]


@pytest.mark.parametrize("kind", ["njc", "afc", "teachers", "minimum_wage"])
def test_pay_rises_from_each_table_to_the_next(kind):
    held = sorted((table["dated"], rungs(kind, table)[-1]) for name, table in tables() if name == kind)
    assert [top for _, top in held] == sorted({top for _, top in held})


def test_point_two_is_gone_and_the_rise_of_2026_says_that_it_is_derived():
    assert derive("SCP 2", dt.date(2026, 3, 31)) is not None
    assert derive("SCP 2", dt.date(2026, 4, 1)) is None
    assert "derived" in derive("SCP 5", DAY).table


def test_a_table_says_its_source():
    assert source_of(derive("Band 5", DAY).table).startswith("NHS Employers, pay scales for 2026/27")
    assert source_of("Sandby pay spine 1987, point 4") == ""
