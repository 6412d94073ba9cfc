"""Mail goes out once, whatever the server does, and never in silence."""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import socket

import pytest
import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.mail import outbox, sending
from clearinghouse.mail.letter import one_click
from clearinghouse.mail.models import Mail, MailKind
from clearinghouse.mail.sending import LONGEST_WAIT, Sent, wait

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)


def closed_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"smtp://127.0.0.1:{free.getsockname()[1]}"


def test_a_mail_arrives_as_it_was_asked_for_and_only_once(post_on_both, server) -> None:
    post = post_on_both
    number = post.add(to="ann@example.org", subject="Jobs – 3 new", text="Grüße £5\n.\nhttps://example.org/link/x\n")
    assert post.send(server.url) == Sent(sent=1)
    assert post.send(server.url) == Sent()
    (arrived,) = server.taken
    assert (arrived["To"], arrived["From"]) == ("ann@example.org", "desk@clearinghouse.example")
    assert arrived["Subject"] == "Jobs – 3 new"
    assert arrived["Message-ID"] == post.mail(number).message_id
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived.get_content_type() == "text/plain"
    assert arrived.get_content().replace("\r\n", "\n") == "Grüße £5\n.\nhttps://example.org/link/x\n"
    assert post.mail(number).sent_at == post.now


def test_without_a_mail_server_everything_waits(post) -> None:
    number = post.add()
    assert post.send(None) == Sent()
    assert post.mail(number).tries == 0


@pytest.mark.parametrize("where", ["ann@example.org", "data"])
def test_a_mail_that_is_not_taken_just_now_is_tried_again_later(post_on_both, server, where: str) -> None:
    post = post_on_both
    number = post.add()
    server.answers[where] = "451 greylisted: ann@example.org may come back"
    assert post.send(server.url) == Sent(put_off=1)
    assert post.mail(number).error == "451 greylisted: [address] may come back"
    server.answers.clear()
    assert post.send(server.url) == Sent()
    post.now += 5 * MINUTE
    assert post.send(server.url) == Sent(sent=1)
    assert post.mail(number).error is None


@pytest.mark.parametrize("where", ["ann@example.org", "data"])
def test_a_mail_that_is_refused_for_good_is_given_up_at_once_and_the_next_one_goes(post, server, where: str) -> None:
    number, other = post.add(), post.add(to="bob@example.org")
    server.answers["ann@example.org"] = "550 <ann@example.org>: no such person"
    assert post.send(server.url) == Sent(sent=1, given_up=1)
    assert post.mail(number).given_up_at == post.now
    assert post.mail(number).error == "550 <[address]>: no such person"
    assert post.mail(other).sent_at


@pytest.mark.parametrize(
    ("where", "answer", "refused"),
    [
        ("ann@example.org", "550 no such person", True),
        ("ann@example.org", "554 5.7.1 policy", False),
        ("data", "550 5.1.1 no such person", True),
        ("data", "554 spam", False),
    ],
)
def test_an_address_that_takes_no_mail_is_told_from_a_mail_that_is_not_wanted(
    post, server, where, answer, *, refused: bool
) -> None:
    number = post.add(kind=MailKind.ALERT)
    server.answers[where] = answer
    assert post.send(server.url) == Sent(given_up=1)
    assert (post.mail(number).refused_at == post.now) is refused
    with post.store.reading() as session:
        assert outbox.state(session).given_up == (0 if refused else 1)  # of a stranger's wrong address, nobody is asked


@pytest.mark.parametrize("text", ["Cook\nFrom £24,000 a year\nFrom now\n", "From now\n" + "ü" * 99 + "\nFrom then\n"])
def test_a_line_may_begin_with_from(post, server, text: str) -> None:
    post.add(text=text, html=f"<p>Cook\n{text}</p>\n")
    assert post.send(server.url) == Sent(sent=1)
    parts = [part.get_content().replace("\r\n", "\n") for part in server.taken[0].iter_parts()]
    assert parts == [text, f"<p>Cook\n{text}</p>\n"]


def test_what_goes_to_the_public_says_who_writes(post, server) -> None:
    post.add(kind=MailKind.ALERT)
    assert post.send(server.url, area="mid-anyshire") == Sent(sent=1)
    assert server.taken[0]["From"] == "Mid Anyshire public jobs <desk@clearinghouse.example>"


def test_who_saved_a_search_is_shown_to_nobody(post, server) -> None:
    server.answers["ann@example.org"] = "554 no"
    post.add(kind=MailKind.ALERT)
    post.add()
    post.send(server.url)
    with post.store.reading() as session:
        assert [one.to for one in outbox.failed(session)] == ["ann@example.org", None]


def test_a_mail_with_html_and_further_headers_arrives_whole(post, server) -> None:
    post.add(text="Hello\n", html="<p>Hello</p>\n", headers=one_click("https://jobs.example.org/alerts/stop/x"))
    assert post.send(server.url) == Sent(sent=1)
    (arrived,) = server.taken
    assert [part.get_content_type() for part in arrived.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert arrived["List-Unsubscribe"] == "<https://jobs.example.org/alerts/stop/x>"


def test_tries_are_spread_over_three_days_and_then_end(post, server) -> None:
    server.answers["ann@example.org"] = "451 later"
    number = post.add()
    began, moments = post.now, []
    while post.mail(number).given_up_at is None:
        moments.append(post.now)
        post.send(server.url)
        post.now = max(post.mail(number).due_at, post.now)
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert gaps[:4] == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert max(gaps) == LONGEST_WAIT
    assert dt.timedelta(days=2.5) < moments[-1] - began <= dt.timedelta(days=3)
    assert post.mail(number).tries == len(moments) == 18


def test_the_waits_double_up_to_six_hours() -> None:
    assert [wait(n) for n in (1, 2, 7, 8, 9)] == [5 * MINUTE, 10 * MINUTE, 320 * MINUTE, LONGEST_WAIT, LONGEST_WAIT]
    assert wait(1000) is None


def test_a_server_that_is_down_is_asked_once_in_five_minutes_and_costs_no_mail_a_try(post_on_both, server) -> None:
    post = post_on_both
    numbers = [post.add(), post.add(to="bob@example.org")]
    done = post.send(closed_port())
    assert done.trouble
    for number in numbers:
        assert (post.mail(number).tries, post.mail(number).due_at) == (0, post.now + 5 * MINUTE)
        assert post.mail(number).error == done.trouble
    post.now += 5 * MINUTE
    assert post.send(server.url) == Sent(sent=2)


@pytest.mark.parametrize("answer", ["421 closing down", "421 too many"])
def test_a_server_that_closes_midway_leaves_the_rest_waiting(post, server, answer: str) -> None:
    first, second, third = (post.add(to=f"{name}@example.org") for name in ("ann", "bob", "cat"))
    server.answers["bob@example.org"] = answer
    done = post.send(server.url)
    assert (done.sent, done.trouble) == (1, answer)
    assert post.mail(first).sent_at
    assert [post.mail(number).tries for number in (second, third)] == [1, 0]
    assert server.sessions == 1


def test_a_server_that_says_nothing_is_left_after_its_time(post, quick) -> None:
    quick(0.2)
    post.add()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        done = post.send(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
    assert done.trouble == "it did not answer for 0 seconds"


def test_a_server_that_takes_a_mail_and_never_says_so_gets_it_ever_more_rarely(post, server, monkeypatch) -> None:
    monkeypatch.setattr("clearinghouse.mail.server.PATIENCE", 0.2)
    server.pause = 0.6
    post.add()
    began = post.now
    while post.now < began + HOUR:
        post.send(server.url)
        post.now += MINUTE
    assert len(server.taken) == 4  # at once, and after 5, 15 and 35 minutes


def test_killed_after_the_server_took_it_the_mail_goes_once_more_under_the_same_name(post_on_both, server) -> None:
    post = post_on_both
    number = post.add()

    class Killed(BaseException):
        """What no handler of ours catches, as a SIGKILL isn't."""

    def dies(*_: object, **__: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "_mark", dies)
        with pytest.raises(Killed):
            post.send(server.url)
    assert post.send(server.url) == Sent()  # not at once
    for _ in range(5):
        post.now += 5 * MINUTE
        post.send(server.url)
    assert [mail["Message-ID"] for mail in server.taken] == [post.mail(number).message_id] * 2


def test_two_senders_at_once_send_a_mail_once(post_on_both, server) -> None:
    post = post_on_both
    number = post.add()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "_due", lambda *_: [number, number])
        assert post.send(server.url) == Sent(sent=1)
    assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"subject": "A\nBcc: everyone@example.org"}, "its address or subject can't stand in a mail"),
        ({"to": "ann@example.org\nBcc: bob@example.org"}, "its address or subject can't stand in a mail"),
        ({"to": "ännchen@example.org"}, "SMTPUTF8"),
    ],
)
def test_what_no_header_can_hold_is_given_up_and_stops_no_other(post, server, values, said: str) -> None:
    server.controller.SMTP_kwargs["enable_SMTPUTF8"] = False
    number, other = post.add(**values), post.add()
    assert post.send(server.url).given_up == 1
    assert said in post.mail(number).error
    assert post.mail(other).sent_at
    assert [mail["To"] for mail in server.taken] == ["ann@example.org"]


def test_a_mail_of_another_key_waits_for_it_and_stops_no_other(post, server) -> None:
    number, other = post.add(), post.add()
    with post.store.writing() as session:
        session.execute(sa.text("update mail set subject = 'gAAAAA' where id = :id"), {"id": number})
    assert post.send(server.url) == Sent(sent=1, put_off=1)
    assert post.mail(other).sent_at


@pytest.mark.parametrize(
    ("kind", "after", "sent"),
    [
        (MailKind.RESET, 59 * MINUTE, True),
        (MailKind.RESET, 61 * MINUTE, False),
        (MailKind.INVITATION, 167 * HOUR, True),
        (MailKind.INVITATION, 169 * HOUR, False),
        (MailKind.WEEK, 169 * HOUR, False),
    ],
)
def test_what_is_of_no_use_any_more_is_not_sent(post, server, kind, after, *, sent: bool) -> None:
    post.add(kind=kind)
    post.now += after
    assert post.send(server.url) == (Sent(sent=1) if sent else Sent(given_up=1))
    with post.store.reading() as session:
        assert outbox.state(session).given_up == 0  # nobody is asked about it


def test_no_log_says_who_gets_what(post, server, caplog) -> None:
    caplog.set_level(logging.DEBUG, "clearinghouse")
    server.answers["bob@example.org"] = "550 bob@example.org is unknown"
    post.add(subject="Secret subject", text="Secret text")
    post.add(to="bob@example.org")
    post.send(server.url)
    post.now += HOUR
    post.add()
    post.send(closed_port())
    assert len(caplog.records) == 3
    assert not any(word in caplog.text for word in ("ann", "bob", "Secret"))


def test_a_hundred_mails_go_over_one_connection_and_the_rest_over_others(post, server) -> None:
    for number in range(101):
        post.add(to=f"p{number}@example.org")
    assert post.send(server.url) == Sent(sent=101)
    assert server.sessions == 2


def test_a_turn_ends_when_its_time_is_up(post, server, monkeypatch) -> None:
    monkeypatch.setattr(sending, "TURN", 0.0)
    post.add()
    post.add(to="bob@example.org")
    assert [post.send(server.url) for _ in range(3)] == [Sent(sent=1), Sent(sent=1), Sent()]


def test_old_mails_are_forgotten_a_few_at_a_time(post, server, monkeypatch) -> None:
    monkeypatch.setattr(outbox, "AT_ONCE", 2)
    for number in range(3):
        post.add(to=f"p{number}@example.org")
    post.send(server.url)
    assert outbox.old_mails(post.store, post.now + 89 * 24 * HOUR) == "0 old mails taken away"
    assert outbox.old_mails(post.store, post.now + 91 * 24 * HOUR) == "3 old mails taken away"


def test_old_mails_are_forgotten(store: Store, post_on_both, server) -> None:
    post_on_both.add()
    post_on_both.send(server.url)
    waiting = post_on_both.add(to="bob@example.org")
    assert outbox.old_mails(store, post_on_both.now + 91 * 24 * HOUR) == "1 old mails taken away"
    with store.reading() as session:
        assert session.scalars(sa.select(Mail.id)).all() == [waiting]
