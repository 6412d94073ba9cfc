from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import NOW, Maker, doc, place

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.near import Circle, box, haversine, miles_from
from clearinghouse.search.results import search
from clearinghouse.vacancies.visible import PUBLIC, Visible

EVERYONE = Visible(PUBLIC, NOW)
KNOWN = [
    ((52.9533, -1.1500), (53.1434, -1.1968), 13.3),  # Nottingham to Mansfield
    ((51.5074, -0.1278), (55.9533, -3.1883), 332.0),  # London to Edinburgh
    ((53.0, -1.0), (53.0, -1.0), 0.0),
]


@pytest.mark.parametrize(("here", "there", "miles"), KNOWN)
def test_distances_are_great_circle_miles(here: tuple[float, float], there: tuple[float, float], miles: float) -> None:
    found = haversine(*here, np.array([there[0]]), np.array([there[1]]))
    assert found[0] == pytest.approx(miles, abs=0.7)


@given(st.floats(49, 61), st.floats(-8, 2), st.floats(0.1, 100), st.floats(0, 6.28), st.floats(0, 1))
def test_the_box_holds_the_whole_circle(lat: float, lon: float, radius: float, angle: float, part: float) -> None:
    other = np.array([lat + radius * part / 69 * np.sin(angle)]), np.array([lon + radius * part / 40 * np.cos(angle)])
    if haversine(lat, lon, *other)[0] <= radius:
        (south, north), (west, east) = box(Circle(lat, lon, radius))
        assert south <= other[0][0] <= north
        assert west <= other[1][0] <= east


def test_a_vacancy_with_several_places_counts_by_its_nearest(made: Maker, tmp_path: Path) -> None:
    mansfield, newark = place(53.1446, -1.1973), place(53.0765, -0.8093)
    made.publish(1, doc(1, places=[newark, mansfield]))
    made.publish(2, doc(2, places=[newark]))
    made.publish(3, doc(3, places=[place(None, None)]))
    generation = made.indexed(tmp_path)
    near = search(generation, Criteria(location="Mansfield"), EVERYONE)
    assert (near.keys, near.total, near.unstated) == ((1,), 1, 1)
    wide = Criteria(location="NG18", radius=Decimal(30), sort="distance", include_unstated=True)
    far = search(generation, wide, EVERYONE)
    assert far.keys == (1, 2, 3)
    assert far.miles == (pytest.approx(1, abs=1), pytest.approx(17, abs=1), None)


def test_measuring_some_rows_alone_measures_them_as_ever(made: Maker, tmp_path: Path) -> None:
    for key, latitude in enumerate((53.14, 53.15, 53.07, 55.0), start=1):
        made.publish(key, doc(key, places=[place(latitude, -1.19), place(53.2, -1.19)][: key % 2 + 1]))
    columns, circle = made.indexed(tmp_path).columns, Circle(53.1446, -1.1973, 10.0)
    every, rows = miles_from(columns, circle), np.array([0, 2])
    some = miles_from(columns, circle, rows)
    assert some[rows].tolist() == every[rows].tolist()
    assert np.isfinite(every).tolist() == [True, True, True, False]
    assert np.isfinite(some).tolist() == [True, False, True, False]


def test_a_place_that_nobody_knows_is_said_and_does_not_filter(made: Maker, tmp_path: Path) -> None:
    made.publish(1, doc(1))
    results = search(made.indexed(tmp_path), Criteria(location="Xanadu", sort="distance"), EVERYONE)
    assert (results.total, results.place) == (1, None)
    assert "“Xanadu”" in results.notices[0]
