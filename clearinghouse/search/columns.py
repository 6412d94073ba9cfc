"""The numpy half of a generation: one row a vacancy, sorted by key, in one file that readers map into memory.

A faceted parameter is a column of codes: each code stands for one set of values, code 0 for none, so that a vacancy
with several values costs as little as one with one. Codes are never given anew within one index folder: the text
index holds them too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from clearinghouse.search.parameters import PARAMETERS
from clearinghouse.search.rows import NUMBERS, SORTED, Row

Array = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

FACETS = tuple(parameter.name for parameter in PARAMETERS)
# Parameters of few values that are counted together: one code for each combination of theirs that occurs.
PACKS: Mapping[str, tuple[str, ...]] = {
    "pack_job": ("kind", "contract", "pattern"),
    "pack_needs": ("level", "apprenticeship_level", "dbs"),
    "pack_ways": ("remote", "flag"),
    "pack_fit": ("when", "experience", "driving", "min_age"),
}
CODED = (*FACETS, *PACKS)
COUNTED = (*(name for name in FACETS if not any(name in members for members in PACKS.values())), *PACKS)
MOMENTS = ("public_from", "referred_from", "at_risk_from")
SAID = ("live", "unverified", "hidden")
TYPES: dict[str, str] = {
    "key": "<i8", "organisation": "<i4", "open_to_all": "?",
    **dict.fromkeys(MOMENTS, "<i8"), **dict.fromkeys(SAID, "?"), **dict.fromkeys(NUMBERS, "<i8"),
    **{f"by_{name}": "<u8" for name in SORTED}, **{f"facet_{name}": "<u4" for name in CODED},
}  # fmt: skip
SIDE: dict[str, str] = {  # tables of their own: several lines a vacancy, or none
    "place_key": "<i8", "place_latitude": "<f8", "place_longitude": "<f8",
    "own_key": "<i8", "own_organisation": "<i4", "own_opens": "<i8",
}  # fmt: skip
DESCENDING = frozenset({"newest", "salary"})
NOWHERE = -1  # the organisation of a vacancy that has none
ALIGNED = 64


Sets = Mapping[str, Sequence[tuple[Any, ...]]]
NOTHING: Sets = dict.fromkeys(FACETS, ((),)) | {pack: ((0,) * len(members),) for pack, members in PACKS.items()}


class Codes:
    """The sets of values met so far, by parameter, and what employers are called. Grows as rows are read.

    A pack's "values" are the codes of its members.
    """

    def __init__(self, sets: Sets = NOTHING, employers: Mapping[str, str] | None = None) -> None:
        self._codes = {name: {values: code for code, values in enumerate(sets[name])} for name in CODED}
        self.employers = dict(employers or {})

    def of(self, row: Row) -> dict[str, int]:
        """The row's code in every parameter and pack."""
        for slug in row.facets["employer"]:
            self.employers[slug] = row.heirs.get(slug, row.employer)
        codes = {name: self._code(name, row.facets[name]) for name in FACETS}
        return codes | {pack: self._code(pack, tuple(codes[m] for m in members)) for pack, members in PACKS.items()}

    def _code(self, name: str, values: tuple[Any, ...]) -> int:
        return self._codes[name].setdefault(values, len(self._codes[name]))

    @property
    def sets(self) -> dict[str, tuple[tuple[Any, ...], ...]]:
        """By parameter and pack, the set of values that each code stands for."""
        return {name: tuple(codes) for name, codes in self._codes.items()}


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of one generation. `sets` and `employers` are Codes'.

    `arrays` has TYPES, SIDE, the row number of each place (`place_row`), and for each of SORTED all row numbers in that
    order (`order_newest`).
    """

    arrays: Mapping[str, Array]
    sets: Mapping[str, tuple[tuple[Any, ...], ...]]
    employers: Mapping[str, str]

    def __getattr__(self, name: str) -> Array:
        """A column by its name."""
        try:
            return self.__dict__["arrays"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def __len__(self) -> int:
        """How many vacancies there are."""
        return len(self.arrays["key"])

    def rows_of(self, keys: Ints) -> Ints:
        """The row numbers of `keys`, all of which are here."""
        return np.searchsorted(self.arrays["key"], keys)

    @cached_property
    def _members(self) -> dict[str, Array]:
        """By pack, of each of its members the code that each of the pack's codes stands for."""
        return {pack: np.array(self.sets[pack], dtype=np.int64).T for pack in PACKS}

    def unpacked(self, counts: Mapping[str, Ints]) -> dict[str, Ints]:
        """By parameter and code, how often it occurs, from that of COUNTED."""
        found = {name: counts[name] for name in COUNTED if name not in PACKS}
        for pack, members in PACKS.items():
            for member, codes in zip(members, self._members[pack], strict=True):
                sums = np.bincount(codes, weights=counts[pack], minlength=len(self.sets[member]))
                found[member] = sums.astype(np.int64)
        return {name: found[name] for name in FACETS}

    def own_openings(self, organisation: int) -> tuple[Ints, Ints]:
        """The row numbers and opening seconds of the openings to that organisation's people at risk."""
        mine = self.arrays["own_organisation"] == organisation
        return self.rows_of(self.arrays["own_key"][mine]), self.arrays["own_opens"][mine]

    def without(self, keys: Ints) -> Columns:
        """These columns less the vacancies of `keys`."""
        kept = {prefix: ~np.isin(self.arrays[f"{prefix}key"], keys) for prefix in ("", "place_", "own_")}
        arrays = {name: self.arrays[name][kept[_prefix(name)]] for name in (*TYPES, *SIDE)}
        return Columns(arrays, self.sets, self.employers)


def _prefix(name: str) -> str:
    return next((prefix for prefix in ("place_", "own_") if name in SIDE and name.startswith(prefix)), "")


def from_rows(rows: Iterable[tuple[Row, Mapping[str, int]]]) -> dict[str, Array]:
    """The arrays of some rows with their codes, in any order: a part for `joined`."""
    lists: dict[str, list[Any]] = {name: [] for name in (*TYPES, *SIDE)}
    for row, codes in rows:
        for name, value in _cells(row, codes).items():
            lists[name].append(value)
        for latitude, longitude in row.places:
            _append(lists, place_key=row.key, place_latitude=latitude, place_longitude=longitude)
        for organisation, opens in row.showing.own_from.items():
            _append(lists, own_key=row.key, own_organisation=organisation, own_opens=opens)
    return {name: np.array(values, dtype=(TYPES | SIDE)[name]) for name, values in lists.items()}


def _append(lists: dict[str, list[Any]], **values: float) -> None:
    for name, value in values.items():
        lists[name].append(value)


def _cells(row: Row, codes: Mapping[str, int]) -> dict[str, Any]:
    shown = row.showing
    organisation = NOWHERE if shown.organisation is None else shown.organisation
    return (
        {"key": row.key, "organisation": organisation, "open_to_all": row.open_to_all}
        | {name: getattr(shown, name) for name in (*MOMENTS, *SAID)}
        | dict(row.numbers)
        | {f"by_{name}": row.ranks[name] for name in SORTED}
        | {f"facet_{name}": codes[name] for name in CODED}
    )


def joined(parts: Sequence[Mapping[str, Array]], codes: Codes) -> Columns:
    """One set of columns of all `parts`, sorted by key. No key may stand in two parts."""
    arrays = {name: np.concatenate([part[name] for part in parts]) for name in (*TYPES, *SIDE)}
    order = {"": np.argsort(arrays["key"], kind="stable")}
    order["place_"] = np.argsort(arrays["place_latitude"], kind="stable")
    order["own_"] = np.argsort(arrays["own_key"], kind="stable")
    arrays = {name: array[order[_prefix(name)]] for name, array in arrays.items()}
    sets = codes.sets
    for name in CODED:  # the narrowest type: most parameters have a few dozen codes
        arrays[f"facet_{name}"] = arrays[f"facet_{name}"].astype(np.min_scalar_type(len(sets[name]) - 1))
    arrays["place_row"] = np.searchsorted(arrays["key"], arrays["place_key"]).astype(np.int32)
    for name in SORTED:
        ranks = arrays[f"by_{name}"]
        arrays[f"order_{name}"] = np.argsort(~ranks if name in DESCENDING else ranks).astype(np.int32)
    return Columns(arrays, sets, dict(codes.employers))


def save(columns: Columns, path: Path, facts: Mapping[str, Any]) -> None:
    """Write the columns and some `facts` about them to `path`, whole or not at all."""
    places: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in columns.arrays.items():
        places[name] = (array.dtype.str, len(array), offset)
        offset += -(-array.nbytes // ALIGNED) * ALIGNED
    header = {"facts": dict(facts), "arrays": places, "sets": columns.sets, "employers": columns.employers}
    text = json.dumps(header).encode()
    text += b" " * (-(len(text) + 8) % ALIGNED)
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for array in columns.arrays.values():
            file.write(array.tobytes())
            file.write(bytes(-array.nbytes % ALIGNED))
    draft.replace(path)


def load(path: Path) -> tuple[Columns, Mapping[str, Any]]:
    """The columns that `save` wrote, mapped from the file, and the facts. Raises OSError or ValueError."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > path.stat().st_size:
            raise ValueError(f"{path.name} is no columns file")
        header = json.loads(file.read(length))
    data = np.memmap(path, mode="r", offset=8 + length) if any(n for _, n, _ in header["arrays"].values()) else b""
    arrays = {
        name: np.frombuffer(data, dtype=kind, count=count, offset=offset if count else 0)
        for name, (kind, count, offset) in header["arrays"].items()
    }
    sets = {name: tuple(tuple(values) for values in every) for name, every in header["sets"].items()}
    return Columns(arrays, sets, header["employers"]), header["facts"]
