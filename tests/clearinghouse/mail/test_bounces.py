"""What comes back is read as mail servers write it: a wrong address is left alone, a full mailbox isn't."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from clearinghouse.commands import bounced as command
from clearinghouse.mail import outbox
from clearinghouse.mail.bounces import LARGEST, Bounce, read_bounce
from clearinghouse.mail.letter import Outgoing, letter
from clearinghouse.mail.models import MailKind
from clearinghouse.mail.refused import Came, bounced

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
OURS = "<0123456789abcdef0123456789abcdef@clearinghouse>"
NO_SUCH_PERSON = "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <ann@example.org>: User unknown"

NESTED = b"Content-Type: message/rfc822\n\n"


def notification(
    said: str, message_id: str = OURS, *, kind: str = "message/rfc822", action: str = "failed", report: bool = True
) -> bytes:
    """The three parts that Postfix, Exim and Exchange send: words, the recipient's status, the mail or its headers."""
    outer = "multipart/report; report-type=delivery-status" if report else "multipart/mixed"
    return f"""From: MAILER-DAEMON@mail.example (Mail Delivery System)
To: desk@clearinghouse.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261123.AAAA@mail.example>
MIME-Version: 1.0
Content-Type: {outer}; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to tell you …

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Mon, 23 Nov 2026 07:00:00 +0000

Final-Recipient: rfc822; ann@example.org
Action: {action}
{said}

--b1
Content-Type: {kind}

From: desk@clearinghouse.example
To: ann@example.org
Subject: 3 new jobs
Message-ID: {message_id}

Hello
--b1--
""".encode()


SAID = [
    (NO_SUCH_PERSON, True),
    ("Status: 5.1.2\nDiagnostic-Code: X-Postfix; Host not found", True),
    ("Status: 5.4.4\nDiagnostic-Code: X-Postfix; Host or domain name not found", True),
    ("Status: 5.2.1", True),
    ("Status: 5.0.0\nRemote-MTA: dns; mx.example\nDiagnostic-Code: smtp; 550-5.1.1 no such user\n 550 5.1.1 x", True),
    ("Status: 5.0.0\nDiagnostic-Code: smtp; 550 Unrouteable address", True),
    ("Status: 5.0.0", True),
    ("Status: 5.1.10 (no mail here)\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound", True),
    ("Status: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full", False),
    ("Status: 4.2.2", False),
    ("Status: 4.4.1", False),
    ("Status: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 blocked", False),
    ("Status: 5.0.0\nDiagnostic-Code: smtp; 554 rejected as spam", False),
    ("Status: five", False),
    ("X-None: 1", False),
]


@pytest.mark.parametrize(("said", "refused"), SAID)
@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_status_is_read(said: str, kind: str, *, refused: bool) -> None:
    found = read_bounce(notification(said, kind=kind))
    assert found is not None
    assert (found.message_id, found.refused) == (OURS, refused)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff",
        notification(NO_SUCH_PERSON, "<another@example.org>"),
        notification(NO_SUCH_PERSON, report=False),
        notification(NO_SUCH_PERSON).replace(b"message/delivery-status", b"text/plain"),
        notification(NO_SUCH_PERSON).replace(b"report; report-type", b"report-of; report-type"),
        b"Subject: I am away until Monday\nIn-Reply-To: " + OURS.encode() + b"\n\nHello",
        notification(NO_SUCH_PERSON) + b"x" * LARGEST,
    ],
    ids=range(8),
)
def test_other_mail_is_none(body: bytes) -> None:
    assert read_bounce(body) is None


def test_our_own_mail_that_came_back_whole_is_found_by_its_id() -> None:
    mail = Outgoing("ann@example.org", "Jobs", "Hello", OURS, NOW, "desk@c.example", "<p>Hello</p>")
    body = notification(NO_SUCH_PERSON).partition(b"From: desk@")[0] + bytes(letter(mail)) + b"\r\n--b1--\r\n"
    assert read_bounce(body) == Bounce(OURS, "5.1.1", refused=True)


def test_a_delay_is_no_refusal() -> None:
    found = read_bounce(notification(NO_SUCH_PERSON, action="delayed"))
    assert found is not None
    assert not found.refused


@given(st.data())
def test_no_bytes_at_all_are_too_much_for_it(data) -> None:
    whole = notification(NO_SUCH_PERSON)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    read_bounce(whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:])


def test_mails_in_mails_in_mails_say_nothing() -> None:
    assert read_bounce(b"Content-Type: multipart/report; boundary=b\n\n--b\n" + NESTED * 1000) is None


def test_an_address_that_takes_no_mail_is_marked_once(post, server) -> None:
    staff, stranger = post.add(), post.add(kind=MailKind.ALERT)
    post.send(server.url)
    for number in (staff, stranger):
        body = notification(NO_SUCH_PERSON, post.mail(number).message_id)
        assert [bounced(post.store, body, post.now) for _ in range(2)] == [Came.REFUSED, Came.KNOWN]
        assert post.mail(number).refused_at == post.now
        assert post.mail(number).error == "it came back: 5.1.1"
    with post.store.reading() as session:
        assert outbox.state(session).given_up == 1  # the colleague's: somebody can put that address right
        assert [one.number for one in outbox.failed(session)] == [staff]
    with post.store.writing() as session:
        assert outbox.try_again(session, staff, post.now)
    assert post.send(server.url).sent == 1


def test_what_passes_or_is_not_ours_changes_nothing(post, server) -> None:
    number = post.add()
    post.send(server.url)
    full = notification("Status: 5.2.2", post.mail(number).message_id)
    assert bounced(post.store, full, post.now) is Came.PASSES
    assert bounced(post.store, notification(NO_SUCH_PERSON), post.now) is Came.NOT_OURS
    assert post.mail(number).refused_at is None


def test_the_command_reads_files_and_standard_input(post, server, tmp_path: Path, monkeypatch) -> None:
    number = post.add()
    post.send(server.url)
    body = notification(NO_SUCH_PERSON, post.mail(number).message_id)
    (tmp_path / "bounce").write_bytes(body)
    (tmp_path / "other").write_bytes(b"\xff\x00")
    monkeypatch.setattr(command, "store", lambda: post.store)
    monkeypatch.setattr(command.migrate, "check", lambda _: None)
    app = typer.Typer()
    app.command()(command.bounced)
    done = CliRunner().invoke(app, [str(tmp_path / "bounce"), "-", str(tmp_path / "other")], input=body)
    assert done.exit_code == 0, done.output
    assert [line.partition(": ")[2] for line in done.stdout.splitlines()] == [
        Came.REFUSED, Came.KNOWN, Came.NO_BOUNCE,
    ]  # fmt: skip
    assert "ann@" not in done.output
    assert CliRunner().invoke(app, [str(tmp_path / "missing")]).exit_code == 2
