from __future__ import annotations

from decimal import Decimal

import pytest

from clearinghouse.normalise.full_week import full_week, of_health


@pytest.mark.parametrize(
    ("title", "employer", "words", "hours"),
    [
        ("Cleaner", "Ashfield District Council", None, "37"),
        ("Cleaner", None, None, "37"),
        ("Staff nurse", "Sherwood Forest Hospitals NHS Foundation Trust", None, "37.5"),
        ("Receptionist", "A charity", "AfC Band 2", "37.5"),
        ("Teacher of maths", "Anytown Academy", None, "32.5"),
        ("Deputy headteacher", "Anytown Academy", None, "32.5"),
        ("Teaching assistant", "Anytown Academy", None, "37"),
        ("Assistant to the teachers", "Anytown Academy", None, "37"),
        ("Swimming teacher", "Anytown Council", None, "37"),
    ],
)
def test_a_full_week_is_the_one_of_that_kind_of_employer(title, employer, words, hours):
    assert full_week(title, employer, words).hours == Decimal(hours)


def test_a_name_that_tells_nothing_leaves_open_whether_it_is_of_the_health_service():
    assert of_health("Nottinghamshire Healthcare NHS Foundation Trust") is True
    assert of_health("Ashfield District Council") is False
    assert of_health("Capita") is None
    assert of_health(None) is None
