"""Something wrong with this advert? From the form that anyone may send to what is kept."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from lxml import html
from smalltown import NOW, plain_draft, rich_draft
from visiting import Visitor

from clearinghouse.vacancies.models import Touched, Vacancy
from clearinghouse.vacancies.reports import LONGEST, AdvertReport, Wrong

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def told(sqlite_site):
    """A site with one vacancy, and the path of its form."""
    sqlite_site.ids["one"] = sqlite_site.town.add(rich_draft())
    sqlite_site.town.publish()
    return sqlite_site, f"/vacancies/{sqlite_site.ids['one']}/report"


def rows(site) -> list[AdvertReport]:
    with site.town.store.reading() as session:
        return list(session.scalars(sa.select(AdvertReport).order_by(AdvertReport.id)))


@pytest.mark.parametrize("name", ["rich", "silent", "unconfirmed", "closed", "withdrawn"])
def test_every_vacancys_page_links_to_the_form_and_the_form_back(site, name: str) -> None:
    page = html.fromstring(site.page(f"/vacancies/{site.ids[name]}"))
    (link,) = page.xpath("//main//a[.='Something wrong with this advert?']/@href")
    form = html.fromstring(site.page(link))
    assert form.xpath("//form[@method='post']/@action")[0] == link
    assert [box.get("value") for box in form.xpath("//input[@name='wrong']")] == [kind.value for kind in Wrong]
    assert form.xpath("//nav[@aria-label='Back']/a/@href")[0].startswith(f"/vacancies/{site.ids[name]}-")


@pytest.mark.parametrize("name", ["future", "ancient"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_has_no_page_has_no_form(site, name: str, method: str) -> None:
    for path in (f"/vacancies/{site.ids[name]}/report", "/vacancies/nonesuch00/report"):
        assert site.client().request(method, path, data={"wrong": "pay"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"), [("pay", ""), ("closed", "It says so on their site."), ("other", "No\r\nphone")]
)
def test_a_report_is_kept_and_leads_to_the_thanks(told, wrong: str, words: str) -> None:
    site, path = told
    answer = site.client().post(path, data={"wrong": wrong, "words": words})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}/thanks")
    assert "Thank you for telling us" in site.page(f"{path}/thanks")
    (row,) = rows(site)
    assert (row.wrong, row.words, row.times) == (Wrong(wrong), words.replace("\r", "") or None, 1)
    assert (row.at, row.last, row.organisation_id) == (NOW, NOW, 1)


def test_looking_changes_nothing_and_a_report_does_not_change_the_vacancy(told) -> None:
    site, path = told
    for method in ("GET", "HEAD"):
        for address in (path, f"{path}?wrong=pay&words=x", f"{path}/thanks"):
            assert site.client().request(method, address).status_code == 200
    assert rows(site) == []
    site.client().post(path, data={"wrong": "closed"})
    with site.town.store.reading() as session:
        assert session.scalars(sa.select(Touched)).all() == []
        assert session.scalars(sa.select(Vacancy.updated)).one() < NOW


BAD = {
    "no choice": ({}, "wrong", "Choose what is wrong"),
    "an unknown choice": ({"wrong": "<b>"}, "wrong", "Choose what is wrong"),
    "other without words": ({"wrong": "other", "words": " \r\n\t "}, "words", "Tell us what is wrong"),
    "too many words": ({"wrong": "pay", "words": "é" * (LONGEST + 1)}, "words", "You wrote 1,001 characters."),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(told, case: str) -> None:
    site, path = told
    data, field, sentence = BAD[case]
    answer = site.client().post(path, data=data)
    page = html.fromstring(answer.text)
    assert answer.status_code == 400
    assert page.findtext(".//title").startswith("Error: Something wrong with this advert?")
    (link,) = page.xpath("//*[@class='govuk-error-summary']//a")
    assert link.get("href") == f"#{field}"
    assert link.text.startswith(sentence)
    assert page.xpath(f"//*[@id='{field}']")
    assert sentence in page.xpath(f"string(//*[@id='{field}-error'])")
    assert page.xpath("string(//textarea)").strip() == data.get("words", "").strip()
    assert rows(site) == []


def test_1000_characters_are_counted_as_they_are_read_with_plain_line_ends(told) -> None:
    site, path = told
    words = "a\r\n" * (LONGEST // 2 - 1) + "aa"
    assert site.client().post(path, data={"wrong": "pay", "words": words}).status_code == 303
    assert len(rows(site)[0].words) == LONGEST


def test_what_could_mislead_a_reader_is_taken_out_of_the_words(told) -> None:
    site, path = told
    site.client().post(path, data={"wrong": "pay", "words": "a\x00b\u202ec\x07 é 👩‍🍳\n<script>"})
    assert rows(site)[0].words == "a b c é 👩‍🍳\n<script>"


def test_the_same_report_only_counts_up_while_it_is_open(told) -> None:
    site, path = told
    visitor = site.client()
    for seconds in (0, 1, 60, 60 * 60 * 30):
        site.now = NOW + dt.timedelta(seconds=seconds)
        visitor.post(path, data={"wrong": "pay", "words": "Too low"})
    visitor.post(path, data={"wrong": "pay", "words": "Too high"})
    visitor.post(path, data={"wrong": "link", "words": "Too low"})
    assert [(row.wrong, row.words, row.times) for row in rows(site)] == [
        (Wrong.PAY, "Too low", 3), (Wrong.PAY, "Too high", 1), (Wrong.LINK, "Too low", 1)
    ]  # fmt: skip
    assert rows(site)[0].last == site.now


def test_no_vacancy_has_more_than_twenty_open_reports_and_each_kind_finds_room(told) -> None:
    site, path = told
    visitor = from_address(site.app(), "127.0.0.1")
    for number in range(30):
        visitor.post(path, data={"wrong": "other", "words": f"Reason {number}"})
    for kind in Wrong:
        for number in range(6):
            visitor.post(path, data={"wrong": kind.value, "words": f"Word {number}"})
    found = rows(site)
    assert len(found) == 20
    assert {row.wrong for row in found} == set(Wrong)
    assert sum(row.times for row in found) == 30 + 6 * len(Wrong)


def test_an_address_may_send_five_an_hour_and_keeps_what_it_typed(told) -> None:
    site, path = told
    app = site.app()
    visitor, other, own = (from_address(app, peer) for peer in ("203.0.113.5", "203.0.113.6", "127.0.0.1"))
    visitor.post(path, data={"wrong": "other"})  # what can't be taken isn't counted
    answers = [visitor.post(path, data={"wrong": "other", "words": f"No. {number}"}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 3600
    page = html.fromstring(answers[-1].text)
    assert page.xpath("string(//textarea)").strip() == "No. 5"
    assert "You have sent 5 reports in an hour." in answers[-1].text
    assert other.post(path, data={"wrong": "pay"}).status_code == 303
    assert {own.post(path, data={"wrong": "pay"}).status_code for _ in range(7)} == {303}
    site.now += HOUR
    assert visitor.post(path, data={"wrong": "other", "words": "Later"}).status_code == 303


def from_address(app, peer: str) -> Visitor:
    return Visitor(app, base_url="http://127.0.0.1:8000", client=(peer, 50_000))


def test_a_form_of_another_site_is_refused(told) -> None:
    site, path = told
    headers = {"Origin": "https://elsewhere.example"}
    assert site.client().post(path, data={"wrong": "pay"}, headers=headers).status_code == 403
    assert rows(site) == []


def test_words_are_encrypted_at_rest(told) -> None:
    site, path = told
    site.client().post(path, data={"wrong": "other", "words": "the pay is a pittance"})
    with site.town.store.reading() as session:
        (stored,) = session.execute(sa.text("select words from advert_report")).scalars()
    assert "pittance" not in stored


def test_a_report_on_a_merged_vacancy_is_one_on_the_other(told) -> None:
    site, path = told
    other = site.town.add(plain_draft(1))
    with site.town.store.writing() as session:
        into, merged = (
            session.scalars(sa.select(Vacancy).where(Vacancy.public_id == public_id)).one()
            for public_id in (other, site.ids["one"])
        )
        merged.merged_into = into.id
        session.add(Touched(vacancy_id=merged.id))
    site.town.publish()
    answer = site.client().post(path, data={"wrong": "duplicate"})
    assert answer.headers["location"] == f"/vacancies/{other}/report/thanks"
    assert [row.vacancy_id for row in rows(site)] == [into.id]
