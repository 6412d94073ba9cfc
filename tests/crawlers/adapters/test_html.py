"""Lists and adverts on web pages: selectors, what counts as empty, pages that repeat, PDFs, declarations as data."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader, PdfWriter

from clearinghouse.errors import BadBodyError, BadSourceError
from crawlers.adapters.html import NOTHING, Html
from crawlers.adapters.json_api import Paging
from crawlers.adapters.pdf import text_of_pdf
from crawlers.adapters.picks import every, holds, href, number, words
from crawlers.as_code import source_text
from crawlers.declared import adapter_from, as_fields
from crawlers.joining import join
from crawlers.registry import load
from crawlers.source import Follow, Page, Posting, Source

sys.path.insert(0, str(Path(__file__).parent.parent))

from own_bodies import BODIES, NAMES, declared

URL = "https://www.seaton.example/jobs/"
ROW = """
<tr class="job"><td><h3>Clerk<br>of <b>W</b>orks</h3><a href="clerk" title="Ref 7">More</a></td>
<td>Closes&nbsp;: noon, 4 May<p>Salary: <b>£9</b></p></td><td><ul><li>Arnold</li><li>Carlton</li></ul></td></tr>"""
TABLE = f"<table><tr><th colspan=2>Post</th><th>Where</th></tr>{ROW.replace('<td>', '<td colspan=1>')}</table>"
SELECTED = {
    "h3": "Clerk of Works",
    ".none | h3": "Clerk of Works",
    "a@title": "Ref 7",
    "a@title =~ ref (\\d+)": "7",
    "=~ Closes : ([^,]+)": "noon",
    "li[]": "Arnold, Carlton",
    "li": "Arnold",
    "li closest(ul)": "Arnold Carlton",
    "label(Pay, Salary)": "£9",
    "column(Where)": "Arnold Carlton",
    "column(Post)": "Clerk of Works More",
    ":scope > td:nth-child(2) p": "Salary: £9",
    "td:contains('Closes') p": "Salary: £9",
    ".none": None,
    "h3 =~ none": None,
}


def page(text: str | bytes, **more: Any) -> Page:
    """A page of the council's, asked for as a list."""
    body = text if isinstance(text, bytes) else text.encode()
    return Page(URL, body, asked=Follow(URL, role=more.pop("role", "listing"), **more))


def council(**more: Any) -> Html:
    """A list of links."""
    return Html(URL, "li", {"title": "a", "url": "a"}, **more)


@pytest.mark.parametrize("selector", SELECTED)
def test_a_selector_finds_its_words(selector: str) -> None:
    row = etree.fromstring(TABLE, etree.HTMLParser()).find(".//tr[@class='job']")
    assert words(row, selector) == SELECTED[selector]


def test_links_places_and_numbers_are_found() -> None:
    row = etree.fromstring(f"<p>Showing 1-10 of 1,204 jobs</p>{TABLE}", etree.HTMLParser())
    assert href(row, "td", URL) == f"{URL}clerk"
    assert href(row, "https://apply.example/{a@title =~ (\\d{1,3})}/form", URL) == "https://apply.example/7/form"
    assert every(row, "li") == ("Arnold", "Carlton")
    assert number(row, "p =~ of ([\\d,]+)") == 1204
    assert holds(row, "p =~ showing 1-10") and not holds(row, NOTHING)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"rows": "li["}, "'li\\[' is no selector"),
        ({"rows": "li", "none": "=~ ("}, "is no selector: .*unterminated subpattern"),
        ({"rows": "li:unheard"}, "'li:unheard' is no selector"),
        ({"rows": "li", "fields": {"titel": "a"}}, "'titel' is no field of a posting"),
        ({"rows": "li", "detail": {"closes": "a@"}}, "'a@' is no selector"),
    ],
)
def test_a_slip_in_a_declaration_is_named(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadSourceError, match=f"source seaton: .*{reason}"):
        adapter_from({"adapter": "html", "fields": {"url": URL, "fields": {"title": "a"}, **fields}}, "seaton")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html><title>Sign in</title><form></form></html>", 'no row matches .*"Sign in".*changed, or is an error'),
        ('{"jobs": []}', "JSON, not a web page"),
        ("<?xml version='1.0'?><rss><channel/></rss>", "XML with root <rss>, not a web page"),
        ("", "an empty body"),
        ("%PDF-1.4", "a PDF file"),
    ],
)
def test_a_page_without_a_row_is_no_empty_list(body: str, reason: str) -> None:
    with pytest.raises(BadBodyError, match=reason):
        council(none=NOTHING, total="h1").parse(page(body))


@pytest.mark.parametrize(
    ("adapter", "body"),
    [
        (council(none=NOTHING), "<ul></ul><p>There are currently no vacancies.</p>"),
        (council(none=NOTHING), "<ul><li>No current vacancies</li></ul>"),
        (council(none=".nothing"), "<p class=nothing>Come back soon</p>"),
        (council(total="h1"), "<h1>0 jobs found</h1>"),
    ],
)
def test_a_list_that_says_it_is_empty_is_empty(adapter: Html, body: str) -> None:
    read = adapter.parse(page(body))
    assert (read.postings, read.follows, read.shortfall) == ((), (), None)


def test_a_row_is_never_lost_for_words_elsewhere_on_the_page() -> None:
    adapter = Html(URL, "li", {"title": "b"}, none=NOTHING)
    read = adapter.parse(page("<p>We have no other jobs than these:</p><ul><li><b>Clerk</b><li><b>Cook</b></ul>"))
    assert [(posting.title, posting.url) for posting in read.postings] == [("Clerk", URL), ("Cook", URL)]
    assert adapter.identity == ("reference", "content")


def test_a_cut_page_says_so() -> None:
    whole = "<html><body><ul><li><a href=1>Clerk</a></li><li><a href=2>Cook</a></li></ul></body></html>"
    assert council().parse(page(whole)).shortfall is None
    cut = council().parse(page(whole[:60]))
    assert (len(cut.postings), cut.shortfall) == (1, "it stops before its end: its <ul> never closes")
    assert "is lost" in str(council().parse(page("<li><a href=1>Cook</a>" + "<div>" * 300)).shortfall)


def test_a_piece_of_a_page_that_ends_within_an_advert_says_so() -> None:
    whole = "<li><div><a href=1>Clerk</a></div><li><div><a href=2>Cook</a><p>37 hours</p></div>"
    assert council().parse(page(whole)).shortfall is None
    cut = council().parse(page(whole.removesuffix("<p>37 hours</p></div>") + "<br><b>Fatal error</b>"))
    assert (len(cut.postings), cut.shortfall) == (2, "it is not well formed: its <div> never closes")


def test_a_page_in_latin_1_keeps_its_pounds_and_dashes() -> None:
    body = "<meta charset=iso-8859-1><li><a href=1>Cook \x96 £12</a>".encode("latin-1")
    assert council().parse(page(body)).postings[0].title == "Cook – £12"


def test_pages_are_counted_until_the_stated_number_and_a_repeated_one_ends_the_list() -> None:
    adapter = council(paging=Paging(parameter="p", first=0), pages="h1 =~ of (\\d+)")
    first = adapter.parse(page("<h1>Page 1 of 2</h1><li><a href=1>Clerk</a>"))
    assert [follow.url for follow in first.follows] == [f"{URL}?p=1"]
    again = Page(f"{URL}?p=1", b"<h1>Page 2 of 9</h1><li><a href=1>Clerk</a>", asked=first.follows[0])
    assert (adapter.parse(again).postings, adapter.parse(again).follows) == ((), ())
    last = Page(f"{URL}?p=1", b"<h1>Page 2 of 2</h1><li><a href=2>Cook</a>", asked=first.follows[0])
    assert (len(adapter.parse(last).postings), adapter.parse(last).follows) == (1, ())


def test_an_advert_s_page_that_says_sorry_is_no_advert() -> None:
    adapter = council(
        detail={"title": "h1", "salary": "label(Salary)", "hours": "label(Hours)", "closes": "label(Closes)"}
    )
    with pytest.raises(BadBodyError, match=r'no advert in it \(a page called "Oops"\)'):
        adapter.parse(page("<title>Oops</title><h1>Sorry</h1><main>Try again later</main>", role="detail"))


def test_a_pdf_gives_its_text_to_the_card_and_takes_nothing_from_it() -> None:
    card = Posting(title="Lifeguard", url=f"{URL}lifeguard.pdf", closes="4 May")
    advert = (BODIES / "html_detail_advert.pdf").read_bytes()
    (told,) = council(detail={}).parse(page(advert, role="detail", card=card)).postings
    (joined,) = join(card, (told,))
    assert (joined.title, joined.url, joined.closes) == (card.title, card.url, card.closes)
    assert "<p>£12.60 an hour, weekends &amp; evenings</p>" in (joined.description_html or "")
    for unreadable in (advert[:300], locked(advert), b"%PDF-1.4"):
        (told,) = council(detail={}).parse(page(unreadable, role="detail", card=card)).postings
        assert join(card, (told,)) == (card,)


def locked(file: bytes) -> bytes:
    """The file with a password."""
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(file))), io.BytesIO()
    writer.encrypt("a password")
    writer.write(out)
    return out.getvalue()


def test_a_large_pdf_is_left_alone() -> None:
    assert text_of_pdf(b"%PDF-1.4" + b" " * 9_000_000) is None


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("html_") and declared(name)])
def test_a_declaration_survives_the_store_and_a_file(name: str) -> None:
    adapter = adapter_from({"adapter": "html", "fields": {"url": URL, **declared(name)["fields"]}})
    assert adapter_from(json.loads(json.dumps(as_fields(adapter)))) == adapter
    written = types.ModuleType("seaton")
    exec(source_text(Source(None, adapter), "A list.", dt.date(2026, 11, 22)), written.__dict__)  # noqa: S102  our own text
    assert written.source.adapter == adapter


@pytest.mark.parametrize("council_name", ["broxtowe", "gedling", "rushcliffe"])
def test_the_shapes_of_councils_are_read_with_their_own_declarations(council_name: str) -> None:
    source = load().sources[f"{council_name}_borough_council"].source
    assert source.verified is None
    assert as_fields(source.adapter)["fields"] == declared(f"html_shape_{council_name}_list.html")["fields"]
