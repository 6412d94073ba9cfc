"""An advert's description on our page."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from web.richtext import breakable, description

PHONES = [
    ("0115 915 5555", "+441159155555"),
    ("(01623) 463463", "+441623463463"),
    ("+44 (0)115 9155555", "+441159155555"),
    ("07700 900123", "+447700900123"),
    ("08001234567", "+448001234567"),
    ("0300-123-4567", "+443001234567"),
]
NO_PHONES = [
    "£24,294 - £27,000", "01/02/2026", "01 2026 12", "2026-01-02", "reference 0123456789012", "0800 1111 1111 111",
    "JOB01159155555", "2,011,591,555,5",
]  # fmt: skip


@pytest.mark.parametrize(("said", "number"), PHONES)
def test_a_telephone_number_can_be_rung(said: str, number: str) -> None:
    assert description(f"<p>Ring {said}.</p>") == f'<p>Ring <a href="tel:{number}">{said}</a>.</p>'


@pytest.mark.parametrize("text", NO_PHONES)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert description(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_a_number_that_is_a_link_already_stays_one() -> None:
    html = '<p><a href="https://a.example/x?a=1">0115 915 5555</a></p>'
    assert description(html).count("<a ") == 1


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<h1>Hi</h1><h2 class='x'>There</h2>", "<h3>Hi</h3><h3>There</h3>"),
        ("<p onclick='x()' style='y'>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("<a href='javascript:alert(1)'>a</a>", '<a rel="nofollow noopener">a</a>'),
        ("<img src=x onerror=alert(1)>b", "b"),
        ("<p>5 &lt; 6 &amp; so on", "<p>5 &lt; 6 &amp; so on</p>"),
        (None, ""),
    ],
)
def test_only_harmless_html_below_our_headings_remains(html: str | None, clean: str) -> None:
    assert description(html) == clean


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("https://jobs.example/feed?type=rss&page=2",
         "https://<wbr>jobs.<wbr>example/<wbr>feed?<wbr>type=<wbr>rss&amp;<wbr>page=<wbr>2"),
        ("by secretariat@demo.example", "by secretariat@<wbr>demo.<wbr>example"),
        ("a-b, 2026-11-22", "a-b, 2026-11-22"),
        ("<b>" + "x" * 30, "&lt;b&gt;" + "x" * 21 + "<wbr>" + "x" * 9),
        ("", ""),
    ],
)  # fmt: skip
def test_a_long_address_breaks_between_its_parts_and_stays_the_same_text(text: str, html: str) -> None:
    assert breakable(text) == html
    assert fromstring(f"<p>{breakable(text)}</p>").text_content() == text


def test_a_number_is_breakable_too() -> None:
    assert breakable(12) == "12"
