"""A small site of our own making: a store, an index and the application on them, with a clock that we set."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from fastapi import FastAPI
from routes_once import share
from visiting import Visitor

from clearinghouse.accounts.models import Organisation
from clearinghouse.db import Store
from clearinghouse.leases import claim
from clearinghouse.publish.publisher import LEASE, publish_due
from clearinghouse.search.generation import Reader
from clearinghouse.search.indexer import Indexer
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import Draft, plain
from clearinghouse.vacancies.models import Opening, Sighting, SourceRow, Touched, Vacancy
from clearinghouse.vacancies.posting import Expectation, Posting, SourceFacts
from clearinghouse.vacancies.vocabulary import Status
from web.app import create_app

share()

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
HERE = "http://127.0.0.1:8000"
TTL = dt.timedelta(seconds=8)


class Town:
    """A store that we fill by hand, and the site that shows it. `now` is what its clock says."""

    def __init__(self, store: Store, index_dir: Path) -> None:
        self.store = store
        self.index_dir = index_dir
        self.now = NOW
        self.indexer = Indexer(store, index_dir)
        self.numbers = itertools.count(1)

    def source(self, slug: str = "anytown", organisation: str = "Anytown Council", *, public: bool = True) -> None:
        """A source with its organisation, a member of the Compact."""
        facts = SourceFacts(slug, organisation, "operator", "feed", "f1", "https://anytown.example", 4, Expectation())
        values = {name: plain(value) for name, value in vars(facts).items()}
        with self.store.writing() as session:
            employer = Organisation(slug=slug, name=organisation, member=True, listed=True)
            session.add(employer)
            session.flush()
            row = SourceRow(slug=slug, organisation_id=employer.id, facts=values, override={}, public=public)
            row.last_good_run = NOW
            session.add(row)

    def vacancy(self, title: str, *, source: str = "anytown", link: str | None = None, **said: Any) -> str:
        """An open vacancy whose advert says that; its public id."""
        number = next(self.numbers)
        url = link or f"https://jobs.example/{number}"
        posting = Posting(reference=f"R{number}", url=url, title=title)
        draft = Draft(title=title, **said)
        with self.store.writing() as session:
            organisation = session.scalar(sa.select(Organisation.id).where(Organisation.slug == source))
            row = Vacancy(
                public_id=f"v{number:09d}", organisation_id=organisation, title=title, draft=plain(draft),
                status=Status.OPEN, closes_at=draft.closes_at, first_seen=NOW, updated=NOW,
            )  # fmt: skip
            session.add(row)
            session.flush()
            sighting = Sighting(
                vacancy_id=row.id, source=source, key=f"R{number}", url=url, posting=posting.as_json(),
                digest=posting.digest(), reading="", first_seen=NOW, last_seen=NOW, run=1, status=Status.OPEN,
            )  # fmt: skip
            opening = Opening(vacancy_id=row.id, audience="public", organisation_id=0, opens=NOW)
            session.add_all([sighting, opening, Touched(vacancy_id=row.id)])
            return row.public_id

    def alter(self, public_id: str, **values: Any) -> None:
        """Change the row of that vacancy, as a crawl would."""
        with self.store.writing() as session:
            row = session.scalars(sa.select(Vacancy).where(Vacancy.public_id == public_id)).one()
            for name, value in values.items():
                setattr(row, name, value)
            session.add(Touched(vacancy_id=row.id))

    def key(self, public_id: str) -> int:
        """The internal key of that vacancy."""
        with self.store.reading() as session:
            return session.scalars(sa.select(Vacancy.id).where(Vacancy.public_id == public_id)).one()

    def publish(self) -> None:
        """What the keeper does, once."""
        number = claim(self.store, LEASE, "tests", self.now, TTL)
        assert number is not None
        while publish_due(self.store, "tests", number, self.now):
            pass
        self.indexer.step(self.now)

    def app(self, **settings: Any) -> FastAPI:
        """The application; settings as the environment would give them."""
        values = {"public_url": HERE, "index_dir": self.index_dir, "secret_key": "k" * 32} | settings
        return create_app(Settings(**values), self.store, Reader(self.index_dir), lambda: self.now)

    def client(self, peer: str = "127.0.0.1", **settings: Any) -> Visitor:
        """A visitor of the site, from that address, who follows no redirect."""
        return Visitor(self.app(**settings), base_url=HERE, client=(peer, 50_000))


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """One line a log: structlog's own way of showing an exception takes seconds."""
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.LogfmtRenderer()])


@pytest.fixture
def town(sqlite_store: Store, tmp_path: Path) -> Iterator[Town]:
    """An empty site with one member and its source."""
    made = Town(sqlite_store, tmp_path / "index")
    made.source()
    yield made
    made.indexer.close()


@pytest.fixture
def town_on_both(store: Store, tmp_path: Path) -> Iterator[Town]:
    """The same on each kind of database."""
    made = Town(store, tmp_path / "index")
    made.source()
    yield made
    made.indexer.close()


@pytest.fixture(scope="session")
def still(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """An empty site that no test alters."""
    folder = tmp_path_factory.mktemp("still")
    shutil.copy(sqlite_template, folder / "store.sqlite3")
    store = Store(f"sqlite:///{folder}/store.sqlite3")
    made = Town(store, folder / "index")
    yield made
    store.close()
