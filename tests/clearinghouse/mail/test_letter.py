"""A mail has the form that every mail program reads, and nothing that somebody typed gets among its headers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.mail.letter import Outgoing, letter, one_click

PLAIN = Outgoing(
    "ann@example.org",
    "Jobs",
    "Hello\n",
    "<a1@clearinghouse>",
    dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
    "desk@c.example",
)
STOP = f"https://jobs.example.org/alerts/stop/{'a' * 120}"
OURS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding",
}  # fmt: skip


def read(mail: Outgoing):
    return message_from_bytes(bytes(letter(mail)), policy=policy.default)


def test_a_mail_of_words_alone_is_plain_text() -> None:
    assert read(PLAIN).get_content_type() == "text/plain"


def test_text_comes_before_html_so_that_programs_show_the_better_one() -> None:
    mail = read(replace(PLAIN, text="Grüße £5\n", html="<p>Grüße £5</p>\n"))
    assert mail.get_content_type() == "multipart/alternative"
    parts = [(part.get_content_type(), part.get_content().replace("\r\n", "\n")) for part in mail.iter_parts()]
    assert parts == [("text/plain", "Grüße £5\n"), ("text/html", "<p>Grüße £5</p>\n")]


def test_one_click_unsubscribe_stands_whole_on_its_line() -> None:
    lines = bytes(letter(replace(PLAIN, headers=one_click(STOP)))).split(b"\r\n")
    assert f"List-Unsubscribe: <{STOP}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def test_no_line_is_too_long_for_a_server() -> None:
    words = "neue – jobs “care” " * 60
    mail = replace(PLAIN, subject=words, text="x" * 3000, html=f"<p>{'ü' * 3000}</p>", headers=one_click(STOP))
    lines = bytes(letter(mail)).split(b"\r\n")
    assert max(map(len, lines)) < 998
    assert b"\n" not in b"".join(lines)
    assert read(mail)["Subject"].split() == words.split()


@pytest.mark.parametrize(
    "values",
    [
        {"subject": "A\nBcc: everyone@example.org"},
        {"subject": "A\rBcc: everyone@example.org"},
        {"subject": "A\x00"},
        {"subject": "=?utf-8?q?A=0ABcc:_everyone@example.org?="},
        {"subject": "=?utf-8?b?QQ0KQmNjOiBl?="},
        {"to": "=?utf-8?q?a=0ABcc:_b?=@example.org"},
        {"headers": {"List-Unsubscribe": "<https://x.example>\nBcc: b@example.org"}},
        {"headers": {"Subject": "Another"}},
    ],
)
def test_what_would_be_a_second_header_is_refused(values) -> None:
    with pytest.raises(ValueError, match=r"no header of a mail|cannot contain CR or LF"):
        letter(replace(PLAIN, **values))


@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_is_typed_no_header_is_added(subject: str, text: str) -> None:
    try:
        made = bytes(letter(replace(PLAIN, subject=subject, text=text.replace("\x00", ""))))
    except ValueError:
        return
    assert {name for name, _ in message_from_bytes(made).items()} <= OURS
