"""The post: what whoever runs `schedule` does every half minute."""

from __future__ import annotations

import datetime as dt
import logging

import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.errors import ClearingHouseError
from clearinghouse.mail.sending import Transport, send_due, smtp
from clearinghouse.operations.monday import queue_week
from clearinghouse.settings import Settings

log = logging.getLogger(__name__)


def post(store: Store, settings: Settings, now: dt.datetime, transport: Transport = smtp) -> None:
    """Queue the Monday mail when its time has come, send what is due. Trouble is logged; the next turn tries again."""
    for work in (lambda: queue_week(store, settings, now), lambda: send_due(store, settings, now, transport)):
        try:
            work()
        except ClearingHouseError as error:
            log.warning("the post waits: %s", error)
        except sa.exc.SQLAlchemyError as error:  # whose own words may hold those of a mail
            log.warning("the post waits: the store: %s", type(error).__name__)
