"""Alerts in a real browser: asked for, confirmed, changed, stopped and started again, with scripts or none."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from looks import faults
from serving import over_http
from smalltown import rich_draft

from clearinghouse.mail.models import Mail

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.soak]

VIEWS = ((1280, True), (640, True), (360, False))  # 640 = a wide screen at 200 %; axe is a script, so not without


@pytest.mark.parametrize(("width", "scripts"), VIEWS)
def test_a_search_is_saved_changed_and_stopped(browser, sqlite_site, axe, width: int, *, scripts: bool) -> None:
    site, wrong = sqlite_site, []
    site.town.add(rich_draft(title="Cook"))
    site.town.publish()
    app = site.app()
    here = app.state.site
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(10_000)

    def look() -> None:
        wrong.extend(f"{page.title()}: {fault}" for fault in (faults(page, axe) if scripts else ()))
        assert page.locator("h1").count() == 1

    def press(name: str) -> None:
        page.get_by_role("button", name=name).first.click()
        look()

    with over_http(app) as served:
        page.goto(f"{served}/vacancies?q=cook&dbs=none&dbs=not_stated")
        page.get_by_role("link", name="by email").first.click()
        look()
        press("Send me the link")
        summary = page.locator(".govuk-error-summary")
        assert summary.get_by_role("link").all_inner_texts() == [
            "Enter an email address, like name@example.org", "Choose how often we may write to you",
        ]  # fmt: skip
        if scripts:
            assert summary.evaluate("element => element === document.activeElement")
        summary.get_by_role("link").first.click()
        page.keyboard.type("sam@example.org")  # the link put the keyboard into the field
        page.get_by_label("Once a week, on Mondays").check()
        press("Send me the link")
        assert page.url == f"{served}/alerts/asked"
        here.asks.save(here.store, here.settings)
        with here.store.reading() as session:
            text = session.scalars(sa.select(Mail.text)).one()
        page.goto(served + re.findall(r"/link/[\w.-]+", text)[0])
        look()
        press("Yes, tell me of new jobs")
        page.get_by_role("link", name="Change or stop this search").click()
        look()
        page.get_by_label("How often").select_option("daily")
        press("Change")
        assert page.get_by_label("How often").input_value() == "daily"
        press("Stop this search")
        assert page.get_by_text("You have no search saved here").is_visible()
        press("I did not mean that")
        assert page.get_by_label("How often").input_value() == "daily"
    context.close()
    assert wrong == []
