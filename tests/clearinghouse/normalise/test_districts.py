"""Districts and the days on which others replace them."""

from __future__ import annotations

import datetime as dt

import pytest

from clearinghouse.normalise.district_file import BadDistrictsError, all_changes, is_changes, read_changes
from clearinghouse.normalise.districts import Districts, dated, shipped
from clearinghouse.normalise.draft import normalise
from clearinghouse.normalise.postcodes import district_names
from clearinghouse.vacancies.draft import Draft, Place
from clearinghouse.vacancies.posting import Posting

HEADER = "since,district,successor,part\n"
DAY = dt.date(2028, 4, 1)
BEFORE = DAY - dt.timedelta(days=1)
SPLIT = """\
2028-04-01,Ashfield,Northland,
2028-04-01,Gedling,Southland,E05006145
2028-04-01,Gedling,Southland,NG5
2028-04-01,Gedling,Southland,NG4 3
2028-04-01,Gedling,Southland,Arnold
2028-04-01,Gedling,Northland,
"""
WARDS = {"NG145AB": "E05006145", "NG146AB": "E05009999"}


@pytest.fixture(scope="module")
def districts() -> Districts:
    return all_changes(read_changes(HEADER + SPLIT))


@pytest.mark.parametrize(
    ("district", "postcode", "text", "day", "then"),
    [
        ("Ashfield", None, "Kirkby in Ashfield", BEFORE, "Ashfield"),
        ("Ashfield", None, "Kirkby in Ashfield", DAY, "Northland"),
        ("Ashfield", "NG17 8DA", "", DAY, "Northland"),
        ("Mansfield", None, "Mansfield", DAY, "Mansfield"),
        ("Gedling", "NG5 6AB", "", BEFORE, "Gedling"),
        ("Gedling", "NG5 6AB", "", DAY, "Southland"),
        ("Gedling", "NG14 5AB", "", DAY, "Southland"),  # by its ward
        ("Gedling", "NG14 6AB", "", DAY, "Northland"),  # in another ward
        ("Gedling", "NG14 7AB", "", DAY, "Northland"),  # in no ward that we know
        ("Gedling", "NG4 3AB", "", DAY, "Southland"),
        ("Gedling", "NG4 4AB", "", DAY, "Northland"),
        ("Gedling", None, "Arnold, Nottingham", DAY, "Southland"),
        ("Gedling", None, "Arnoldshire Close", DAY, "Northland"),
        ("Gedling", None, "Schools in NG5", DAY, "Southland"),
        ("Gedling", None, "Carlton", DAY, "Northland"),
        ("Kettering", None, "Kettering", dt.date(2021, 3, 31), "Kettering"),
        ("Kettering", None, "Kettering", dt.date(2021, 4, 1), "North Northamptonshire"),
    ],
)
def test_a_place_lies_in_the_district_in_force_on_the_day(
    districts: Districts, district: str, postcode: str | None, text: str, day: dt.date, then: str
) -> None:
    assert districts.in_force(district, day, postcode, text, WARDS) == then


def test_a_successor_may_be_replaced_in_its_turn() -> None:
    later = "2028-04-01,Ashfield,Northland,\n2030-04-01,Northland,Midland,\n"
    known = all_changes(read_changes(HEADER + later))
    days = [dt.date(2027, 1, 1), DAY, dt.date(2031, 1, 1)]
    assert [known.in_force("Ashfield", day) for day in days] == ["Ashfield", "Northland", "Midland"]
    assert [known.successors("Ashfield", day) for day in days] == [("Ashfield",), ("Northland",), ("Midland",)]
    assert [known.next_change("Ashfield", day) for day in days] == [DAY, dt.date(2030, 4, 1), None]


def test_a_split_district_has_several_successors(districts: Districts) -> None:
    assert districts.successors("Gedling", BEFORE) == ("Gedling",)
    assert districts.successors("Gedling", DAY) == ("Southland", "Northland")
    assert districts.by_wards == {"Gedling"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("", None),
        ("1 April 2028,Ashfield,Northland,", "Line 2: '1 April 2028' is not a date such as 2028-04-01"),
        ("2028-04-01,,Northland,", "Line 2 names no district"),
        ("2028-04-01,Ashfield,,", "Line 2 names no successor"),
        (f"2028-04-01,Ashfield,{'N' * 101},", "Line 2: the successor has 101 characters"),
        (f"2028-04-01,Ashfield,Northland,{'N' * 101}", "Line 2: the part has 101 characters"),
        ("2028-04-01,Ashfeild,Northland,", "We know no district 'Ashfeild'"),
        ("2028-04-01,Ashfield,Northland,NG17", "Ashfield has 0 lines without a part"),
        ("2028-04-01,Ashfield,Northland,\n2028-04-01,Ashfield,Southland,", "Ashfield has 2 lines without a part"),
        ("2028-04-01,Ashfield,Northland,\n2028-05-01,Ashfield,Southland,NG17", "Ashfield is replaced on several days"),
        ("2028-04-01,Ashfield,Northland,\n2029-04-01,Northland,Ashfield,", "Ashfield would be its own successor"),
        ("2028-04-01,Kettering,Northland,", "Kettering was replaced before"),
        ("2028-04-01,Ashfield,Kettering,", "Kettering was replaced before"),
        ("2028-04-01,Ashfield,Northland,\n" + "\n" * 3, None),
    ],
)
def test_a_file_that_cannot_be_is_refused_with_a_sentence(lines: str, said: str | None) -> None:
    if said is None:
        assert len(read_changes(HEADER + lines)) == bool(lines)
        return
    with pytest.raises(BadDistrictsError, match="^" + said.replace("(", r"\(")):
        read_changes(HEADER + lines)


def test_another_file_is_not_taken_for_one_of_districts() -> None:
    assert is_changes("since,district,successor,part")
    assert is_changes("\ufeffSince, District, Successor, Part")
    assert not is_changes("pcd,pcd2,pcds,dointr")
    with pytest.raises(BadDistrictsError, match="The first line must be: since,district,successor,part"):
        read_changes("pcd,pcd2\nNG1,NG1\n")


def test_the_shipped_changes_name_known_districts() -> None:
    names = set(district_names().values())
    assert shipped().changes
    assert {each.successor for each in shipped().changes} <= names
    assert not {each.district for each in shipped().changes} & names


def test_a_draft_names_the_district_in_force_on_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    known = all_changes(read_changes(HEADER + SPLIT))
    monkeypatch.setattr("clearinghouse.normalise.districts.shipped", lambda: known)
    posting = Posting(reference="R1", title="Cook", locations=("Kirkby-in-Ashfield, NG17 8DA",))
    for day, expected in ((BEFORE, "Ashfield"), (DAY, "Northland")):
        draft = normalise(posting, None, dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC))
        assert isinstance(draft, Draft)
        assert [place.district for place in draft.places] == [expected]


def test_a_place_without_a_district_stays_so() -> None:
    assert dated((Place("Various"),), DAY) == (Place("Various"),)
