"""The contract, pattern and hours of simulated posts, in the words of adverts."""

from __future__ import annotations

import random
from dataclasses import dataclass

from crawlers.partners.tables import Role

PART_TIME = (15, 18.5, 20, 22.5, 25, 30)


@dataclass(frozen=True)
class Terms:
    """An advert's words for contract, pattern and hours, and the share of full-time hours behind them."""

    contract: str
    pattern: str
    hours: str | None
    share: float


def terms(role: Role, rng: random.Random) -> Terms:
    """The terms of one post of `role`."""
    if role.kind in _UNUSUAL:
        return _UNUSUAL[role.kind]
    if role.scheme == "oncall":
        return Terms("Permanent", "On call, evenings and weekends", None, 1)
    full = 37.5 if role.scheme.startswith("afc") else 37
    contract = rng.choices(CONTRACTS, weights=(60, 10, 10, 8, 6, 6))[0]
    if role.kind == "apprenticeship":
        return Terms(
            f"Apprenticeship ({rng.choice((15, 18, 24, 36))} months)", "Full time", f"{full:g} hours a week", 1
        )
    if role.scheme.startswith("tto"):
        hours = float(role.scheme.rsplit(":", 1)[1])
        return Terms(contract, "Part time, term time only", f"{hours:g} hours per week, 39 weeks a year", hours / 37)
    if role.family == "cleaning" or rng.random() < 0.22:
        hours = rng.choice(PART_TIME)
        return Terms(contract, "Part time", _hours(hours, rng), hours / full)
    pattern = rng.choices(("Full time", "Full time, job share considered", "Full time or part time"), (80, 10, 10))[0]
    return Terms(contract, pattern, _hours(full, rng), 1)


CONTRACTS = (
    "Permanent",
    "Fixed term (12 months)",
    "Fixed term until 31 March 2028",
    "Temporary, up to 6 months",
    "Fixed term - maternity cover",
    "Secondment or fixed term, 18 months",
)
_UNUSUAL = {
    "casual": Terms("Casual / bank", "As and when required", None, 1),
    "volunteer": Terms("Volunteer", "Flexible", "3 hours a week", 1),
    "work_experience": Terms("Work experience", "One week", None, 1),
}


def _hours(hours: float, rng: random.Random) -> str:
    return rng.choice((f"{hours:g} hours per week", f"{hours:g} hours a week", f"{hours:g}", f"{hours:g} hrs/wk"))
