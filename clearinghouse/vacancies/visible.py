"""Who may see a vacancy: one frozen rule, four renderings of it, held equal by a property test.

Each of public, referred, at_risk and at_risk(org) sees all that the one before sees, from its own opening time.
staff(org) sees what referred sees, what unverified sources bring, and its own organisation's held or hidden ones.
The publisher stores the *effective* opening of each tier (the earliest of it and those before it), so that every
rendering compares one number. Times are whole seconds since 1970; closing counts to the end of its second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import sqlalchemy as sa
    import tantivy

NEVER = 1 << 40  # after every date that people write, and small enough for an i64 fast field
TIERS = ("public", "referred", "at_risk")


def seconds(value: dt.datetime | None) -> int:
    """Whole seconds since 1970, NEVER for None."""
    return NEVER if value is None else int(value.timestamp())


@dataclass(frozen=True)
class Audience:
    """On whose behalf a search is made: public, referred, at_risk or staff, the last two perhaps of an organisation."""

    tier: str = "public"
    organisation: int | None = None


PUBLIC = Audience()
REFERRED = Audience("referred")
AT_RISK = Audience("at_risk")


def at_risk(organisation: int) -> Audience:
    """People at risk of redundancy in this organisation."""
    return Audience("at_risk", organisation)


def staff(organisation: int | None) -> Audience:
    """Those who work with the clearing house, for this organisation."""
    return Audience("staff", organisation)


@dataclass(frozen=True)
class Showing:
    """What decides who may see one vacancy. The `*_from` are effective openings; NEVER = that tier has none.

    `live` is False once withdrawn. `own_from` has the openings to one organisation's people at risk.
    """

    live: bool
    closes: int = NEVER
    public_from: int = NEVER
    referred_from: int = NEVER
    at_risk_from: int = NEVER
    own_from: Mapping[int, int] = field(default_factory=dict)
    unverified: bool = False
    hidden: bool = False
    organisation: int | None = None


class Columns(Protocol):
    """The numpy columns that `Visible.mask` reads, one row a vacancy: int64 seconds, booleans, int32 organisation.

    `own_openings(org)` gives the row numbers and opening seconds of that organisation's own openings.
    """

    live: npt.NDArray[np.bool_]
    closes: npt.NDArray[np.int64]
    public_from: npt.NDArray[np.int64]
    referred_from: npt.NDArray[np.int64]
    at_risk_from: npt.NDArray[np.int64]
    unverified: npt.NDArray[np.bool_]
    hidden: npt.NDArray[np.bool_]
    organisation: npt.NDArray[np.int32]

    def own_openings(self, organisation: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Row numbers and opening seconds."""
        ...


@dataclass(frozen=True)
class Visible:
    """The rule for one audience at one moment."""

    audience: Audience
    now: dt.datetime

    @property
    def at(self) -> int:
        """`now` in whole seconds."""
        return int(self.now.timestamp())

    @property
    def tier(self) -> str:
        """The tier whose opening counts: staff look through the eyes of referred."""
        return "referred" if self.audience.tier == "staff" else self.audience.tier

    def sees(self, showing: Showing) -> bool:
        """The rule as a predicate."""
        if not showing.live or showing.closes < self.at:
            return False
        return getattr(showing, f"{self.tier}_from") <= self.at or self._sees_more(showing)

    def _sees_more(self, showing: Showing) -> bool:
        organisation = self.audience.organisation
        if self.audience.tier == "staff":
            own = organisation is not None and showing.organisation == organisation
            return own or (showing.unverified and not showing.hidden)
        if organisation is None or showing.hidden or showing.unverified:
            return False
        return showing.own_from.get(organisation, NEVER) <= self.at

    def sql(self, publication: Any, opening: Any, moments: tuple[Any, Any] | None = None) -> sa.ColumnElement[bool]:
        """The rule as a condition on the publication table's columns, and for one organisation the opening table's.

        `moments` are what stands for `now` and for its whole second in a statement that is kept for other moments.
        """
        import sqlalchemy as sa  # `explain` and `parse` run without it

        p, organisation = publication, self.audience.organisation
        now, second = moments or (self.now, self.now.replace(microsecond=0))
        seen: sa.ColumnElement[bool] = getattr(p, f"{self.tier}_from") <= now
        if self.audience.tier == "staff":
            seen = seen | (p.unverified & ~p.hidden)
            if organisation is not None:
                seen = seen | (p.organisation_id == organisation)
        elif organisation is not None:
            own = sa.exists().where(
                opening.vacancy_id == p.vacancy_id,
                opening.organisation_id == organisation,
                opening.audience == "at_risk",
                opening.opens <= now,
            )
            seen = seen | (own & ~p.hidden & ~p.unverified)
        return sa.and_(p.live, p.closes_at.is_(None) | (p.closes_at >= second), seen)

    def mask(self, columns: Columns) -> npt.NDArray[np.bool_]:
        """The rule over every row at once."""
        organisation = self.audience.organisation
        seen = getattr(columns, f"{self.tier}_from") <= self.at
        if self.audience.tier == "staff":
            seen |= columns.unverified & ~columns.hidden
            if organisation is not None:
                seen |= columns.organisation == organisation
        elif organisation is not None:
            rows, opens = columns.own_openings(organisation)
            mine = rows[opens <= self.at]
            seen[mine] |= ~columns.hidden[mine] & ~columns.unverified[mine]
        result: npt.NDArray[np.bool_] = seen & columns.live & (columns.closes >= self.at)
        return result

    def tantivy(self, schema: tantivy.Schema, own: tuple[int, ...] = ()) -> tantivy.Query:
        """The rule as a query on fast fields of the same names; unscored.

        `own` are the keys of the vacancies that this organisation's people at risk may see by now.
        """
        import tantivy as tv  # `explain` and `parse` run without it

        must, should, no = tv.Occur.Must, tv.Occur.Should, tv.Occur.MustNot

        def upto(name: str) -> tantivy.Query:
            return tv.Query.range_query(schema, name, tv.FieldType.Integer, 0, self.at)

        def said(name: str) -> tantivy.Query:
            return tv.Query.term_query(schema, name, 1)

        seen = [(should, upto(f"{self.tier}_from"))]
        if self.audience.tier == "staff":
            seen.append((should, tv.Query.boolean_query([(must, said("unverified")), (no, said("hidden"))])))
            if self.audience.organisation is not None:
                mine = tv.Query.term_query(schema, "organisation", self.audience.organisation)
                seen.append((should, mine))
        elif own:
            open_to_us = tv.Query.term_set_query(schema, "key", list(own))
            held = [(no, said("hidden")), (no, said("unverified"))]
            seen.append((should, tv.Query.boolean_query([(must, open_to_us), *held])))
        rest = tv.Query.range_query(schema, "closes", tv.FieldType.Integer, self.at, NEVER)
        every = [(must, said("live")), (must, rest), (must, tv.Query.boolean_query(seen))]
        return tv.Query.const_score_query(tv.Query.boolean_query(every), 0.0)
