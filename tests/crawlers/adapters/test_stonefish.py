"""Stonefish's vacancy sites: their addresses, whose pages are theirs, and what is no list."""

from __future__ import annotations

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.stonefish import Stonefish, recognise
from crawlers.source import Follow, Page

SITE = "https://jobs.anytown.example"
LIST = f"{SITE}/vacancies.aspx?cat=-1"
MADE = b'<html><head><meta name="Generator" content="Stonefish Software Web Builder"></head><body>%s</body></html>'


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (LIST, LIST),
        (f"{SITE}/vacancies.aspx?cat=604&type=5", f"{SITE}/vacancies.aspx?cat=604&type=5"),
        (SITE, LIST),
        (f"{SITE}/", LIST),
        (f"{SITE}/vacancies.aspx", LIST),
        (f"{SITE}/Vacancy.aspx?ref=ENG417", LIST),
        (f"{SITE}/jobs/search.aspx?q=cook", f"{SITE}/jobs/vacancies.aspx?cat=-1"),
    ],
)
def test_every_vacancy_is_listed_beside_whichever_page_is_given(given: str, asked: str) -> None:
    assert [follow.url for follow in Stonefish(given).start()] == [asked]


@pytest.mark.parametrize(
    ("url", "body", "sure"),
    [
        (LIST, b"", 0.9),
        (f"{SITE}/", MADE % b"<h1>Work for us</h1>", 0.7),
        ("about:blank", MADE % b'<a href="Vacancy.aspx?ref=1">Cook</a>', 1.0),
        (f"{SITE}/vacancy.aspx?ref=1", b"<html></html>", None),
    ],
)
def test_a_site_is_known_by_its_maker_or_the_address_of_its_list(url: str, body: bytes, sure: float | None) -> None:
    claim = recognise(Page(url, body))
    assert (claim.sure if claim else None) == sure


def test_rows_are_the_innermost_and_each_vacancy_is_told_once() -> None:
    rows = b"".join(
        b'<tr><td><a href="VACANCY.ASPX"></a><a href="vacancy.aspx?ref=R%d">Post %d</a></td></tr>' % (n, n)
        for n in (1, 2, 2)
    )
    body = MADE % (b"<table><tr><td><table>" + rows + b"</table></td></tr></table>")
    parsed = Stonefish(LIST).parse(Page(LIST, body))
    assert [(follow.url, follow.card and follow.card.title) for follow in parsed.follows] == [
        (f"{SITE}/vacancy.aspx?ref=R1", "Post 1"),
        (f"{SITE}/vacancy.aspx?ref=R2", "Post 2"),
    ]


@pytest.mark.parametrize(
    "inside", [b"<p>The site is down for maintenance until Monday.</p>", b'<form action="search.aspx"></form>']
)
def test_a_page_without_vacancies_that_does_not_say_so_is_refused(inside: bytes) -> None:
    with pytest.raises(BadBodyError, match=r"no row matches .* \(a page without a title\)"):
        Stonefish(LIST).parse(Page(LIST, MADE % inside, asked=Follow(LIST, "listing")))
