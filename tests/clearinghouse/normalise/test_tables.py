from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from clearinghouse.normalise.tables import below_minimum, derive

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
