"""What an apprentice learns, as a vacancy's page tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from clearinghouse.reference.standards import Official, official

LIKE = {
    "2": "Five good GCSEs",
    "3": "Two A levels",
    "4": "The first year of a degree",
    "5": "The first two years of a degree",
    "6": "A full degree",
    "7": "A master's degree",
}


@dataclass(frozen=True)
class Trained:
    """What the advert `says`, the level with what it is `like`, and the `official` list's entry of the standard."""

    says: Mapping[str, Any]
    level: int | None
    like: str
    official: Official | None


def training(session: Session, doc: Mapping[str, Any]) -> Trained | None:
    """The training that the document tells of; None where it tells of none. The advert's own level leads."""
    says = doc.get("training")
    if not says:
        return None
    known = official(session, says.get("lars"))
    level = doc.get("apprenticeship_level") or (known.level if known else None)
    like = LIKE.get(str(level), "")
    return Trained(says, level, like[:1].lower() + like[1:], known)
