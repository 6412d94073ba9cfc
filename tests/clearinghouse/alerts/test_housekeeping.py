"""What is kept of people who want no alerts any more, and what staff see of the alerts."""

from __future__ import annotations

import datetime as dt
import json

import pytest
import sqlalchemy as sa
from board import DAY, NOW, Board
from typer.testing import CliRunner

from clearinghouse.alerts import saved
from clearinghouse.alerts.housekeeping import old_searches
from clearinghouse.alerts.models import Ended, Often, SavedSearch
from clearinghouse.alerts.standing import Standing, standing
from clearinghouse.commands import alerts, doctor
from clearinghouse.mail import texts
from clearinghouse.mail.models import Channel, Mail, MailKind
from clearinghouse.mail.outbox import enqueue
from clearinghouse.operations.of_alerts import of_alerts, of_saved_searches
from clearinghouse.settings import settings


def test_what_nobody_confirmed_goes_after_a_week_and_what_ended_loses_its_owner_after_thirty_days(
    either_board: Board,
) -> None:
    board = either_board
    board.ask("q=nurse", "other@example.org")
    ended, on = board.follow("q=cook"), board.follow("q=planner")
    with board.store.writing() as session:
        saved.stop(session, ended, Ended.STOPPED, NOW)
    said = old_searches(board.store, NOW + 7 * DAY)
    assert said.startswith("0 unconfirmed saved searches, the addresses of 0 ended ones")
    said = old_searches(board.store, NOW + 31 * DAY)
    assert said.startswith("1 unconfirmed saved searches, the addresses of 1 ended ones")
    assert board.ids() == [ended, on]
    row = board.row(ended)
    assert (row.address, row.query, row.address_digest, row.ended_why) == ("", "", "", Ended.STOPPED)
    with board.store.writing() as session:
        assert saved.alert(session, ended) is None
        assert saved.alerts_of(session, ended) == ()
        assert not saved.renew(session, ended, NOW)
        assert saved.stop(session, ended, Ended.STOPPED, NOW)


def test_messages_go_after_thirty_days_what_was_asked_sooner(board: Board) -> None:
    board.follow("q=cook")
    board.ask("q=nurse", "other@example.org")
    board.show(1)
    board.tomorrow()
    board.deliver()
    old_searches(board.store, NOW + 14 * DAY)
    assert {mail.kind for mail in board.mails()} == {MailKind.ALERT, MailKind.ALERT_CONFIRM}
    old_searches(board.store, NOW + 30 * DAY)
    assert {mail.kind for mail in board.mails()} == {MailKind.ALERT}
    old_searches(board.store, NOW + 32 * DAY)
    assert board.mails() == []
    board.show(2)
    assert board.tomorrow().queued == 1


def test_a_text_of_the_first_still_counts_on_the_thirty_first_but_says_nothing_any_more(board: Board) -> None:
    sent = dt.datetime(2026, 9, 30, 23, 10, tzinfo=dt.UTC)  # ten past midnight on 1 October in London
    last, over = sent + 31 * DAY, sent + 32 * DAY  # the one has 31 days and an hour
    with board.store.writing() as session:
        mail = enqueue(session, MailKind.ALERT, "+447700900982", "New jobs", "1 new job", sent, channel=Channel.TEXT)
        assert mail is not None
        mail.sent_at = sent
    old_searches(board.store, last)
    (kept,) = board.mails()
    assert (kept.to, kept.subject, kept.text) == ("", "", "")
    with board.store.reading() as session:
        assert texts.month(session, board.settings, last).sent == 1
    old_searches(board.store, over)
    assert board.mails() == []


def test_staff_see_how_many_there_are_and_are_asked_when_nobody_sends(board: Board) -> None:
    board.follow("q=cook")
    board.follow("q=nurse")
    board.ask("q=planner", "other@example.org")
    with board.store.reading() as session:
        assert standing(session, NOW) == Standing(on=2, people=1, asked=1)
        assert list(of_alerts(session, NOW + DAY)) == []
        late = NOW + 3 * DAY
        (need,) = of_alerts(session, late)
        (check,) = of_saved_searches(session, board.settings, late)
    assert need.sentence.startswith("2 saved searches are over a day late")
    assert check.sentence.startswith("2 saved searches have not been told since 2026-03-05T07:00:00+00:00")


def test_doctor_says_when_our_key_does_not_open_the_saved_searches(board: Board) -> None:
    board.follow("q=cook")
    with board.store.writing() as session:
        session.execute(sa.text("update saved_search set query = 'of another key'"))
    with board.store.reading() as session:
        (check,) = of_saved_searches(session, board.settings, NOW)
    assert check.sentence.startswith("CLEARINGHOUSE_DATA_KEY: none of its keys opens what the store holds: no saved")


def test_a_message_that_waits_makes_no_search_late(board: Board) -> None:
    board.follow("q=cook")
    board.show(1)
    board.tomorrow()
    with board.store.reading() as session:
        assert standing(session, NOW + 5 * DAY).late == 0


@pytest.fixture
def command(board: Board, monkeypatch: pytest.MonkeyPatch) -> Board:
    """The settings that name the board's store."""
    monkeypatch.setenv("CLEARINGHOUSE_SECRET_KEY", board.settings.secret_key or "")
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", board.store.url)
    monkeypatch.setattr(alerts, "store", lambda: board.store)
    settings.cache_clear()
    return board


def test_the_command_queues_what_is_new_and_says_so(command: Board) -> None:
    command.follow("q=cook")
    command.show(1)
    with command.store.writing() as session:
        session.execute(sa.update(SavedSearch).values(renew_by=NOW + 36500 * DAY))
    done = CliRunner().invoke(alerts.app, ["send"])
    assert done.exit_code == 0
    assert done.output == (
        "1 saved search looked at, 1 message queued, 0 asked whether they are still wanted, 0 ended; "
        "0 mails sent, 0 put off, 0 given up\n"
        "1 mail to be sent: no mail server is set up\n"
    )
    with command.store.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Mail)) == 1
    done = CliRunner().invoke(alerts.app, ["status"])
    assert done.output == ("1 saved search of 1 person on, 0 to be confirmed, 0 due, 0 of them over a day late\n")


def test_the_command_tells_at_once_whoever_is_told_on_mondays_when_asked_to(command: Board) -> None:
    command.follow("q=cook", often=Often.WEEKLY)
    command.show(1)
    with command.store.writing() as session:
        session.execute(sa.update(SavedSearch).values(due_at=NOW + 36500 * DAY, renew_by=NOW + 36500 * DAY))
    assert "0 messages queued" in CliRunner().invoke(alerts.app, ["send"]).output
    assert "1 message queued" in CliRunner().invoke(alerts.app, ["send", "--now"]).output


def test_the_doctor_counts_them(command: Board) -> None:
    command.follow("q=cook")
    lines = [json.loads(line) for line in CliRunner().invoke(doctor.app, ["--json"]).output.splitlines()]
    assert [line["level"] for line in lines if line["name"] == "alerts"] == ["bad"]  # March is long ago
