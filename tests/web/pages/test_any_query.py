"""Whatever stands in an address: a page that helps, never an error of ours."""

from __future__ import annotations

import dataclasses
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from visiting import Visitor

from clearinghouse.search.criteria import Criteria
from clearinghouse.search.parameters import BY_NAME, PARAMETERS, PAY_PERIODS, SORTS

PAGES = ("/vacancies", "/api/v1/vacancies")
PATHS = ("/vacancies", "/api/v1/vacancies", "/vacancies.atom", "/vacancies.rss", "/vacancies.csv", "/vacancies.ics")
NAMES = [field.name for field in dataclasses.fields(Criteria)]


@pytest.fixture(scope="module")
def visitor(site) -> Visitor:
    return Visitor(site.app(), base_url="http://127.0.0.1:8000", raise_server_exceptions=False, follow_redirects=True)


HARD = [
    ("q=" + "x" * 5000, "“q” is too long: we used the first 500 characters."),
    ("q=" + "part+time+" * 500, "“q” is too long"),
    ("q=" + "%22" * 400, "has no word to search for"),
    ("q=" + "-cook+" * 80, ""),
    ("q=%00", ""),
    ("q=nurse%00%01%1b", ""),
    ("q=%ff%fe%80", ""),
    ("q=" + quote_plus("'; DROP TABLE vacancy; --"), ""),
    ("q=" + quote_plus("title:nurse AND (a OR *)~2^9"), ""),
    ("q=" + quote_plus("\u202e\U0001f4a5\u0301" * 90), ""),
    ("&".join(f"employer=e{n}" for n in range(400)), "“employer” has 400 values: we used the first 100."),
    ("&".join(f"kind=k{n}" for n in range(400)), "We don't know “k0” as a value of “kind”, so we left it out."),
    ("&".join(f"{name}=not_stated" for name in BY_NAME for _ in range(30)), "“not_stated” as a value of “flag”"),
    ("&".join(f"{p.name}={v}" for p in PARAMETERS for v in p.words or ("x",)), ""),
    ("page=1000000000", ""),
    ("page=" + "9" * 400, ""),
    ("page=-1", "We don't know “-1” as a value of “page”"),
    ("per_page=0", "We don't know “0” as a value of “per_page”"),
    ("radius=-1&location=Mansfield", "We don't know “-1” as a value of “radius”"),
    ("radius=1e400&location=Mansfield", "We don't know “1e400” as a value of “radius”"),
    ("radius=nan&location=Mansfield", "We don't know “nan” as a value of “radius”"),
    ("radius=1000&location=Mansfield&sort=distance", ""),
    ("location=NG99+9ZZ", "We don't know the place “NG99 9ZZ”, so we looked everywhere."),
    ("location=" + "a" * 5000, "“location” is too long"),
    ("location=%00", ""),
    ("location=../../etc/passwd", "We don't know the place"),
    ("q=part+time+NG99+9ZZ", "We don't know the place “NG99 9ZZ”"),
    ("closing_within=99999999999&posted_within=-3", "We don't know “-3” as a value of “posted_within”"),
    ("hours_min=200&hours_max=-0&salary_min=1,2,3&pay_min=%C2%BD&pay_per=decade", "“decade” as a value of “pay_per”"),
    ("sort=<script>&as_typed=maybe&include_unstated=1", "We don't know “<script>” as a value of “sort”"),
    ("show=employer&show=nothing&&&=&%=%%&q", ""),
]


@pytest.mark.parametrize(("query", "notice"), HARD, ids=[str(n) for n in range(len(HARD))])
@pytest.mark.parametrize("path", PAGES)
def test_hard_queries_get_an_answer_and_are_told_what_was_left_out(
    visitor: Visitor, path: str, query: str, notice: str
) -> None:
    answer = visitor.get(f"{path}?{query}")
    assert answer.status_code == 200
    if path == "/vacancies":
        found = html.fromstring(answer.text)
        assert found.xpath("count(//h1)") == 1
        assert found.xpath("//input[@id='q']")
        told = found.xpath("//*[@role='status']//p/text()")
        assert notice in " ".join(told)
        assert len(told) <= 6
    else:
        body = answer.json()
        assert body["total"] >= 0
        assert notice in " ".join(body["notices"]) or "part+time" in query  # the API reads no place from words


@pytest.mark.parametrize("path", PATHS[2:])
def test_a_hard_query_takes_nothing_from_feeds_and_tables(visitor: Visitor, path: str) -> None:
    for query in (HARD[0][0], HARD[4][0], HARD[10][0], "page=1000000000&radius=-1&location=NG99+9ZZ"):
        assert visitor.get(f"{path}?{query}").status_code == 200


junk = st.text(max_size=40) | st.sampled_from(
    ["-1", "0", "1e400", "inf", "nan", "0x10", "１２", "½", "' OR 1=1 --", "9" * 400, "\x00", "not_stated", "yes", "no",
     '"', '"" -', "-", "--", '-"a b', "%", "{q}", "{{ 7*7 }}", "Carlton", "Nottinghamshire", "NG5", "NG5 1ZZ", "in NG5",
     "part time admin NG5", "nurse -bank", "adminstrator", "jobs near me", "1:1:1", "driving", "mansfeild", "NG5 6",
     "Sutton in Ashfield town centre", "x" * 6000, "💥", "\u202e", "ß", "İ", "../", "none"]
)  # fmt: skip
known = st.sampled_from(
    [(p.name, value) for p in PARAMETERS for value in (*(p.words or ("x",)), "not_stated")]
    + [("sort", sort) for sort in SORTS]
    + [("pay_per", period) for period in PAY_PERIODS]
)
pairs = st.lists(known | st.tuples(st.sampled_from([*NAMES, "show", "after", "unheard"]), junk), max_size=12)
EVERY = ("/vacancies", "/vacancies", *PATHS, "/api/v1/changes", "/employers", "/apprenticeships", "/saved", "/")


def _answered(visitor: Visitor, path: str, given_: list[tuple[str, str]]) -> None:
    query = urlencode(given_, errors="surrogatepass")
    answer = visitor.get(f"{path}?{query}")
    assert answer.status_code in {200, 303}, answer.text[:200]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(EVERY), given_=pairs)
def test_no_query_at_all_brings_an_error(visitor: Visitor, path: str, given_: list[tuple[str, str]]) -> None:
    _answered(visitor, path, given_)


@pytest.mark.soak
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(EVERY), given_=pairs)
def test_no_query_of_thousands_brings_an_error(visitor: Visitor, path: str, given_: list[tuple[str, str]]) -> None:
    _answered(visitor, path, given_)
