"""Every type of page in a real browser: accessible, readable on a phone, whole without scripts, and light."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from looks import faults
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROWEST = 320  # CSS pixels: 1280 of them at four times the size
MOST_BYTES, MOST_REQUESTS = 60_000, 8
SCRIPTED = ("filtered", "sign in", "vacancy rich")  # our script does something on each
ASKED_FOR = ("dead link", "not found", "vacancy ancient")  # whose status the browser reports as an error on its console


@contextmanager
def opened(browser: Browser, width: int, *, scripts: bool = True) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, bypass_csp=False
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 360])
def test_no_page_has_a_fault_scrolls_sideways_breaks_its_own_rules_or_misses_a_file(
    browser, served, paths, axe, width: int
) -> None:
    wrong: list[str] = []
    with opened(browser, width) as page:
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        for name, path in paths.items():
            complaints.clear()
            page.goto(served + path)
            if name not in ASKED_FOR:
                wrong += [f"{name}: {complaint}" for complaint in complaints]
            wrong += [f"{name}: {fault}" for fault in faults(page, axe)]
            page.set_viewport_size({"width": NARROWEST, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > NARROWEST:
                wrong.append(f"{name} scrolls sideways at {NARROWEST}")
            page.set_viewport_size({"width": width, "height": 900})
    assert wrong == []


@pytest.mark.parametrize("width", [pytest.param(640, marks=pytest.mark.soak), 360])
def test_no_page_has_a_fault_without_our_scripts(browser, served, paths, axe, width: int) -> None:
    wrong = []
    with opened(browser, width) as page:  # axe is a script itself: instead of all scripts, ours are kept away
        page.route("**/*.js", lambda route: route.abort())
        for name in paths if width > 360 else SCRIPTED:
            page.goto(served + paths[name])
            wrong += [f"{name}: {fault}" for fault in faults(page, axe)]
    assert wrong == []


@pytest.mark.parametrize("name", ["results", "filtered", "vacancy rich", "home"])
def test_the_first_view_is_light(browser, served, paths, name: str) -> None:
    with opened(browser, 360) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[float] = []
        asked: list[str] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.on("request", lambda request: asked.append(request.url))
        path = browser_path(page, served, paths[name])
        sizes.clear()
        asked.clear()
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.goto(served + path, wait_until="networkidle")
    assert 0 < sum(sizes) <= MOST_BYTES, sizes
    assert 0 < len(asked) <= MOST_REQUESTS, asked


def browser_path(page: Page, served: str, path: str) -> str:
    """Where that path leads: a vacancy's own address."""
    page.goto(served + path)
    return page.url.removeprefix(served)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_search_is_narrowed_sorted_and_cleared_without_scripts_too(browser, served, *, scripts: bool) -> None:
    with opened(browser, 360, scripts=scripts) as page:
        page.goto(served + "/")
        page.get_by_label("What").fill("nurse")
        page.get_by_role("button", name="Search").click()
        everything = int(page.locator("h1").inner_text().split()[0])
        page.get_by_text("Filter these jobs").first.click()
        page.locator("summary", has_text="Working pattern").click()
        label = page.locator("label", has_text="Part time")
        count = int(label.locator(".facet__count").inner_text().split()[0])
        label.click()
        page.get_by_role("button", name="Apply filters").first.click()
        assert int(page.locator("h1").inner_text().split()[0]) == count < everything
        page.get_by_role("link", name="Closing soonest").click()
        assert "sort=closing" in page.url
        assert "pattern=part_time" in page.url
        page.get_by_role("link", name="Remove this filter: Part time").click()
        assert int(page.locator("h1").inner_text().split()[0]) == everything


def test_on_a_wide_screen_the_filters_stand_open_and_on_a_phone_they_wait(browser, served) -> None:
    for width, shown in ((1280, True), (360, False)):
        with opened(browser, width) as page:
            page.goto(f"{served}/vacancies")
            assert page.get_by_role("button", name="Apply filters").first.is_visible() is shown


@pytest.mark.parametrize("scripts", [True, False])
def test_a_job_is_saved_listed_and_removed(browser, served, site, *, scripts: bool) -> None:
    with opened(browser, 360, scripts=scripts) as page:
        page.goto(f"{served}/vacancies/{site.ids['rich']}")
        page.get_by_role("button", name="Save this job").click()
        assert page.url == f"{served}/saved"
        assert page.get_by_role("link", name="Saved jobs (1)").is_visible()
        assert page.get_by_role("link", name="Senior Planner").is_visible()
        page.get_by_role("button", name="Remove").click()
        assert page.get_by_text("You have not saved any jobs yet.").is_visible()


def test_the_keyboard_reaches_the_content_first(browser, served) -> None:
    with opened(browser, 1280) as page:
        page.goto(f"{served}/vacancies")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "q"


def test_the_browser_reads_the_job_posting_and_does_not_run_it(browser, served, site) -> None:
    with opened(browser, 1280) as page:
        page.goto(f"{served}/vacancies/{site.ids['silent']}")
        data = page.locator("script[type='application/ld+json']").text_content()
        assert json.loads(data)["title"] == "Porter <b>& driver</b>"
        assert page.locator("h1 b").count() == 0


def test_print_leaves_the_controls_out(browser, served, site) -> None:
    with opened(browser, 1280) as page:
        page.goto(f"{served}/vacancies/{site.ids['rich']}")
        assert page.get_by_role("button", name="Print this page").is_visible()
        page.emulate_media(media="print")
        assert page.get_by_role("link", name="Apply on the employer's site").is_hidden()
        assert page.get_by_role("link", name="Search jobs").is_hidden()
        assert page.get_by_text("Closes 12 June 2026 at 11:59pm").is_visible()
