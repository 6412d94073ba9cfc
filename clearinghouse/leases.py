"""Leases: one holder at a time for a job that only one process may do, with a number that fences late writers."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from clearinghouse.db import Base, Store
from clearinghouse.errors import LeaseLostError


class Lease(Base):
    """Who holds what until when. `number` grows each time that the holder changes."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    holder: Mapped[str]
    until: Mapped[dt.datetime]
    number: Mapped[int]


def claim(store: Store, name: str, holder: str, now: dt.datetime, ttl: dt.timedelta) -> int | None:
    """Take or renew the lease `name` until `now + ttl`; its number, or None while another holds it."""
    try:
        with store.writing() as session:
            return _claim(session, name, holder, now, ttl)
    except sa.exc.IntegrityError:  # two made the row at once: the other was first
        return None


def _claim(session: Session, name: str, holder: str, now: dt.datetime, ttl: dt.timedelta) -> int | None:
    lease = session.get(Lease, name, with_for_update=True)
    if lease is None:
        lease = Lease(name=name, holder=holder, until=now + ttl, number=1)
        session.add(lease)
        session.flush()
        return lease.number
    if lease.holder != holder:
        if lease.until > now:
            return None
        lease.number += 1
        lease.holder = holder
    lease.until = now + ttl
    return lease.number


def confirm(session: Session, name: str, holder: str, number: int) -> None:
    """Hold the lease's row until this transaction ends. Raises LeaseLostError when it is another's by now."""
    lease = session.get(Lease, name, with_for_update=True, populate_existing=True)
    if lease is None or lease.holder != holder or lease.number != number:
        raise LeaseLostError(f"lease {name}: no longer held by {holder}")


def release(store: Store, name: str, holder: str, now: dt.datetime) -> None:
    """Give the lease back, so that another may take it at once."""
    with store.writing() as session:
        lease = session.get(Lease, name, with_for_update=True)
        if lease is not None and lease.holder == holder:
            lease.until = now
