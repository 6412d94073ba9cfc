"""The official files that we know, by their columns: which rows of them we keep, and what of each row.

Every name is that of a column as `opening.folded` has it; a year in a name is whichever the edition has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from clearinghouse.db import Base
from clearinghouse.reference.models import Deprivation, PostcodeArea, Standard
from clearinghouse.reference.opening import BadReferenceError

POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
CODE = re.compile(r"[EW]\d{8}")
LONGEST = 300  # characters of a standard's title or address
ORDER = ("approved for delivery", "retired")
"""Which version of a standard we keep where several have one code: the first of these, then any other."""

Row = Mapping[str, Any]
Values = Mapping[str, str]


class Kind(Protocol):
    """One kind of file while it is read: `columns` has patterns of each column's name by ours, `needed` those of ours
    without which it is another file.
    """  # noqa: D205 - one sentence

    @property
    def name(self) -> str: ...  # noqa: D102 - the name in `reference_file`

    @property
    def title(self) -> str: ...  # noqa: D102 - what people call it

    @property
    def things(self) -> str: ...  # noqa: D102 - what its rows are

    @property
    def model(self) -> type[Base]: ...  # noqa: D102 - where they go

    @property
    def columns(self) -> Mapping[str, str]: ...  # noqa: D102 - said above

    @property
    def needed(self) -> tuple[str, ...]: ...  # noqa: D102 - said above

    def row(self, values: Values, where: str) -> Row | None:
        """What we keep of a row, None = nothing. Raises BadReferenceError, which begins with `where`."""
        ...

    @property
    def edition(self) -> str | None:
        """The edition, as far as the rows read so far tell it."""
        ...


def located(kind: Kind, header: Sequence[str]) -> Mapping[str, str] | None:
    """The header's own name of each column that the kind knows; None where one that it needs isn't there."""
    found: dict[str, str] = {}
    for ours, pattern in kind.columns.items():
        ways = pattern.split("|")  # best first
        name = next((name for way in ways for name in header if re.fullmatch(way, name)), None)
        if name is not None:
            found[ours] = name
    return found if found.keys() >= {*kind.needed} else None


@dataclass
class Postcodes:
    """The ONS Postcode Directory: the postcodes of `keep`, our districts and their neighbours, ended ones too."""

    keep: frozenset[str]
    newest: str = ""
    name: str = "onspd"
    title: str = "ONS Postcode Directory"
    things: str = "postcodes"
    model: type[Base] = PostcodeArea
    columns: Mapping[str, str] = field(
        default_factory=lambda: {
            "postcode": "pcds|pcd7|pcd8|pcd",
            "district": r"lad\d\dcd|oslaua|laua|ladcd",
            "ward": r"wd\d\dcd|osward",
            "lsoa11": "lsoa11(?:cd)?",
            "lsoa21": "lsoa21(?:cd)?",
            "introduced": "dointr",
        }
    )
    needed: tuple[str, ...] = ("postcode", "district", "introduced")

    def row(self, values: Values, where: str) -> Row | None:
        """A postcode of our districts, with the small areas that it lies in."""
        self.newest = max(self.newest, values["introduced"])
        if values["district"] not in self.keep:
            return None
        postcode = values["postcode"].replace(" ", "").upper()
        if not POSTCODE.fullmatch(postcode):
            raise BadReferenceError(f"{where}: {values['postcode'][:40]!r} is no postcode")
        codes = {name: _code(values.get(name, ""), where) for name in ("lsoa11", "lsoa21", "ward")}
        return {"postcode": postcode, "district": values["district"], **codes}

    @property
    def edition(self) -> str | None:
        """The month of the newest postcode, as in 2025-11."""
        return f"{self.newest[:4]}-{self.newest[4:6]}" if re.fullmatch(r"\d{6}", self.newest) else None


def _code(value: str, where: str) -> str | None:
    """An ONS code; None for none and for the code of "no such area"."""
    if not value or value.endswith("99999999"):
        return None
    if not CODE.fullmatch(value):
        raise BadReferenceError(f"{where}: {value[:40]!r} is no code of an area")
    return value


@dataclass
class Deciles:
    """An edition of the Index of Multiple Deprivation: all of England, for clients live beyond our districts too."""

    areas: str  # the year of the small areas that it counts by
    name: str
    title: str
    things: str = "areas"
    model: type[Base] = Deprivation
    needed: tuple[str, ...] = ("lsoa", "rank", "decile")

    @property
    def columns(self) -> Mapping[str, str]:
        """The code of the area in that year's edition, and the whole index: its seven domains stay out."""
        imd = r"index of multiple deprivation \(imd\)"
        return {"lsoa": rf"lsoa code \({self.areas}\)", "rank": f"{imd} rank.*", "decile": f"{imd} decile.*"}

    def row(self, values: Values, where: str) -> Row | None:
        """An area with its rank and its tenth."""
        if not re.fullmatch(r"E01\d{6}", values["lsoa"]):
            raise BadReferenceError(f"{where}: {values['lsoa'][:40]!r} is no code of a small area in England")
        decile = _number(values["decile"], where, "decile", 10)
        rank = _number(values["rank"], where, "rank", 50_000)
        return {"edition": self.name, "lsoa": values["lsoa"], "decile": decile, "rank": rank}

    @property
    def edition(self) -> str | None:
        """The year in its name."""
        return self.name[-4:]


def _number(text: str, where: str, what: str, most: int) -> int:
    """A whole number from 1 on, as spreadsheets write it: 1,234 or 1234.0."""
    plain = text.replace(",", "").strip()
    found = int(plain.partition(".")[0]) if re.fullmatch(r"\d{1,9}(?:\.0*)?", plain) else 0
    if not 1 <= found <= most:
        raise BadReferenceError(f"{where}: {text[:40]!r} is no {what}")
    return found


@dataclass
class Standards:
    """Skills England's apprenticeship standards, those with a LARS code: others can't be advertised yet."""

    best: dict[int, tuple[int, list[int]]] = field(default_factory=dict)
    name: str = "standards"
    title: str = "apprenticeship standards"
    things: str = "standards"
    model: type[Base] = Standard
    columns: Mapping[str, str] = field(
        default_factory=lambda: {
            "lars": "larscode|lars_code|lars code.*",
            "title": "title|name|apprenticeship name",
            "level": "level",
            "reference": "referencenumber|reference number|reference",
            "status": "status",
            "months": "typicalduration|typical duration.*|months|duration.*",
            "url": "standardpageurl|url|link",
            "version": "version(?:number)?",
        }
    )
    needed: tuple[str, ...] = ("lars", "title", "level")

    def row(self, values: Values, where: str) -> Row | None:
        """A standard; None for one without a code, and for an older version of one that was read before."""
        lars = values.get("lars", "").partition(".")[0].strip()
        if lars in ("", "0"):
            return None
        number = _number(lars, where, "LARS code", 1_000_000)
        title = " ".join(values.get("title", "").split())
        if not title or len(title) > LONGEST:
            raise BadReferenceError(f"{where}: {title[:40]!r} is no title")
        status = values.get("status", "").strip() or None
        if not self._is_best(number, status, values.get("version", "")):
            return None
        url = values.get("url", "").strip()
        return {
            "lars": number,
            "reference": values.get("reference", "").strip()[:20] or None,
            "title": title,
            "level": _optional(values.get("level", ""), 8),
            "status": status,
            "months": _optional(values.get("months", ""), 120),
            "url": url if re.match(r"https?://\S+$", url) and len(url) <= LONGEST else None,
        }

    def _is_best(self, lars: int, status: str | None, version: str) -> bool:
        low = (status or "").lower()
        place = ORDER.index(low) if low in ORDER else len(ORDER)
        mine = (-place, [int(part) for part in re.findall(r"\d{1,6}", version)])
        if lars in self.best and self.best[lars] > mine:
            return False
        self.best[lars] = mine
        return True

    @property
    def edition(self) -> str | None:
        """The list says no date of its own."""
        return None


def _optional(text: str, most: int) -> int | None:
    """The number in a text such as "Level 3" or "18"; None where there is none or it can't be."""
    found = re.search(r"\d{1,4}", text)
    return int(found.group()) if found and 1 <= int(found.group()) <= most else None


def kinds(keep: frozenset[str]) -> tuple[Kind, ...]:
    """Every kind that we know, new for one reading. `keep` are the codes of the districts whose postcodes we keep."""
    return (
        Postcodes(keep),
        Deciles("2011", "imd2019", "Index of Multiple Deprivation 2019"),
        Deciles("2021", "imd2025", "Index of Multiple Deprivation 2025"),
        Standards(),
    )
