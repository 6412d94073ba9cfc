"""The links that we mail, and asking for one."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from comingin import EMAIL, PASSWORD, member, somebody

from clearinghouse.accounts import links
from clearinghouse.accounts.models import LinkPurpose
from clearinghouse.db import Store
from clearinghouse.mail.models import Mail
from web.forgotten import Forgotten

if TYPE_CHECKING:
    from conftest import Town
    from fastapi.testclient import TestClient


def sign_in(visitor: TestClient, password: str = PASSWORD):
    return visitor.post("/sign-in", data={"email": EMAIL, "password": password})


def invited(town: Town, purpose: LinkPurpose = LinkPurpose.INVITATION) -> str:
    number = somebody(town, password=None, codes=False)
    with town.store.writing() as session:
        return links.send_link(session, number, purpose, "a test", town.now, "").removeprefix("http://127.0.0.1:8000")


def test_a_link_changes_nothing_until_its_form_is_sent(town: Town) -> None:
    path, visitor = invited(town), town.client()
    for method in ("GET", "HEAD", "GET"):
        answer = visitor.request(method, path)
        assert answer.status_code == 200
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
    assert EMAIL in visitor.get(path).text
    answer = visitor.post(path, data={"password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?done=password")
    assert "Your new password is set" in visitor.get("/sign-in?done=password").text
    assert sign_in(visitor).headers["location"] == "/account/codes"
    again = visitor.post(path, data={"password": "another password of mine"})
    assert again.status_code == 404
    assert sign_in(visitor).status_code == 303


def test_whoever_chooses_a_password_in_somebody_elses_browser_acts_not_as_them(town: Town) -> None:
    other = member(town)
    token = other.cookies["session"]
    answer = other.post(invited(town), data={"password": PASSWORD})
    assert answer.headers["location"] == "/sign-in?done=password"
    assert 'session=""' in answer.headers["set-cookie"]
    assert "Your new password is set" in other.get("/sign-in?done=password").text
    assert town.client().get("/account", headers={"Cookie": f"session={token}"}).headers["location"] == "/sign-in"


@pytest.mark.parametrize(("typed", "words"), [("", "password"), ("short", "12"), ("x" * 20, "password")])
def test_a_password_that_is_too_easy_is_named_and_the_link_stays_good(town: Town, typed: str, words: str) -> None:
    path, visitor = invited(town), town.client()
    answer = visitor.post(path, data={"password": typed})
    assert answer.status_code == 400
    assert "Error: Choose a password" in answer.text
    assert words in answer.text
    assert visitor.post(path, data={"password": PASSWORD}).status_code == 303


def test_links_that_do_not_work_are_all_answered_alike(town: Town) -> None:
    used, visitor = invited(town), town.client()
    assert visitor.post(used, data={"password": PASSWORD}).status_code == 303
    with town.store.writing() as session:
        late = links.send_link(session, 1, LinkPurpose.RESET, "a test", town.now, "")
    town.now += dt.timedelta(hours=1)
    paths = [used, late, "/link/unknown", "/link/" + "x" * 3000, "/link/%F0%9F%98%80"]
    answers = [visitor.request(method, path) for path in paths for method in ("GET", "POST")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


def test_who_forgot_the_password_gets_a_mail_and_nobody_learns_who_has_an_account(town: Town) -> None:
    somebody(town)
    visitor = town.client()
    asked = (EMAIL, "nobody@example.org", "\x00", EMAIL.upper())
    answers = [visitor.post("/forgotten-password", data={"email": email}) for email in asked]
    assert {(a.status_code, a.headers["location"]) for a in answers} == {(303, "/forgotten-password?done=sent")}
    with town.store.reading() as session:
        assert session.scalars(sa.select(Mail)).all() == [], "the store was not even asked who that is"
    visitor.app.state.site.forgotten.send(town.store, "http://127.0.0.1:8000")
    assert "If there is an account" in visitor.get("/forgotten-password?done=sent").text
    with town.store.reading() as session:
        mails = session.scalars(sa.select(Mail)).all()
        assert [mail.to for mail in mails] == [EMAIL, EMAIL]
        link = re.search(r"http://127\.0\.0\.1:8000(/link/\S+)", mails[-1].text)
    assert link
    assert visitor.post(link[1], data={"password": "a new one of my own"}).status_code == 303
    assert sign_in(visitor, password="a new one of my own").status_code == 200


def test_what_a_failing_store_kept_from_being_sent_is_sent_the_next_time(town: Town) -> None:
    somebody(town)
    waiting, broken = Forgotten(), Store("sqlite:////no/such/folder/store.sqlite3")
    waiting.add(EMAIL, town.now)
    for _ in range(2):
        with pytest.raises(sa.exc.OperationalError):
            waiting.send(broken, "")
    waiting.send(town.store, "")
    waiting.send(town.store, "")
    with town.store.reading() as session:
        assert len(session.scalars(sa.select(Mail)).all()) == 1


def test_a_running_site_sends_it_at_the_latest_when_it_ends(town: Town) -> None:
    somebody(town)
    with town.client() as visitor:
        visitor.post("/forgotten-password", data={"email": EMAIL})
    with town.store.reading() as session:
        assert len(session.scalars(sa.select(Mail)).all()) == 1


def test_an_address_that_asks_on_and_on_must_wait(town: Town) -> None:
    visitor = town.client("203.0.113.9")
    answers = [visitor.post("/forgotten-password", data={"email": f"n{n}@example.org"}) for n in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) > 1000
    assert "There is a problem" in answers[-1].text


def test_asking_without_an_address_is_a_problem(town: Town) -> None:
    answer = town.client().post("/forgotten-password", data={"email": " "})
    assert answer.status_code == 400
    assert "Enter your email address" in answer.text
