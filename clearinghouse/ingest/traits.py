"""What of an advert tells whether another is the same post: read once, small enough to keep for 200,000 adverts."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clearinghouse.ingest.employer_words import Employer, employer
from clearinghouse.ingest.title_words import Titled, plain, taken_apart, words_of
from clearinghouse.vacancies.vocabulary import Contract, Kind, Precision

OPENING = 400  # characters of a description that are compared: boards cut the rest
RUN = 3  # words of one piece of a fingerprint
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_CUT = re.compile(r"(?:\.\.\.|…)\s*$")
_PAY_BAND = re.compile(r"\bband ?(\d[a-d]?)\b", re.IGNORECASE)
_OUTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\b")
_SURE = frozenset({Precision.POSTCODE.value, Precision.PLACE.value})


@dataclass(frozen=True, slots=True)
class Where:
    """One place of work: its postcode, the first half of one, its words, its point if known to a town."""

    postcode: str | None
    outcode: str | None
    words: frozenset[str]
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Traits:
    """One advert. `source` and `key` name it; what is None or empty isn't stated.

    `opening` is the fingerprint of how its description begins, in order; `told` hashes of the words there. Both are
    arrays, since sets of 200,000 adverts would fill a gigabyte. `later` are the names of those that do the employer's
    work by now.
    """

    source: str
    key: str
    title: Titled
    employer: Employer
    reference: str | None
    target: str | None
    band: str | None
    level: int | None
    casual: bool | None
    contract: str | None
    hours: float | None
    pay: tuple[float, float, str, str] | None
    closes: dt.date | None
    places: tuple[Where, ...]
    opening: array[int]
    told: array[int]
    later: tuple[Employer, ...] = ()


def traits(source: str, key: str, reference: str | None, target: str | None, draft: Mapping[str, Any]) -> Traits:
    """The traits of an advert from its draft under the contract keys (Draft.as_json)."""
    title = taken_apart(draft["title"])
    salary = draft.get("salary") or {}
    opening = plain(_CUT.sub("", (draft.get("description_text") or "")[:OPENING]))
    places = tuple(_where(place) for place in draft.get("places") or ())
    return Traits(
        source=source,
        key=key,
        title=title,
        employer=employer(draft.get("employer")),
        reference=_reference(reference),
        target=target,
        band=title.band or _band(salary.get("text")),
        level=draft.get("apprenticeship_level") or (int(title.level) if title.level else None),
        casual=_casual(draft, title),
        contract=_contract(draft.get("contract")),
        hours=float(draft["hours_per_week"]) if draft.get("hours_per_week") else None,
        pay=_pay(salary),
        closes=dt.datetime.fromisoformat(draft["closes_at"]).date() if draft.get("closes_at") else None,
        places=places,
        opening=_pieces(opening),
        told=hashes(set(words_of(opening))),
    )


def hashes(words: Iterable[str]) -> array[int]:
    """A number for each of the words, in their order."""
    return array("I", (zlib.crc32(word.encode()) for word in words))


def _reference(text: str | None) -> str | None:
    letters = _NOT_WORD.sub("", (text or "").casefold())
    return letters or None


def _band(pay: str | None) -> str | None:
    found = _PAY_BAND.search(pay or "")
    return found[1].lower() if found else None


def _casual(draft: Mapping[str, Any], title: Titled) -> bool | None:
    if draft.get("kind") == Kind.CASUAL or "casual" in title.marks:
        return True
    contract = draft.get("contract")
    if contract == Contract.TEMPORARY:  # as some boards call it
        return None
    return False if contract or draft.get("hours_per_week") else None


def _contract(value: str | None) -> str | None:
    return Contract.FIXED_TERM.value if value == Contract.TEMPORARY else value


def _pay(salary: Mapping[str, Any]) -> tuple[float, float, str, str] | None:
    sums = [float(value) for name in ("minimum", "maximum") if (value := salary.get(name)) is not None]
    period = salary.get("period")
    return (min(sums), max(sums), period, salary.get("basis") or "") if sums and period else None


def _where(place: Mapping[str, Any]) -> Where:
    sure = place.get("precision") in _SURE and place.get("latitude") is not None
    point = (place["latitude"], place["longitude"]) if sure else None
    words = frozenset(word for word in words_of(plain(place["text"])) if not any(map(str.isdigit, word)))
    postcode = place.get("postcode")
    outcode = postcode.split(" ")[0] if postcode else _outcode(place["text"])
    return Where(postcode, outcode, words, point)


def _outcode(text: str) -> str | None:
    found = _OUTCODE.search(text)
    return found[0] if found else None


def _pieces(text: str) -> array[int]:
    # The last word may be cut in two.
    words = _NOT_WORD.sub(" ", text).split()[:-1]
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return hashes(runs)
