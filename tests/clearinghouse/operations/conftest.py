"""An office: a store with members, sources and people, as a test puts them there."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.models import AccountLink, LinkPurpose, Membership, Organisation, User
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store
from clearinghouse.ingest.models import CrawlRun, Doubt, Issue, IssueKind, RunStatus, SourceCheck
from clearinghouse.ingest.sources import facts_as_json
from clearinghouse.mail.models import MailKind
from clearinghouse.mail.outbox import enqueue
from clearinghouse.operations.need import Need
from clearinghouse.operations.needs import needs
from clearinghouse.settings import Settings
from clearinghouse.vacancies.models import SourceRow, Vacancy
from clearinghouse.vacancies.posting import SourceFacts
from clearinghouse.vacancies.reports import AdvertReport, Wrong
from clearinghouse.vacancies.vocabulary import Status

sys.path.insert(0, str(Path(__file__).parent))  # which importlib mode doesn't do: for quarter.py

NOW = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)  # a Wednesday
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


class Office:
    """Puts rows there as the rest of the system would, and asks what they need."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.now = NOW
        self.settings = Settings(
            database_url=f"sqlite:///{folder}/store.sqlite3", index_dir=folder / "index",
            public_url="https://jobs.example.org", smtp_url="smtp://127.0.0.1",
        )  # fmt: skip

    def member(self, name: str = "Anytown Council", **values: Any) -> int:
        complete = {"agreed_on": dt.date(2026, 1, 5), "agreed_by": "Ann", "takedown_contact": "hr@anytown.example"}
        slug = name.casefold().replace(" ", "-")
        with self.store.writing() as session:
            row = Organisation(slug=slug, name=name, **{"member": True, "listed": True, **complete, **values})
            session.add(row)
            session.flush()
            return row.id

    def source(
        self, slug: str = "anytown", organisation: int | None = None, verified: dt.date | None = None, **values: Any
    ) -> None:
        facts = SourceFacts(slug, None, "shipped", "feed", "f", verified=verified)
        row = {"next_due": self.now + HOUR, "last_good_run": self.now - HOUR, "last_good_count": 24, **values}
        with self.store.writing() as session:
            session.add(SourceRow(slug=slug, organisation_id=organisation, facts=facts_as_json(facts),
                                  **{"public": facts.public, **row}))  # fmt: skip
        self.run(slug, self.now - 40 * DAY)

    def run(
        self, slug: str, at: dt.datetime, status: RunStatus = RunStatus.OK, doubt: Doubt | None = None,
        counted: int = 24, **values: Any,
    ) -> None:  # fmt: skip
        with self.store.writing() as session:
            session.add(CrawlRun(source=slug, started=at, ended=at, status=status, doubt=doubt, counted=counted,
                                 **{"messages": ["what it said"], **values}))  # fmt: skip

    def check(self, slug: str, at: dt.datetime) -> None:
        with self.store.writing() as session:
            session.add(SourceCheck(source=slug, at=at, by="Ann", compared="ten titles"))

    def issue(self, slug: str, at: dt.datetime, kind: IssueKind = IssueKind.SOURCE_PROBLEM, message: str = "") -> None:
        with self.store.writing() as session:
            session.add(Issue(source=slug, kind=kind, message=message, opened=at, last_seen=at))

    def person(self, *hats: Hat, made: dt.timedelta = 90 * DAY, **values: Any) -> Actor:
        with self.store.writing() as session:
            number = session.query(User).count() + 1
            user = User(email=f"p{number}@example.org", name=f"Person {number}", made_at=self.now - made,
                        **{"password": "hash", **values})  # fmt: skip
            session.add(user)
            session.flush()
            session.add_all(
                Membership(user_id=user.id, role=hat.role, organisation_id=hat.organisation) for hat in hats
            )
            return Actor(user.id, user.name, user.email, frozenset(hats))

    def invitation(self, user: int, expires: dt.datetime) -> None:
        with self.store.writing() as session:
            number = session.query(AccountLink).count()
            session.add(AccountLink(digest=str(number), purpose=LinkPurpose.INVITATION, user_id=user,
                                    made_at=expires - 7 * DAY, expires=expires))  # fmt: skip

    def report(self, organisation: int | None, at: dt.datetime) -> None:
        with self.store.writing() as session:
            number = session.query(Vacancy).count()
            vacancy = Vacancy(public_id=f"v{number:09}", organisation_id=organisation, title="Cook", draft={},
                              status=Status.OPEN, first_seen=at, updated=at)  # fmt: skip
            session.add(vacancy)
            session.flush()
            session.add(AdvertReport(vacancy_id=vacancy.id, organisation_id=organisation, wrong=Wrong.PAY,
                                     at=at, last=at))  # fmt: skip

    def mail(self, at: dt.datetime, to: str = "bob@example.org") -> None:
        with self.store.writing() as session:
            enqueue(session, MailKind.INVITATION, to, "You are invited", "Come", at)

    def secretary(self) -> Actor:
        return self.person(Hat(Role.SECRETARIAT))

    def needs(self) -> tuple[Need, ...]:
        with self.store.reading() as session:
            return needs(session, self.settings, self.now)

    def statements(self, work: Callable[[], object]) -> int:
        """How many statements reading sessions execute during `work`."""
        seen: list[str] = []

        def note(*arguments: Any) -> None:
            seen.append(arguments[2])

        sa.event.listen(self.store.read_engine, "before_cursor_execute", note)
        work()
        sa.event.remove(self.store.read_engine, "before_cursor_execute", note)
        return len(seen)

    def kinds(self) -> list[str]:
        return [need.kind.value for need in self.needs()]


def well(store: Store, folder: Path) -> Office:
    """An office in which nothing is wrong: one member, one source that was compared a month ago."""
    made = Office(store, folder)
    made.source(organisation=made.member(), verified=dt.date(2026, 10, 20))
    made.run("anytown", NOW - HOUR)
    return made


@pytest.fixture
def office(sqlite_store: Store, tmp_path: Path) -> Office:
    """Where one kind of database is enough."""
    return well(sqlite_store, tmp_path)


@pytest.fixture
def office_on_both(store: Store, tmp_path: Path) -> Office:
    """The same on each."""
    return well(store, tmp_path)
