"""Delivery status notifications (RFC 3464): what a mail server tells us later of a mail that it had taken."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from clearinghouse.mail.refusals import SAYS_NOTHING, enhanced_code, refuses_recipient

LARGEST = 1_000_000  # bytes: a notification may carry the whole mail that came back, and ours are a tenth of this
OUR_ID = re.compile(r"<[0-9a-f]{32}@clearinghouse>")
REPLY = re.compile(r"\b([245]\d\d)[ -]")


@dataclass(frozen=True)
class Bounce:
    """What became of the mail `message_id` (ours, by its form). `refused` = the address takes no mail at all."""

    message_id: str
    status: str
    refused: bool


def read_bounce(body: bytes) -> Bounce | None:
    """The bounce that a mail reports; None for any other mail, and for one that came back from elsewhere.

    A delay, a full mailbox and a refusal of what the mail says are reported too: these are no reason to stop.
    """
    if len(body) > LARGEST:
        return None
    try:
        return _read(body)
    except RecursionError:  # a mail in a mail in a mail …: no mail server writes that
        return None


def _read(body: bytes) -> Bounce | None:
    report = email.message_from_bytes(body)
    if report.get_content_type() != "multipart/report" or not report.is_multipart():
        return None
    found = _original_id(report)
    recipient = next(_recipients(report), None)
    if found is None or recipient is None:
        return None
    status = enhanced_code(_said(recipient, "Status")) or ""
    return Bounce(found, status, _said(recipient, "Action").lower() == "failed" and _refused(recipient, status))


def _recipients(report: Message) -> Iterator[Message]:
    """The blocks about one recipient each; our mails have one."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            blocks = part.get_payload()
            yield from (one for one in blocks if isinstance(one, Message) and one.get("Action"))


def _refused(recipient: Message, status: str) -> bool:
    """By the status, or, where it says nothing as Exim's always do, by the words of the server that refused."""
    if not status.startswith("5"):
        return False
    if status != SAYS_NOTHING:
        return refuses_recipient(550, status)
    words = _said(recipient, "Diagnostic-Code")
    reply = REPLY.search(words)
    return refuses_recipient(int(reply[1]) if reply else 550, words)


def _original_id(report: Message) -> str | None:
    """The Message-ID of the mail that came back: it, or its headers, are the last part of the notification."""
    for part in report.walk():
        found = None if part is report else OUR_ID.search(_headers_in(part))
        if found:
            return found[0]
    return None


def _headers_in(part: Message) -> str:
    if part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers"):
        text = part.get_payload(decode=True)
        return _said(email.message_from_bytes(text), "Message-ID") if isinstance(text, bytes) else ""
    return _said(part, "Message-ID")


def _said(headers: Message, name: str) -> str:
    return " ".join(str(headers.get(name, "")).split())
