"""Vacancies and searches made up for the benchmarks: the same ones on every run, of the shape of real ones.

Titles, employers and places are drawn unevenly; descriptions have 130 words of a vocabulary of 20,000 by Zipf's law,
in which the words of titles are common.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import numpy as np

from clearinghouse.publish.models import Publication
from clearinghouse.search.criteria import Criteria
from clearinghouse.vacancies.draft import london
from clearinghouse.vacancies.occupation import Occupation
from clearinghouse.vacancies.vocabulary import Contract, Dbs, Kind, Pattern, Remote

NOW = dt.datetime(2026, 3, 4, 12, 0, tzinfo=dt.UTC)
ROLES = (
    "assistant", "officer", "manager", "worker", "teacher", "nurse", "engineer", "analyst", "driver", "cleaner",
    "technician", "coordinator", "adviser", "practitioner", "administrator", "inspector", "solicitor", "cook",
)  # fmt: skip
FIELDS = (
    "teaching", "healthcare", "library", "catering", "finance", "housing", "planning", "social", "support",
    "business", "digital", "project", "community", "environmental", "parking", "licensing", "benefits", "payroll",
    "legal", "policy", "museum", "leisure", "youth", "nursery", "primary", "science", "computing", "ward", "pharmacy",
    "fostering", "highways", "waste", "parks", "transport", "facilities", "safeguarding", "adoption", "tenancy",
)  # fmt: skip
RANKS = ("", "", "", "", "senior ", "deputy ", "trainee ", "apprentice ", "lead ")
BODIES = ("city council", "borough council", "hospitals", "academy trust", "university", "police", "fire service")
TOWNS = {
    "London": (51.507, -0.128), "Birmingham": (52.486, -1.890), "Manchester": (53.480, -2.242), "Leeds": (53.80, -1.55),
    "Glasgow": (55.864, -4.252), "Sheffield": (53.381, -1.470), "Bristol": (51.455, -2.588), "Cardiff": (51.48, -3.18),
    "Liverpool": (53.41, -2.99), "Sunderland": (54.906, -1.381), "Nottingham": (52.95, -1.16), "Swansea": (51.6, -3.94),
    "Leicester": (52.637, -1.139), "Plymouth": (50.375, -4.143), "Derby": (52.922, -1.476), "Norwich": (52.63, 1.297),
    "Exeter": (50.718, -3.534), "York": (53.960, -1.082), "Aberdeen": (57.149, -2.094), "Dundee": (56.462, -2.971),
    "Mansfield": (53.145, -1.197), "Lincoln": (53.231, -0.541), "Ipswich": (52.059, 1.156), "Oxford": (51.752, -1.258),
    "Brighton": (50.823, -0.137), "Blackpool": (53.82, -3.05), "Worksop": (53.303, -1.123), "Newark": (53.076, -0.81),
}  # fmt: skip
EMPLOYERS = 300
LEVELS = (None, None, None, 2, 2, 3, 3, 4, 6)
KINDS_OF_WORK = tuple(Occupation)
KINDS = (Kind.JOB,) * 17 + (Kind.APPRENTICESHIP, Kind.CASUAL, Kind.VOLUNTEER)


def _vocabulary() -> list[str]:
    rnd = random.Random(1)
    parts = [c + v for c in "bdfghklmnprstvw" for v in "aeiou"]
    made = {"".join(rnd.choices(parts, k=rnd.randint(2, 4))) for _ in range(30_000)}
    ordered = sorted(made)
    return [*ordered[:150], *FIELDS, *ROLES, *ordered[150:]][:20_000]


VOCABULARY = _vocabulary()


def employers() -> list[dict[str, str]]:
    """The employers by number; the first have the most vacancies."""
    towns = list(TOWNS)
    names = [f"{towns[n % len(towns)]} {BODIES[n // len(towns) % len(BODIES)]} {n}" for n in range(EMPLOYERS)]
    return [{"slug": name.lower().replace(" ", "-"), "name": name.title()} for name in names]


def publications(count: int) -> Iterator[Publication]:
    """`count` publications, open to everyone."""
    rnd, rng = random.Random(2), np.random.default_rng(2)
    weights = 1.0 / (np.arange(len(VOCABULARY)) + 8)
    common = np.array(VOCABULARY, dtype=object)
    owners = employers()
    shares = [1 / (n + 5) for n in range(EMPLOYERS)]
    for start in range(0, count, 5000):
        texts = common[rng.choice(len(VOCABULARY), (5000, 130), p=weights / weights.sum())]
        for offset in range(min(5000, count - start)):
            owner = rnd.choices(owners, shares)[0]
            yield _publication(start + offset + 1, _doc(rnd, owner, " ".join(texts[offset])))


def _doc(rnd: random.Random, owner: dict[str, str], text: str) -> dict[str, Any]:
    town = rnd.choice(list(TOWNS))
    latitude, longitude = (degree + rnd.gauss(0, 0.12) for degree in TOWNS[town])
    pay = f"{rnd.randrange(20_000, 90_000)}.00"
    closes = NOW + dt.timedelta(days=rnd.randrange(1, 45))
    title = f"{rnd.choice(RANKS)}{rnd.choice(FIELDS)} {rnd.choice(ROLES)}".capitalize()
    return {
        "title": title,
        "slug": "vacancy",
        "employer": owner,
        "kind": rnd.choice(KINDS).value,
        "contract": rnd.choice([None, *Contract, Contract.PERMANENT, Contract.PERMANENT]),
        "pattern": rnd.choice([[], [Pattern.FULL_TIME], [Pattern.FULL_TIME], [Pattern.PART_TIME], list(Pattern)[:2]]),
        "hours_per_week": rnd.choice([None, "37.00", "18.50"]),
        "remote": rnd.choice([None, None, *Remote]),
        "dbs": rnd.choice([None, None, *Dbs]),
        "occupation": KINDS_OF_WORK[int(rnd.expovariate(0.1)) % len(KINDS_OF_WORK)].value,
        "salary": rnd.choice([None, {"maximum": pay, "period": "year", "basis": "actual", "annual_maximum": pay}]),
        "places": [{"latitude": latitude, "longitude": longitude, "district": f"{town} {rnd.randrange(3)}"}],
        "posted_at": london(NOW - dt.timedelta(hours=rnd.randrange(1, 2000))),
        "closes_at": rnd.choice([None, london(closes), london(closes), london(closes)]),
        "level": {"essential": rnd.choice(LEVELS)},
        "apprenticeship_level": None,
        "flags": [flag for flag in ("entry_level", "guaranteed_interview", "redeployment") if rnd.random() < 0.2],
        "first_seen": london(NOW),
        "description_text": text,
        "status": "open",
    }


def _publication(key: int, doc: dict[str, Any]) -> Publication:
    opened = NOW - dt.timedelta(days=100)
    return Publication(
        vacancy_id=key, public_id=f"v{key:09d}", doc=doc | {"id": f"v{key:09d}"}, live=True,
        closes_at=dt.datetime.fromisoformat(doc["closes_at"]) if doc["closes_at"] else None,
        public_from=opened, referred_from=opened, at_risk_from=opened, unverified=False, hidden=False,
        organisation_id=None, digest="", public_digest="x",
    )  # fmt: skip


def searches(count: int = 200) -> list[Criteria]:
    """Of 20 searches 6 by filters alone, 8 by common words, 4 around a town, 2 by a rare word."""
    rnd = random.Random(5)
    return [_search(rnd, number % 20) for number in range(count)]


def _search(rnd: random.Random, number: int) -> Criteria:
    page = rnd.choice([1] * 7 + [2, 4, 20])
    if number < 6:
        sort = rnd.choice(["newest", "closing", "salary"])
        return Criteria(**_filters(rnd, rnd.choice([0, 1, 1, 2, 2, 3])), sort=sort, page=page)
    if number < 14:
        words = rnd.choice(ROLES) if rnd.random() < 0.5 else f"{rnd.choice(FIELDS)} {rnd.choice(ROLES)}"
        sort = rnd.choice(["relevance", "relevance", "relevance", "newest", "closing", "salary"])
        return Criteria(q=words, **_filters(rnd, rnd.choice([0, 0, 1, 1, 2])), sort=sort, page=page)
    if number < 18:
        words = rnd.choice(ROLES) if rnd.random() < 0.5 else ""
        town, radius = rnd.choice(list(TOWNS)), rnd.choice([5, 10, 20, 30])
        return Criteria(
            q=words, location=town, radius=radius, **_filters(rnd, rnd.choice([0, 0, 1])), sort="distance", page=page
        )  # type: ignore[arg-type]
    return Criteria(q=VOCABULARY[rnd.randrange(8000, 15000)], **_filters(rnd, rnd.choice([0, 0, 1])))


def _filters(rnd: random.Random, count: int) -> dict[str, Any]:
    every: dict[str, list[str]] = {
        "employer": [owner["slug"] for owner in employers()[:40]],
        "kind": [Kind.JOB.value, Kind.APPRENTICESHIP.value],
        "contract": [*Contract, "not_stated"],
        "pattern": [*Pattern][:2],
        "level": ["2", "3", "not_stated"],
        "remote": [*Remote],
        "dbs": [*Dbs],
        "flag": ["entry_level", "redeployment"],
        "district": [f"{town} 1" for town in TOWNS],
    }
    names = rnd.sample(list(every), count)
    return {name: tuple(rnd.sample([str(v) for v in every[name]], rnd.choice([1, 1, 2]))) for name in names}
