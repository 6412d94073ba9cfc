from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from made_up import NOW, Maker, doc

from clearinghouse.normalise.place import locate
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Generation
from clearinghouse.search.results import search
from clearinghouse.search.which_place import area_itself, names_like, places_like, places_meant, told_apart
from clearinghouse.vacancies.visible import PUBLIC, Visible

EVERYONE = Visible(PUBLIC, NOW)
SPOTS = {
    1: ("Stapleford", "Broxtowe", 52.934, -1.274),
    2: ("Beeston", "Broxtowe", 52.9304, -1.2171),
    3: ("Stapleford", "Melton", 52.756, -0.79),
    4: ("Mansfield", "Mansfield", 53.1446, -1.1964),
}


@pytest.fixture(scope="module")
def generation(made_once: Maker, index_dir: Path) -> Generation:
    for key, (text, district, latitude, longitude) in SPOTS.items():
        place = {"text": text, "district": district, "latitude": latitude, "longitude": longitude}
        made_once.publish(key, doc(key, places=[{**place, "precision": "place"}]))
    return made_once.indexed(index_dir)


@pytest.mark.parametrize(
    ("location", "names"),
    [
        ("Carlton", ("Carlton, Gedling", "Carlton, Bedfordshire", "Carlton, Cleveland")),
        ("stapleford", ("Stapleford, Broxtowe", "Stapleford, Melton", "Stapleford, Wiltshire")),
        ("Carlton, Notts", ()),  # says which
        ("Mansfield", ()),
        ("NG5", ()),
        ("Nottinghamshire", ()),
        ("nowhere at all", ()),
        ("", ()),
    ],
)
def test_a_name_that_several_places_bear_is_told_apart(location: str, names: tuple[str, ...]) -> None:
    assert told_apart(location) == names


@pytest.mark.parametrize("location", ["Carlton", "Sutton", "Beeston", "Burton", "Walton", "Newport"])
def test_the_words_for_each_place_find_that_place_alone(location: str) -> None:
    found = [locate(name) for name in told_apart(location)]
    assert len({(place.latitude, place.longitude) for place in found if place}) == len(found) > 1
    assert all(told_apart(name) == () for name in told_apart(location))


def test_each_place_of_the_name_comes_with_what_a_search_around_it_finds(generation: Generation) -> None:
    results = search(generation, Criteria(location="Stapleford", q="", radius=Decimal(5)), EVERYONE)
    meant = places_meant(generation, results, EVERYONE)
    assert [(offer.label, offer.total) for offer in meant] == [
        ("Stapleford, Broxtowe", 2),
        ("Stapleford, Melton", 1),
        ("Stapleford, Wiltshire", 0),
    ]
    assert meant[0].total == results.total
    assert [search(generation, offer.criteria, EVERYONE).total for offer in meant] == [2, 1, 0]


@pytest.mark.parametrize(
    ("location", "names"),
    [
        ("mansfeild", ("Mansfield",)),
        ("Nottingam, notts", ("Nottingham",)),
        ("West Bridgeford", ("West Bridgford",)),
        ("derbyshir", ("Derbyshire",)),
        ("bogus", ()),
        ("me", ()),
        ("", ()),
    ],
)
def test_a_misspelt_place_has_names_like_it(location: str, names: tuple[str, ...]) -> None:
    assert names_like(location) == names


def test_the_names_like_an_unknown_one_come_with_what_they_find(generation: Generation) -> None:
    def like(location: str) -> list[tuple[str, int]]:
        results = search(generation, Criteria(location=location), EVERYONE)
        return [(offer.label, offer.total) for offer in places_like(generation, results, EVERYONE)]

    assert like("Mansfeild") == [("Mansfield", 1)]
    (chip,) = search(generation, Criteria(location="Mansfeild"), EVERYONE).chosen
    assert chip.label == "Unknown place: Mansfeild"
    assert like("Mansfield") == like("Nottinghamshire") == like("") == []


NEARBY = [
    ("cleaner near me", "", True),
    ("jobs nearby", "", True),
    ("cleaner near me", "NG5", False),
    ("near", "", False),
]


@pytest.mark.parametrize(("q", "location", "told"), NEARBY)
def test_who_asks_for_what_is_near_is_told_that_we_do_not_know_where_that_is(
    generation: Generation, q: str, location: str, *, told: bool
) -> None:
    notices = search(generation, Criteria(q=q, location=location), EVERYONE).notices
    assert any("where you are" in notice for notice in notices) == told
    assert not any("no word" in notice for notice in notices)


@pytest.mark.parametrize(
    ("criteria", "label", "total"),
    [
        (Criteria(location="Beeston"), "in all of Broxtowe district", 2),
        (Criteria(location="NG9 1AA"), "in all of Broxtowe district", 2),
        (Criteria(location="NG18"), "in all of Mansfield district", 1),
        (Criteria(location="Beeston", q="nothing of the kind"), "in all of Broxtowe district", 0),
        (Criteria(district=("Mansfield",)), "within 10 miles of Mansfield", 1),
    ],
)
def test_a_search_around_a_place_can_become_one_in_its_district_and_back(
    generation: Generation, criteria: Criteria, label: str, total: int
) -> None:
    offer = area_itself(generation, search(generation, criteria, EVERYONE), EVERYONE)
    assert offer
    assert (offer.label, offer.total) == (label, total)
    assert search(generation, offer.criteria, EVERYONE).total == total


@pytest.mark.parametrize(
    "criteria",
    [
        Criteria(),
        Criteria(location="London"),
        Criteria(location="Nottinghamshire"),
        Criteria(location="Beeston", district=("Ashfield",)),
        Criteria(district=("Ashfield", "Mansfield")),
        Criteria(district=("nowhere",)),
    ],
)
def test_no_area_is_offered_where_there_is_none_to_name(generation: Generation, criteria: Criteria) -> None:
    assert area_itself(generation, search(generation, criteria, EVERYONE), EVERYONE) is None
