"""Where simulated vacancies are, in the ways that real adverts say so: address, town, building, or hardly at all."""

from __future__ import annotations

import random
from dataclasses import dataclass

from crawlers.partners.members import Employer
from crawlers.partners.tables import Building, Town, buildings, towns


@dataclass(frozen=True)
class Workplace:
    """What an advert says of its place, and what is true of it. Vague adverts have a text and nothing else."""

    text: str
    street: str | None = None
    town: str | None = None
    district: str | None = None
    postcode: str | None = None


VAGUE = (
    "Various locations",
    "Home based",
    "Countywide",
    "Hybrid working - home and office",
    "Across the city and county",
    "Agile",
)
STREETS = ("Church Street", "Station Road", "High Street", "Mill Lane", "Albert Street", "Victoria Road", "Park Road")


def workplace(employer: Employer, rng: random.Random) -> Workplace:
    """A place where `employer` works, put into one of the ways that adverts say it."""
    chance = rng.random()
    if chance < 0.06:
        return Workplace(rng.choice(VAGUE))
    named = _buildings(employer)
    if named and chance < 0.55:
        return _at(rng.choice(named), rng)
    near = [town for town in towns() if town.district in employer.districts]
    if chance > 0.97:
        first, second = rng.sample(near, 2)
        return Workplace(f"{first.name} and {second.name}", district=first.district)
    return _in(rng.choice(near), rng)


def _buildings(employer: Employer) -> list[Building]:
    return [
        building
        for building in buildings()
        if building.sort in employer.buildings and _district(building.town) in employer.districts
    ]


def _district(name: str) -> str | None:
    return next((town.district for town in towns() if town.name == name), None)


def _at(building: Building, rng: random.Random) -> Workplace:
    text = rng.choice(
        (
            building.name,
            f"{building.name}, {building.town}",
            f"{building.name}, {building.town}, {building.postcode}",
            f"{building.name}, {building.town} {building.postcode.replace(' ', '')}",
        )
    )
    return Workplace(text, building.name, building.town, _district(building.town), building.postcode)


def _in(town: Town, rng: random.Random) -> Workplace:
    postcode, street = rng.choice(town.postcodes), f"{rng.randint(1, 90)} {rng.choice(STREETS)}"
    text = rng.choice(
        (
            town.name,
            town.name,
            f"{town.name}, {postcode}",
            f"{street}, {town.name}, Nottinghamshire, {postcode}",
            f"{town.name}, Nottinghamshire",
            f"{town.name} ({postcode.split()[0]})",
            f"{street}, {town.name} {postcode}",
        )
    )
    return Workplace(text, street, town.name, town.district, postcode)
