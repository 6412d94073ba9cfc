"""The post: what whoever runs `schedule` does every half minute."""

from __future__ import annotations

import datetime as dt
import logging

import sqlalchemy as sa

from clearinghouse.alerts import sending as alerts
from clearinghouse.alerts.outdated import send_due
from clearinghouse.db import Store
from clearinghouse.errors import ClearingHouseError
from clearinghouse.mail.sending import Transport
from clearinghouse.mail.undelivered import ask_for_failures
from clearinghouse.operations.monday import queue_week
from clearinghouse.settings import Settings

log = logging.getLogger(__name__)


def post(store: Store, settings: Settings, now: dt.datetime, transport: Transport | None = None) -> None:
    """Queue the Monday mail and the alerts whose time has come, send what is due, hear what can't be delivered.

    Trouble is logged; the next turn tries again.
    """
    for work in (
        lambda: queue_week(store, settings, now),
        lambda: alerts.send_due(store, settings, now, early=settings.demo),  # whose days pass by `partners tick`
        lambda: send_due(store, settings, now, transport),
        lambda: ask_for_failures(store, settings, now),
    ):
        try:
            work()
        except ClearingHouseError as error:
            log.warning("the post waits: %s", error)
        except sa.exc.SQLAlchemyError as error:  # whose own words may hold those of a mail
            log.warning("the post waits: the store: %s", type(error).__name__)
