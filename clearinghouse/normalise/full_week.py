"""How many hours a full-time week has, by what the advert says of itself and by kind of employer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from clearinghouse.normalise.periods import FULL_WEEK
from clearinghouse.normalise.text import mentions

_HEALTH = re.compile(
    r"\bNHS\b|\bhospitals?\b|\bhealth\s?care\b|\bintegrated\scare\b|\bICB\b|\bambulance\b|\bhealth\b.{0,30}\btrust\b",
    re.IGNORECASE,
)
_NOT_HEALTH = re.compile(
    r"\b(?:council|police|fire|school|academy|college|university|housing|homes|prisons?|HMP|probation|justice)\b",
    re.IGNORECASE,
)
_TEACHER = re.compile(
    r"^(?!.*\b(?:assistants?|support|cover|technician|swim\w{0,6})\b).*\b(?:head\s?)?teachers?\b", re.IGNORECASE
)
_AFC = re.compile(r"\bafc\b|\bagenda\sfor\schange\b", re.IGNORECASE)
SHORTEST = Decimal(35)
"""Hours from which a week passes as a full one: the shortest full-time week of the big public employers."""


@dataclass(frozen=True)
class FullWeek:
    """Hours of a full-time week; `whose` says where we have them from, empty where they are this advert's own."""

    hours: Decimal
    whose: str = ""


HEALTH_WEEK = FullWeek(Decimal("37.5"), "as in the NHS")
TEACHING_WEEK = FullWeek(Decimal("32.5"), "as for teachers")
COUNCIL_WEEK = FullWeek(FULL_WEEK, "as in councils")


@lru_cache(maxsize=4096)
def of_health(employer: str | None) -> bool | None:
    """Whether an employer of that name is of the health service; None where its name doesn't tell."""
    if _HEALTH.search(employer or ""):
        return True
    return False if _NOT_HEALTH.search(employer or "") else None


def full_week(title: str, employer: str | None, pay_words: str | None) -> FullWeek:
    """The full-time week that such an employer keeps: 37.5 hours in the health service, 32.5 for teachers, else 37."""
    if mentions(title, "teacher") and _TEACHER.search(title):
        return TEACHING_WEEK
    return HEALTH_WEEK if of_health(employer) or _AFC.search(pay_words or "") else COUNCIL_WEEK
