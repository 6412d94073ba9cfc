"""Asking for a mail: a row in the transaction that makes it due, sent later by whoever runs `schedule`."""

from __future__ import annotations

import datetime as dt
import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.mail.models import Mail, MailKind


def enqueue(
    session: Session, kind: MailKind, to: str, subject: str, text: str, now: dt.datetime, key: str | None = None
) -> None:
    """Put one plain-text mail into the outbox. A `key` that was used before queues nothing: it is the same mail."""
    if key is not None and session.scalar(sa.select(Mail.id).where(Mail.key == key)) is not None:
        return
    message_id = f"<{uuid.uuid4().hex}@clearinghouse>"
    session.add(
        Mail(kind=kind, key=key, to=to, subject=subject, text=text, message_id=message_id, made_at=now, due_at=now)
    )
