"""Mails that came back: their addresses take no mail, so that nothing more is sent there."""

from __future__ import annotations

import datetime as dt
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.db import Store
from clearinghouse.mail.bounces import read_bounce
from clearinghouse.mail.models import Mail, MailKind

OF_ALERTS = tuple(kind for kind in MailKind if kind.of_alert)


class Came(enum.StrEnum):
    """What a mail that reached us says, in a sentence."""

    REFUSED = "the address takes no mail: nothing more is sent there"
    KNOWN = "this was known already"
    PASSES = "this passes, or isn't about the address: nothing changes"
    NOT_OURS = "it is about no mail of ours"
    NO_BOUNCE = "no delivery status notification about a mail of ours"


def bounced(store: Store, body: bytes, now: dt.datetime) -> Came:
    """Read a delivery status notification, and do what it asks for. Anything else changes nothing."""
    found = read_bounce(body)
    if found is None:
        return Came.NO_BOUNCE
    if not found.refused:
        return Came.PASSES
    with store.writing() as session:
        return refuse(session, found.message_id, f"it came back: {found.status}", now)


def refuse(session: Session, message_id: str, why: str, now: dt.datetime) -> Came:
    """Mark the mail of that Message-ID: its address takes no mail. The first to say so is believed."""
    row = session.execute(
        sa.select(Mail.id, Mail.kind, Mail.refused_at).where(Mail.message_id == message_id).with_for_update()
    ).one_or_none()
    if row is None:
        return Came.NOT_OURS
    if row.refused_at is not None:
        return Came.KNOWN
    values = {"refused_at": now, "error": why, "seen_at": now if row.kind in OF_ALERTS else None}
    session.execute(sa.update(Mail).where(Mail.id == row.id).values(values))
    return Came.REFUSED
