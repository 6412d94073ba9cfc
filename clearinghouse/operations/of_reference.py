"""What `doctor` says of the official reference files: which editions are loaded, and whether a load was cut short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.operations.check import Check, ok, warn
from clearinghouse.reference.models import ReferenceFile
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import LONDON

TITLES = {
    "districts": "District changes",
    "imd2019": "Index of Multiple Deprivation 2019",
    "imd2025": "Index of Multiple Deprivation 2025",
    "onspd": "ONS Postcode Directory",
    "standards": "Apprenticeship standards",
}


def of_reference(session: Session, _settings: Settings, _now: dt.datetime) -> Iterator[Check]:
    """A sentence for each file that was loaded. None at all is well: the site works without them."""
    found = session.scalars(sa.select(ReferenceFile).order_by(ReferenceFile.kind)).all()
    for row in found:
        title = TITLES.get(row.kind, row.kind)
        if not row.digest:
            yield warn("reference", f"{title}: its loading was cut short. Load the file again.")
            continue
        edition = f", edition {row.edition}" if row.edition and row.edition not in title else ""
        day = f"{row.loaded_at.astimezone(LONDON):%-d %B %Y}"
        yield ok("reference", f"{title}{edition}: {row.kept:,} of {row.rows:,} rows kept, loaded on {day}.")
    if not found:
        yield ok("reference", "No official reference file is loaded: see `clearinghouse reference load --help`.")
