"""Asking for new jobs by e-mail: from the list to the message that asks whether it was you."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from lxml import html
from smalltown import rich_draft

from clearinghouse.alerts.asking import NOTHING_LEFT
from clearinghouse.alerts.models import Often, SavedSearch
from clearinghouse.mail.models import Channel, Mail, MailKind

EMAIL = "sam@example.org"
GOOD = {"search": "q=cook", "email": EMAIL, "often": "daily"}
OTHER = {"x-forwarded-for": "198.51.100.7"}


@pytest.fixture
def asked(sqlite_site):
    """A site with one job, its visitor, and what makes the site's thread save what waits."""
    sqlite_site.town.add(rich_draft())
    sqlite_site.town.publish()
    visitor = sqlite_site.client()
    here = visitor.app.state.site
    return sqlite_site, visitor, lambda: here.asks.save(here.store, here.settings)


def kept(site) -> list[SavedSearch]:
    with site.town.store.reading() as session:
        return list(session.scalars(sa.select(SavedSearch).order_by(SavedSearch.id)))


def mails(site) -> list[Mail]:
    with site.town.store.reading() as session:
        return list(session.scalars(sa.select(Mail).order_by(Mail.id)))


def errors(answer) -> dict[str, str]:
    """The fields that the summary links to, each with its sentence."""
    summary = html.fromstring(answer.text).xpath("//*[contains(@class, 'govuk-error-summary__list')]//a")
    return {link.get("href").removeprefix("#"): link.text_content() for link in summary}


def test_the_form_is_for_the_search_as_the_list_carried_it_out(site) -> None:
    listed = html.fromstring(site.page("/vacancies?q=part+time+nures&location=Mansfield&page=2&sort=closing"))
    (link,) = set(listed.xpath("//main//a[.='Get new jobs like these by email']/@href"))
    total = listed.xpath("//h1")[0].text_content().split()[0]
    form = html.fromstring(site.page(link))
    text = " ".join(form.xpath("//main")[0].text_content().split())
    assert "“nurse” within 10 miles of Mansfield" in text
    assert "Part time" in text
    assert f"It finds {total} job" in text
    (query,) = form.xpath("//input[@name='search']/@value")
    assert query == "q=nurse&location=Mansfield&pattern=part_time&as_typed=yes"


def test_a_list_without_a_job_offers_it_too(site) -> None:
    page = html.fromstring(site.page("/vacancies?q=zzz&contract=permanent"))
    (link,) = page.xpath("//main//a[contains(., 'by email')]/@href")
    assert "It finds 0 jobs now." in site.page(link)
