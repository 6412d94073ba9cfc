from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.parameters import BY_NAME, PARAMETERS, SORTS

DESIGNED = {
    "kind": "job apprenticeship casual volunteer work_experience",
    "contract": "permanent fixed_term temporary secondment",
    "pattern": "full_time part_time job_share flexible",
    "when": "school_hours term_time daytime evening night weekend shifts",
    "level": "0 1 2 3 4 5 6 7 8",
    "apprenticeship_level": "2 3 4 5 6 7",
    "experience": "none_asked asked",
    "driving": "needed not_needed",
    "dbs": "none basic standard enhanced enhanced_barred",
    "min_age": "16 18",
    "remote": "home hybrid none",
    "flag": "entry_level guaranteed_interview considers_convictions under_25_apprenticeship redeployment lep",
}
READ = [
    ("q", "  social \x00 worker ", "social worker"),
    ("q", "x" * 5000, "x" * 500),
    ("location", "Newark", "Newark"),
    ("radius", "2.5", Decimal("2.5")),
    ("radius", "0", Decimal(10)),
    ("radius", "10 miles", Decimal(10)),
    ("salary_min", "£24,000", Decimal(24000)),
    ("salary_min", "24k", None),
    ("salary_min", "-1", None),
    ("salary_min", "1e9", None),
    ("salary_min", "NaN", None),
    ("salary_min", "٣٠٠٠٠", None),
    ("hours_max", "18.50", Decimal("18.5")),
    ("hours_max", "9999", None),
    ("pay_per", "hour", "hour"),
    ("pay_per", "fortnight", "year"),
    ("closing_within", "0", 0),
    ("closing_within", "7.5", None),
    ("include_unstated", "yes", True),
    ("include_unstated", "on", False),
    ("sort", "salary", "salary"),
    ("sort", "alphabet", "relevance"),
    ("page", "0", 1),
    ("page", "17", 17),
    ("page", "9" * 30, 10**8),
    ("per_page", "100", 100),
    ("per_page", "1000", 100),
    ("employer", "anyone-at-all", ("anyone-at-all",)),
    ("kind", "not_stated", ("not_stated",)),
    ("flag", "not_stated", ()),
    ("kind", "Job", ()),
]


@pytest.mark.parametrize(("name", "text", "value"), READ)
def test_a_parameter_is_read_as_what_it_says_or_left_out(name: str, text: str, value: object) -> None:
    criteria, notices = Criteria.from_query([(name, text)])
    assert getattr(criteria, name) == value
    if value == getattr(Criteria(), name):
        assert len(notices) == 1
        assert f"“{name}”" in notices[0]


@pytest.mark.parametrize(("name", "words"), DESIGNED.items())
def test_every_word_of_the_design_and_no_other_is_taken(name: str, words: str) -> None:
    assert list(BY_NAME[name].words or ()) == words.split()


def test_values_keep_their_order_and_stand_once() -> None:
    pairs = [("kind", "casual"), ("kind", "job"), ("kind", "casual"), ("unheard", "of"), ("q", ""), ("q", "cook")]
    criteria, notices = Criteria.from_query(pairs)
    assert (criteria.kind, criteria.q, notices) == (("casual", "job"), "cook", ())


def test_an_unknown_value_is_named_and_the_rest_still_counts() -> None:
    criteria, notices = Criteria.from_query([("kind", "banana"), ("kind", "job"), ("contract", "<b>" * 100)])
    assert criteria.kind == ("job",)
    assert "“banana”" in notices[0]
    assert len(notices[1]) < 150


def test_defaults_are_left_out_of_the_query_string() -> None:
    assert Criteria().to_query() == ()
    pairs = Criteria(q="cook", radius=Decimal(10), per_page=20, kind=("job",), include_unstated=True).to_query()
    assert pairs == (("q", "cook"), ("kind", "job"), ("include_unstated", "yes"))


def test_changing_a_search_goes_back_to_its_first_page() -> None:
    criteria = Criteria(page=7)
    assert criteria.replace(q="cook").page == 1
    assert criteria.replace(page=8).page == 8


def test_every_chip_removes_one_thing() -> None:
    criteria = Criteria(
        q="cook", location="Newark", radius=Decimal("2.5"), employer=("a", "b"), salary_min=Decimal("24000.5"),
        pay_min=Decimal(12), pay_per="hour", kind=("not_stated",), closing_within=7, page=3,
    )  # fmt: skip
    chips = criteria.chosen({"employer": {"a": "Ashfield"}})
    assert [chip.label for chip in chips] == [
        "“cook”",
        "Within 2.5 miles of Newark",
        "Ashfield",
        "b",
        "Kind of opportunity: not stated",
        "£24,000.50 a year or more",
        "£12 an hour or more",
        "Closes within 7 days",
    ]
    assert chips[2].without == criteria.replace(employer=("b",))
    for chip in chips:
        assert len(chip.without.chosen()) == len(chips) - 1
        assert chip.without.page == 1


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("location=Newark&radius=1", "Within 1 mile of Newark"),
        ("hours_min=1", "1 hour a week or more"),
        ("hours_max=37.5", "37.5 hours a week or fewer"),
        ("salary_min=1234567", "£1,234,567 a year or more"),
        ("pay_min=12.5&pay_per=hour", "£12.50 an hour or more"),
        ("closing_within=1", "Closes within 1 day"),
        ("posted_within=0", "Posted today"),
        ("closing_within=0", "Closes today"),
        ("q={value} %25s", "“{value} %s”"),
    ],
)
def test_a_chip_reads_as_people_say_it(query: str, label: str) -> None:
    criteria, _ = Criteria.from_query(parse_qsl(query))
    assert [chip.label for chip in criteria.chosen()] == [label]


amounts = st.decimals(0, 168, places=2, allow_nan=False).map(lambda n: Decimal(f"{n:f}".rstrip("0").rstrip(".")))
several = {
    p.name: st.lists(st.sampled_from(list(p.words or ["a", "b-c", "Ünïcode & +%"])), unique=True).map(tuple)
    for p in PARAMETERS
}
criteria_ = st.builds(
    Criteria,
    q=st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), max_size=40),
    radius=st.sampled_from([Decimal(1), Decimal("2.5"), Decimal(10)]),
    hours_min=st.none() | amounts,
    salary_min=st.none() | amounts,
    pay_min=st.none() | amounts,
    pay_per=st.sampled_from(["hour", "month", "year"]),
    closing_within=st.none() | st.integers(0, 3650),
    include_unstated=st.booleans(),
    sort=st.sampled_from(list(SORTS)),
    page=st.integers(1, 10**8),
    per_page=st.integers(1, 100),
    **several,
)


@given(criteria_)
def test_a_search_goes_through_a_query_string_unchanged(criteria: Criteria) -> None:
    assert Criteria.from_query(parse_qsl(urlencode(criteria.to_query()))) == (criteria, ())


names = st.sampled_from([*Criteria.__dataclass_fields__, "unheard"])
junk = st.text(max_size=30) | st.sampled_from(["-1", "1e400", "inf", "0x10", "１２", "\ud800", "' OR 1=1", "9" * 400])


@given(st.lists(st.tuples(names, junk), max_size=20))
def test_nothing_that_stands_in_a_query_string_raises(pairs: list[tuple[str, str]]) -> None:
    criteria, notices = Criteria.from_query(pairs)
    again, _ = Criteria.from_query(criteria.to_query())
    assert again == criteria
    assert all(notice.endswith(".") for notice in notices)
    criteria.chosen()
