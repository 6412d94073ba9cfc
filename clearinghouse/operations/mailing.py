"""What a person does about a mail that failed, with its line of the audit trail."""

from __future__ import annotations

import datetime as dt

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.mail import outbox


def try_again(store: Store, number: int, by: Actor, now: dt.datetime) -> bool:
    """Send a failed mail again at the next turn; False when it isn't a failed one (any more)."""
    with store.writing() as session:
        done = outbox.try_again(session, number, now)
        if done:
            audit.record(session, Tag.MAIL_SENDING_RETRIED, by, str(number), now)
        return done


def leave(store: Store, number: int, by: Actor, now: dt.datetime) -> bool:
    """Say that a mail which was given up needn't be sent; False when it isn't one (any more)."""
    with store.writing() as session:
        done = outbox.leave(session, number, now)
        if done:
            audit.record(session, Tag.MAIL_SENDING_LEFT, by, str(number), now)
        return done
