"""Accounts and the audit trail in a real browser: accessible, and whole on a phone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
import uvicorn
from looks import faults
from playwright.sync_api import Browser, Page
from staffing import add_person, staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import User
from clearinghouse.accounts.roles import Role

if TYPE_CHECKING:
    from conftest import Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def serving(town: Town) -> Iterator[str]:
    """A site with two members and a handful of people, over HTTP on loopback."""
    town.source("fenwick", "Fenwick and Tuxley Hospitals University NHS Foundation Trust")
    hats = (Hat(Role.ADVISER, 1), Hat(Role.REDUNDANCY_LEAD, 2), Hat(Role.STEERING))
    for number, name in enumerate(("christabel.featherstonehaugh", "jo")):
        add_person(town.store, town.now, *hats[number:], email=f"{name}@hospitals.fenwick-and-tuxley.example.org")
    with town.store.writing() as session:
        session.execute(sa.update(User).values(code_secret="JBSWY3DPEHPK3PXP", password="set"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(town.app(), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@contextmanager
def signed_in(browser: Browser, town: Town, serving: str, width: int, *hats: Hat) -> Iterator[Page]:
    token = staff_client(town.app(), *hats).cookies["session"]
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "session", "value": token, "url": serving}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def check(page: Page, axe: str) -> None:
    assert faults(page, axe) == [], page.url


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 360])
def test_the_secretariat_invites_and_looks_after_people(
    browser, town: Town, serving: str, axe: str, width: int
) -> None:
    with signed_in(browser, town, serving, width, Hat(Role.SECRETARIAT)) as page:
        page.goto(f"{serving}/users")
        check(page, axe)
        page.get_by_role("button", name="Invite somebody").click()
        page.get_by_role("button", name="Invite", exact=True).click()
        assert page.title().startswith("Error: ")
        check(page, axe)
        page.get_by_label("Name", exact=True).fill("Ann Lee")
        page.get_by_label("Work email address").fill("ann@example.org")
        page.get_by_label("Employer (member HR)").check()
        page.get_by_label("Which organisation?").select_option("Anytown Council")
        page.get_by_role("button", name="Invite", exact=True).click()
        assert page.locator("h1").inner_text() == "Pass this link on"
        check(page, axe)
        page.goto(f"{serving}/users?q=christabel")
        page.get_by_role("link", name="Christabel").click()
        for opens in ("Give a role", "The authenticator and the recovery codes are lost", "Change the name"):
            page.get_by_text(opens, exact=True).click()
        check(page, axe)
        page.get_by_role("button", name="Take away the role Adviser, Anytown Council").click()
        assert "The role is taken away." in page.get_by_role("alert").inner_text()
        page.get_by_role("button", name="Disable the account").click()
        assert "The account is disabled." in page.get_by_role("alert").inner_text()
        check(page, axe)
    with signed_in(browser, town, serving, width, Hat(Role.DATA_PROTECTION)) as page:
        page.goto(f"{serving}/audit?noun=user")
        assert page.get_by_text("User: account disabled").is_visible()
        check(page, axe)
        page.get_by_label("First day").evaluate("field => { field.type = 'text' }")
        page.get_by_label("First day").fill("yesterday")
        page.get_by_role("button", name="Show", exact=True).click()
        assert "“yesterday” is not a date" in page.get_by_role("alert").inner_text()
        check(page, axe)
        page.get_by_role("link", name="Show everything").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download all of these").click()
        assert download.value.suggested_filename == "audit.csv"
