"""The links in alerts' messages: signed, and nothing stored for them. Opening one changes nothing (design rule 14)."""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass

import itsdangerous

SALT = "alerts"
CONFIRM_LASTS = dt.timedelta(days=7)
PUBLIC_ID = re.compile(r"[a-z0-9]{10}")


class Purpose(enum.StrEnum):
    """What a link's page lets its reader do. `manage` shows all the searches of the address."""

    CONFIRM = "confirm"
    MANAGE = "manage"
    RENEW = "renew"
    STOP = "stop"


@dataclass(frozen=True)
class AlertLink:
    """A link that is ours: what it is for, and the public id of its saved search."""

    purpose: Purpose
    public_id: str


def token_for(secret: str, purpose: Purpose, public_id: str, now: dt.datetime) -> str:
    """What stands in the address of a link, made at `now`. `secret` is SECRET_KEY."""
    return _signer(secret).dumps([purpose.value, public_id, int(now.timestamp())])


def read_token(secret: str, token: str, now: dt.datetime) -> AlertLink | None:
    """The link of a token; None when we did not make it, or when it was to be used within 7 days and wasn't."""
    try:
        purpose, public_id, made_at = _signer(secret).loads(token)
        link = AlertLink(Purpose(purpose), public_id)
        made = dt.datetime.fromtimestamp(made_at, dt.UTC)
        known = PUBLIC_ID.fullmatch(link.public_id)
    except (itsdangerous.BadData, ValueError, TypeError, OverflowError, OSError):
        return None
    return None if not known or (link.purpose is Purpose.CONFIRM and now - made > CONFIRM_LASTS) else link


def _signer(secret: str) -> itsdangerous.URLSafeSerializer:
    return itsdangerous.URLSafeSerializer(secret, salt=SALT)
