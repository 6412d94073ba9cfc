"""Publications as the publisher would write them, made by the dozen."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from clearinghouse.db import Store
from clearinghouse.publish.models import Change, Publication
from clearinghouse.search.generation import Generation, Reader
from clearinghouse.search.indexer import Indexer
from clearinghouse.vacancies.draft import london
from clearinghouse.vacancies.models import Opening, Vacancy
from clearinghouse.vacancies.vocabulary import (
    Contract,
    Dbs,
    Driving,
    Experience,
    Flag,
    Kind,
    Pattern,
    Remote,
    Status,
    When,
)

NOW = dt.datetime(2026, 3, 4, 12, 0, tzinfo=dt.UTC)
EMPLOYERS = {"ashfield": "Ashfield District Council", "nuh": "Nottingham Hospitals", "police": "Notts Police"}
TITLES = ("Teaching Assistant", "Cook", "Housing Officer", "Senior Cook", "Nurse", "Officer of the Watch", "Café Cook")
WORDS = (
    "team",
    "school",
    "children's",
    "housing",
    "teaching",
    "officer",
    "kitchen",
    "nurse",
    "and",
    "of",
    "it",
    "senior",
)
TOWNS = {"Mansfield": (53.143, -1.196), "Worksop": (53.302, -1.124), "Newark": (53.076, -0.809)}
AUDIENCES = ("public_from", "referred_from", "at_risk_from")


def doc(key: int, **values: Any) -> dict[str, Any]:
    """The document of one publication: what is not given is not stated."""
    blank: dict[str, Any] = {
        "id": f"id{key:08d}",
        "slug": "job",
        "title": "Clerk",
        "employer": None,
        "kind": "job",
        "contract": None,
        "pattern": [],
        "when": [],
        "experience": None,
        "driving": None,
        "min_age": None,
        "hours_per_week": None,
        "remote": None,
        "dbs": None,
        "occupation": None,
        "salary": None,
        "salary_derived": None,
        "places": [],
        "posted_at": None,
        "closes_at": None,
        "closes_text": None,
        "starts_at": None,
        "level": {"essential": None, "desirable": None},
        "apprenticeship_level": None,
        "flags": [],
        "description_html": None,
        "description_text": None,
        "first_seen": london(NOW - dt.timedelta(days=3)),
        "updated": london(NOW),
        "status": "open",
        "unconfirmed_since": None,
        "reuse": "facts_only",
        "apply_url": None,
        "advert_url": None,
        "advert_has_jobposting": False,
        "sightings": [],
    }
    assert not set(values) - set(blank)
    return blank | values


def place(latitude: float | None, longitude: float | None, district: str | None = None) -> dict[str, Any]:
    return {
        "text": "x",
        "postcode": None,
        "district": district,
        "latitude": latitude,
        "longitude": longitude,
        "precision": "place",
    }


def salary(figure: str | None, period: str = "year", basis: str = "unknown", low: str | None = None) -> dict[str, Any]:
    annual = figure if period == "year" else None
    return {
        "minimum": low,
        "maximum": figure,
        "period": period,
        "basis": basis,
        "annual_minimum": low if period == "year" else None,
        "annual_maximum": annual,
        "text": figure,
    }


def random_doc(key: int, rnd: random.Random, now: dt.datetime = NOW) -> dict[str, Any]:
    """A document in which anything may be stated or not."""

    def perhaps(value: Any) -> Any:
        return value if rnd.random() < 0.7 else None

    def time(days: int) -> str:
        return london(now + dt.timedelta(days=days, hours=rnd.choice([0, 6, 11, 12, 13])))

    def some(values: Iterable[str]) -> list[str]:
        return [value for value in values if rnd.random() < 0.4]

    slug = rnd.choice(list(EMPLOYERS))
    money = rnd.choice(["12.60", "24294.00", "31000.50", "2000.00", "150.00"])
    period = rnd.choice(["year", "hour", "month", "day", "week", "session"])
    places = [
        place(*rnd.choice([*TOWNS.values(), (None, None)]), perhaps(rnd.choice(["Ashfield", "Mansfield", "Gedling"])))
        for _ in range(rnd.choice([0, 1, 1, 2]))
    ]
    return doc(
        key,
        title=rnd.choice(TITLES),
        employer=perhaps({"slug": slug, "name": EMPLOYERS[slug]}),
        kind=rnd.choice(list(Kind)).value,
        contract=perhaps(rnd.choice(list(Contract)).value),
        pattern=some(Pattern),
        when=some(When),
        experience=perhaps(rnd.choice(list(Experience)).value),
        driving=perhaps(rnd.choice(list(Driving)).value),
        min_age=perhaps(rnd.choice([14, 16, 17, 18, 21])),
        hours_per_week=perhaps(rnd.choice(["37.00", "18.50", "7.25"])),
        remote=perhaps(rnd.choice(list(Remote)).value),
        dbs=perhaps(rnd.choice(list(Dbs)).value),
        salary=perhaps(
            salary(perhaps(money), period, rnd.choice(["actual", "unknown", "full_time_equivalent"]), money)
        ),
        places=places,
        posted_at=perhaps(time(-rnd.randrange(9))),
        closes_at=perhaps(time(rnd.randrange(-1, 9))),
        level={"essential": perhaps(rnd.randrange(9)), "desirable": None},
        apprenticeship_level=perhaps(rnd.randrange(2, 8)),
        flags=some(Flag),
        description_text=" ".join(rnd.choices(WORDS, k=12)),
        first_seen=time(-rnd.randrange(9)),
    )


class Maker:
    """Writes publications and their changes into a store, and indexes them."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def publish(self, key: int, document: Mapping[str, Any], **showing: Any) -> None:
        """Put one publication in, or in the place of the one before: open to everyone unless `showing` differs."""
        self.publish_all([(key, document, showing, {})])

    def publish_all(
        self, every: Iterable[tuple[int, Mapping[str, Any], Mapping[str, Any], Mapping[int, dt.datetime]]]
    ) -> None:
        """Put publications in: key, document, what differs in who may see it, openings to organisations."""
        with self.store.writing() as session:
            for key, document, shown, own in every:
                session.merge(vacancy(key, document))
                session.flush()
                session.merge(publication(key, document, **shown))
                for organisation, opens in own.items():
                    session.merge(
                        Opening(vacancy_id=key, audience="at_risk", organisation_id=organisation, opens=opens)
                    )
                session.add(Change(public_seq=None, vacancy_id=key, op="upsert", at=NOW))

    def indexed(self, folder: Path, now: dt.datetime = NOW) -> Generation:
        """The generation that holds all of it."""
        indexer = Indexer(self.store, folder)
        indexer.step(now)
        indexer.close()
        generation = Reader(folder).current()
        assert generation
        return generation


def vacancy(key: int, document: Mapping[str, Any]) -> Vacancy:
    return Vacancy(
        id=key,
        public_id=document["id"],
        title=document["title"],
        draft={},
        status=Status.OPEN,
        first_seen=NOW,
        updated=NOW,
        hidden=False,
    )


def publication(key: int, document: Mapping[str, Any], **shown: Any) -> Publication:
    closes = document["closes_at"]
    values: dict[str, Any] = {
        "live": True,
        "closes_at": dt.datetime.fromisoformat(closes) if closes else None,
        **dict.fromkeys(AUDIENCES, NOW - dt.timedelta(days=9)),
        "unverified": False,
        "hidden": False,
        "organisation_id": None,
    }
    return Publication(
        vacancy_id=key, public_id=document["id"], doc=dict(document), digest="", public_digest=None, **values | shown
    )
