"""What GOV.UK Notify could not deliver, asked for once an hour: it tells so only minutes or days after taking it."""

from __future__ import annotations

import datetime as dt
import uuid

from clearinghouse.db import Store
from clearinghouse.leases import claim
from clearinghouse.mail.notify import Notify, failures, notify_of
from clearinghouse.mail.refused import Came, refuse
from clearinghouse.settings import Settings

EVERY = dt.timedelta(hours=1)
LEASE = "notify failures"
PAGES = 20  # of 250 each: more fail in an hour only when something else is wrong
WHY = "GOV.UK Notify: the address does not exist"


def ask_for_failures(store: Store, settings: Settings, now: dt.datetime, service: Notify | None = None) -> int:
    """Mark the addresses that Notify found not to exist; how many are new. Nothing where mail goes another way.

    Asked at any time and by any number of processes, Notify is asked once an hour. Raises MailServerError.
    """
    if not settings.notify_api_key or claim(store, LEASE, uuid.uuid4().hex, now, EVERY) is None:
        return 0
    new = 0
    for _, page in zip(range(PAGES), failures(service or notify_of(settings)), strict=False):
        with store.writing() as session:
            came = [refuse(session, reference, WHY, now) for reference in page]
        new += came.count(Came.REFUSED)
        if Came.REFUSED not in came:  # the older ones are known by now
            break
    return new
