"""A partner whose feed says what a test wants, run after run, and a reader that interprets only what it must."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.ingest.harvest import Harvest
from clearinghouse.ingest.run import RunResult, ingest
from clearinghouse.ingest.runs import begin_run
from clearinghouse.ingest.sources import effective, get, register
from clearinghouse.vacancies.draft import Draft, Refused
from clearinghouse.vacancies.models import Sighting, Vacancy
from clearinghouse.vacancies.posting import Expectation, Posting, SourceFacts
from clearinghouse.vacancies.vocabulary import Refusal

MONDAY = dt.datetime(2026, 11, 2, 6, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def read(posting: Posting, facts: SourceFacts, now: dt.datetime) -> Draft | Refused:
    """The simplest reading that keeps the contract: title, employer, and an ISO closing time."""
    if not posting.title:
        return Refused(Refusal.NO_TITLE, posting.title)
    if posting.title == "Service closing":
        return Refused(Refusal.NOT_AN_ADVERT, posting.title)
    if not (posting.url or posting.reference):
        return Refused(Refusal.NO_LINK_OR_REFERENCE, posting.title)
    closes = dt.datetime.fromisoformat(posting.closes) if posting.closes else None
    return Draft(posting.title, employer=posting.employer or facts.organisation, closes_at=closes)


def job(number: int, **values: Any) -> Posting:
    """Advert `number` of the partner."""
    return Posting(
        **{
            "reference": f"R{number}",
            "url": f"https://jobs.anytown.example/{number}",
            "title": f"Officer {number}",
            **values,
        }
    )


class Partner:
    """One source and its runs, an hour apart. Each run is a whole and well one unless told otherwise."""

    def __init__(self, store: Store, **facts: Any) -> None:
        self.store = store
        self.now = MONDAY
        self.facts = SourceFacts(
            **{
                "slug": "anytown",
                "organisation": "Anytown Borough Council",
                "origin": "operator",
                "adapter": "feed",
                "fingerprint": "f1",
                **facts,
            }
        )
        self.register()

    def register(self) -> None:
        with self.store.reading() as session:
            slugs = session.scalars(sa.text("select slug from source")).all()
            others = [effective(get(session, slug)) for slug in slugs if slug != self.facts.slug]
        register(self.store, [*others, self.facts], {}, self.now)

    def run(self, postings: Iterable[Posting] = (), *, dry_run: bool = False, **harvest: Any) -> RunResult:
        self.now += HOUR
        number = begin_run(self.store, self.facts.slug, self.now)
        assert number is not None
        brought = Harvest(
            **{
                "source": self.facts.slug,
                "started": self.now,
                "ended": self.now + dt.timedelta(seconds=2),
                "finished": True,
                "pages": 1,
                "postings": tuple(postings),
                **harvest,
            }
        )
        return ingest(
            self.store, self.facts, brought, number, self.now, dry_run=dry_run, normalise=read, pause=lambda _: None
        )

    def failing(self) -> RunResult:
        return self.run(pages=0, problems=("https://jobs.anytown.example/rss: answered 500",))

    def statuses(self) -> dict[str, str]:
        """The vacancies' statuses by the key of this source's advert."""
        statement = sa.select(Sighting.key, Vacancy.status).join(Vacancy, Vacancy.id == Sighting.vacancy_id)
        with self.store.reading() as session:
            rows = session.execute(statement.where(Sighting.source == self.facts.slug)).all()
        return {row.key: row.status.value for row in rows}

    def vacancy(self, key: str) -> Vacancy:
        with self.store.reading() as session:
            sighting = self.sighting(key)
            return session.get_one(Vacancy, sighting.vacancy_id)

    def sighting(self, key: str) -> Sighting:
        with self.store.reading() as session:
            statement = sa.select(Sighting).where(Sighting.source == self.facts.slug, Sighting.key == key)
            return session.scalars(statement).one()

    def rows(self, table: type[Any]) -> list[Any]:
        with self.store.reading() as session:
            return list(session.scalars(sa.select(table)))


@pytest.fixture
def make_partner() -> Callable[..., Partner]:
    return Partner


@pytest.fixture
def partner(store: Store) -> Partner:
    """A partner on each kind of database."""
    return Partner(store)


@pytest.fixture
def one_partner(sqlite_store: Store) -> Partner:
    """A partner where one kind of database is enough."""
    return Partner(sqlite_store)


@pytest.fixture
def advert() -> Callable[..., Posting]:
    return job


@pytest.fixture
def counts() -> Callable[[RunResult], dict[str, int]]:
    """What a run did, without the zeros."""
    names = ("new", "changed", "unchanged", "unconfirmed", "withdrawn", "reopened", "refused")

    def nonzero(result: RunResult) -> dict[str, int]:
        return {name: value for name, value in dataclasses.asdict(result).items() if name in names and value}

    return nonzero


@pytest.fixture
def expecting() -> type[Expectation]:
    return Expectation


@pytest.fixture
def simple_reading() -> Callable[[Posting, SourceFacts, dt.datetime], Draft | Refused]:
    """How a partner's adverts are read."""
    return read
