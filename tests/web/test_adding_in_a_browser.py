"""Every face of a trial in a real browser: accessible on a desk and a phone, and of use without scripts."""

from __future__ import annotations

import datetime as dt
import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from looks import faults
from staffing import add_person

from clearinghouse.accounts import sessions
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.roles import Role
from clearinghouse.vacancies.models import CrawlRequest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EXAMPLE = json.loads((Path(__file__).parent / "trial_example.json").read_text("utf-8"))
LONG = "https://jobs.newtown.example/" + "a-very-long-path/" * 30
FACES: dict[str, dict[str, Any] | None] = {
    "waiting": None,
    "nothing": {"state": "nothing", "message": f"{LONG}: nothing there.", "why": "feed: no; sitemap: no"},
    "refused": {"state": "refused", "message": "We may not read it: robots.txt forbids it."},
    "failed": {"state": "failed", "message": "We could not read it: not finished within 90 s."},
    "partial": {
        "partial": True, "stated": 500, "sure": 0.4, "organisation": None, "sample": EXAMPLE["sample"][:1],
        "doubt": "One page did not answer. " * 20,
        "refused": [{"title": None, "reason": "no_title", "value": LONG}],
    },
    "added": {"added": "anytown", "sample": EXAMPLE["sample"][:1]},
}  # fmt: skip


@pytest.fixture
def served(town) -> Iterator[str]:
    """The site over HTTP on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(town.app(), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
        assert thread.is_alive()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@contextmanager
def signed_in(browser, town, served: str, **options: Any) -> Iterator[Any]:
    """A page of somebody of the secretariat."""
    user = add_person(town.store, town.now, Hat(Role.SECRETARIAT))
    with town.store.writing() as session:
        token = sessions.start(session, user, "a test", town.now, strong=True)
    context = browser.new_context(**options)
    context.add_cookies([{"name": "session", "value": token, "url": served}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def trial(town, result: dict[str, Any] | None) -> int:
    with town.store.writing() as session:
        row = CrawlRequest(kind="detect", about=LONG, asked_by="jo", asked_at=town.now - dt.timedelta(minutes=5))
        row.result = None if result is None else {**EXAMPLE, **result}
        row.done_at = None if result is None else town.now
        session.add(row)
        session.flush()
        return row.id


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 360])
def test_axe_finds_nothing_on_any_face_and_none_scrolls_sideways(browser, town, served, axe, width: int) -> None:
    paths = {name: f"/sources/trials/{trial(town, result)}" for name, result in FACES.items()}
    with signed_in(browser, town, served, viewport={"width": width, "height": 800}) as page:
        page.route("**/*.js", lambda route: route.abort())
        for name, path in {"new": "/sources/new", **paths}.items():
            page.goto(served + path)
            assert faults(page, axe) == [], name


def test_without_scripts_a_person_checks_again_and_mistakes_stand_beside_their_fields(browser, town, served) -> None:
    number = trial(town, None)
    with signed_in(browser, town, served, java_script_enabled=False, viewport={"width": 360, "height": 800}) as page:
        page.goto(f"{served}/sources/trials/{number}")
        with town.store.writing() as session:
            row = session.get_one(CrawlRequest, number)
            row.result, row.done_at = EXAMPLE, town.now
        page.get_by_role("button", name="Check again").click()
        assert page.locator("h1").inner_text() == "Vacancies found"
        page.get_by_label("Hours between two readings").fill("often")
        page.get_by_role("button", name="Add it, for staff only").click()
        assert page.title().startswith("Error: ")
        page.get_by_role("link", name=re.compile("often")).click()
        assert page.url.endswith("#every_hours")
        assert page.get_by_label("Hours between two readings").input_value() == "often"
