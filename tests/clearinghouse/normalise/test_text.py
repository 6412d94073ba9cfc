# ruff: noqa: E501 - tables of cases read better wide
from __future__ import annotations

import pytest

from clearinghouse.normalise.markup import LONGEST, NOTICE, plain_text, safe_html
from clearinghouse.normalise.text import around, tidy
from clearinghouse.normalise.title import read_employer, read_title, tombstone


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("  Care\n  Assistant ", "Care Assistant"), ("Research &amp;amp; Development", "Research & Development"),
        ("<b>Nurse</b> Band 5", "Nurse Band 5"), ("Â£25,000 â€“ Â£26,000", "£25,000 – £26,000"), ("Caf\u00e9 manager", "Café manager"),
        ("zero\u200bwidth\u00a0space", "zerowidth space"), ("SOCIAL WORKER", "SOCIAL WORKER"), ("\u202eHead\u202c \u2066Cook\u2069", "Head Cook"), ("5 < 6 posts", "5 < 6 posts"), (" ", None), (None, None),
    ],
)  # fmt: skip
def test_a_line_is_tidied_and_never_reworded(words, line):
    assert tidy(words) == line


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ('<p class="x" style="color:red" id="y">Hello</p>', "<p>Hello</p>"),
        ("<script>alert(1)</script><p onclick='x()'>Hi<img src=x></p>", "<p>Hi</p>"),
        ('<a href="https://a.example/" target="_blank">x</a>', '<a href="https://a.example/" rel="nofollow noopener">x</a>'),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="nofollow noopener">x</a>'),
        ('<a href="tel:01159876543">call</a>', '<a href="tel:01159876543" rel="nofollow noopener">call</a>'),
        ("<h1>Job</h1><h5>More</h5>", "<h3>Job</h3><h4>More</h4>"),
        ("&lt;p&gt;Escaped &amp;amp; read&lt;/p&gt;", "<p>Escaped &amp; read</p>"),
        ("One\nline\n\nTwo & more", "<p>One<br>line</p><p>Two &amp; more</p>"),
        ("<p>&nbsp;</p>", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_descriptions_become_safe_html(source, clean):
    assert safe_html(source) == clean


def test_plain_text_keeps_paragraphs_and_lists():
    html = "<h3>About</h3><p>One.<br>Two.</p><ul><li>First</li><li>Second</li></ul><p>End</p>"
    assert plain_text(html) == "About\n\nOne.\nTwo.\n\n- First\n- Second\n\nEnd"


def test_a_huge_description_is_cut_with_a_notice():
    clean = safe_html("<p>" + "word " * LONGEST + "</p>")
    assert len(clean) < LONGEST + 200
    assert NOTICE in plain_text(clean)


def test_surroundings_of_a_word_do_not_overlap():
    text = "x" * 500 + "clos clos" + "y" * 500 + "clos"
    assert around(text, "clos", reach=10) == "x" * 10 + "clos clos" + "y" * 6 + "\n" + "y" * 10 + "clos"


def test_titles_and_employers_are_taken_as_they_stand():
    assert read_title("  13834 - Administration &amp; Support ") == "13834 - Administration & Support"
    assert read_title("  - ") is None
    assert read_employer(None, " Ashfield  Council ") == "Ashfield Council"
    assert read_employer("N/A", None) is None


@pytest.mark.parametrize(
    "title",
    ["Sorry, this service is closing soon", "No vacancies", "There are currently no vacancies", "No current vacancies available",
     "We currently have no vacancies", "Sorry, there are no jobs at the moment", "This vacancy is no longer available", "404 Not Found",
     "There are no vacancies at present.", "This job has now closed", "Page not found"],
)  # fmt: skip
def test_a_tombstone_is_no_advert(title):
    assert tombstone(title) == title


@pytest.mark.parametrize(
    "title", ["Vacancies Administrator", "Jobs Coach", "Service Manager", "Closing Team Lead", "Head of Service - closing the gap", "No.1 Court Usher",
              "Site Manager", "Post Room Assistant"]
)  # fmt: skip
def test_an_odd_title_is_still_an_advert(title):
    assert tombstone(title) is None


def test_a_bare_heading_over_no_vacancies_is_a_tombstone():
    assert tombstone("Current vacancies", "There are currently no vacancies.") is not None
    assert tombstone("Care Assistant", "There are currently no vacancies.") is None
