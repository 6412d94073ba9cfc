"""Asking for new jobs by e-mail: from the list to the message that asks whether it was you."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from lxml import html
from smalltown import NOW, rich_draft

from clearinghouse.alerts.addresses import NO_EMAIL, NO_MOBILE
from clearinghouse.alerts.asking import NOTHING_LEFT
from clearinghouse.alerts.models import Often, SavedSearch
from clearinghouse.alerts.queries import criteria_of
from clearinghouse.mail.models import Channel, Mail, MailKind
from web.deps import ASKS
from web.pages.alerts import NO_OFTEN

HERE = "http://127.0.0.1:8000"
EMAIL = "sam@example.org"
GOOD = {"search": "q=cook", "email": EMAIL, "often": "daily"}
TELLS = "q=cook&dbs=none&flag=guaranteed_interview&flag=entry_level"


class Asking:
    """A visitor of a site, and what became of the forms that they sent."""

    def __init__(self, site, **settings: object) -> None:
        self.visitor = TestClient(
            site.app(**settings), base_url=HERE, follow_redirects=False, client=("127.0.0.1", 50_000)
        )
        self.here = self.visitor.app.state.site

    def send(self, headers: dict[str, str] | None = None, **fields: str):
        """The answer to the form, and then what the site's thread does every few seconds."""
        answer = self.visitor.post("/alerts/new", data=GOOD | fields, headers=headers)
        self.here.asks.save(self.here.store, self.here.settings)
        return answer

    def rows(self, table=SavedSearch) -> list:
        with self.here.store.reading() as session:
            return list(session.scalars(sa.select(table).order_by(table.id)))


@pytest.fixture(scope="module")
def with_a_job(module_site):
    module_site.town.add(rich_draft())
    module_site.town.publish()
    return module_site


@pytest.fixture
def asking(with_a_job) -> Asking:
    """A site with one job, which nobody has asked to be told of."""
    with_a_job.now = NOW
    with with_a_job.town.store.writing() as session:
        session.execute(sa.delete(SavedSearch))
        session.execute(sa.delete(Mail))
    return Asking(with_a_job)


def errors(answer) -> dict[str, str]:
    """The fields that the summary links to, each with its sentence."""
    page = html.fromstring(answer.text)
    summary = page.xpath("//*[contains(@class, 'govuk-error-summary__list')]//a")
    named = {link.get("href").removeprefix("#"): link.text_content() for link in summary}
    assert all(page.xpath(f"//*[@id='{name}']") for name in named)
    return named


def words(page: str) -> str:
    return " ".join(html.fromstring(page).xpath("//main")[0].text_content().split())


def test_a_search_for_every_job_is_warned_of_and_taken(asking: Asking) -> None:
    assert "we would tell you of every new job" in words(asking.visitor.get("/alerts/new").text)
    assert "every new job" not in words(asking.visitor.get("/alerts/new?kind=job").text)
    assert asking.send(search="").status_code == 303
    assert asking.rows()[0].query == ""


NO_WAY = [
    ({}, "cannot send mail right now"),
    ({"demo": True}, "This is a demo. It sends no mail"),
    ({"smtp_url": "smtp://127.0.0.1:9"}, ""),
]


@pytest.mark.parametrize(("settings", "sentence"), NO_WAY)
def test_people_are_told_where_no_mail_can_go_out(with_a_job, settings: dict[str, object], sentence: str) -> None:
    visitor = Asking(with_a_job, **settings).visitor
    for path in ("/alerts", "/alerts/new?q=cook", "/alerts/asked"):
        said = words(visitor.get(path).text)
        assert ("your message waits here" in said) is bool(sentence), path
        assert sentence in said


def test_what_was_asked_waits_for_the_answer_to_one_message(asking: Asking) -> None:
    answer = asking.send(search="q=cook&location=Mansfield&radius=5&as_typed=yes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts/asked")
    assert "set-cookie" not in answer.headers
    assert "Check your email" in asking.visitor.get("/alerts/asked").text
    (row,) = asking.rows()
    assert (row.address, row.often, row.confirmed_at, row.asked_at) == (EMAIL, Often.DAILY, None, NOW)
    assert (row.query, row.reveals) == ("q=cook&location=Mansfield&radius=5&as_typed=yes", False)
    (mail,) = asking.rows(Mail)
    assert (mail.kind, mail.to) == (MailKind.ALERT_CONFIRM, EMAIL)
    assert "http://127.0.0.1:8000/link/" in mail.text


def test_known_and_unknown_addresses_and_double_posts_are_answered_alike(asking: Asking) -> None:
    sent = [asking.send(email=email) for email in (EMAIL, EMAIL, " SAM@example.org ", "kim@example.org")]
    assert len({(answer.status_code, answer.text, str(answer.headers)) for answer in sent}) == 1
    assert [row.address for row in asking.rows()] == [EMAIL, "kim@example.org"]
    assert len(asking.rows(Mail)) == 2


NAMED = [
    ({"email": ""}, {"email": NO_EMAIL}),
    ({"email": "a@b\0.example"}, {"email": NO_EMAIL}),
    ({"email": f"{'a' * 5000}@example.org"}, {"email": NO_EMAIL}),
    ({"email": "a@example.org\r\nBcc: b@example.org"}, {"email": NO_EMAIL}),
    ({"often": "hourly\0"}, {"often": NO_OFTEN}),
    ({"email": "x", "often": ""}, {"email": NO_EMAIL, "often": NO_OFTEN}),
    ({"search": "dbs=none", "often": ""}, {"private": NOTHING_LEFT, "often": NO_OFTEN}),
]


@pytest.mark.parametrize(("fields", "named"), NAMED)
def test_what_can_not_be_taken_is_named_and_the_answers_stay(
    asking: Asking, fields: dict[str, str], named: dict[str, str]
) -> None:
    answer = asking.send(**fields)
    assert answer.status_code == 400
    assert answer.headers["cache-control"] == "no-store"
    found = errors(answer)
    assert found == named
    assert list(found) == list(named)
    page = html.fromstring(answer.text)
    assert page.findtext(".//title").startswith("Error: ")
    assert page.xpath("//input[@name='often'][@checked]/@value") == ([] if "often" in fields else ["daily"])
    assert asking.rows() == []


def test_what_a_search_may_tell_is_said_before_and_left_out_unless_they_want_it(asking: Asking) -> None:
    page = asking.visitor.get(f"/alerts/new?{TELLS}").text
    said = words(page)
    assert "This search may say something about you" in said
    assert "No criminal record check" in said  # its chip
    assert "guaranteed interview" in said
    (box,) = html.fromstring(page).xpath("//input[@name='private']")
    assert box.get("checked") is None
    asking.send(search=TELLS)
    asking.send(search=TELLS, email="kim@example.org", private="keep")
    left, whole = ((criteria_of(row.query), row.reveals) for row in asking.rows())
    assert (left[0].dbs, left[0].flag, left[1]) == ((), ("entry_level",), False)
    assert (whole[0].dbs, whole[0].flag, whole[1]) == (("none",), ("guaranteed_interview", "entry_level"), True)


def test_a_search_that_tells_nothing_has_no_such_question(asking: Asking) -> None:
    page = asking.visitor.get("/alerts/new?q=cook&dbs=enhanced&flag=entry_level").text
    assert 'name="private"' not in page


def test_one_asker_may_ask_only_so_often(asking: Asking, with_a_job) -> None:
    asking = Asking(with_a_job, trusted_proxies="127.0.0.1")
    headers = {"x-forwarded-for": "198.51.100.7"}
    sent = [asking.send(headers, email=f"s{number}@example.org").status_code for number in range(ASKS)]
    assert sent == [303] * ASKS
    answer = asking.send(headers)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3600")
    assert errors(answer).keys() == {"email"}
    assert f'value="{EMAIL}"' in answer.text
    assert asking.send({"x-forwarded-for": "198.51.100.8"}).status_code == 303
    with_a_job.now += dt.timedelta(hours=1)
    assert asking.send(headers).status_code == 303


HOSTILE = ["q=" + "x" * 5000, "q=%00", "\0", "&".join(f"employer=e{n}" for n in range(400)),
           "page=1000000000&radius=-1", "location=ZZ99+9ZZ", "flag=%ff%fe", "%%%", "q=<script>"]  # fmt: skip


@pytest.mark.parametrize("search", HOSTILE)
def test_a_search_of_any_shape_has_a_form_and_can_be_sent(asking: Asking, search: str) -> None:
    assert asking.visitor.get("/alerts/new", params=search.replace("\0", "%00")).status_code == 200
    answer = asking.send(search=search)
    assert answer.status_code == 303
    assert "<script>" not in asking.visitor.get("/alerts/new?q=<script>").text.partition("<main")[2]


class Failing:
    """A store that is out of reach."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        raise sa.exc.OperationalError("BEGIN", {}, OSError("out of reach"))
        yield


def test_a_store_that_fails_loses_nothing_that_was_asked(asking: Asking) -> None:
    asking.visitor.post("/alerts/new", data=GOOD)
    with pytest.raises(sa.exc.SQLAlchemyError):
        asking.here.asks.save(Failing(), asking.here.settings)
    asking.here.asks.save(asking.here.store, asking.here.settings)
    assert len(asking.rows()) == 1


def test_texts_are_not_offered_where_none_are_sent(asking: Asking) -> None:
    assert 'name="mobile"' not in asking.visitor.get("/alerts/new").text
    assert "A mail service brings" in asking.visitor.get("/privacy").text
    assert asking.send(by="text", mobile="07700 900982").headers["location"] == "/alerts/asked"
    assert "Check your email" in asking.visitor.get("/alerts/asked?by=text").text
    assert asking.rows()[0].address == EMAIL


ID = "0b1f4bb2-9f0c-4d7b-8f0e-1c2d3e4f5a6b"
TEXTS = {"notify_api_key": f"key-{ID}-{ID}", "notify_text_template": ID, "texts_a_month": 100}


def test_where_texts_are_sent_a_mobile_number_does_too(with_a_job, asking: Asking) -> None:
    asking = Asking(with_a_job, **TEXTS)
    page = html.fromstring(asking.visitor.get("/alerts/new?q=cook").text)
    assert page.xpath("//input[@name='by'][@checked]/@value") == ["email"]
    answer = asking.send(by="text", email="", mobile="0115 496 0123")
    assert errors(answer) == {"mobile": NO_MOBILE}
    assert html.fromstring(answer.text).xpath("//input[@name='mobile']/@value") == ["0115 496 0123"]
    answer = asking.send(by="text", email="", mobile="07700 900982")
    assert answer.headers["location"] == "/alerts/asked?by=text"
    assert "Check your phone" in asking.visitor.get("/alerts/asked?by=text").text
    (row,), (mail,) = asking.rows(), asking.rows(Mail)
    assert (row.channel, row.address) == (Channel.TEXT, "+447700900982")
    assert (mail.channel, mail.to) == (Channel.TEXT, "+447700900982")
    privacy = " ".join(html.fromstring(asking.visitor.get("/privacy").text).text_content().split())
    assert "We keep your email address or phone number" in privacy
    assert "GOV.UK Notify, a service of the government, brings our messages to you" in privacy
    assert asking.send(by="", mobile="07700 900982").headers["location"] == "/alerts/asked"
