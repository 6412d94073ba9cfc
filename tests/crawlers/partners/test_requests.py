"""What a simulated site makes of a request, whatever is sent."""

from __future__ import annotations

import pytest

from crawlers.partners.formats.request import Request

SAME = (
    ("/jobs?a=1&b=2", "/jobs?b=2&a=1"),
    ("/jobs?a=1", "/jobs?a=1&utm_source=mail&utm_medium=x"),
    ("/jobs?a=x%20y", "/jobs?a=x+y"),
    ("/jobs", "/jobs?"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_that_mean_the_same_have_one_place(one: str, other: str) -> None:
    assert Request.of(one).place == Request.of(other).place


@pytest.mark.parametrize("other", ["/jobs?a=2", "/jobs?a=1&a=1", "/jobs?a=", "/Jobs?a=1", "/jobs?A=1"])
def test_addresses_that_mean_something_else_have_another(other: str) -> None:
    assert Request.of("/jobs?a=1").place != Request.of(other).place


NUMBERS = (
    ("/jobs?page=3", 3),
    ("/jobs?page=0", 0),
    ("/jobs?page=9999", 100),
    ("/jobs?page=-1", 1),
    ("/jobs?page=two", 1),
    ("/jobs?page=%C2%B2", 1),
    ("/jobs?page=99999999999999999999", 1),
    ("/jobs?page=", 1),
    ("/jobs", 1),
)


@pytest.mark.parametrize(("target", "number"), NUMBERS)
def test_a_number_of_the_query_is_bounded_and_never_fails(target: str, number: int) -> None:
    assert Request.of(target).number("page", 1, most=100) == number


def test_the_syntax_of_a_finder_is_kept() -> None:
    asked = Request.of("/rest/jobs?onlyData=true&finder=findReqs;siteNumber=CX_1,limit=100")
    assert asked.value("finder") == "findReqs;siteNumber=CX_1,limit=100"
    assert asked.value("keyword", "none") == "none"


def test_headers_cookies_and_a_body_are_read_whatever_they_hold() -> None:
    sent = {"Cookie": "SESSION=a1b2; other=x", "mhrParams": "WVID=1"}
    asked = Request.of("/list", "POST", sent, b'{"offset": 20}')
    assert (asked.method, asked.cookie("SESSION"), asked.header("MHRPARAMS")) == ("POST", "a1b2", "WVID=1")
    assert asked.json() == {"offset": 20}
    bare = Request.of("/list", "HEAD", {"Cookie": "\x00;;=,"}, b"\xff{")
    assert (bare.method, bare.cookie("SESSION"), bare.header("x"), bare.json()) == ("GET", "", "", None)
