from __future__ import annotations

import pytest

from clearinghouse.normalise.place import find_place
from clearinghouse.normalise.sites import sites_told, with_sites
from clearinghouse.vacancies.draft import Draft, Refused
from clearinghouse.vacancies.vocabulary import Refusal

CAMPUS = "Oxbow Campus, Nottingham, NG7 1BH"


def draft(location):
    return Draft("Cook", places=find_place(location))


@pytest.mark.parametrize("unknown", ["Oxbow Campus", "OXBOW CAMPUS", "Oxbow Campus, Room 7"])
def test_a_sites_address_in_one_advert_places_its_name_in_another(unknown):
    drafts = with_sites({"a": draft(CAMPUS), "b": draft(unknown)}, [CAMPUS, unknown])
    (exact,), (placed,) = drafts["a"].places, drafts["b"].places
    assert (placed.text, placed.precision, placed.postcode) == (unknown, "place", None)
    assert (placed.latitude, placed.longitude, placed.district) == (exact.latitude, exact.longitude, "Nottingham")
    assert exact.precision == "postcode"


def test_a_name_that_two_addresses_put_apart_teaches_nothing():
    apart = [CAMPUS, "Oxbow Campus, Worksop, S80 1BQ", "Oxbow Campus, Nottingham, NG7 1BX"]
    assert sites_told(apart) == {}


def test_the_address_with_a_postcode_teaches_rather_than_the_one_with_a_town():
    for order in ([CAMPUS, "Oxbow Campus, Nottingham"], ["Oxbow Campus, Nottingham", CAMPUS]):
        assert sites_told(order)["oxbow campus"].precision == "postcode"


@pytest.mark.parametrize(
    "location",
    ["12 High Street, Worksop, S80 1BQ", "Various, Worksop, S80 1BQ", "Hybrid working, Worksop", "Beeston, NG9 2AU"],
)
def test_streets_towns_and_words_for_anywhere_are_no_sites(location):
    assert sites_told([location]) == {}


def test_known_places_and_refused_postings_stay_as_they_are():
    drafts = {"a": draft("Worksop"), "b": Refused(Refusal.NO_TITLE), "c": draft("Ward 7")}
    assert with_sites(drafts, [CAMPUS]) == drafts
