"""Every page that staff see, found by its route, in a real browser: on a desk, on a phone, and after a mistake.

A new route is walked by itself; its example stands in `tests/staff_world.py`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi.routing import iter_route_contexts
from looks import faults
from playwright.sync_api import Browser, Page
from serving import over_http
from staff_world import EXAMPLES, World, build

from clearinghouse.accounts.models import User
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store
from web.security import is_for_staff

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (1280, 360)
SEEN_AS = {Role.SECRETARIAT: "", Role.EMPLOYER: "/members/{slug}", Role.DATA_PROTECTION: "/audit"}  # below which path
TYPED = re.compile("govuk-(input|textarea|radios)")
TYPED_INTO = "main form[method=post]:has(.govuk-input, .govuk-textarea, .govuk-radios)"


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("looks")
    shutil.copy(sqlite_template, folder / "store.sqlite3")
    store = Store(f"sqlite:///{folder / 'store.sqlite3'}")
    made = build(store, folder / "index")
    with store.writing() as session:  # so that the pages of one-time codes are what they are for most
        session.execute(sa.update(User).values(code_secret="JBSWY3DPEHPK3PXP"))
    yield made
    made.town.indexer.close()
    store.close()


@pytest.fixture(scope="module")
def served(world: World) -> Iterator[str]:
    with over_http(world.app) as base:
        yield base


@contextmanager
def opened(browser: Browser, world: World, served: str, role: Role) -> Iterator[tuple[Page, list[str]]]:
    """A page of somebody with that role, and the paths of the pages to look at."""
    asker = world.sign_in(role)
    paths = []
    for route in iter_route_contexts(world.app.routes):
        path = route.path or ""
        if "GET" not in (route.methods or ()) or not is_for_staff(path) or not path.startswith(SEEN_AS[role]):
            continue
        if path.endswith(".csv"):  # a download, no page
            continue
        upto = path[: path.rindex("}") + 1] if "}" in path else ""
        example = next(iter(EXAMPLES[upto].values()))(world, asker) if upto else {}
        paths.append(path.format_map(example))
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900})
    context.add_cookies([{"name": "session", "value": asker.token, "url": served}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page, paths
    context.close()


def wrong_with(page: Page, axe: str, what: str, widths: tuple[int, ...] = WIDTHS) -> Iterator[str]:
    """What is wrong with the page as it stands, at each width."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"{what} at {width}: {fault}" for fault in faults(page, axe))


@pytest.mark.parametrize("widths", [pytest.param(WIDTHS, marks=pytest.mark.soak), WIDTHS[1:]], ids=["both", "phone"])
@pytest.mark.parametrize("role", SEEN_AS)
def test_every_staff_page_is_accessible_and_fits_a_phone(browser, world, served, axe, role: Role, widths) -> None:
    wrong, titles = [], {}
    with opened(browser, world, served, role) as (page, paths):
        for path in paths:
            answer = page.goto(served + path)
            if answer.status == 403:
                continue
            assert answer.status == 200, path
            into = page.url.removeprefix(served).partition("?")[0]
            if into in titles.values():
                continue
            if page.title() in titles:
                wrong.append(f"{into} and {titles[page.title()]} have one title: {page.title()}")
            titles[page.title()] = into
            wrong += wrong_with(page, axe, into, widths)
    assert wrong == []
    assert titles


def test_every_form_that_is_sent_empty_says_so_in_an_accessible_way(browser, world, served, axe) -> None:
    wrong, mistakes = [], []
    with opened(browser, world, served, Role.SECRETARIAT) as (page, paths):
        for path in paths:
            if not TYPED.search(page.request.get(served + path).text()):  # a tenth of the time of a page that is drawn
                continue
            page.goto(served + path)
            if page.locator(TYPED_INTO).count() == 0:
                continue
            form = page.locator(TYPED_INTO).first
            for field in form.locator("input.govuk-input, textarea").all():
                field.evaluate("field => { field.value = '' }")
            with page.expect_navigation() as sent:
                form.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
            if sent.value.status != 400:
                continue
            mistakes.append(path)
            if not page.title().startswith("Error: "):
                wrong.append(f"{path}: {page.title()}")
            links = page.locator(".govuk-error-summary__list a").evaluate_all(
                "all => all.map(a => a.getAttribute('href'))"
            )
            wrong += [f"{path}: nothing is at {link}" for link in links if page.locator(link).count() != 1]
            wrong += wrong_with(page, axe, f"{path} after a mistake", WIDTHS[1:])
    assert wrong == []
    assert len(mistakes) > 5, mistakes
