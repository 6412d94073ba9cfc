from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from clearinghouse.normalise.osgb import to_wgs84
from clearinghouse.normalise.place import find_place, locate, places_named
from clearinghouse.normalise.placing import placed, read_places
from clearinghouse.normalise.postcodes import outcode_position, postcode_position, postcodes_in

CENTROIDS = Path(__file__).parents[4] / "shared" / "reference" / "data" / "gb_outcode_centroids.csv"


def metres(one, other):
    north = (one[0] - other[0]) * 111_195
    east = (one[1] - other[1]) * 111_195 * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


@pytest.mark.parametrize(
    ("easting", "northing", "latitude", "longitude"),
    [(392809, 804927, 57.1352, -2.12044), (651409.903, 313177.27, 52.65798, 1.71605)],
)
def test_grid_references_become_degrees_within_ten_metres(easting, northing, latitude, longitude):
    assert metres(to_wgs84(easting, northing), (latitude, longitude)) < 10


def test_published_centres_agree_within_five_metres():
    if not CENTROIDS.exists():
        pytest.skip("the published outcode centres are not here")
    with CENTROIDS.open() as file:
        for row in csv.DictReader(file):
            point = to_wgs84(float(row["easting"]), float(row["northing"]))
            assert metres(point, (float(row["lat"]), float(row["lon"]))) < 5, row["outcode"]


def test_an_outcodes_middle_is_near_the_published_one():
    if not CENTROIDS.exists():
        pytest.skip("the published outcode centres are not here")
    with CENTROIDS.open() as file:
        for row in csv.DictReader(file):
            if row["outcode"].startswith("NG"):
                middle = outcode_position(row["outcode"])
                assert metres((middle.latitude, middle.longitude), (float(row["lat"]), float(row["lon"]))) < 1500


def test_a_postcode_has_its_position_and_district():
    found = postcode_position("NG7 2UH")
    assert (found.district_code, found.district) == ("E06000018", "Nottingham")
    assert metres((found.latitude, found.longitude), (52.9438, -1.1860)) < 50


@pytest.mark.parametrize("code", ["BT1 1AA", "NG99 9ZZ", "ZZ1 1ZZ", "JE2 3AB"])
def test_a_postcode_that_we_do_not_place_is_unknown(code):
    assert postcode_position(code) is None


def test_postcodes_are_found_however_they_are_written():
    assert postcodes_in("at ng72uh, NG5 1PB and NG21 OHR; NG7 2UH again") == ("NG7 2UH", "NG5 1PB", "NG21 0HR")
    assert postcodes_in("Band 5, 37 hours, REF12 3456") == ()


PLACES = [
    # words, district, precision, near this point (None: no position at all)
    ("Queens Medical Centre, Derby Road, Nottingham, NG7 2UH", "Nottingham", "postcode", (52.9438, -1.186)),
    ("Nottingham", "Nottingham", "place", (52.955, -1.15)),
    ("Beeston", "Broxtowe", "place", (52.927, -1.215)),
    ("Beeston, Nottingham", "Broxtowe", "place", (52.927, -1.215)),
    ("Nottingham, Beeston", "Broxtowe", "place", (52.927, -1.215)),
    ("Stapleford", "Broxtowe", "place", (52.93, -1.27)),
    ("Carlton", "Gedling", "place", (52.967, -1.09)),
    ("Clifton", "Nottingham", "place", (52.905, -1.19)),
    ("Newark", "Newark and Sherwood", "place", (53.076, -0.81)),
    ("Newark-on-Trent, Nottinghamshire", "Newark and Sherwood", "place", (53.076, -0.81)),
    ("Sutton-in-Ashfield", "Ashfield", "place", (53.125, -1.26)),
    ("Sutton", "Ashfield", "place", (53.125, -1.26)),
    ("Kirkby", "Ashfield", "place", (53.1, -1.25)),
    ("East Retford", "Bassetlaw", "place", (53.32, -0.94)),
    ("Ollerton", "Newark and Sherwood", "place", (53.2, -1.02)),
    ("Harworth", "Bassetlaw", "place", (53.42, -1.07)),
    ("Selston", "Ashfield", "place", (53.07, -1.31)),
    ("Bulwell, Nottingham", "Nottingham", "place", (53.0, -1.2)),
    ("QMC", "Nottingham", "place", (52.9438, -1.186)),
    ("Nottingham - City Hospital Campus", "Nottingham", "place", (52.99, -1.158)),
    ("King's Mill Hospital, Sutton in Ashfield", "Ashfield", "place", (53.134, -1.234)),
    ("County Hall, West Bridgford", "Rushcliffe", "place", (52.937, -1.136)),
    ("County Hall, Matlock", "Derbyshire Dales", "place", (53.138, -1.555)),
    ("Nottingham Road, Derby", "Derby", "place", (52.92, -1.48)),
    ("St. Ann's, Nottingham", "Nottingham", "place", (52.96, -1.137)),
    ("NG9", "Broxtowe", "outcode", (52.926, -1.232)),
    ("Nottingham, NG9", "Broxtowe", "outcode", (52.926, -1.232)),
    ("NG1 9ZZ", "Nottingham", "outcode", (52.955, -1.147)),
    ("Ashfield", "Ashfield", "district", (53.087, -1.249)),
    ("Newport, TF10", None, "place", (52.767, -2.377)),
    ("near M1 junction 28, Mansfield", "Mansfield", "place", (53.144, -1.197)),
    ("London", None, "place", (51.5, -0.12)),
    ("Wales", None, "unknown", None),
    ("Various", None, "unknown", None),
    ("Countywide", None, "unknown", None),
    ("Home based", None, "unknown", None),
    ("Nottinghamshire", None, "unknown", None),
    ("Nowhereville", None, "unknown", None),
    ("Wollaton", "Nottingham", "place", (52.953, -1.212)),
    ("Mansfield, Nottingham", "Mansfield", "place", (53.144, -1.197)),
    ("Ollerton, Newark", "Newark and Sherwood", "place", (53.21, -1.03)),
    ("Beeston, Leeds", None, "place", (53.796, -1.548)),
    ("Stapleford, Cambridgeshire", None, "unknown", None),
    ("Sutton, Surrey", None, "place", (51.35, -0.2)),
    ("Ashford, Surrey", None, "place", (51.432, -0.458)),
    ("Harworth, Doncaster", "Bassetlaw", "place", (53.419, -1.062)),
    ("Carlton on Trent", "Newark and Sherwood", "place", (53.166, -0.811)),
    ("North Clifton", "Newark and Sherwood", "place", (53.235, -0.775)),
    ("Wales, Sheffield", "Rotherham", "place", (53.34, -1.283)),
    ("Everton, Liverpool", None, "place", (53.41, -2.98)),
    ("Blyth, Northumberland", None, "place", (55.127, -1.509)),
    ("Harby, Melton Mowbray", "Melton", "place", (52.873, -0.896)),
    ("Manton, Rutland", "Rutland", "place", (52.632, -0.7)),
    ("Boston Spa", None, "unknown", None),
    ("Derby and Derbyshire", None, "unknown", None),
    ("Community hospitals / Nottinghamshire", None, "unknown", None),
    ("Gedling Borough", "Gedling", "district", (52.997, -1.109)),
    ("NG5 IPB", "Nottingham", "postcode", (52.99, -1.158)),
    ("North Beeston", None, "unknown", None),
    ("Millbrook", None, "unknown", None),
    ("near J28 of the M1", None, "unknown", None),
]


@pytest.mark.parametrize(("words", "district", "precision", "point"), PLACES)
def test_a_place_is_found_or_honestly_unknown(words, district, precision, point):
    (found,) = find_place(words)
    assert (found.text, found.district, found.precision) == (words, district, precision)
    if point is None:
        assert (found.latitude, found.longitude) == (None, None)
    else:
        assert metres((found.latitude, found.longitude), point) < 3000


def test_several_places_are_several():
    assert [place.text for place in find_place("London - Manchester - Leeds")] == ["London", "Manchester", "Leeds"]
    assert [place.postcode for place in find_place("NG7 2UH, NG5 1PB")] == ["NG7 2UH", "NG5 1PB"]
    assert [place.district for place in find_place("Mansfield / Ashfield")] == ["Mansfield", "Ashfield"]
    assert [place.text for place in find_place("NG5, NG6 and NG7")] == ["NG5", "NG6", "NG7"]


@pytest.mark.parametrize(
    "words",
    [
        "Nottingham, Mansfield and Newark", "Across Nottingham, Mansfield and Newark", "Nottingham/Mansfield/Newark",
        "Nottingham, Mansfield, Newark", "Nottingham NG1, Mansfield NG18, Newark NG24",
        "Various: Nottingham; Mansfield; Newark",
    ],
)  # fmt: skip
def test_a_list_of_towns_is_several_places(words):
    named = ["Nottingham", "Mansfield", "Newark and Sherwood"]
    assert [place.district for place in find_place(words)] == named


@pytest.mark.parametrize("query", ["ng7 2uh", "NG7", "west bridgford", "Kings Mill", "bassetlaw", "Sheffield"])
def test_a_search_box_finds_what_people_type(query):
    assert locate(query).latitude is not None


@pytest.mark.parametrize("query", ["", "various", "xyzzy", "Nottinghamshire", "NG99"])
def test_a_search_box_says_when_it_knows_no_such_place(query):
    assert locate(query) is None


def test_same_names_are_all_offered_with_ours_first():
    found = places_named("Carlton")
    assert len(found) >= 2
    assert found[0].district == "Gedling"


def test_a_stated_position_serves_where_no_postcode_does():
    stated = {"latitude": "52.9", "longitude": "-1.2"}
    (unknown,) = read_places(("Ward 7",), stated)
    assert (unknown.latitude, unknown.longitude, unknown.precision) == (52.9, -1.2, "place")
    (exact,) = read_places(("NG7 2UH",), stated)
    assert exact.precision == "postcode"
    (county,) = read_places(("Countywide",), stated)
    assert county.latitude is None


@pytest.mark.parametrize(
    "extra",
    [
        {"latitude": "0", "longitude": "0"},
        {"latitude": "-1.2", "longitude": "52.9"},
        {"latitude": "x", "longitude": "1"},
        {},
    ],
)
def test_a_position_outside_great_britain_is_ignored(extra):
    (found,) = read_places(("Ward 7",), extra)
    assert (found.latitude, found.precision) == (None, "unknown")


def test_a_head_offices_position_does_not_move_another_town():
    (found,) = read_places(("Mansfield",), {"latitude": "51.5", "longitude": "-0.12"})
    assert found.district == "Mansfield"
    assert found.latitude == pytest.approx(53.144, abs=0.01)


BESIDE = [
    # words with a postcode, what is believed
    ("Mansfield, NG7 2UH", "postcode"),
    ("Derby, Burton, Lichfield, NG7 2UH", "postcode"),
    ("Leeds, NG7 2UH", "postcode"),
    ("Beeston, Nottingham, LE1 5WW", "place"),
    ("Lincoln County Hospital, LE1 5WW", "postcode"),
    ("Lincoln County Hospital, TR1 3LJ", "place"),
    ("Beckton, London, NG7 2UH", "unknown"),
    ("Croydon, London, NG7 2UH", "place"),
    ("Ashford, Kent, NG7 2UH", "place"),
]


@pytest.mark.parametrize(("words", "precision"), BESIDE)
def test_a_postcode_is_believed_unless_the_words_are_surely_of_somewhere_else(words, precision):
    (found,) = find_place(words)
    assert found.precision == precision
    assert (found.postcode is not None) == (precision == "postcode")


def test_a_position_beside_a_postcode_that_its_words_contradict_is_not_believed_either():
    (found,) = read_places(("Beckton, London, DE24 8WZ",), {"latitude": "52.9075", "longitude": "-1.455"})
    assert (found.latitude, found.precision) == (None, "unknown")


def test_the_middle_of_a_postcode_area_is_no_exact_position():
    middle = outcode_position("NG5")
    (found,) = read_places(("Nottingham, NG5",), {"latitude": str(middle.latitude), "longitude": str(middle.longitude)})
    assert found.precision == "outcode"


@pytest.mark.parametrize(
    ("locations", "employer", "precision"),
    [
        ((), "Sherwood Forest Hospitals NHS Foundation Trust", "employer"),
        ((), "ASHFIELD DISTRICT COUNCIL", "employer"),
        (("Various",), "Ashfield District Council", "unknown"),
        (("Worksop",), "Ashfield District Council", "place"),
    ],
)
def test_the_head_office_stands_only_where_an_advert_tells_of_no_place(locations, employer, precision):
    (found,) = placed(locations, {}, "Cook", "A good job.", employer).places
    assert found.precision == precision


def test_an_employer_that_we_do_not_know_has_no_head_office():
    assert placed((), {}, "Cook", "A good job.", "Anytown Borough Council").places == ()
