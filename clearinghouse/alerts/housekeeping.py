"""What the night takes away of alerts: the addresses and searches of people who want nothing of us."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from clearinghouse.alerts.models import SavedSearch
from clearinghouse.alerts.tokens import CONFIRM_LASTS
from clearinghouse.db import Store
from clearinghouse.mail.models import Mail, MailKind
from clearinghouse.mail.outbox import over_since, take_away
from clearinghouse.mail.texts import still_counts

ENDED_KEPT = dt.timedelta(days=30)  # so long the way back works
MAIL_KEPT = dt.timedelta(days=30)  # so long a bounce finds the message that it is about
ASKED_KEPT = dt.timedelta(days=14)  # it may wait for 7 days, and we promise that all is gone 30 days after the asking


def old_searches(store: Store, now: dt.datetime) -> str:
    """Take away searches that nobody confirmed in a week, and whose and what they were 30 days after their end.

    What is left of those says only when each began and ended, and why. Their messages go after 30 days too, those
    that ask after 14: they tell who looks for what. A text message that still counts for its month is emptied.
    """
    asked = sa.and_(SavedSearch.confirmed_at.is_(None), SavedSearch.asked_at < now - CONFIRM_LASTS)
    over = sa.and_(SavedSearch.ended_at < now - ENDED_KEPT, SavedSearch.address_digest != "")
    of_alerts = Mail.kind.in_([kind for kind in MailKind if kind.of_alert])
    emptied = {"address": "", "query": "", "address_digest": "", "sameness": None, "mail_id": None}
    with store.writing() as session:
        unasked: Any = session.execute(sa.delete(SavedSearch).where(asked))
        ended: Any = session.execute(sa.update(SavedSearch).where(over).values(emptied))
    asking = sa.and_(Mail.kind == MailKind.ALERT_CONFIRM, over_since(now - ASKED_KEPT))
    old = sa.or_(asking, sa.and_(of_alerts, over_since(now - MAIL_KEPT)))
    with store.writing() as session:
        session.execute(sa.update(Mail).where(old, still_counts(now)).values(to="", subject="", text=""))
    mails = take_away(store, sa.and_(old, sa.not_(still_counts(now))))
    return (
        f"{unasked.rowcount} unconfirmed saved searches, the addresses of {ended.rowcount} ended ones "
        f"and {mails} messages of alerts taken away"
    )
