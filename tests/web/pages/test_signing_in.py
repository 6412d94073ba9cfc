"""Signing in as a browser does it: password, code, what is refused, where one is led."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyotp
import pytest
import sqlalchemy as sa
from comingin import EMAIL, PASSWORD, SECRET, hidden, somebody
from cryptography.fernet import Fernet

from clearinghouse.accounts import people
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import SignedIn
from clearinghouse.accounts.roles import Role
from clearinghouse.settings import Settings

if TYPE_CHECKING:
    from conftest import Town
    from fastapi.testclient import TestClient

MINUTE = dt.timedelta(minutes=1)


def code(town: Town) -> str:
    return pyotp.TOTP(SECRET).at(town.now)


def first(visitor: TestClient, email: str = EMAIL, password: str = PASSWORD, **fields: str):
    return visitor.post("/sign-in", data={"email": email, "password": password, **fields})


def come_in(town: Town, visitor: TestClient, **fields: str):
    """Both steps."""
    step = first(visitor, **fields)
    carried = {name: hidden(step.text, name) for name in ("step", "email", "kept") if f'name="{name}"' in step.text}
    return visitor.post("/sign-in", data={**carried, "code": code(town)})


def test_a_password_and_a_code_let_somebody_in(town: Town) -> None:
    somebody(town)
    visitor = town.client()
    step = first(visitor)
    assert step.status_code == 200
    assert "session" not in visitor.cookies
    assert step.headers["cache-control"] == "no-store"
    assert 'autocomplete="one-time-code"' in step.text
    answer = visitor.post("/sign-in", data={"step": hidden(step.text, "step"), "code": code(town)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/operations")
    cookies = {cookie.split("=")[0]: cookie.lower() for cookie in answer.headers.get_list("set-cookie")}
    assert set(cookies) == {"session", "known"}
    assert all("httponly" in cookie and "samesite=lax" in cookie for cookie in cookies.values())
    assert not any("secure" in cookie for cookie in cookies.values())
    assert "path=/sign-in" in cookies["known"]
    assert "max-age" not in cookies["session"]
    account = visitor.get("/account")
    assert account.status_code == 200
    assert account.headers["cache-control"] == "private, no-store"
    assert visitor.get("/sign-in").headers["location"] == "/operations"


def test_cookies_are_for_https_alone_where_the_site_has_it(town: Town) -> None:
    somebody(town, codes=False)
    answer = first(town.client(public_url="https://jobs.example.org"))
    assert len(answer.headers.get_list("set-cookie")) == 2
    assert all("secure" in cookie.lower() for cookie in answer.headers.get_list("set-cookie"))


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (EMAIL, "wrong horse battery"),
        ("nobody@example.org", PASSWORD),
        ("disabled@example.org", PASSWORD),
        ("invited@example.org", PASSWORD),
        ("no address", PASSWORD),
        ("", ""),
        (EMAIL, ""),
        ("", PASSWORD),
        ("\x00@example.org", "\x00"),
        ("a" * 5_000, "b" * 5_000),
    ],
)
def test_what_is_wrong_is_refused_without_a_word_more(town: Town, email: str, password: str) -> None:
    somebody(town)
    somebody(town, email="invited@example.org", password=None)
    number = somebody(town, email="disabled@example.org")
    with town.store.writing() as session:
        people.disable(session, number, "a test", town.now)
    visitor = town.client()
    answer = first(visitor, email, password)
    assert answer.status_code == 403
    assert "<title>Error: Staff sign in" in answer.text
    assert "There is a problem" in answer.text
    assert not (password and f'value="{password}"' in answer.text)
    assert not visitor.cookies
    if email and password:
        assert "The email address or the password is not right" in answer.text
        assert f'value="{email}"' in answer.text


def test_a_person_who_tries_on_and_on_is_told_how_long_to_wait(town: Town) -> None:
    somebody(town)
    visitor = town.client()
    answers = [first(visitor, password=f"guess number {number}") for number in range(12)]
    assert answers[0].status_code == 403
    late = answers[-1]
    assert late.status_code == 429
    seconds = int(late.headers["retry-after"])
    assert seconds >= 1
    assert f"Please wait {seconds} second" in late.text
    assert f'value="{EMAIL}"' in late.text
    town.now += dt.timedelta(seconds=seconds)
    assert first(visitor).status_code == 200


def test_a_browser_that_is_known_gets_in_while_others_at_its_address_guess(town: Town) -> None:
    somebody(town)
    visitor = town.client()
    assert come_in(town, visitor).status_code == 303
    stranger = town.client()
    assert [first(stranger, password=f"guess {number}").status_code for number in range(40)][-1] == 429
    town.now += dt.timedelta(seconds=31)
    assert come_in(town, visitor).status_code == 303


@pytest.mark.parametrize("value", ["", "nonsense", "eyJudW1iZXIiOiJ4IiwidXNlcnMiOlsxXX0.forged"])
def test_nobody_makes_themself_a_known_browser(town: Town, value: str) -> None:
    somebody(town)
    stranger = town.client()
    stranger.cookies.set("known", value)
    assert [first(stranger, password=f"guess {number}").status_code for number in range(40)][-1] == 429


@pytest.mark.parametrize("typed", ["", "000000", "123", "no such code"])
def test_a_wrong_code_is_asked_for_again(town: Town, typed: str) -> None:
    somebody(town)
    visitor = town.client()
    step = hidden(first(visitor).text, "step")
    answer = visitor.post("/sign-in", data={"step": step, "code": typed, "email": EMAIL})
    assert answer.status_code == 403
    assert "Error: Enter your code" in answer.text
    assert hidden(answer.text, "step") == step
    assert visitor.post("/sign-in", data={"step": step, "code": code(town)}).status_code == 303


def test_a_code_works_once(town: Town) -> None:
    somebody(town)
    assert come_in(town, town.client()).status_code == 303
    assert come_in(town, town.client()).status_code == 403


def test_the_form_that_let_a_browser_in_leads_on_when_it_is_sent_again(town: Town) -> None:
    somebody(town)
    visitor, stranger = town.client(), town.client()
    form = {"step": hidden(first(visitor).text, "step"), "code": code(town)}
    answers = [visitor.post("/sign-in", data=form) for _ in range(2)]
    assert [(a.status_code, a.headers["location"]) for a in answers] == [(303, "/operations")] * 2
    assert "set-cookie" not in answers[1].headers
    assert stranger.post("/sign-in", data=form).status_code == 403


@pytest.mark.parametrize("forged", ["x", "gAAAAABnonsense", "x" * 10_000])
def test_a_forged_step_is_no_step(town: Town, forged: str) -> None:
    somebody(town)
    answer = town.client().post("/sign-in", data={"step": forged, "code": code(town)})
    assert answer.status_code == 403
    assert 'name="password"' in answer.text


def test_the_code_must_follow_within_ten_minutes(town: Town) -> None:
    somebody(town)
    visitor = town.client()
    step = hidden(first(visitor).text, "step")
    town.now += 10 * MINUTE
    answer = visitor.post("/sign-in", data={"step": step, "code": code(town)})
    assert answer.status_code == 403
    assert "more than 10 minutes" in answer.text


def test_signing_in_again_ends_the_session_before(town: Town) -> None:
    somebody(town, codes=False)
    visitor = town.client(demo=True)
    first(visitor)
    before = visitor.cookies["session"]
    first(visitor)
    assert visitor.cookies["session"] != before
    with town.store.reading() as session:
        assert len(session.scalars(sa.select(SignedIn).where(SignedIn.ended_at.is_(None))).all()) == 1


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.ADMINISTRATOR, "/operations"),
        (Role.ADVISER, "/account"),
        (Role.DATA_PROTECTION, "/audit"),
        (Role.EMPLOYER, "/members/anytown"),
        (Role.JOBCENTRE, "/account"),
        (Role.REDUNDANCY_LEAD, "/account"),
        (Role.SECRETARIAT, "/operations"),
        (Role.STEERING, "/members"),
        (Role.TEAM_LEAD, "/users"),
    ],
)
def test_each_role_begins_where_its_work_is(town: Town, role: Role, page: str) -> None:
    somebody(town, Hat(role, 1 if role.bound else None))
    visitor = town.client()
    assert come_in(town, visitor).headers["location"] == page
    assert visitor.get("/sign-in").headers["location"] == page
    assert f'href="{page}"' in visitor.get("/account").text


def test_without_one_time_codes_nobody_gets_further_than_their_account(town: Town) -> None:
    somebody(town, codes=False)
    visitor = town.client()
    assert first(visitor).headers["location"] == "/account/codes"
    for path in ("/operations", "/sources", "/no/such", "/members/anytown", "/users/1"):
        if path.startswith("/no"):
            assert visitor.get(path).status_code == 404
        else:
            assert visitor.get(path).headers["location"] == "/account/codes"
            assert visitor.post(path).status_code == 403
    assert visitor.get("/account").status_code == 200
    assert "/operations" not in visitor.get("/account").text
    assert visitor.get("/sign-in").headers["location"] == "/account/codes"


def test_in_a_demo_codes_are_not_asked_for(town: Town) -> None:
    somebody(town, codes=False)
    visitor = town.client(demo=True)
    assert first(visitor).headers["location"] == "/operations"
    assert 'href="/operations"' in visitor.get("/account").text


def test_only_sentences_of_ours_are_shown_as_done(town: Town) -> None:
    for path in ("/sign-in", "/forgotten-password"):
        page = town.client().get(f"{path}?done=You+have+won")
        assert page.status_code == 200
        assert "won" not in page.text


def test_a_data_key_that_opens_nothing_is_an_honest_503(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody(town)
    another = Settings(data_key=Fernet.generate_key().decode())
    monkeypatch.setattr("clearinghouse.sealing.settings", lambda: another)
    answer = come_in(town, town.client())
    assert answer.status_code == 503
    assert "Sorry, there is a problem" in answer.text


def test_an_old_data_key_opens_what_it_closed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody(town)
    both = Settings(data_key=f"{Fernet.generate_key().decode()},{Settings().data_key}")
    monkeypatch.setattr("clearinghouse.sealing.settings", lambda: both)
    assert come_in(town, town.client()).headers["location"] == "/operations"
