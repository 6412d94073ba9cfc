"""What passing days change of a document: a district that another replaces, an employer whose work another does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.successions import Heirs, heirs
from clearinghouse.normalise.district_file import all_changes
from clearinghouse.normalise.districts import NO_WARDS, DistrictChange, Districts, shipped
from clearinghouse.reference.models import DistrictChangeRow, PostcodeArea
from clearinghouse.vacancies.draft import LONDON

CHUNK = 400  # values of one IN list


@dataclass(frozen=True)
class Turning:
    """The changes that have a day. `wards` has the wards of postcodes, without their space, in districts split by ward.

    A district may be replaced while its employers stay, and an employer while its district stays.
    """

    districts: Districts
    heirs: Heirs = field(default_factory=Heirs)
    wards: Mapping[str, str] = field(default_factory=dict)

    def turned(
        self, doc: Mapping[str, Any], organisation: int | None, now: dt.datetime
    ) -> tuple[dict[str, Any], dt.datetime | None]:
        """The document as it is today, and the next midnight in London that changes it (None = we know of none).

        Places name the district in force. `employer` stays whom the advert names; `employers_now` is there only where
        others do its work by now, and says who and since when.
        """
        today = now.astimezone(LONDON).date()
        places = doc.get("places") or []
        heirs = self.heirs.of(organisation, today)
        fresh = {**doc, "places": [{**place, "district": self._district(place, today)} for place in places]}
        if heirs:
            fresh["employers_now"] = [
                {"slug": heir.slug, "name": heir.name, "since": heir.since.isoformat()} for heir in heirs
            ]
        names = {name for place in places if (name := place.get("district")) and self.districts.changed(name)}
        days = [self.heirs.next_change(organisation, today), *(self.districts.next_change(n, today) for n in names)]
        day = min((each for each in days if each), default=None)
        return fresh, dt.datetime.combine(day, dt.time(), LONDON).astimezone(dt.UTC) if day else None

    def _district(self, place: Mapping[str, Any], today: dt.date) -> str | None:
        district: str | None = place.get("district")
        if district is None or not self.districts.changed(district):
            return district
        return self.districts.in_force(district, today, place.get("postcode"), place.get("text") or "", self.wards)


def turning(session: Session, drafts: Iterable[Mapping[str, Any]] = ()) -> Turning:
    """What is recorded, with the wards that the drafts' places need: two queries, three where a split follows wards."""
    districts = all_changes(loaded(session))
    return Turning(districts, heirs(session), _wards(session, districts, drafts))


def loaded(session: Session) -> tuple[DistrictChange, ...]:
    """The changes of districts that the operator has loaded."""
    rows = session.scalars(sa.select(DistrictChangeRow).order_by(DistrictChangeRow.id))
    return tuple(DistrictChange(row.since, row.district, row.successor, row.part) for row in rows)


def _wards(session: Session, districts: Districts, drafts: Iterable[Mapping[str, Any]]) -> Mapping[str, str]:
    if not districts.by_wards:
        return NO_WARDS
    places = (place for draft in drafts for place in draft.get("places") or ())
    codes = sorted(
        {p["postcode"].replace(" ", "") for p in places if p["postcode"] and p["district"] in districts.by_wards}
    )
    found: dict[str, str] = {}
    for start in range(0, len(codes), CHUNK):
        columns = sa.select(PostcodeArea.postcode, PostcodeArea.ward)
        known = columns.where(PostcodeArea.postcode.in_(codes[start : start + CHUNK]), PostcodeArea.ward.is_not(None))
        found |= {row.postcode: row.ward for row in session.execute(known)}
    return found


ALWAYS = Turning(shipped())
"""Nothing but what comes with the program."""
