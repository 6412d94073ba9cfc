"""Signing in, one's account, and a session that ends while somebody types, in a real browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyotp
import pytest
from comingin import EMAIL, PASSWORD, SECRET, somebody
from looks import faults
from playwright.sync_api import Browser, Page
from serving import over_http

from clearinghouse.accounts import links
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import LinkPurpose
from clearinghouse.accounts.roles import Role

if TYPE_CHECKING:
    from conftest import Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HATS = (Hat(Role.SECRETARIAT), Hat(Role.EMPLOYER, 1), Hat(Role.DATA_PROTECTION))  # the fullest menu


@pytest.fixture
def served(town: Town) -> Iterator[str]:
    town.publish()
    with over_http(town.app()) as address:
        yield address


@contextmanager
def opened(browser: Browser, width: int, *, scripts: bool = True) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def sign_in(page: Page, town: Town, served: str, secret: str | None = SECRET) -> None:
    """Both steps, on the page that asks for them, or on the sign-in page."""
    if page.get_by_label("Password", exact=True).count() == 0:
        page.goto(f"{served}/sign-in")
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    if secret:
        page.get_by_label("One-time code").fill(pyotp.TOTP(secret).at(town.now))
        page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 360])
def test_every_page_of_an_account_is_accessible_and_fits_a_phone(browser, town, served, axe, width: int) -> None:
    number = somebody(town, *HATS)
    with town.store.writing() as session:
        link = links.send_link(session, number, LinkPurpose.RESET, "a test", town.now, served)
    problems = []

    def look(page: Page, name: str) -> None:
        problems.extend(f"{name}: {fault}" for fault in faults(page, axe))

    with opened(browser, width) as page:
        for path in (link, f"{served}/link/none", f"{served}/forgotten-password?done=sent"):
            page.goto(path)
            look(page, path)
        page.goto(f"{served}/sign-in")
        page.get_by_role("button", name="Sign in", exact=True).click()
        look(page, "errors")
        page.get_by_label("Email address").fill(EMAIL)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        look(page, "code")
        page.get_by_label("One-time code").fill(pyotp.TOTP(SECRET).at(town.now))
        page.get_by_role("button", name="Sign in", exact=True).click()
        for path in ("/account", "/account/password", "/account/codes", "/account/codes/new", "/sources/none"):
            page.goto(served + path)
            look(page, path)
    assert problems == []


@pytest.mark.parametrize("scripts", [True, False])
def test_an_invitation_leads_to_a_password_and_in(browser, town, served, *, scripts: bool) -> None:
    """Only a browser says where a form comes from, by rules of its own."""
    number = somebody(town, *HATS, codes=False)
    with town.store.writing() as session:
        link = links.send_link(session, number, LinkPurpose.INVITATION, "a test", town.now, served)
    with opened(browser, 360, scripts=scripts) as page:
        page.goto(link)
        page.get_by_label("New password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Set my password").click()
        assert page.get_by_text("Your new password is set. Please sign in with it.").is_visible()
        sign_in(page, town, served, secret=None)
        assert page.url == f"{served}/account/codes"


@pytest.mark.parametrize("scripts", [True, False])
def test_codes_are_set_up_and_used_without_a_phone(browser, town, served, *, scripts: bool) -> None:
    somebody(town, *HATS, codes=False)
    with opened(browser, 360, scripts=scripts) as page:
        sign_in(page, town, served, secret=None)
        assert page.url == f"{served}/account/codes"
        secret = page.locator(".secret").inner_text().replace(" ", "")
        page.get_by_label("One-time code").fill(pyotp.TOTP(secret).at(town.now))
        page.get_by_role("button", name="Set up").click()
        recovery = page.locator(".recovery li").first.inner_text()
        assert page.locator(".recovery li").count() == 10
        page.get_by_role("button", name="Sign out").click()
        assert page.get_by_text("You have signed out.").is_visible()
        sign_in(page, town, served, secret=None)
        page.get_by_label("One-time code").fill(recovery.replace("-", " ").upper())
        page.get_by_role("button", name="Sign in", exact=True).click()
        assert page.get_by_text("You signed in with a recovery code").is_visible()
        assert page.get_by_text("9 recovery codes left").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_typed_when_the_session_ended_is_sent_after_signing_in(
    browser, town, served, *, scripts: bool
) -> None:
    somebody(town, *HATS)
    with opened(browser, 360, scripts=scripts) as page:
        sign_in(page, town, served)
        page.goto(f"{served}/users/new")
        page.get_by_label("Name", exact=True).fill("Ada Byron")
        page.get_by_label("Email address").fill("ada@example.org")
        town.now += dt.timedelta(hours=3)
        page.locator("main form button").last.click()
        assert page.get_by_text("We have kept what you typed").is_visible()
        sign_in(page, town, served)
        assert page.get_by_text("Ada Byron").is_visible()
        assert page.url == f"{served}/sign-in"
        page.get_by_role("button", name="Send it now").click()
        assert page.url.startswith(f"{served}/users")
        assert "Ada Byron" in page.content()


def test_a_double_click_sends_a_form_once(browser, town, served) -> None:
    somebody(town, *HATS)
    with opened(browser, 1280) as page:
        sign_in(page, town, served, secret=None)
        page.get_by_label("One-time code").fill(pyotp.TOTP(SECRET).at(town.now))
        page.get_by_role("button", name="Sign in", exact=True).dblclick()
        page.wait_for_url(f"{served}/operations")


def test_a_password_is_shown_on_demand_and_hidden_when_sent(browser, town, served) -> None:
    with opened(browser, 1280) as page:
        page.goto(f"{served}/sign-in")
        field = page.get_by_label("Password", exact=True)
        page.get_by_role("button", name="Show password").click()
        assert field.get_attribute("type") == "text"
        page.get_by_role("button", name="Hide password").click()
        assert field.get_attribute("type") == "password"
