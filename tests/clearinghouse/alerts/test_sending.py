"""What a saved search tells, when, and that it tells nothing twice."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from board import DAY, NOW, Board

from clearinghouse.alerts import matching, saved, sending
from clearinghouse.alerts.models import Ended, Often, SavedSearch
from clearinghouse.alerts.sending import Done, send_due
from clearinghouse.leases import claim
from clearinghouse.mail.models import Mail, MailKind

HOUR = dt.timedelta(hours=1)


def test_a_new_vacancy_is_told_once_the_next_morning(either_board: Board) -> None:
    board = either_board
    board.show(1, "Cook of old")
    board.follow("q=cook")
    board.show(2, "School cook")
    board.show(3, "Nurse")
    assert board.send() == Done()
    assert board.tomorrow() == Done(looked=1, queued=1)
    assert board.told() == ["School cook"]
    assert board.tomorrow() == Done(looked=1)
    assert board.told() == []


def test_missed_days_are_caught_up_and_nothing_is_told_twice(board: Board) -> None:
    board.follow("q=cook")
    board.show(1)
    board.tomorrow()
    board.show(2, "Head cook")
    board.hide(1)
    board.show(1)
    assert board.told() == ["Cook"]
    board.tomorrow(5)
    assert board.told() == ["Head cook"]


@pytest.mark.parametrize("often", [Often.DAILY, Often.CLOSING_SOON])
def test_what_opens_while_a_turn_goes_on_is_told_at_the_next(board: Board, often: Often) -> None:
    board.follow("q=cook", often=often)
    board.send()
    board.now = NOW + DAY + HOUR
    board.show(1, shown={"public_from": board.now}, closes_at=board.soon(2))
    assert board.send(NOW + DAY) == Done(looked=1)  # its clock stands where it began
    late = board.follow("q=cook", "late@example.org", often)  # confirmed after it opened
    board.send(NOW + 2 * DAY)
    assert board.told() == ["Cook"]
    assert board.row(late).bookmark == 1


def test_whoever_sends_early_tells_everyone_what_is_new_and_nothing_of_it_again(board: Board) -> None:
    board.follow("q=cook", often=Often.WEEKLY)
    assert send_due(board.store, board.settings, board.now, early=True) == Done()
    board.show(1)
    assert board.send(board.now) == Done()
    assert send_due(board.store, board.settings, board.now, early=True) == Done(looked=1, queued=1)
    board.deliver()
    assert send_due(board.store, board.settings, board.now, early=True) == Done()
    assert board.tomorrow(7) == Done(looked=1)


def test_a_weekly_search_is_told_on_mondays(board: Board) -> None:
    board.follow(often=Often.WEEKLY)
    board.show(1)
    days = [board.tomorrow().queued for _ in range(7)]  # from Thursday on
    assert days == [0, 0, 0, 0, 1, 0, 0]


@pytest.mark.parametrize(
    ("now", "often", "next_look"),
    [
        ("2026-03-04T06:59:59+00:00", Often.DAILY, "2026-03-04T07:00:00+00:00"),
        ("2026-03-04T07:00:00+00:00", Often.DAILY, "2026-03-05T07:00:00+00:00"),
        ("2026-03-28T12:00:00+00:00", Often.CLOSING_SOON, "2026-03-29T06:00:00+00:00"),  # the clocks go forward
        ("2026-03-04T12:00:00+00:00", Often.WEEKLY, "2026-03-09T07:00:00+00:00"),
        ("2026-03-09T06:00:00+00:00", Often.WEEKLY, "2026-03-09T07:00:00+00:00"),
    ],
)
def test_mornings_are_londons(board: Board, now: str, often: Often, next_look: str) -> None:
    board.now = dt.datetime.fromisoformat(now)
    row = board.row(board.follow(often=often))
    assert row.due_at == dt.datetime.fromisoformat(next_look)


def test_what_closes_soon_is_told_at_once_with_all_that_is_new(board: Board) -> None:
    board.follow("q=cook", often=Often.CLOSING_SOON)
    board.follow("q=nurse", often=Often.CLOSING_SOON)
    board.follow("q=cook", often=Often.DAILY, address="daily@example.org")
    board.send()  # the first look, from which on it is looked
    board.show(1, "Cook for long", closes_at=board.soon(20))
    assert board.send(NOW + HOUR) == Done()
    board.show(2, "Cook at once", closes_at=board.soon(2))
    assert board.send(NOW + 2 * HOUR) == Done(looked=1, queued=1)
    assert sorted(board.told()) == ["Cook at once", "Cook for long"]
    assert board.send(NOW + 3 * HOUR) == Done()
    assert board.tomorrow() == Done(looked=3, queued=1)  # the daily one


def test_while_a_message_waits_nothing_new_is_queued(board: Board) -> None:
    board.follow("q=cook")
    board.show(1)
    board.tomorrow()
    board.show(2, "Head cook")
    assert board.tomorrow() == Done()
    assert board.told() == ["Cook"]
    assert board.send(board.now + HOUR) == Done(looked=1, queued=1)
    assert board.told() == ["Head cook"]


def test_what_never_went_out_is_told_again_and_the_old_message_can_not_be_sent_any_more(board: Board) -> None:
    public_id = board.follow("q=cook")
    board.show(1)
    board.tomorrow()
    (lost,) = board.deliver(given_up_at=board.now)
    assert board.tomorrow() == Done(looked=1, queued=1)
    assert board.told() == ["Cook"]
    assert board.mails()[0].seen_at is not None
    assert board.row(public_id).mail_id != lost.id
    board.show(2, "Head cook")
    board.tomorrow()
    assert board.told() == ["Head cook"]


def test_a_refused_address_ends_all_its_searches_messages_have_gone_to(board: Board) -> None:
    public_id = board.follow("q=cook")
    board.show(1)
    board.tomorrow()
    board.deliver(given_up_at=board.now, refused_at=board.now)
    board.show(2)
    assert board.send(board.now + HOUR) == Done(ended=1)
    assert board.row(public_id).ended_why is Ended.BOUNCED
    assert board.tomorrow() == Done()


def test_a_message_that_comes_back_days_later_ends_it_too(board: Board) -> None:
    public_id, other = board.follow("q=cook"), board.follow("q=cook", "sam@example.org")
    for key in (1, 2):
        board.show(key)
        board.tomorrow()
        board.deliver(sent_at=board.now)
    first = min(mail.id for mail in board.mails() if public_id in str(mail.key))
    with board.store.writing() as session:
        session.execute(sa.update(Mail).where(Mail.id == first).values(refused_at=board.now))
    assert board.send(board.now + HOUR) == Done(ended=1)
    assert board.row(public_id).ended_why is Ended.BOUNCED
    assert board.row(other).ended_at is None


def test_a_question_whether_it_is_still_wanted_that_comes_back_ends_it(board: Board) -> None:
    public_id, other = board.follow("q=cook"), board.follow("q=nurse", "sam@example.org")
    board.tomorrow(338)
    board.deliver(sent_at=board.now)
    asked = sa.select(Mail.id).where(Mail.kind == MailKind.ALERT_RENEW, Mail.key.contains(public_id))
    with board.store.writing() as session:
        session.execute(sa.update(Mail).where(Mail.id.in_(asked)).values(refused_at=board.now))
    assert board.send(board.now + HOUR) == Done(ended=1)
    assert board.row(public_id).ended_why is Ended.BOUNCED
    assert board.row(other).ended_at is None


def test_a_message_says_how_many_more_there_are(board: Board) -> None:
    board.follow("q=cook")
    for key in range(1, 24):
        board.show(key, f"Cook {key}")
    board.tomorrow()
    (mail,) = board.mails()
    assert mail.text.count("/vacancies/id") == 20
    assert "https://jobs.example.org/vacancies?q=cook&as_typed=yes&sort=newest" in mail.text
    assert mail.headers is not None
    assert mail.headers["List-Unsubscribe"].startswith("<https://jobs.example.org/alerts/stop/")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_search_that_is_stopped_while_it_is_looked_at_is_told_nothing(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    public_id = board.follow("q=cook")
    board.show(1)

    write = sending.write

    def late(*args: object) -> int:
        with board.store.writing() as session:
            saved.stop(session, public_id, Ended.STOPPED, board.now)
        return write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "write", late)
    assert board.tomorrow() == Done(looked=1)
    assert board.mails() == []


def test_only_one_process_sends_at_a_time(board: Board) -> None:
    board.follow()
    board.show(1)
    later = NOW + DAY
    assert claim(board.store, "alerts", "another", later, HOUR) is not None
    assert board.send(later) == Done()
    assert board.send(later + 2 * HOUR) == Done(looked=1, queued=1)


def test_a_process_that_lost_its_lease_writes_nothing(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    board.follow()
    board.show(1)
    write = sending.write

    def late(*args: object) -> int:
        assert claim(board.store, "alerts", "another", board.now + HOUR, HOUR) is not None
        return write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "write", late)
    assert board.tomorrow() == Done()
    assert board.mails() == []


def test_equal_searches_are_carried_out_once(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        board.follow("q=cook" if number % 2 else "q=nurse", address=f"p{number}@example.org")
    board.show(1)
    asked: list[str] = []
    everything = matching.everything

    def counted(generation: object, criteria: object, visible: object) -> object:
        asked.append(criteria.q)  # type: ignore[attr-defined]
        return everything(generation, criteria, visible)  # type: ignore[arg-type]

    monkeypatch.setattr(matching, "everything", counted)
    assert board.tomorrow() == Done(looked=5, queued=2)
    assert asked == ["cook", "nurse"]


def test_a_search_is_asked_about_once_before_its_year_is_over_and_ends_when_nobody_answers(board: Board) -> None:
    kept, left = board.follow("q=cook"), board.follow("q=nurse", address="other@example.org")
    assert board.tomorrow(337) == Done(looked=2)
    assert board.tomorrow() == Done(looked=2, again=2)
    assert [mail.kind for mail in board.deliver()] == [MailKind.ALERT_RENEW] * 2
    with board.store.writing() as session:
        assert saved.renew(session, kept, board.now)
    assert board.tomorrow(28) == Done(looked=1, ended=1)
    assert board.row(left).ended_why is Ended.NOT_RENEWED
    assert board.row(kept).ended_at is None


def test_a_turn_with_nothing_to_do_writes_nothing(board: Board) -> None:
    board.follow()
    with board.store.reading() as session:
        before = session.scalar(sa.select(SavedSearch.due_at))
    assert send_due(board.store, board.settings, NOW) == Done()
    with board.store.reading() as session:
        assert session.scalar(sa.select(SavedSearch.due_at)) == before
        assert session.scalar(sa.select(sa.func.count()).select_from(Mail)) == 0
