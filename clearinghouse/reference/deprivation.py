"""How deprived the area of a postcode is, from the official files that were loaded: of the area, not of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.reference.models import Deprivation, PostcodeArea

EDITIONS = {"imd2025": "2025", "imd2019": "2019"}
"""The editions of the Index of Multiple Deprivation and their years, newest first."""
MOST = 500  # postcodes asked for in one query


@dataclass(frozen=True)
class Decile:
    """The tenth of England's small areas (LSOAs) that a postcode's area belongs to: 1 = the most deprived.

    `rank` is the area's own, 1 = the most deprived; `edition` is imd2025 or imd2019, `year` its year.
    """

    decile: int
    rank: int
    edition: str

    @property
    def year(self) -> str:
        """The year in which the edition came out."""
        return EDITIONS[self.edition]


def decile_of(session: Session, postcode: str | None) -> Decile | None:
    """The decile of the area that the postcode lies in, by the newest edition that has it; None where none has."""
    return deciles_of(session, [postcode] if postcode else []).get(_folded(postcode or ""))


def deciles_of(session: Session, postcodes: Iterable[str]) -> Mapping[str, Decile]:
    """The deciles of those postcodes, by the postcode in capitals without its space; unknown ones are left out."""
    wanted = sorted({_folded(postcode) for postcode in postcodes})
    found: dict[str, Decile] = {}
    for start in range(0, len(wanted), MOST):
        rows = session.execute(_areas(wanted[start : start + MOST])).all()
        order = list(EDITIONS)
        for row in sorted(rows, key=lambda row: order.index(row.edition)):
            found.setdefault(row.postcode, Decile(row.decile, row.rank, row.edition))
    return found


def _areas(postcodes: list[str]) -> sa.Select[str, int, int, str]:
    """The deprivation of each postcode's area in each edition: that of 2025 counts by the areas of 2021."""
    by_area = sa.or_(
        sa.and_(Deprivation.edition == "imd2025", Deprivation.lsoa == PostcodeArea.lsoa21),
        sa.and_(Deprivation.edition == "imd2019", Deprivation.lsoa == PostcodeArea.lsoa11),
    )
    columns = (PostcodeArea.postcode, Deprivation.decile, Deprivation.rank, Deprivation.edition)
    return sa.select(*columns).join(Deprivation, by_area).where(PostcodeArea.postcode.in_(postcodes))


def _folded(postcode: str) -> str:
    return "".join(postcode.split()).upper()
