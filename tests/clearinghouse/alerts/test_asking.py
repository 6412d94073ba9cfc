"""Asking for an alert, and what its owner does with it: one row a search, and nothing told to who only asks."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from board import DAY, NOW, Board

from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.tags import Tag
from clearinghouse.alerts import saved
from clearinghouse.alerts.asking import Asked, ask
from clearinghouse.alerts.models import Ended, Often, SavedSearch
from clearinghouse.alerts.revealing import revealing, without_private
from clearinghouse.alerts.saved import State
from clearinghouse.errors import BadFormError
from clearinghouse.mail.models import Channel, MailKind
from clearinghouse.search.criteria import Criteria

HOUR = dt.timedelta(hours=1)


def test_the_same_search_of_the_same_address_is_one_row(either_board: Board) -> None:
    board = either_board
    board.ask("q=cook&page=3&sort=newest")
    board.now += HOUR
    board.ask("q=cook", "PAT@example.org ", Often.WEEKLY)
    (public_id,) = board.ids()
    row = board.row(public_id)
    assert (row.query, row.address, row.often) == ("q=cook&as_typed=yes", "pat@example.org", Often.WEEKLY)
    assert [mail.kind for mail in board.mails()] == [MailKind.ALERT_CONFIRM] * 2


def test_nothing_of_a_person_stands_in_clear_and_every_step_is_on_the_trail(board: Board) -> None:
    public_id = board.follow("q=cook")
    with board.store.writing() as session:
        saved.change_often(session, public_id, Often.WEEKLY, NOW)
        saved.renew(session, public_id, NOW)
        saved.stop(session, public_id, Ended.STOPPED, NOW)
    with board.store.reading() as session:
        raw = [str(row) for row in session.execute(sa.text("select * from saved_search"))]
        tags = list(session.scalars(sa.select(AuditEvent.tag).order_by(AuditEvent.id)))
        about = set(session.scalars(sa.select(AuditEvent.about)))
    assert "pat" not in "".join(raw)
    assert "cook" not in "".join(raw)
    assert about == {public_id}
    assert tags == [
        Tag.ALERT_SEARCH_ASKED, Tag.ALERT_SEARCH_CONFIRMED, Tag.ALERT_SEARCH_CHANGED, Tag.ALERT_SEARCH_RENEWED,
        Tag.ALERT_SEARCH_ENDED,
    ]  # fmt: skip


def test_an_address_gets_few_messages_that_ask_and_few_searches(board: Board) -> None:
    for number in range(5):
        board.ask(f"q=cook{number}")
    assert len(board.mails()) == len(board.ids()) == 3
    board.now += 30 * 60 * dt.timedelta(seconds=1)
    board.ask("q=cook1")
    assert len(board.mails()) == 3
    for number in range(5, 15):
        board.now += HOUR
        board.ask(f"q=cook{number % 7}")
    assert len(board.mails()) == 10
    for number in range(15, 40):
        board.now += 3 * HOUR
        board.ask(f"q=cook{number}")
    assert len(board.ids()) == 20


def test_asking_again_for_what_is_on_brings_no_job_a_second_time(board: Board) -> None:
    board.follow("q=cook")
    board.show(1)
    board.tomorrow()
    assert board.told() == ["Cook"]
    board.ask("q=cook")
    board.deliver(given_up_at=board.now)  # no mail could go out all week
    board.show(2, "Head cook")
    board.tomorrow()
    assert board.told() == ["Head cook"]


@pytest.mark.parametrize(
    ("channel", "typed", "field"),
    [
        (Channel.EMAIL, "", "email"),
        (Channel.EMAIL, "pat", "email"),
        (Channel.EMAIL, "pat@example.org\r\nBcc: x@example.org", "email"),
        (Channel.EMAIL, "a" * 5000 + "@example.org", "email"),
        (Channel.EMAIL, "pat\x00@example.org", "email"),
        (Channel.TEXT, "07700900982", "mobile"),  # where no texts are sent
    ],
)
def test_an_address_that_can_not_be_one_is_refused(board: Board, channel: Channel, typed: str, field: str) -> None:
    with pytest.raises(BadFormError) as bad:
        board.ask("q=cook", typed, channel=channel)
    assert list(bad.value.errors) == [field]
    assert board.ids() == []


def test_a_search_is_on_when_it_is_confirmed_and_not_before(board: Board) -> None:
    board.show(1)
    board.ask("q=cook")
    (public_id,) = board.ids()
    assert board.tomorrow(3).looked == 0
    with board.store.writing() as session:
        assert [each.state for each in saved.alerts_of(session, public_id)] == [State.ASKED]
        assert saved.confirm(session, public_id, board.now)
        assert saved.confirm(session, public_id, board.now)  # twice is once
        (alert,) = saved.alerts_of(session, public_id)
    assert (alert.state, alert.criteria) == (State.ON, Criteria(q="cook", as_typed=True))
    assert board.row(public_id).bookmark == 1


def test_a_search_that_nobody_confirmed_in_a_week_can_not_be_confirmed_any_more(board: Board) -> None:
    board.ask("q=cook")
    (public_id,) = board.ids()
    with board.store.writing() as session:
        assert not saved.confirm(session, public_id, NOW + 8 * DAY)
        assert not saved.confirm(session, "nobody2222", NOW)


def test_stopping_ends_it_and_calls_back_what_waits_and_can_be_undone(board: Board) -> None:
    first, second = board.follow("q=cook"), board.follow("q=nurse")
    board.show(1)
    board.tomorrow()
    with board.store.writing() as session:
        assert saved.stop(session, first, Ended.STOPPED, board.now)
        assert saved.stop(session, first, Ended.STOPPED, board.now)
        assert not saved.stop(session, "nobody2222", Ended.STOPPED, board.now)
        assert [each.public_id for each in saved.alerts_of(session, first)] == [second]
    assert board.told() == []
    with board.store.writing() as session:
        assert saved.renew(session, first, board.now)
    board.show(2, "Head cook")
    board.tomorrow()
    assert board.told() == ["Head cook"]
    with board.store.writing() as session:
        assert saved.stop_all(session, first, Ended.STOPPED, board.now) == 2
        assert saved.alerts_of(session, first) == ()


def test_a_search_that_was_stopped_may_be_asked_for_again(board: Board) -> None:
    first = board.follow("q=cook")
    with board.store.writing() as session:
        saved.stop(session, first, Ended.STOPPED, board.now)
    board.now += HOUR
    again = board.follow("q=cook")
    assert again != first
    with board.store.writing() as session:
        assert not saved.renew(session, first, board.now)  # nobody is told twice
        saved.stop(session, again, Ended.STOPPED, board.now)
        assert saved.renew(session, first, board.now)
    board.now += HOUR
    board.ask("q=cook")
    assert board.ids() == [first, again]


PRIVATE = [
    ("dbs=none&pattern=part_time", "pattern=part_time", 1),
    ("dbs=none&dbs=basic&q=cook", "q=cook&as_typed=yes", 1),
    ("flag=guaranteed_interview&flag=entry_level", "flag=entry_level", 1),
    ("flag=considers_convictions&kind=job", "kind=job", 1),
    ("q=cleaner+no+dbs", "q=cleaner&as_typed=yes", 1),
    ("q=ex-offender+driver", "q=driver&as_typed=yes", 1),
    ("q=guaranteed+interview+scheme+admin", "q=admin&as_typed=yes", 1),
    ("q=no+criminal+record+check+cook", "q=cook&as_typed=yes", 2),
    ('q=cook+-"dbs+check"', "q=cook&as_typed=yes", 1),
    ("q=dbs+not+required+porter", "q=porter&as_typed=yes", 1),
    ("q=no+no+dbs+dbs+porter", "q=porter&as_typed=yes", 1),
    ("q='no-dbs'&kind=job", "kind=job", 1),
    ("q=gauranteed+interveiw+cook", "q=cook&as_typed=yes", 1),
    ("q=cook+spent+convictions", "q=cook&as_typed=yes", 1),
    ("q=police+officer+background", "q=police+officer+background&as_typed=yes", 0),
    ("q=learning+disability+nurse&dbs=enhanced", "q=learning+disability+nurse&dbs=enhanced&as_typed=yes", 0),
    ("q=offender+manager", "q=offender+manager&as_typed=yes", 0),
    ("q=dbs+administrator", "q=dbs+administrator&as_typed=yes", 0),
]


@pytest.mark.parametrize(("query", "left", "sentences"), PRIVATE)
def test_what_a_search_may_tell_about_a_person_is_left_out_unless_they_want_it(
    board: Board, query: str, left: str, sentences: int
) -> None:
    criteria = Criteria.from_query([tuple(pair.replace("+", " ").split("=")) for pair in query.split("&")])[0]  # type: ignore[misc]
    assert len(revealing(criteria)) == sentences
    assert revealing(without_private(criteria)) == ()
    board.ask(query)
    board.ask(query, "kept@example.org", keep_private=True)
    first, second = map(board.row, board.ids())
    assert (first.query, first.reveals) == (left, False)
    assert second.reveals is bool(sentences)


def test_a_search_that_tells_nothing_else_must_be_kept_whole(board: Board) -> None:
    with pytest.raises(BadFormError) as bad:
        board.ask("dbs=none")
    assert list(bad.value.errors) == ["private"]


@pytest.mark.parametrize("typed", ["07700 900982", "+44 7700 900 982", "0044 (0)7700-900982", "(07700) 900.982"])
def test_a_mobile_number_is_kept_in_one_form(board: Board, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearinghouse.alerts.addresses.texts_on", lambda settings: True)
    with board.store.writing() as session:
        ask(session, board.settings, Asked("q=cook", typed, Often.DAILY, Channel.TEXT), NOW)
        assert session.scalars(sa.select(SavedSearch.address)).one() == "+447700900982"
    (mail,) = board.mails()
    assert (mail.channel, mail.html) == (Channel.TEXT, None)


@pytest.mark.parametrize("typed", ["0115 496 0123", "+33 7700 900982", "07000 900982", "077009009820", "07700\u0665"])
def test_another_number_is_refused(board: Board, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearinghouse.alerts.addresses.texts_on", lambda settings: True)
    with pytest.raises(BadFormError):
        board.ask("q=cook", typed, channel=Channel.TEXT)
