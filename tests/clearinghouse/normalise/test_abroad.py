"""Towns in other countries that bear British names."""

from __future__ import annotations

import pytest

from clearinghouse.normalise.place import find_place


@pytest.mark.parametrize(
    "text",
    [
        *("Newark, New Jersey", "Boston, MA", "Lincoln, IL", "Mansfield, Ohio", "HOUSTON, TX, United States"),
        *("PERTH, WESTERN AUSTRALIA, Australia", "San Diego, California, United States", "Kimberley (South Africa)"),
    ],
)
def test_a_town_of_a_british_name_in_another_country_is_no_place_here(text):
    (place,) = find_place(text)
    assert (place.text, place.latitude, place.precision) == (text, None, "unknown")


@pytest.mark.parametrize("text", ["Derby, DE", "Boston, UK", "Boston, Lincolnshire, England", "Lincoln, LN"])
def test_a_british_town_stays_one_with_its_postcode_area_or_its_country(text):
    (place,) = find_place(text)
    assert place.precision == "place"
