"""A store with vacancies that come and go by hand, and people who follow searches of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from made_up import doc, publication, vacancy
from sqlalchemy.orm import Session

from clearinghouse.alerts import saved
from clearinghouse.alerts.asking import Asked, ask
from clearinghouse.alerts.models import Often, SavedSearch
from clearinghouse.alerts.sending import Done, send_due
from clearinghouse.db import Store
from clearinghouse.mail.models import Mail, MailKind
from clearinghouse.publish.following import latest_seq
from clearinghouse.publish.models import Change, Publication
from clearinghouse.search.rows import showing
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import london
from clearinghouse.vacancies.visible import PUBLIC, Visible

NOW = dt.datetime(2026, 3, 4, 12, 0, tzinfo=dt.UTC)  # a Wednesday
DAY = dt.timedelta(days=1)
SECRET = "a secret of thirty-two characters or more"


class Board:
    """What the publisher writes, one step after the other, and the saved searches that follow it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        self.settings = Settings(secret_key=SECRET, public_url="https://jobs.example.org", smtp_url="smtp://127.0.0.1")

    def show(self, key: int, title: str = "Cook", *, shown: dict[str, Any] | None = None, **values: Any) -> None:
        """Publish that vacancy, or a change of it."""
        document = doc(key, title=title, **values)
        row = publication(key, document, **{"public_from": self.now - 9 * DAY, **(shown or {})})
        is_public = Visible(PUBLIC, self.now).sees(showing(row, {}))
        row.public_digest = "x" if is_public else None
        with self.store.writing() as session:
            session.merge(vacancy(key, document))
            session.flush()
            session.merge(row)
            self._step(session, key, "upsert", is_public=is_public)

    def hide(self, key: int, **changes: Any) -> None:
        """Take it away from everyone: withdrawn, unless `changes` says how."""
        with self.store.writing() as session:
            row = session.get_one(Publication, key)
            row.public_digest = None
            for name, value in (changes or {"live": False}).items():
                setattr(row, name, value)
            self._step(session, key, "delete")

    def _step(self, session: Session, key: int, op: str, *, is_public: bool = True) -> None:
        following = latest_seq(session) + 1 if is_public else None
        session.add(Change(public_seq=following, vacancy_id=key, op=op, at=self.now))

    def ask(self, query: str = "", address: str = "pat@example.org", often: Often = Often.DAILY, **more: Any) -> None:
        """Ask for an alert."""
        with self.store.writing() as session:
            ask(session, self.settings, Asked(query, address, often, **more), self.now)

    def follow(self, query: str = "", address: str = "pat@example.org", often: Often = Often.DAILY, **more: Any) -> str:
        """Ask for an alert and confirm it: its public id."""
        known = set(self.ids())
        self.ask(query, address, often, **more)
        (new,) = set(self.ids()) - known
        with self.store.writing() as session:
            assert saved.confirm(session, new, self.now)
            session.execute(sa.delete(Mail).where(Mail.kind == MailKind.ALERT_CONFIRM))
        return new

    def ids(self) -> list[str]:
        with self.store.reading() as session:
            return list(session.scalars(sa.select(SavedSearch.public_id).order_by(SavedSearch.id)))

    def row(self, public_id: str) -> SavedSearch:
        with self.store.reading() as session:
            return session.scalars(sa.select(SavedSearch).where(SavedSearch.public_id == public_id)).one()

    def tomorrow(self, days: int = 1) -> Done:
        """What is sent so many mornings later."""
        day = (self.now + days * DAY).replace(hour=7, minute=0)
        return self.send(day + dt.timedelta(seconds=20))

    def send(self, at: dt.datetime | None = None) -> Done:
        self.now = at or self.now
        return send_due(self.store, self.settings, self.now, pause=lambda _: None)

    def mails(self) -> list[Mail]:
        with self.store.reading() as session:
            return list(session.scalars(sa.select(Mail).order_by(Mail.id)))

    def deliver(self, **values: Any) -> list[Mail]:
        """Mark all that waits as sent (or as `values` say), and what it was."""
        waiting = [mail for mail in self.mails() if mail.sent_at is None and mail.given_up_at is None]
        with self.store.writing() as session:
            numbers = [mail.id for mail in waiting]
            session.execute(sa.update(Mail).where(Mail.id.in_(numbers)).values(**(values or {"sent_at": self.now})))
        return waiting

    def told(self) -> list[str]:
        """The titles in the mails that wait, and they are sent."""
        mails = self.deliver()
        with self.store.reading() as session:
            titles = {row.doc["id"]: row.doc["title"] for row in session.scalars(sa.select(Publication))}
        return [title for mail in mails for number, title in titles.items() if f"/vacancies/{number}-" in mail.text]

    def soon(self, days: float) -> str:
        """A closing time so many days from now."""
        return london(self.now + days * DAY)
