"""One's own account: sessions, password, one-time codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyotp
import pytest
import sqlalchemy as sa
from comingin import HR, PASSWORD, email_of, hidden, member, sign_in, submit
from staffing import staff_client

from clearinghouse.accounts import sessions
from clearinghouse.accounts.models import AuditEvent, SignedIn
from clearinghouse.accounts.tags import Tag
from web.agents import browser
from web.pages import account_codes

if TYPE_CHECKING:
    from conftest import Town

NEW = "wholly other words"


def test_the_account_says_who_one_is_and_where_one_is_signed_in(town: Town) -> None:
    person = member(town)
    with town.store.writing() as session:
        sessions.start(session, person.user, "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", town.now, strong=True)
    page = person.get("/account").text
    assert "Employer (member HR), Anytown Council" in page
    assert "Firefox on Windows" in page
    assert page.count("This one") == 1
    assert page.count("/end") == 2


def test_ending_another_session_leaves_this_one(town: Town) -> None:
    person = member(town)
    with town.store.writing() as session:
        token = sessions.start(session, person.user, "another", town.now, strong=True)
        session.flush()
        number = session.scalars(sa.select(sa.func.max(SignedIn.id))).one()
    csrf = hidden(person.get("/account").text, "csrf")
    for _ in range(2):
        answer = person.post(f"/account/sessions/{number}/end", data={"csrf": csrf})
        assert answer.headers["location"] == "/account?done=ended"
    assert sessions.actor_of(town.store, token, town.now) is None
    assert person.get("/account").status_code == 200
    with town.store.reading() as session:
        ended = sa.select(AuditEvent).where(AuditEvent.tag == Tag.ACCOUNT_SESSION_ENDED)
        assert len(session.scalars(ended).all()) == 1


def test_nobody_ends_anothers_session(town: Town) -> None:
    person, other = member(town), staff_client(town.app(), HR)
    csrf = hidden(person.get("/account").text, "csrf")
    with town.store.reading() as session:
        number = session.scalars(sa.select(SignedIn.id).where(SignedIn.user_id == other.user)).one()
    answers = [person.post(f"/account/sessions/{n}/end", data={"csrf": csrf}) for n in (number, 999, "x", "9" * 30)]
    assert {answer.status_code for answer in answers} == {403}
    assert other.get("/account").status_code == 200


@pytest.mark.parametrize("everywhere", [False, True])
def test_signing_out_takes_the_cookie_away(town: Town, *, everywhere: bool) -> None:
    person = member(town)
    with town.store.writing() as session:
        other = sessions.start(session, person.user, "another", town.now, strong=True)
    csrf, token = hidden(person.get("/account").text, "csrf"), person.cookies["session"]
    path = "/account/sign-out-everywhere" if everywhere else "/account/sign-out"
    answer = person.post(path, data={"csrf": csrf})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?done=signed-out")
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert "You have signed out" in person.get(answer.headers["location"]).text
    assert sessions.actor_of(town.store, token, town.now) is None
    assert (sessions.actor_of(town.store, other, town.now) is None) is everywhere


def test_another_password_ends_every_other_session(town: Town) -> None:
    person = member(town)
    with town.store.writing() as session:
        other = sessions.start(session, person.user, "another", town.now, strong=True)
    answer = submit(person, "/account/password", present=PASSWORD, new=NEW)
    assert answer.headers["location"] == "/account?done=password"
    assert "Your password has changed" in person.get("/account?done=password").text
    assert sessions.actor_of(town.store, other, town.now) is None
    email = email_of(town, person)
    assert sign_in(town, person, email, NEW).status_code == 303


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"present": "not mine at all", "new": NEW}, "present"),
        ({"present": PASSWORD, "new": "short"}, "new"),
        ({"present": PASSWORD, "new": ""}, "new"),
        ({"present": "", "new": NEW}, "present"),
        ({}, "new"),
    ],
)
def test_a_password_that_can_not_be_changed_says_why(town: Town, typed: dict[str, str], field: str) -> None:
    person = member(town)
    answer = person.submit("/account/password", **typed)
    assert answer.status_code == 400
    assert "<title>Error: Change your password" in answer.text
    assert f'href="#{field}"' in answer.text
    assert all(value not in answer.text for value in typed.values() if value)


def test_codes_are_set_up_with_the_first_code_and_shown_recovery_codes_once(town: Town) -> None:
    person = member(town, codes=False)
    assert person.get("/members/anytown").headers["location"] == "/account/codes"
    page = person.get("/account/codes").text
    assert "<svg" in page
    assert "style=" not in page
    key = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert key
    secret = key[1].replace(" ", "")
    assert f"secret={secret}" in page
    form = {"csrf": hidden(page, "csrf"), "secret": hidden(page, "secret")}
    wrong = person.post("/account/codes", data={**form, "code": "000000"})
    assert wrong.status_code == 400
    assert "Error: Set up one-time codes" in wrong.text
    assert key[1] in wrong.text
    typed = {**form, "secret": hidden(wrong.text, "secret"), "code": pyotp.TOTP(secret).at(town.now)}
    answers = [person.post("/account/codes", data=typed) for _ in range(2)]
    shown = [re.findall(r"<li>((?:[0-9a-z]{4}-){3}[0-9a-z]{4})</li>", answer.text) for answer in answers]
    assert len(shown[0]) == 10
    assert shown[0] == shown[1], "a double click"
    assert 'href="/members/anytown"' in answers[0].text
    assert person.get("/account/codes").text.count("10 recovery codes left") == 1
    assert shown[0][0] not in person.get("/account/codes").text
    assert person.get("/users").status_code == 403, "let through the gate"


@pytest.mark.parametrize("forged", ["", "nonsense", "x" * 5_000])
def test_a_key_that_is_not_ours_is_replaced(town: Town, forged: str) -> None:
    person = member(town, codes=False)
    answer = person.submit("/account/codes", secret=forged, code="123456")
    assert answer.status_code == 400
    assert "more than an hour old" in answer.text


def test_a_key_of_another_person_or_of_an_hour_ago_is_not_taken(town: Town) -> None:
    person, other = member(town, codes=False), member(town, codes=False)
    secret = hidden(other.get("/account/codes").text, "secret")
    assert "more than an hour old" in person.submit("/account/codes", secret=secret, code="1").text
    own = hidden(person.get("/account/codes").text, "secret")
    town.now += account_codes.NEW_FOR
    assert "more than an hour old" in person.submit("/account/codes", secret=own, code="1").text


def test_another_authenticator_needs_the_password(town: Town) -> None:
    person = member(town)
    page = person.get("/account/codes/new").text
    key = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert key
    code = pyotp.TOTP(key[1].replace(" ", "")).at(town.now)
    form = {"secret": hidden(page, "secret"), "code": code}
    refused = person.submit("/account/codes", **form, password="wrong")
    assert refused.status_code == 400
    assert "This is not your password" in refused.text
    assert person.submit("/account/codes", **form, password=PASSWORD).text.count("<li>") >= 10


def test_new_recovery_codes_need_the_password(town: Town) -> None:
    person = member(town)
    assert person.submit("/account/codes/recovery", password="wrong").status_code == 400
    answer = person.submit("/account/codes/recovery", password=PASSWORD)
    assert len(re.findall(r"<li>(?:[0-9a-z]{4}-){3}", answer.text)) == 10


def test_only_a_demo_does_without_codes(town: Town) -> None:
    assert member(town).submit("/account/codes/off", password=PASSWORD).status_code == 400
    person = member(town, demo=True)
    assert "Do without codes" in person.get("/account/codes").text
    assert person.submit("/account/codes/off", password="wrong").status_code == 400
    assert person.submit("/account/codes/off", password=PASSWORD).headers["location"] == "/account?done=codes-off"
    assert "Not set up" in person.get("/account").text


def test_a_form_without_its_token_is_told_to_load_the_page_again(town: Town) -> None:
    person = member(town)
    answer = person.post("/account/password", data={"present": PASSWORD, "new": NEW, "csrf": "old"})
    assert answer.status_code == 403
    assert "This form is too old" in answer.text
    assert "Nothing was changed" in answer.text
    assert PASSWORD not in answer.text


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0 Safari/537.36 Edg/141.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on an iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/141.0.0.0 Safari/537.36", "Chrome on a Mac"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_words(agent: str, said: str) -> None:
    assert browser(agent) == said
