"""The page of what needs a person: complete, quiet when all is well, and each button does one thing once."""

from __future__ import annotations

import datetime as dt
import html
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import uvicorn
from fakenotify import EMAIL_TEMPLATE, KEY, TEXT_TEMPLATE
from fastapi import FastAPI
from looks import faults
from smalltown import NOW, Town
from staffing import Staff, staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import AuditEvent, Organisation, User
from clearinghouse.accounts.roles import Role
from clearinghouse.ingest.models import CrawlRun, Doubt, RunStatus
from clearinghouse.ingest.sources import facts_as_json
from clearinghouse.mail.models import Mail, MailKind
from clearinghouse.mail.outbox import enqueue
from clearinghouse.search.generation import Reader
from clearinghouse.settings import Settings
from clearinghouse.vacancies.models import SourceRow, Vacancy
from clearinghouse.vacancies.posting import SourceFacts
from clearinghouse.vacancies.reports import AdvertReport, Wrong
from web.app import create_app

HERE = "http://127.0.0.1:8000"
DAY = dt.timedelta(days=1)


def make_well(site) -> None:
    """What the made-up town leaves out, so that nothing needs anyone."""
    with site.town.store.writing() as session:
        session.execute(
            sa.update(Organisation).values(agreed_on=NOW.date(), agreed_by="Ann", takedown_contact="hr@example.org")
        )
        for row in session.scalars(sa.select(SourceRow)):
            row.facts = facts_as_json(SourceFacts(row.slug, None, "operator", "feed", "f"))
            row.next_due = NOW + DAY
        session.execute(sa.update(SourceRow).values(last_good_run=NOW, last_good_count=24))


def add_trouble(site) -> None:
    """Some of everything."""
    with site.town.store.writing() as session:
        for ago in (3, 2, 1):
            session.add(CrawlRun(source="sandby", started=NOW - ago * DAY, ended=NOW - ago * DAY, counted=0,
                                 status=RunStatus.REFUSED, doubt=Doubt.UNDER_HALF,
                                 messages=["0 vacancies, under half of the last good run's 24"]))  # fmt: skip
        session.execute(sa.update(SourceRow).where(SourceRow.slug == "fenwick").values(public=False))
        vacancy = session.scalars(sa.select(Vacancy.id)).first()
        session.add(AdvertReport(vacancy_id=vacancy, organisation_id=1, wrong=Wrong.PAY, at=NOW, last=NOW))
        session.add(User(email="new@example.org", name="Nia Newcomer", made_at=NOW))
        for number, error in enumerate(("550 [address]: no such person", "451 try again later", None)):
            enqueue(session, MailKind.INVITATION, f"p{number}@example.org", "S", "T", NOW - DAY)
            session.flush()
            session.execute(
                sa.update(Mail).where(Mail.id == number + 1)
                .values(error=error, tries=1, given_up_at=NOW if number == 0 else None)
            )  # fmt: skip


@dataclass
class SmallSite:
    """The town with its site."""

    town: Town
    index_dir: Path

    def app(self, **settings: Any) -> FastAPI:
        values = {"public_url": HERE, "index_dir": self.index_dir, "secret_key": "k" * 32} | settings
        return create_app(Settings(**values), self.town.store, Reader(self.index_dir), lambda: NOW)


@pytest.fixture
def own_site(sqlite_store, tmp_path: Path) -> Iterator[SmallSite]:
    """A site of the test's own, on one kind of database."""
    made = SmallSite(Town(sqlite_store, tmp_path / "index"), tmp_path / "index")
    yield made
    made.town.indexer.close()


@pytest.fixture
def desk(own_site) -> Staff:
    """The secretariat, at a site where all is well."""
    make_well(own_site)
    return staff_client(own_site.app(smtp_url="smtp://127.0.0.1"), Hat(Role.SECRETARIAT))


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_quiet_week_says_so(desk) -> None:
    page = desk.get("/operations")
    assert page.status_code == 200
    assert '<h1 class="govuk-heading-l">Nothing needs you this week</h1>' in page.text
    assert "<title>Nothing needs you this week –" in page.text
    assert "No mail waits to be sent." in page.text


def test_everything_that_needs_a_person_is_there_with_its_minutes_and_one_button(desk, own_site) -> None:
    own_site.town.fill(1)
    add_trouble(own_site)
    page = desk.get("/operations").text
    assert "4 things to do. It takes about 21 minutes in all." in words(page)
    assert "What can wait until next week" in page  # the fifth is of ten minutes
    needs = re.findall(r'<li class="need">(.*?)</li>', page.split('id="mail"')[0], re.S)
    assert [len(re.findall("<a ", need)) for need in needs] == [1] * 5
    assert [re.search(r'href="([^"]+)"', need)[1] for need in needs] == [
        "/operations#mail", "/sources/sandby", "/members/sandby-borough-council", "/operations#mail",
        "/sources/fenwick",
    ]  # fmt: skip
    assert "Sandby Borough Council: it shows no vacancies any more; it had 24." in words(page)
    assert "Nia Newcomer , no link sent yet" in words(page)
    assert "Invitation to p0@example.org" in words(page)
    assert "2 mails wait to be sent, the oldest since 9 June 2026 at 10:30am" in words(page)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "No mail server is set up, so no mail goes out."),
        ({"notify_api_key": KEY}, "GOV.UK Notify has no template for mails, so no mail goes out."),
        ({"notify_api_key": KEY, "notify_email_template": EMAIL_TEMPLATE}, None),
    ],
)
def test_without_a_way_for_mail_it_says_so(own_site, values, said: str | None) -> None:
    make_well(own_site)
    page = words(staff_client(own_site.app(**values), Hat(Role.SECRETARIAT)).get("/operations").text)
    assert ("so no mail goes out" in page) is (said is not None)
    assert (said or "") in page


def test_text_messages_are_counted_where_they_are_on(own_site) -> None:
    make_well(own_site)
    on = {"notify_api_key": KEY, "notify_text_template": TEXT_TEMPLATE, "texts_a_month": 500}
    page = words(staff_client(own_site.app(**on), Hat(Role.SECRETARIAT)).get("/operations").text)
    assert "0 of this month's 500 text messages are sent." in page


def test_a_failed_mail_is_sent_again_or_left_once_each(desk, own_site) -> None:
    own_site.town.fill(1)
    add_trouble(own_site)
    for path, number, done in (
        ("again", 1, "again"), ("again", 3, "other"), ("leave", 2, "other"), ("again", 2, "again"),
        ("leave", 1, "other"), ("again", 99, "other"), ("again", "x", "other"), ("leave", "٣", "other"),
    ):  # fmt: skip
        answer = desk.submit(f"/operations/mail/{path}", number=number)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/operations?done={done}#mail")
    assert "That mail is sent again within a minute." in desk.get("/operations?done=again").text
    assert "<script>" not in desk.get("/operations?done=<script>").text
    with own_site.town.store.reading() as session:
        rows = {row.id: row for row in session.scalars(sa.select(Mail))}
        assert [(rows[n].given_up_at, rows[n].tries, rows[n].due_at) for n in (1, 2)] == [(None, 0, NOW)] * 2
        tags = [event.tag.value for event in session.scalars(sa.select(AuditEvent)) if event.tag.startswith("mail")]
    assert tags == ["mail:sending:retried"] * 2


def test_a_mail_that_is_left_is_asked_about_no_more(desk, own_site) -> None:
    own_site.town.fill(1)
    add_trouble(own_site)
    for done in ("left", "other"):
        assert desk.submit("/operations/mail/leave", number=1).headers["location"] == f"/operations?done={done}#mail"
    assert "p0@example.org" not in desk.get("/operations").text
    assert "could not be delivered" not in desk.get("/operations").text


def test_looking_changes_nothing(desk, own_site) -> None:
    with own_site.town.store.reading() as session:
        before = session.scalars(sa.select(sa.func.count()).select_from(AuditEvent)).one()
    for ask in (desk.get, desk.head):
        assert ask("/operations").status_code == 200
        assert ask("/operations/mail/again").status_code in (404, 405)
    with own_site.town.store.reading() as session:
        assert session.scalars(sa.select(sa.func.count()).select_from(AuditEvent)).one() == before


@pytest.fixture
def serving(desk, own_site) -> Iterator[str]:
    """That site over HTTP on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(desk.app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 360])
def test_it_is_accessible_and_fits_a_phone_full_and_empty(browser, serving, desk, own_site, axe, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "session", "value": desk.cookies["session"], "url": serving}])
    page = context.new_page()
    for state in ("empty", "full"):
        if state == "full":
            own_site.town.fill(1)
            add_trouble(own_site)
        page.goto(f"{serving}/operations")
        assert faults(page, axe) == []
    page.get_by_role("button", name="Leave it").click()
    assert page.get_by_role("alert").inner_text().endswith("That mail will not be sent.")
    context.close()
