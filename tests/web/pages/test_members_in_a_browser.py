"""A report's way in a real browser, from a visitor to the member who answers it; and the members' forms on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from looks import faults
from playwright.sync_api import Browser, Page
from serving import over_http
from smalltown import COUNCIL, rich_draft
from staffing import staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VIEWS = (pytest.param(1280, True, marks=pytest.mark.soak), (360, False))  # width in CSS pixels, our scripts on or off


@contextmanager
def opened(browser: Browser, here: str, width: int, token: str = "", *, scripts: bool = True) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 900})
    if token:
        context.add_cookies([{"name": "session", "value": token, "url": here}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    if not scripts:  # axe is a script itself: instead of all scripts, ours are kept away
        page.route("**/*.js", lambda route: route.abort())
    yield page
    context.close()


def check(page: Page, axe: str) -> None:
    assert faults(page, axe) == [], page.url


@pytest.mark.parametrize(("width", "scripts"), VIEWS)
def test_what_a_visitor_reports_is_answered_by_the_member(
    browser, sqlite_site, axe, width: int, *, scripts: bool
) -> None:
    vacancy = sqlite_site.town.add(rich_draft())
    sqlite_site.town.publish()
    app = sqlite_site.app()
    hr, secretariat = (
        staff_client(app, hat).cookies["session"] for hat in (Hat(Role.EMPLOYER, 1), Hat(Role.SECRETARIAT))
    )
    with over_http(app) as here:
        with opened(browser, here, width, scripts=scripts) as page:
            page.goto(f"{here}/vacancies/{vacancy}")
            page.get_by_role("link", name="Something wrong with this advert?").click()
            page.get_by_label("Something else").check()
            page.get_by_role("button", name="Send").click()
            check(page, axe)
            page.get_by_role("link", name="Tell us what is wrong").click()
            assert page.evaluate("document.activeElement.id") == "words"
            page.keyboard.type("The map shows another town.")
            page.get_by_role("button", name="Send").click()
            assert page.get_by_role("heading", name="Thank you for telling us").is_visible()
        with opened(browser, here, width, secretariat, scripts=scripts) as page:
            for path in ("/members", f"/members/{COUNCIL}", "/operations/reports"):
                page.goto(here + path)
                check(page, axe)
            assert page.get_by_text("The map shows another town.").is_visible()
        with opened(browser, here, width, hr, scripts=scripts) as page:
            page.goto(f"{here}/members/{COUNCIL}")
            page.get_by_role("button", name="Put right").click()
            assert page.get_by_role("alert").inner_text().endswith("The report is closed: the advert was put right.")
            assert page.get_by_text("No report of a wrong advert is open.").is_visible()


FORMS = {
    "agreement to be read": ("Month", "13", "3", "Given on 1 3 2026"),
    "takedown contact": ("Takedown contact", "nobody", "web@sandby.example", "web@sandby.example"),
    "terms of reuse": ("Name of the open licence", "", "OGL v3.0", "OGL v3.0"),
    "recruitment page": ("Recruitment page", "jobs", "https://new.example/jobs", "https://new.example/jobs"),
}


def test_on_a_phone_a_member_corrects_each_form_and_finds_it_saved(browser, sqlite_site, axe) -> None:
    app, width = sqlite_site.app(), 360
    token = staff_client(app, Hat(Role.EMPLOYER, 1)).cookies["session"]
    with over_http(app) as here, opened(browser, here, width, token, scripts=False) as page:
        for name, (label, bad, good, shown) in FORMS.items():
            page.goto(f"{here}/members/{COUNCIL}")
            page.get_by_role("link", name=f"Change {name}").click()
            if name == "terms of reuse":
                page.get_by_label("An open licence").check()
            if name == "agreement to be read":
                for field, value in (("Day", "1"), ("Year", "2026"), ("Who agreed", "Ann Other")):
                    page.get_by_label(field, exact=True).fill(value)
            page.get_by_label(label, exact=True).fill(bad)
            page.get_by_role("button", name="Save").click()
            assert page.title().startswith("Error: "), name
            check(page, axe)
            page.get_by_label(label, exact=True).fill(good)
            page.get_by_role("button", name="Save").click()
            assert "saved" in page.get_by_role("alert").inner_text(), name
            said = page.locator("main").inner_text()
            assert shown.replace("1 3 2026", "1 March 2026 by Ann Other") in said
