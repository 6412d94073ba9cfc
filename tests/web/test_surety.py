from __future__ import annotations

import pytest

from web import surety
from web.templating import environment

ASHFIELD = {"text": "Ashfield", "district": "Ashfield", "latitude": 53.1, "longitude": -1.25}


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        ("postcode", ""),
        ("place", "We know the town or building, not the postcode."),
        ("outcode", "We know only the first half of the postcode."),
        ("district", "Somewhere in Ashfield."),
        ("employer", "The advert gives no place. This is where the employer is based."),
        ("unknown", ""),
    ],
)
def test_each_precision_is_said_in_plain_words(precision: str, said: str) -> None:
    assert surety.surety({**ASHFIELD, "precision": precision}) == said


@pytest.mark.parametrize(
    "words", ["Various", "Countywide", "Home based", "Nottinghamshire", "Across the city and county"]
)
def test_words_that_name_no_place_are_not_called_unknown_places(words: str) -> None:
    assert surety.lost({"text": words}) == "The advert does not say just where"


def test_a_name_that_we_do_not_know_is_said_to_be_that() -> None:
    assert surety.lost({"text": "Ward 7"}) == "We could not find this place"


@pytest.mark.parametrize(
    ("miles", "precisions", "said"),
    [
        (None, ["district"], ""),
        (3.46, ["postcode"], "3.5 miles away"),
        (3.46, ["place", "unknown"], "3.5 miles away"),
        (3.46, ["district"], "about 3 miles away"),
        (3.46, ["postcode", "outcode"], "about 3 miles away"),
        (0.2, ["employer"], "about 1 mile away"),
    ],
)
def test_a_distance_to_a_rough_place_is_about_so_far(miles: float | None, precisions: list[str], said: str) -> None:
    assert surety.away(miles, [{"precision": precision} for precision in precisions]) == said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({**ASHFIELD, "precision": "district"}, "Ashfield Somewhere in Ashfield."),
        (
            {"text": "Mill Lane NG163PH", "postcode": "NG16 3PH", "district": "Broxtowe", "precision": "postcode"},
            "Mill Lane NG16 3PH, Broxtowe",
        ),
        (
            {"text": "Countywide", "precision": "unknown"},
            "The advert does not say just where The advert says: Countywide",
        ),
    ],
)
def test_the_page_says_the_place_and_how_sure_it_is(place: dict[str, object], said: str) -> None:
    macros = environment().get_template("_place.html").make_module()
    html = str(macros.whereabouts(place))  # type: ignore[attr-defined]  # a macro of the template
    text = html.replace("<", " <").replace(">", "> ")
    assert " ".join("".join(part.partition(">")[2] for part in f">{text}".split("<")).split()) == said
