"""The file in which an operator names districts that are replaced: since, district, successor and part. Pure."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence

from clearinghouse.errors import ClearingHouseError
from clearinghouse.normalise.districts import DistrictChange, Districts, shipped
from clearinghouse.normalise.gazetteer import counties

COLUMNS = ("since", "district", "successor", "part")
LONGEST = 100  # characters of a name
ROWS = 20_000


class BadDistrictsError(ClearingHouseError):
    """The file of district changes can't be used; the message is a sentence that names the line and the value."""


def is_changes(header: str) -> bool:
    """True when a file that begins with this line is one of district changes."""
    return tuple(" ".join(name.split()).lower() for name in header.lstrip("\ufeff").split(",")) == COLUMNS


def read_changes(text: str) -> tuple[DistrictChange, ...]:
    """The changes that the file names. Raises BadDistrictsError for the first thing that can't be, and reads nothing.

    A district is replaced on one day, and exactly one of its lines has no part: where all goes that isn't named.
    """
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip() and not line.startswith("#")]
    if not lines or not is_changes(lines[0]):
        raise BadDistrictsError(f"The first line must be: {','.join(COLUMNS)}")
    if len(lines) > ROWS:
        raise BadDistrictsError(f"The file has {len(lines):,} lines: it must have {ROWS:,} or fewer")
    rows = csv.DictReader(io.StringIO("\n".join([",".join(COLUMNS), *lines[1:]])))
    found = tuple(_change(number, row) for number, row in enumerate(rows, 2))
    _whole(found)
    return found


def _change(number: int, row: Mapping[str, str | None]) -> DistrictChange:
    words = {name: " ".join((row.get(name) or "").split()) for name in COLUMNS}
    for name in ("district", "successor", "part"):
        if not words[name] and name != "part":
            raise BadDistrictsError(f"Line {number} names no {name}")
        if len(words[name]) > LONGEST:
            raise BadDistrictsError(f"Line {number}: the {name} has {len(words[name])} characters")
    try:
        since = dt.date.fromisoformat(words["since"])
    except ValueError:
        raise BadDistrictsError(f"Line {number}: {words['since']!r} is not a date such as 2028-04-01") from None
    return DistrictChange(since, words["district"], words["successor"], words["part"] or None)


def _whole(changes: Sequence[DistrictChange]) -> None:
    """Refuse unknown districts, a district replaced on two days, one without or with two rests, and circles."""
    known = {*counties(), *(each.successor for each in changes), *(each.successor for each in shipped().changes)}
    rows: dict[str, list[DistrictChange]] = defaultdict(list)
    for change in changes:
        rows[change.district].append(change)
    for name, each in rows.items():
        rests = sum(change.part is None for change in each)
        gone = [one for one in (name, *(change.successor for change in each)) if shipped().changed(one)]
        if gone:
            raise BadDistrictsError(f"{gone[0]} was replaced before: it is no district any more")
        if name not in known:
            raise BadDistrictsError(f"We know no district {name!r}")
        if len({change.since for change in each}) > 1:
            raise BadDistrictsError(f"{name} is replaced on several days: a district has one")
        if rests != 1:
            raise BadDistrictsError(f"{name} has {rests} lines without a part: exactly one says where the rest goes")
        if _comes_back(name, rows):
            raise BadDistrictsError(f"{name} would be its own successor")


def _comes_back(name: str, rows: Mapping[str, Sequence[DistrictChange]]) -> bool:
    seen: set[str] = set()
    left = [change.successor for change in rows[name]]
    while left:
        successor = left.pop()
        if successor == name:
            return True
        if successor not in seen:
            seen.add(successor)
            left += [change.successor for change in rows.get(successor, ())]
    return False


def all_changes(loaded: Sequence[DistrictChange]) -> Districts:
    """The shipped changes and those of the operator's file."""
    return Districts((*shipped().changes, *loaded)) if loaded else shipped()
