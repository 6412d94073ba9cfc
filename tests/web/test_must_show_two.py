"""A whole running system and a real browser: a partner is added by its address, approved, paused and corrected.

Nobody writes a file, and what is approved is public within a minute.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import secrets
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from looks import faults
from playwright.sync_api import Browser, Page
from staffing import add_person

from clearinghouse import processes
from clearinghouse.accounts import sessions
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store, utc_now
from clearinghouse.ingest.sources import effective
from clearinghouse.settings import PREFIX
from clearinghouse.vacancies.models import SourceRow

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parent.parent.parent
KNOWN, ADDED = "castle-rock-homes", "sherwood-vale-council"
SLUG = "sherwood-vale-district-council"  # as it is suggested
WIDTHS = (1280, 360)


@dataclass
class System:
    """Partners, `schedule` and `serve` as processes of their own, on free ports, in a folder of their own."""

    base: str
    partner: str
    folder: Path
    cookie: str


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


def fetch(url: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=10) as answer:
        return str(answer.read().decode())


def wait_for(seconds: float, what: str, done: Callable[[], Any]) -> Any:
    ends = time.monotonic() + seconds
    while True:
        try:
            result = done()
        except OSError:
            result = None
        if result:
            return result
        assert time.monotonic() < ends, f"not within {seconds} s: {what}"
        time.sleep(0.2)


def declared(folder: Path) -> dict[str, str]:
    """A hash of every file that could declare a source: the shipped ones, and whatever the system writes itself."""
    files = [*(ROOT / "crawlers" / "sources").iterdir(), *folder.rglob("*.py"), *folder.rglob("*.toml")]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}


def environment(folder: Path, port: int) -> dict[str, str]:
    values = {
        "DATABASE_URL": f"sqlite:///{folder}/store.sqlite3",
        "INDEX_DIR": f"{folder}/index",
        "SECRET_KEY": secrets.token_hex(32),
        "DATA_KEY": base64.urlsafe_b64encode(os.urandom(32)).decode(),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DEMO": "true",
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return others | {PREFIX + name: value for name, value in values.items()}


def addresses(partners: subprocess.Popen[str]) -> dict[str, str]:
    """Where each partner is, as it says when it is ready."""
    assert partners.stdout
    found: dict[str, str] = {}
    for line in partners.stdout:
        one = json.loads(line)
        found[one["name"]] = one["url"]
        if len(found) == one["of"]:
            break
    return found


@pytest.fixture
def system(sqlite_url: str, tmp_path: Path) -> Iterator[System]:
    """The demo with one partner that is read, and the others running beside it."""
    port = free_port()
    given = environment(tmp_path, port)
    with (tmp_path / "log").open("w") as log:

        def start(*arguments: str, **options: Any) -> subprocess.Popen[str]:
            child = processes.start(
                processes.command(*arguments), env=given, cwd=tmp_path, **{"stdout": log, "stderr": log, **options}
            )
            children.append(child)
            return child

        children: list[subprocess.Popen[str]] = []
        try:
            serving = ("partners", "serve", "--json", "--port", str(free_port()))
            partners = addresses(start(*serving, stdout=subprocess.PIPE, text=True))
            given[PREFIX + "PARTNERS"] = json.dumps({KNOWN: partners[KNOWN]})
            start("schedule")
            start("serve", "--port", str(port))
            base = f"http://127.0.0.1:{port}"
            wait_for(60, "the first partner is public", lambda: count(base, KNOWN))
            yield System(base, partners[ADDED], tmp_path, signed_in(sqlite_url))
        finally:
            processes.stop(list(reversed(children)), grace=15)
            for child in children:
                if child.stdout:
                    child.stdout.close()


def signed_in(url: str) -> str:
    """The cookie of somebody of the secretariat."""
    store = Store(url)
    user = add_person(store, utc_now(), Hat(Role.SECRETARIAT), email="secretariat@example.org")
    with store.writing() as session:
        token = sessions.start(session, user, "a test", utc_now(), strong=True)
    store.close()
    return token


def count(base: str, employer: str) -> int:
    """How many of that employer's vacancies a visitor finds."""
    return int(json.loads(fetch(f"{base}/api/v1/vacancies?employer={employer}&per_page=1"))["total"])


@contextmanager
def secretariat(browser: Browser, system: System) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "session", "value": system.cookie, "url": system.base}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def inspect(page: Page, axe: str, name: str, folder: Path | None) -> None:
    """Accessible, within a phone's screen; where there is a folder for it, on a desk too, and pictured."""
    for width in WIDTHS if folder else WIDTHS[-1:]:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page, axe) == [], f"{name} at {width}"
        if folder:
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_partner_is_added_approved_paused_and_corrected_without_a_file(
    browser: Browser, system: System, axe: str, sqlite_url: str
) -> None:
    before = declared(system.folder)
    pictures = Path(os.environ["SCREENSHOTS"]) if "SCREENSHOTS" in os.environ else None
    with secretariat(browser, system) as page:
        page.goto(f"{system.base}/sources")
        page.get_by_role("link", name=re.compile("Add a source")).click()
        page.get_by_label("Web address").fill("http://10.0.0.1/jobs")
        page.get_by_role("button", name="Try this address").click()
        page.get_by_role("link", name=re.compile("10.0.0.1 is a private address")).wait_for()
        inspect(page, axe, "1-refused", pictures)
        page.get_by_label("Web address").fill(f"{system.partner}/")
        page.get_by_role("button", name="Try this address").click()
        page.get_by_role("heading", name="Reading the address").wait_for()
        inspect(page, axe, "2-waiting", pictures)
        page.get_by_role("heading", name="Vacancies found").wait_for(timeout=90_000)  # without a click
        inspect(page, axe, "3-found", pictures)
        compare_with_the_originals(page)
        approve(page)
        began = time.monotonic()
        inspect(page, axe, "5-approved", pictures)
        public = wait_for(60, "what was approved is public", lambda: count(system.base, SLUG))
        assert time.monotonic() - began < 60
        wait_for(20, "all of it", lambda: count(system.base, SLUG) > 50)
        assert public
        assert "Sherwood Vale District Council" in fetch(f"{system.base}/vacancies?employer={SLUG}")
        pause_and_correct(page, system, axe, pictures)
    assert stored(sqlite_url) == (True, 2.0)
    assert declared(system.folder) == before


def compare_with_the_originals(page: Page) -> None:
    """Every original opens in a tab of its own, and is the advert that stands beside it."""
    pairs = page.locator(".pair")
    assert pairs.count() == 10
    for index in (0, 9):
        title = pairs.nth(index).locator("h3 [data-words]").inner_text()
        with page.context.expect_page() as opened:
            pairs.nth(index).get_by_role("link", name=re.compile("Open the original")).click()
        opened.value.wait_for_load_state()
        assert title in opened.value.content()
        opened.value.close()


def approve(page: Page) -> None:
    """First without a word of what was compared, which is refused and keeps the form; then with one."""
    button = page.get_by_role("button", name="I have compared these: add and approve")
    assert page.get_by_label("Short name of the source").input_value() == SLUG
    assert page.get_by_label("Whose vacancies are these?").input_value() == SLUG
    page.get_by_label("Hours between two readings").fill("6")
    button.click()
    page.get_by_role("link", name="Say what you compared with the originals").wait_for()
    assert page.get_by_label("Hours between two readings").input_value() == "6"
    page.get_by_label("What did you compare?").fill("Title, pay and closing date of all ten")
    button.click()
    page.wait_for_url(f"**/sources/{SLUG}?done=approved")


def pause_and_correct(page: Page, system: System, axe: str, pictures: Path | None) -> None:
    page.goto(f"{system.base}/sources/{SLUG}")
    page.get_by_role("button", name="Pause it").click()
    page.get_by_role("button", name="Resume it").wait_for()
    inspect(page, axe, "6-paused", pictures)
    page.get_by_role("link", name="Change its settings").click()
    page.get_by_label("Hours between two readings").fill("2")
    inspect(page, axe, "7-settings", pictures)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/sources/{SLUG}?done=changed")
    page.get_by_text("2 hours").first.wait_for()


def stored(url: str) -> tuple[bool, float]:
    """Whether the store has the source paused, and its interval."""
    store = Store(url)
    with store.reading() as session:
        row = session.get_one(SourceRow, SLUG)
        found = (row.paused, effective(row).every_hours)
    store.close()
    return found
