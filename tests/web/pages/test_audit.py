"""The audit trail's page: the data protection officer looks through it and takes it away."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from staffing import Staff, staff_client

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag

if TYPE_CHECKING:
    from conftest import Town


@pytest.fixture
def officer(town: Town) -> Staff:
    """The officer's browser, and a trail of three events."""
    done = (("=cmd@example.org", "anytown"), ("ann@example.org", "<b>fenwick</b>"), ("ann@example.org", "board"))
    with town.store.writing() as session:
        for by, about in done:
            audit.record(session, Tag.SOURCE_PAUSE_ON, by, about, town.now, organisation=1, why="@SUM(1)", before=None)
    return staff_client(town.app(), Hat(Role.DATA_PROTECTION))


def count(officer: Staff, tag: Tag) -> int:
    with officer.app.state.site.store.reading() as session:
        return session.scalars(sa.select(sa.func.count()).where(AuditEvent.tag == tag)).one()


def test_the_officer_sees_the_events_newest_first_with_their_details(officer: Staff) -> None:
    page = officer.get("/audit")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "private, no-store"
    places = [page.text.index(about) for about in (">page<", ">board<", "&lt;b&gt;fenwick", ">anytown<")]
    assert places == sorted(places)
    assert "@SUM(1)" in page.text
    assert "21 November 2026 at midday" in page.text
    assert "Anytown Council" in page.text


def test_a_question_is_asked_by_the_address_and_stays_in_the_form(officer: Staff) -> None:
    page = officer.get("/audit?person=ANN&about=board&noun=source&organisation=1&first=2026-11-21&last=2026-11-21").text
    assert ">board<" in page
    assert ">anytown<" not in page
    for field in ('value="ANN"', 'value="board"', '<option value="source" selected>', 'value="2026-11-21"'):
        assert field in page
    assert "Nothing of that kind has happened." in officer.get("/audit?person=nobody").text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("first=yesterday", "“yesterday” is not a date like 2026-11-22"),
        ("last=2026-02-30", "“2026-02-30” is not a date"),
        ("last=9999-12-31", "“9999-12-31” must be a date from 2000 to 2099"),
        ("first=0001-01-01", "“0001-01-01” must be a date"),
        ("first=2026-06-11&last=2026-06-10", "must not be before the first"),
        ("noun=secrets", "There is no group of events called “secrets”"),
        ("organisation=x", "There is no organisation “x”"),
        ("organisation=99999999999", "There is no organisation"),
    ],
)
def test_a_question_that_can_not_be_read_is_named(officer: Staff, query: str, sentence: str) -> None:
    page = officer.get(f"/audit?{query}")
    assert page.status_code == 400
    assert "<title>Error: Audit trail" in page.text
    assert page.text.count(sentence) == 2, "at the top, and beside the field"
    assert officer.submit("/audit/export", **dict(pair.split("=") for pair in query.split("&"))).status_code == 400


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=" + "9" * 30, "about=%00", "about=%ff", "x=y"])
def test_nonsense_in_the_address_is_no_error(officer: Staff, query: str) -> None:
    assert officer.get(f"/audit?{query}").status_code == 200


def test_long_trails_come_in_pages_that_keep_the_question(officer: Staff) -> None:
    site = officer.app.state.site
    with site.store.writing() as session:
        for number in range(60):
            audit.record(session, Tag.USER_ROLE_GIVEN, "a command", f"user {number}", site.clock())
    page = officer.get("/audit?noun=user").text
    assert page.count("<time ") == 50
    assert "Newest events" not in page
    older = officer.get(page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")).text
    assert older.count("<time ") == 10
    assert 'rel="next"' not in older
    assert 'href="/audit?noun=user"' in older, "back to the newest"


def test_a_look_is_written_down_once_and_a_head_is_none(officer: Staff) -> None:
    officer.head("/audit")
    assert count(officer, Tag.AUDIT_TRAIL_READ) == 0
    for path in ("/audit", "/audit", "/audit?before=2", "/audit?person="):
        officer.get(path)
    assert count(officer, Tag.AUDIT_TRAIL_READ) == 1


def test_the_table_to_take_away_holds_what_was_asked_for_and_runs_nothing(officer: Staff) -> None:
    answer = officer.submit("/audit/export", noun="source")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert "no-store" in answer.headers["cache-control"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["about"] for row in rows] == ["board", "<b>fenwick</b>", "anytown"]
    assert rows[-1]["by"] == "'=cmd@example.org", "no formula"
    assert rows[0]["at"] == "2026-11-21T12:00:00+00:00"
    assert rows[0]["details"] == '{"why": "@SUM(1)", "before": null}'
    assert count(officer, Tag.AUDIT_TRAIL_READ) == 1


def test_taking_away_needs_the_forms_token(officer: Staff) -> None:
    assert officer.post("/audit/export", data={"csrf": "0" * 64}).status_code == 403
    assert officer.get("/audit/export").status_code in (404, 405)
    assert count(officer, Tag.AUDIT_TRAIL_READ) == 0


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DATA_PROTECTION])
def test_those_whom_it_watches_do_not_browse_it(still: Town, role: Role) -> None:
    browser = staff_client(still.app(), Hat(role))
    assert browser.get("/audit").status_code == 403
    assert browser.submit("/audit/export").status_code == 403
