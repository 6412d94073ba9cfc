"""What some simulated adverts say of terms that sources have no field for: age, experience, times, home, driving."""

from __future__ import annotations

import random
from collections.abc import Iterator

from crawlers.partners.tables import Family
from crawlers.partners.terms import Terms

DESK = ("Hybrid working: two days a week in the office.", "You may work from home up to three days a week.")
PLACE = ("This job can't be done from home.", "This post is not suitable for home working.")
DAYS = ("Monday to Friday, 9am to 5pm.", "Hours are 8.30am to 4.30pm, Monday to Friday.")
SCHOOL = ("You will work within school hours.", "All of it falls within school hours.")
BEGINNERS = (
    "No experience is needed: we will train you.",
    "Previous experience isn't essential, as full training is given.",
)
ADULTS = ("You must be 18 or over.", "For legal reasons you must be at least 18.")
FEW_DRIVE = 0.2
"""The share of drivers in a kind of work up to which an advert may say that driving isn't needed."""


def also(family: Family, agreed: Terms, rng: random.Random) -> Iterator[str]:
    """Sentences for the end of the requirements, most often none. They agree with the rest of the advert."""
    chances = [rng.random() for _ in range(6)]
    starter = any(level.startswith("No ") for level in family.level)
    if starter and chances[0] < 0.5:
        yield rng.choice(BEGINNERS)
    if "enhanced_barred" in family.dbs and chances[1] < 0.12:
        yield rng.choice(ADULTS)
    elif agreed.contract.startswith(("Apprenticeship", "Volunteer", "Work experience")) and chances[1] < 0.4:
        yield "You must be 16 or over."
    if "term time" in agreed.pattern and chances[2] < 0.5:
        yield rng.choice(SCHOOL)
    elif not family.shifts and agreed.pattern == "Full time" and chances[2] < 0.2:
        yield rng.choice(DAYS)
    if chances[3] < 0.06:
        yield rng.choice(PLACE if family.shifts else DESK)
    if family.driving < FEW_DRIVE and chances[4] < 0.15:
        yield "You do not need to drive for this job."
