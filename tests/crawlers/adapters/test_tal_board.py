"""Oleeo's boards as web pages: their addresses, their pages, and what is no board."""

from __future__ import annotations

import pytest

from clearinghouse.errors import BadBodyError
from crawlers.adapters.tal_board import TalBoard, recognise
from crawlers.source import Follow, Page

SITE = "https://anytown.tal.net/vx/mobile-0/appcentre-1/brand-2"
BOARD = f"{SITE}/candidate/jobboard/vacancy/3/adv/"
ROW = '<tr class="search_res details_row" data-oppid="{0}"><td><a class="subject" href="{1}">Post {0}</a></td></tr>'


def board(first: int, count: int, total: int | None, visit: str = "xf-0a1b2c3d4e5f") -> bytes:
    links = {n: f"{SITE}/{visit}/candidate/so/pm/1/pl/3/opp/{n}-Post/en-GB" for n in range(first, first + count)}
    rows = "".join(ROW.format(n, url) for n, url in links.items())
    said = "" if total is None else f"<h2>{total:,} results match!</h2>"
    return f"<html><body>{said}<table>{rows}</table></body></html>".encode()


@pytest.mark.parametrize(
    "given",
    [
        BOARD,
        f"{SITE}/candidate/jobboard/vacancy/3/adv",
        f"{SITE}/candidate/jobboard/vacancy/3",
        f"{SITE}/candidate/jobboard/vacancy/3/feed",
        f"{SITE}/candidate/jobboard/vacancy/3/feed/structured",
        f"{SITE}/xf-0a1b2c3d4e5f/candidate/jobboard/vacancy/3/adv/",
        f"{SITE}/user-12/xf-0a1b2c3d4e5f/candidate/so/pm/1/pl/3/opp/4411-Cook/en-GB",
    ],
)
def test_a_board_is_read_from_its_first_page_whatever_the_address(given: str) -> None:
    assert [follow.url for follow in TalBoard(given).start()] == [BOARD]


def test_a_filter_in_the_address_stays_and_a_bare_site_has_its_first_board() -> None:
    assert next(iter(TalBoard(f"{BOARD}?ftq=cook").start())).url == f"{BOARD}?ftq=cook"
    first = "https://anytown.tal.net/candidate/jobboard/vacancy/1/adv/"
    assert next(iter(TalBoard("https://anytown.tal.net/").start())).url == first


@pytest.mark.parametrize(
    ("seen", "rows", "total", "following"),
    [(0, 50, 120, "50"), (50, 50, 120, "100"), (100, 20, 120, None), (0, 50, 50, None), (0, 50, None, None)],
)
def test_pages_follow_until_the_stated_total(seen: int, rows: int, total: int | None, following: str | None) -> None:
    asked = Follow(BOARD, "listing", {"seen": seen, "first": "1"} if seen else {})
    parsed = TalBoard(BOARD).parse(Page(BOARD, board(100 + seen, rows, total), asked=asked))
    pages = [follow.url.partition("start=")[2] for follow in parsed.follows if follow.role == "listing"]
    assert pages == ([following] if following else [])
    assert all("xf-" not in follow.url for follow in parsed.follows)


def test_a_page_that_comes_again_has_no_next() -> None:
    first = TalBoard(BOARD).parse(Page(BOARD, board(1, 50, 5000)))
    again = TalBoard(BOARD).parse(Page(BOARD, board(1, 50, 5000, "xf-ffffffffffff"), asked=first.follows[0]))
    assert [follow.role for follow in again.follows] == ["detail"] * 50


@pytest.mark.parametrize("words", ["0 results match", "No results found", "There are no vacancies at present"])
def test_an_empty_board_says_so(words: str) -> None:
    parsed = TalBoard(BOARD).parse(Page(BOARD, f"<html><body><h2>{words}</h2></body></html>".encode()))
    assert (parsed.postings, parsed.follows) == ((), ())


@pytest.mark.parametrize("words", ["Please prove that you are human", "12 results match", "Our site is being mended"])
def test_a_page_without_rows_that_does_not_say_so_is_refused(words: str) -> None:
    with pytest.raises(BadBodyError, match="no row of a board"):
        TalBoard(BOARD).parse(Page(BOARD, f"<html><body><h2>{words}</h2></body></html>".encode()))


def test_an_advert_without_a_form_is_read_by_its_main_part_and_an_empty_page_refused() -> None:
    url = f"{SITE}/candidate/so/pm/1/pl/3/opp/7-Cook/en-GB"
    body = b"<html><body><nav>Home</nav><main><h1>Cook</h1><p>Cook lunch.</p></main></body></html>"
    (posting,) = TalBoard(BOARD).parse(Page(url, body, asked=Follow(url))).postings
    assert posting.description_html == "<h1>Cook</h1><p>Cook lunch.</p>"
    with pytest.raises(BadBodyError):
        TalBoard(BOARD).parse(Page(url, b"<html><body><p>Sorry</p></body></html>", asked=Follow(url)))


def test_a_feed_is_left_to_the_adapter_for_feeds() -> None:
    assert recognise(Page(f"{SITE}/candidate/jobboard/vacancy/3/feed", b"")) is None
    assert recognise(Page(BOARD, b"")) is not None
