"""One simulated vacancy: made from a seed, the same each time."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass

from crawlers.partners.closing import Closing, closing
from crawlers.partners.members import Employer, Partner
from crawlers.partners.pay import Pay, pay
from crawlers.partners.places import Workplace, workplace
from crawlers.partners.prose import Subject, description
from crawlers.partners.tables import Role, dice, families, roles_of, words
from crawlers.partners.terms import Terms, terms

STALE = 0.015  # the share of adverts that a site forgot to take down after they closed
OPEN_ENDED = 0.04


@dataclass(frozen=True)
class Advert:
    """One vacancy as its site knows it. `number` is the site's own; `blocks` are the HTML of its description.

    A board's copy may send people on to the employer's own advert: `original` is that partner's slug and its path.
    """

    number: int
    reference: str
    title: str
    employer: str
    department: str
    kind: str
    family: str
    place: Workplace
    pay: Pay
    terms: Terms
    posted: dt.date
    closing: Closing
    blocks: tuple[str, ...]
    original: tuple[str, str] | None = None

    @property
    def slug(self) -> str:
        """The title as it stands in an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    @property
    def html(self) -> str:
        """The whole description."""
        return "\n".join(self.blocks)


@dataclass(frozen=True)
class World:
    """What every simulated vacancy depends on: the seed, the day the clock began at, and how many times too many."""

    seed: int
    start: dt.date
    scale: float = 1

    def count(self, partner: Partner) -> int:
        """The number of vacancies of `partner` on the first day, copies from other sites apart."""
        return max(1, round(partner.count * self.scale))


def advert(world: World, partner: Partner, number: int, opened: int = 0) -> Advert:
    """The vacancy `number` of `partner`, which opened on day `opened` of the world (0 = it was there at the start).

    Nothing opens or closes within two days of the start. A later one is dated at the start as well, since the clock of
    those who read it stands still.
    """
    rng = dice(world.seed, partner.slug, number)
    employer = rng.choice(partner.employers)
    role = _role(employer, rng)
    agreed, place = terms(role, rng), workplace(employer, rng)
    last_day = _last_day(world, opened, rng)
    posted = world.start - dt.timedelta(days=0 if opened else rng.randint(2, 24))
    if last_day and last_day < world.start:
        posted = last_day - dt.timedelta(days=rng.randint(7, 28))
    ends = closing(last_day, rng)
    title = _title(role, rng)
    subject = Subject(title, employer.name, place.town or "the county", ends.text if ends.at else None)
    return Advert(
        number=1000 + number,
        reference=f"{partner.prefix}{1000 + number}",
        title=title,
        employer=employer.name,
        department=rng.choice(words()["team"]),
        kind=role.kind,
        family=role.family,
        place=place,
        pay=pay(role.scheme, agreed.share, rng),
        terms=agreed,
        posted=posted,
        closing=ends,
        blocks=description(subject, families()[role.family], agreed, rng),
    )


def _role(employer: Employer, rng: random.Random) -> Role:
    return rng.choice(roles_of(employer.sector))


def _last_day(world: World, opened: int, rng: random.Random) -> dt.date | None:
    chance = rng.random()
    if not opened and chance < STALE:
        return world.start - dt.timedelta(days=rng.randint(2, 15))
    if chance > 1 - OPEN_ENDED:
        return None
    return world.start + dt.timedelta(days=opened + rng.randint(3, 42))


def _title(role: Role, rng: random.Random) -> str:
    title = re.sub(r"\{(\w+)\}", lambda found: rng.choice(words()[found[1]]), role.title)
    chance = rng.random()
    if chance < 0.04:
        return title.upper()
    if chance < 0.08:
        return f"{title} x {rng.randint(2, 4)}"
    return title
