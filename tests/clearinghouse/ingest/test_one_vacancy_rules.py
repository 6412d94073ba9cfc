"""Whatever runs, nights and people do one after another, the rules on duplicates hold (design rule 9)."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

import pytest
import sqlalchemy as sa
from staffing import add_person

from clearinghouse.accounts.actor import Actor
from clearinghouse.db import Store
from clearinghouse.ingest import sameness
from clearinghouse.ingest.joining import join_all
from clearinghouse.ingest.models import Sameness
from clearinghouse.vacancies.models import Sighting, Vacancy
from clearinghouse.vacancies.vocabulary import Status

EMPLOYER = "Anytown Borough Council"
SOURCES = ("anytown", "board", "schools")
POSTS = 4
STEPS = 30
TITLES = ("Planner", "Cook", "Planner")
MINUTE = dt.timedelta(minutes=1)


class World:
    """Three sources of the same four posts, whose links, titles and presence change; and a person who judges."""

    def __init__(self, make_partner: Any, store: Store, advert: Any, read: Any, seed: int) -> None:
        self.chance, self.store, self.advert, self.read = random.Random(seed), store, advert, read
        owners = {"anytown": EMPLOYER}
        self.partners = [make_partner(store, slug=slug, organisation=owners.get(slug)) for slug in SOURCES]
        self.now = self.partners[0].now
        self.kim = Actor(add_person(store, self.now), "Kim", "kim@anytown.example")
        self.ever: set[str] = set()

    def step(self) -> str:
        """Something happens; what it was."""
        self.now += MINUTE
        act = self.chance.choice(
            (self.run, self.run, self.run, self.night, self.join, self.differ, self.part, self.undo)
        )
        act()
        return act.__name__

    def run(self) -> None:
        partner = self.chance.choice(self.partners)
        partner.now = max(partner.now, self.now)
        said = [self.said(partner.facts.slug, number) for number in range(1, POSTS + 1) if self.chance.random() < 0.8]
        partner.run(said or [self.said(partner.facts.slug, 1)])
        self.now = partner.now

    def said(self, slug: str, number: int) -> Any:
        link = f"https://jobs.anytown.example/{number}"
        away = {"url": f"https://{slug}.example/{number}", "employer": EMPLOYER, "reference": f"{slug}-{number}"}
        if slug == "anytown":
            return self.advert(number, title=self.chance.choice(TITLES))
        if self.chance.random() < 0.6:
            away["apply_url"] = link
        return self.advert(number, title=self.chance.choice(TITLES), **away)

    def night(self) -> None:
        join_all(self.store, self.now)

    def join(self) -> None:
        one, other = self.two()
        sameness.say_same(self.store, one, other, "why", self.kim, self.now)

    def differ(self) -> None:
        one, other = self.two()
        sameness.say_different(self.store, one, other, "why", self.kim, self.now)

    def part(self) -> None:
        with self.store.reading() as session:
            ids = session.scalars(sa.select(Sighting.id)).all()
        if ids:
            sameness.say_apart(self.store, self.chance.choice(ids), "why", self.kim, self.now, self.read)

    def undo(self) -> None:
        with self.store.reading() as session:
            held = session.scalars(sa.select(Sameness.id).where(Sameness.undone_at.is_(None))).all()
        if held:
            sameness.undo(self.store, self.chance.choice(held), self.kim, self.now, self.read)

    def two(self) -> tuple[str, str]:
        if len(self.ever) < 2:
            self.run()
            self.remember()
        one, other = self.chance.choices(sorted(self.ever), k=2)
        return one, other

    def remember(self) -> None:
        with self.store.reading() as session:
            self.ever.update(session.scalars(sa.select(Vacancy.public_id)))

    def check(self) -> None:
        with self.store.reading() as session:
            vacancies = {row.id: row for row in session.scalars(sa.select(Vacancy))}
            adverts = session.scalars(sa.select(Sighting)).all()
            said = session.scalars(sa.select(Sameness).where(Sameness.undone_at.is_(None))).all()
        ids = {row.public_id: row for row in vacancies.values()}
        assert self.ever <= ids.keys()
        for row in vacancies.values():
            assert row.merged_into is None or vacancies[row.merged_into].merged_into is None
        homes = {advert.id: advert.vacancy_id for advert in adverts}
        assert all(vacancies[home].merged_into is None for home in homes.values())
        assert len({(advert.source, advert.key) for advert in adverts}) == len(adverts)
        for row in said:
            assert (homes[row.one] == homes[row.other]) is row.same, row.same
        self.check_vacancies(vacancies, adverts, {(row.one, row.other) for row in said if row.same})

    def check_vacancies(self, vacancies: Any, adverts: Any, same: set[tuple[int, int]]) -> None:
        held = defaultdict(list)
        for advert in adverts:
            held[advert.vacancy_id].append(advert)
        for home, mine in held.items():
            for one, other in combinations(sorted(mine, key=lambda each: each.id), 2):
                if one.source == other.source:
                    assert (one.id, other.id) in same, "two keys of one source, and nobody said so"
            live = [advert for advert in mine if advert.status is not Status.WITHDRAWN]
            assert (vacancies[home].status is not Status.WITHDRAWN) is bool(live)
            if live:
                lead = min(live, key=lambda each: (each.source != "anytown", each.id))
                assert vacancies[home].title == lead.posting["title"], "the leading advert's words"
        empty = [row for row in vacancies.values() if row.id not in held and row.merged_into is None]
        assert empty == []


def play(world: World, steps: int) -> Counter[str]:
    done: Counter[str] = Counter()
    for _ in range(steps):
        done[world.step()] += 1
        world.remember()
        world.check()
    return done


@pytest.mark.parametrize(("store_url", "seed"), [("sqlite", 0), ("postgresql", 1)], indirect=["store_url"])
def test_the_rules_hold_through_any_sequence(
    make_partner: Any, store: Store, advert: Any, simple_reading: Any, seed: int
) -> None:
    done = play(World(make_partner, store, advert, simple_reading, seed), STEPS)
    assert len(done) >= 5


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 104))
def test_the_rules_hold_through_long_sequences(
    make_partner: Any, store: Store, advert: Any, simple_reading: Any, seed: int
) -> None:
    play(World(make_partner, store, advert, simple_reading, seed), 10 * STEPS)
