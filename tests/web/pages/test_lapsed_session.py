"""What is kept of a form that was sent when its session had ended, and whom it is given back to."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest
from comingin import PASSWORD, email_of, hidden, member, sign_in

from web.resuming import words

if TYPE_CHECKING:
    from conftest import Town
    from staffing import Staff

HOUR = dt.timedelta(hours=1)
ENDED = "Your session has ended, so nothing was changed.</p>"


def test_a_second_click_on_sign_out_is_no_trouble(town: Town) -> None:
    person = member(town)
    csrf, token = hidden(person.get("/account").text, "csrf"), person.cookies["session"]
    person.post("/account/sign-out", data={"csrf": csrf})
    again = person.post("/account/sign-out", data={"csrf": csrf}, headers={"Cookie": f"session={token}"})
    assert again.status_code == 403
    assert "Your session has ended" in again.text
    assert 'name="kept"' not in again.text


def typed_too_late(town: Town, person: Staff, path: str = "/sources/anytown/settings", **fields: object):
    csrf = hidden(person.get("/account").text, "csrf")
    town.now += 3 * HOUR
    return person.post(path, data={"csrf": csrf, **fields})


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in(town: Town) -> None:
    person = member(town)
    page = typed_too_late(town, person, every_hours="6", note="two\r\nlines <b>", tag=["a", "b"], password="hunter2")
    assert page.status_code == 403
    assert "We have kept what you typed" in page.text
    assert "two" not in page.text
    back = sign_in(town, person, email_of(town, person), kept=hidden(page.text, "kept"))
    assert back.status_code == 200
    assert 'action="/sources/anytown/settings"' in back.text
    assert "Every hours" in back.text
    assert hidden(back.text, "every_hours") == "6"
    assert hidden(back.text, "note") == "two\r\nlines <b>"
    assert re.findall(r'name="tag" value="(.)"', back.text) == ["a", "b"]
    assert "hunter2" not in back.text
    assert hidden(back.text, "csrf") == hidden(person.get("/account").text, "csrf")


def test_a_form_of_an_earlier_session_may_be_sent_with_this_ones_token(town: Town) -> None:
    """Its session ended, and its person signed in again in another tab."""
    person = member(town)
    old = hidden(person.get("/account").text, "csrf")
    town.now += 3 * HOUR
    sign_in(town, person, email_of(town, person))
    page = person.post("/sources/anytown/settings", data={"csrf": old, "every_hours": "6", "note": "<b>"})
    assert page.status_code == 403
    assert "Nothing was changed" in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert 'action="/sources/anytown/settings"' in page.text
    assert hidden(page.text, "every_hours") == "6"
    assert hidden(page.text, "note") == "<b>"
    assert hidden(page.text, "csrf") == hidden(person.get("/account").text, "csrf") != old


def test_another_person_never_sees_what_was_typed(town: Town) -> None:
    person, other = member(town), member(town)
    page = typed_too_late(town, person, note="secret words")
    answer = sign_in(town, person, email_of(town, other), kept=hidden(page.text, "kept"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/members/anytown")


def test_what_was_typed_looks_alike_for_pages_that_do_not_exist(town: Town) -> None:
    texts = set()
    for path in ("/sources/anytown/settings", "/sources/none/settings", "/operations/no/such/%3Fthing", "/users"):
        page = typed_too_late(town, member(town), path, note="words")
        assert page.status_code == 403
        texts.add(re.sub(r'name="kept" value="[^"]*"', "", page.text))
    assert len(texts) == 1


def test_a_form_goes_back_to_the_very_address_it_came_for(town: Town) -> None:
    person = member(town)
    page = typed_too_late(town, person, "/sources/a%3Fb%22c?x=1&y=%32", note="words")
    back = sign_in(town, person, email_of(town, person), kept=hidden(page.text, "kept"))
    assert 'action="/sources/a%3Fb%22c?x=1&amp;y=%32"' in back.text


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/sources/anytown/settings", {}, ENDED),
        (
            "/account/password",
            {"present": PASSWORD, "new": "wholly other words"},
            ENDED,
        ),
        ("/sources/anytown/settings", {"note": "x" * 200_000}, "it is too long"),
    ],
)
def test_what_is_not_kept_is_said_so(town: Town, path: str, fields: dict[str, str], said: str) -> None:
    page = typed_too_late(town, member(town), path, **fields)
    assert page.status_code == 403
    assert said in page.text
    assert 'name="kept"' not in page.text


@pytest.mark.parametrize("later", [13 * HOUR, 25 * HOUR])
def test_what_was_typed_is_not_kept_for_ever(town: Town, later: dt.timedelta) -> None:
    person = member(town)
    page = typed_too_late(town, person, note="words")
    town.now += later
    assert sign_in(town, person, email_of(town, person), kept=hidden(page.text, "kept")).status_code == 303


@pytest.mark.parametrize("forged", ["nonsense", "x" * 300_000])
def test_a_forged_form_is_nothing(town: Town, forged: str) -> None:
    person = member(town)
    email = email_of(town, person)
    person.cookies.clear()
    assert sign_in(town, person, email, kept=forged).status_code == 303


@pytest.mark.parametrize(
    ("cookie", "origin"), [("", ""), ("nonsense", ""), ("day old", ""), ("ended", "https://evil.example")]
)
def test_nobody_else_is_asked_to_sign_in_by_a_form(town: Town, cookie: str, origin: str) -> None:
    person = member(town)
    token = person.cookies["session"] if cookie in ("day old", "ended") else cookie
    town.now += 30 * HOUR if cookie == "day old" else 3 * HOUR
    visitor = town.client()
    headers = {"Cookie": f"session={token}"} | ({"Origin": origin} if origin else {})
    answer = visitor.post("/sources/x", data={"note": "words"}, headers=headers)
    assert answer.status_code == 403
    assert answer.text == "Only people who have signed in may do this.\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"not a form", "text/plain"),
        (b"--x", "multipart/form-data"),
        (b"a=%ff&b=%00", "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_is_no_form_does_no_harm(town: Town, content: bytes, kind: str) -> None:
    person = member(town)
    town.now += 3 * HOUR
    answer = person.post("/sources/x", content=content, headers={"Content-Type": kind})
    assert answer.status_code == 403
    assert "Your session has ended" in answer.text


@pytest.mark.parametrize(("name", "said"), [("every_hours", "Every hours"), ("q", "Q"), ("--", "Field")])
def test_a_field_is_called_by_words(name: str, said: str) -> None:
    assert words(name) == said


def test_what_a_page_noted_in_its_form_is_kept_and_not_shown_as_typed(town: Town) -> None:
    person = member(town)
    page = typed_too_late(town, person, compared="All ten", hidden="no", was="0f3a")
    back = sign_in(town, person, email_of(town, person), kept=hidden(page.text, "kept"))
    assert re.findall(r"__key\">(.+?)</dt>", back.text) == ["Compared"]
    assert (hidden(back.text, "hidden"), hidden(back.text, "was")) == ("no", "0f3a")
