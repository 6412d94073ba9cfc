"""Alerts' messages: plain to read, the same in text and HTML; nothing in them leads elsewhere or counts readers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from looks import faults
from lxml import html as lxml_html
from playwright.sync_api import Browser
from readability import reading

from clearinghouse.alerts.digest import (
    Confirmation,
    Digest,
    Renewal,
    Told,
    Words,
    confirmation,
    confirmation_text,
    digest,
    digest_text,
    renewal,
    renewal_text,
)
from clearinghouse.alerts.models import Often
from clearinghouse.settings import Settings

OURS = "https://jobs.anyshire.example"
LINK = f"{OURS}/link/{'a' * 78}.{'b' * 5}"
STOP = f"{OURS}/alerts/stop/{'c' * 83}"
SETTINGS = Settings(public_url=OURS, contact_email="desk@anyshire.example", area="anyshire")
SEARCH = "“care assistant” within 5 miles of Mansfield"
CARE = Told(
    "Care Assistant", "Anyshire Council", "Mansfield NG18 1AA", "£24,071 a year", "4 December 2026 at 11:59pm",
    f"{OURS}/vacancies/abcdefghij-care-assistant", ("“care assistant” in the title", "Part time"),
)  # fmt: skip
BARE = Told("Porter & <b>Runner</b>", None, None, None, None, f"{OURS}/vacancies/abcdefghik-porter")
DIGEST = Digest(
    SEARCH, ("Part time",), Often.DAILY, (CARE, BARE), 12, LINK, STOP, f"{OURS}/vacancies?q=care&sort=newest"
)
CONFIRMATION = Confirmation(SEARCH, ("Part time",), Often.WEEKLY, LINK)
RENEWAL = Renewal(SEARCH, ("Part time",), dt.date(2026, 12, 20), LINK, STOP)
MAILS = {
    "digest": digest(DIGEST, SETTINGS),
    "confirmation": confirmation(CONFIRMATION, SETTINGS),
    "renewal": renewal(RENEWAL, SETTINGS),
}
GSM = re.compile(r"[A-Za-z0-9@£$!\"#%&'()*+,\-./:;<=>? _\n]*")


def said(words: Words) -> str:
    """The HTML as a reader sees it."""
    shown = words.html.replace("<br>", " ").replace("</p>", " </p>")
    return " ".join(lxml_html.fromstring(shown).find("body").text_content().split())


def links(words: Words) -> list[str]:
    return [url for url in lxml_html.fromstring(words.html).xpath("//@href") if not url.startswith("mailto:")]


def test_a_digest_says_what_is_new_why_and_how_to_stop() -> None:
    mail = MAILS["digest"]
    assert mail.subject == f"14 new jobs: {SEARCH}"
    for words in (" ".join(mail.text.split()), said(mail)):
        assert f"{SEARCH} Part time" in words
        assert "Care Assistant" in words
        assert "Anyshire Council, Mansfield NG18 1AA £24,071 a year Closes 4 December 2026 at 11:59pm" in words
        assert "Why it is here: “care assistant” in the title; Part time." in words
        assert "There are 12 more." in words
        assert "What counts is the employer's own advert" in words
        assert "Anyshire public jobs" in words
        assert "desk@anyshire.example" in words
    for url in (CARE.url, BARE.url, DIGEST.all_url, LINK, STOP, OURS):
        assert url in mail.text.splitlines()
        assert url in links(mail)


def test_what_is_not_known_of_a_job_leaves_no_gap() -> None:
    lines = MAILS["digest"].text.split("\n\n")
    assert f"{BARE.title}\n{BARE.url}" in lines


def test_words_of_adverts_stay_words() -> None:
    assert "Porter &amp; &lt;b&gt;Runner&lt;/b&gt;" in MAILS["digest"].html


@pytest.mark.parametrize(("more", "jobs"), [(0, "1 new job:"), (1, "2 new jobs:"), (1233, "1,234 new jobs:")])
def test_jobs_are_counted_in_words(more: int, jobs: str) -> None:
    assert digest(replace(DIGEST, told=(CARE,), more=more), SETTINGS).subject.startswith(jobs)


def test_a_search_without_words_begins_with_a_capital() -> None:
    mail = digest(replace(DIGEST, search_in_words="every job"), SETTINGS)
    assert mail.subject == "14 new jobs: every job"
    assert "\nEvery job\n" in mail.text
    assert "Every job" in said(mail)


def test_a_subject_is_short_and_on_one_line() -> None:
    subject = digest(replace(DIGEST, search_in_words="care\r\n" + "assistant " * 40), SETTINGS).subject
    assert len(subject) <= 90
    assert "\n" not in subject


@pytest.mark.parametrize("name", MAILS)
def test_text_has_72_columns_and_each_link_a_line_of_its_own(name: str) -> None:
    lines = MAILS[name].text.splitlines()
    assert max(len(line) for line in lines if not line.startswith("https:")) <= 72
    assert all("https:" not in line for line in lines if not line.startswith("https:"))


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_leads_to_our_own_site_alone_and_loads_nothing(name: str) -> None:
    assert all(url.startswith(OURS) for url in links(MAILS[name]))
    tree = lxml_html.fromstring(MAILS[name].html)
    assert tree.get("lang") == "en"
    assert not tree.xpath("//img|//script|//link|//style|//@src|//@background|//*[contains(@style, 'url(')]")


@pytest.mark.parametrize(
    "typed",
    [
        "http://evil.example/pills",
        "www.evil.example",
        "evil.example",
        "buy@evil.example",
        "EVIL.COM/x",
        "ev\u200bil.com",
        "\u202eevil.com",
    ],
)
def test_a_confirmation_repeats_nothing_that_leads_elsewhere(typed: str) -> None:
    mail = confirmation(replace(CONFIRMATION, search_in_words=f"“{typed}”", chips=(typed,)), SETTINGS)
    for words in (mail.subject, mail.text, mail.html):
        assert "evil" not in words.lower()
        assert words.count("“") == words.count("”")


def test_a_confirmation_repeats_no_more_than_a_line_of_what_was_typed() -> None:
    mail = confirmation(replace(CONFIRMATION, search_in_words=f"“{'care ' * 200}”"), SETTINGS)
    assert len(mail.text) < 1200


def test_a_confirmation_changes_nothing_for_who_does_nothing() -> None:
    assert "If it isn't yours, do nothing. We send nothing more." in said(MAILS["confirmation"])
    assert set(links(MAILS["confirmation"])) == {LINK, OURS}


def test_a_renewal_says_when_it_ends() -> None:
    assert "they end on 20 December 2026" in said(MAILS["renewal"])
    assert {LINK, STOP} <= set(links(MAILS["renewal"]))


@pytest.mark.parametrize("words", [digest_text(DIGEST), confirmation_text(CONFIRMATION), renewal_text(RENEWAL)])
def test_a_text_message_is_one_message(words: str) -> None:
    assert len(words) <= 160
    assert GSM.fullmatch(words)
    assert LINK in words


@pytest.mark.parametrize("name", MAILS)
def test_mails_can_be_read_at_nine(name: str) -> None:
    found = reading(MAILS[name].html.replace("<body", "<main").replace("</body", "</main"))
    assert len(found.sentences) > 2
    assert found.grade <= 5, (name, found.grade, found.longest)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("digest", 360),
        *(pytest.param(name, width, marks=pytest.mark.soak) for name in MAILS for width in (360, 600)),
    ],
)
def test_a_mail_fits_a_phone_and_is_fit_for_everyone(browser: Browser, axe: str, name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.set_content(MAILS[name].html.replace("<div", "<main><div", 1).replace("</body", "</main></body"))  # as webmail
    assert faults(page, axe) == []
    taps = page.eval_on_selector_all("a", "found => found.map(one => one.getBoundingClientRect().height)")
    assert min(taps) >= 40
    page.close()
