"""The cookie of saved jobs."""

from __future__ import annotations

import itsdangerous
import pytest
from starlette.requests import Request
from starlette.responses import Response

from clearinghouse.settings import Settings
from web import shortlist

SETTINGS = Settings(secret_key="s" * 32)
IDS = ("aaaaaaaaab", "aaaaaaaaac")


def asked_with(cookie: str | None) -> Request:
    headers = [(b"cookie", f"{shortlist.COOKIE}={cookie}".encode())] if cookie is not None else []
    return Request({"type": "http", "headers": headers})


def cookie_of(settings: Settings, saved: tuple[str, ...]) -> str:
    response = Response()
    shortlist.keep(response, settings, saved)
    return response.headers["set-cookie"]


def test_what_is_kept_is_read_back() -> None:
    value = cookie_of(SETTINGS, IDS).split(";")[0].partition("=")[2]
    assert shortlist.of(asked_with(value), SETTINGS) == IDS


@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "",
        "rubbish",
        itsdangerous.URLSafeSerializer("o" * 32, salt="saved jobs").dumps(list(IDS)),
        itsdangerous.URLSafeSerializer("s" * 32, salt="saved jobs").dumps("text"),
        itsdangerous.URLSafeSerializer("s" * 32, salt="saved jobs").dumps([1, None, "<script>"]),
    ],
)
def test_a_cookie_that_is_not_ours_counts_as_none(cookie: str | None) -> None:
    assert shortlist.of(asked_with(cookie), SETTINGS) == ()


def test_the_list_is_bounded_and_fits_a_cookie() -> None:
    many = shortlist.ids(f"a{number:09d}" for number in range(500))
    assert len(many) == shortlist.AT_MOST
    assert len(cookie_of(SETTINGS, many)) < 4096


def test_the_cookie_is_for_us_alone() -> None:
    words = cookie_of(SETTINGS, IDS)
    assert "HttpOnly" in words
    assert "SameSite=lax" in words
    assert "Secure" not in words
    https = Settings(secret_key="s" * 32, public_url="https://jobs.example.org")
    assert "Secure" in cookie_of(https, IDS)
    assert "Max-Age=0" in cookie_of(https, ())


def test_without_a_key_the_demo_has_one_of_its_own() -> None:
    demo = Settings(demo=True, secret_key=None)
    value = cookie_of(demo, IDS).split(";")[0].partition("=")[2]
    assert shortlist.of(asked_with(value), demo) == IDS
