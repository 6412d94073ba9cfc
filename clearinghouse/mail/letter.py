"""A message as it goes out: a plain value, and the mail that a server gets for it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any

from clearinghouse.mail.models import Channel

UNSUBSCRIBE = "List-Unsubscribe"
UNFOLDED = frozenset({UNSUBSCRIBE.lower()})
FROM = re.compile(r"^From ", re.MULTILINE)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Outgoing:
    """One message, on its way from `sender` (our own address, named or not) to `to`.

    `message_id` stays the same over all tries.
    """

    to: str
    subject: str
    text: str
    message_id: str
    made_at: dt.datetime
    sender: str
    html: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    channel: Channel = Channel.EMAIL


def one_click(url: str) -> dict[str, str]:
    """The headers by which a mail program offers to end such mails at `url`, by a POST of its own (RFC 8058)."""
    return {UNSUBSCRIBE: f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def letter(mail: Outgoing) -> EmailMessage:
    """The mail. Raises ValueError for what no header can hold, such as a second line or a header given twice."""
    message = EmailMessage(policy=_Policy())
    headers = {
        "From": mail.sender,
        "To": mail.to,
        "Subject": mail.subject,
        "Date": format_datetime(mail.made_at),
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
    }
    for name, value in (*headers.items(), *mail.headers.items()):
        _add(message, name, value)
    message.set_content(mail.text, cte=_encoding(mail.text))
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html", cte=_encoding(mail.html))
    for part in message.walk():
        _guard(part)
    return message


def _encoding(words: str) -> str | None:
    return "quoted-printable" if FROM.search(words) else None


def _guard(part: EmailMessage) -> None:
    """Keep lines such as “From £24,000 a year” as they are: on its way a mail would get a > before each of them."""
    payload = part.get_payload()
    if part["Content-Transfer-Encoding"] == "quoted-printable" and isinstance(payload, str):
        part.set_payload(FROM.sub("=46rom ", payload))


def _add(message: EmailMessage, name: str, value: str) -> None:
    """A header, looked at before and after its =?encoded?words?= are decoded: a line break may hide in these."""
    if name in message or CONTROL.search(value):
        raise ValueError(f"{name}: no header of a mail")
    message[name] = value
    if CONTROL.search(str(message[name])):
        raise ValueError(f"{name}: no header of a mail")


class _Policy(EmailPolicy):
    """Lines as SMTP wants them; an address in angle brackets stays whole.

    The library would fold one of over 78 characters by encoding it, and no mail program knows it as an address then.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"linesep": SMTP.linesep, **settings})

    def fold(self, name: str, value: Any) -> str:
        """The header's lines."""
        return f"{name}: {value}{self.linesep}" if name.lower() in UNFOLDED else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same as bytes."""
        return self.fold(name, value).encode() if name.lower() in UNFOLDED else super().fold_binary(name, value)
