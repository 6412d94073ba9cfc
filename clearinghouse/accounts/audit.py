"""The audit trail: who did what to what, written in the transaction that does it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.tags import Tag


def record(
    session: Session,
    tag: Tag,
    by: Actor | str,
    about: str,
    now: dt.datetime,
    *,
    organisation: int | None = None,
    **details: Any,
) -> None:
    """Append one event. `by` is the person, or the name of what acted ("users command", "nobody signed in").

    `details` are plain JSON values, encrypted at rest; never a password, code or token.
    """
    person = by if isinstance(by, Actor) else None
    event = AuditEvent(
        at=now, tag=tag, user_id=person.user if person else None, by=person.email if person else str(by),
        organisation_id=organisation, about=about, details=details or None,
    )  # fmt: skip
    session.add(event)
