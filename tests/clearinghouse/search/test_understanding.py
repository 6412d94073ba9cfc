from __future__ import annotations

import string
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearinghouse.normalise.place import locate
from clearinghouse.search import understanding
from clearinghouse.search.county import in_its_districts
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.parameters import BY_NAME
from clearinghouse.search.understanding import understood


@pytest.mark.parametrize(
    ("q", "query", "words"),
    [
        ("part time admin NG5", "q=admin&location=NG5&pattern=part_time", ("part time", "NG5")),
        ("apprenticeship Mansfield", "location=Mansfield&kind=apprenticeship", ("apprenticeship", "Mansfield")),
        ("term time teaching assistant", "q=teaching assistant&when=term_time", ("term time",)),
        ("band 5 nurse nottingham", "q=band 5 nurse&location=nottingham", ("nottingham",)),
        ("work from home", "remote=home&remote=hybrid", ("work from home",)),
        ("Part-Time jobs in Newark", "location=Newark&pattern=part_time", ("Part Time", "Newark")),
        ("full time or part time cook", "q=cook&pattern=part_time&pattern=full_time", ("full time", "part time")),
        ("nurse ng51aa", "q=nurse&location=ng51aa", ("ng51aa",)),
        ("NG5 1AA cleaner nights", "q=cleaner&location=NG5 1AA&when=night", ("NG5 1AA", "nights")),
        ("admin, mansfield.", "q=admin&location=mansfield", ("mansfield.",)),
        ("care assistant Sutton in Ashfield", "q=care assistant&location=Sutton in Ashfield", ("Sutton in Ashfield",)),
        ("jobs in Newark & Sherwood", "location=Newark %26 Sherwood", ("Newark & Sherwood",)),
        ("level 3 apprenticeship in notts", "location=notts&kind=apprenticeship&apprenticeship_level=3",
         ("level 3 apprenticeship", "notts")),
        ("Derby part time cook", "q=cook&location=Derby&pattern=part_time", ("Derby", "part time")),
        ("Sutton in Ashfield cook", "q=cook&location=Sutton in Ashfield", ("Sutton in Ashfield",)),
        ("cleaner in Nottingham city centre part time", "q=cleaner&location=Nottingham city centre&pattern=part_time",
         ("Nottingham city centre", "part time")),
        ("Nottingham City", "location=Nottingham City", ("Nottingham City",)),
        ("NG5 6 admin", "q=admin&location=NG5 6", ("NG5 6",)),
        ("parttime cook", "q=cook&pattern=part_time", ("parttime",)),
        ("Mansfield town centre manager", "q=town centre manager&location=Mansfield", ("Mansfield",)),
        ("jobs in hope", "location=hope", ("hope",)),
        ("no experience jobs", "experience=none_asked", ("no experience",)),
    ],
)  # fmt: skip
def test_words_that_name_a_filter_or_a_place_become_one(q: str, query: str, words: tuple[str, ...]) -> None:
    wanted, notices = Criteria.from_query(parse_qsl(query))
    assert not notices
    found = understood(Criteria(q=q))
    assert (found.criteria, found.words) == (wanted, words)


@pytest.mark.parametrize(
    "q",
    [
        "", "teaching assistant", "Nottingham City Council", "Newark and Sherwood District Council",
        "University of Nottingham", "porter university of nottingham", "HMP Nottingham", "Nottinghamshire Police",
        "Chesterfield Royal Hospital", "apprenticeship coordinator", "volunteer manager",
        "temporary accommodation officer", '"part time" cook', "cook -casual", "cook -\"part time\"", "“term time”",
        "fleet manager", "night care assistant", "bank nurse", "KS2 teacher", "driver M1", "L3", "hope", "cook Leeds",
        "in", "enhanced dbs", "Newark Academy", "Nottingham Trent University", "night porter", "school crossing",
        "weekend manager", "flexible working officer", "home care worker", "remote sensing", "home based carer",
        "Southwell Minster", "Retford Oaks Academy", "permanent secretary", "full time equivalent", "town centre",
        "Band 5 Bank Staff Nurse", "Apprenticeship Skills Coach", "Volunteer Co-ordinator",
        "hybrid closed loop nurse", "evening school tutor", "remote monitoring nurse", "Nottingham Contemporary",
    ],
)  # fmt: skip
def test_other_words_stay_as_they_are(q: str) -> None:
    assert understood(Criteria(q=q)) == understanding.Understood(Criteria(q=q))


def test_what_was_chosen_stays_chosen_and_a_place_given_counts_for_more_than_one_in_the_words() -> None:
    typed = Criteria(q="part time cook Mansfield", location="Newark", pattern=("job_share",), page=4, sort="closing")
    found = understood(typed).criteria
    assert found == typed.replace(q="cook Mansfield", pattern=("job_share", "part_time"), page=4)


def test_a_search_for_words_as_they_are_typed_is_left_alone() -> None:
    typed = Criteria(q="part time admin NG5", as_typed=True)
    assert understood(typed).criteria == typed
    assert Criteria.from_query(parse_qsl(urlencode(typed.to_query())))[0] == typed


def test_every_naming_of_the_table_names_a_value_that_a_search_takes_and_says_why() -> None:
    for entry in understanding._table()["words"]:
        assert entry["why"]
        for say in entry["say"].split("|"):
            assert understood(Criteria(q=say.strip())).words == (say.strip(),)
        for name, _, value in (each.partition("=") for each in entry["means"]):
            assert BY_NAME[name].takes(value)
            assert name != "dbs"  # tells something about whoever searches


words = st.sampled_from(
    [
        "part",
        "time",
        "part-time",
        "in",
        "Mansfield",
        "NG5",
        "apprentice",
        "cook",
        '"',
        "-",
        "notts",
        "of",
        "nights",
        "or",
    ]
)
searches = st.lists(words | st.text(string.printable, max_size=8), max_size=8).map(" ".join)


@settings(deadline=None)
@given(searches)
def test_what_is_understood_once_is_understood(q: str) -> None:
    criteria, _ = Criteria.from_query([("q", q)])
    found = understood(criteria)
    assert Criteria.from_query(found.criteria.to_query()) == (found.criteria, ())
    assert bool(found.words) == (found.criteria != criteria)
    place = found.criteria.location
    assert not place or locate(place) or in_its_districts(found.criteria)[0].district
