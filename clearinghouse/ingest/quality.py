"""How well adverts are read: counted field by field. Pure: adverts in, counts out."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from clearinghouse.ingest.quality_fields import RULES, Field, Json
from clearinghouse.normalise.dates import read_start_of_day
from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.vocabulary import Status

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Read:
    """One advert: the source's words (`posting`), our reading of them (`draft`), when we first saw it, where it is."""

    public_id: str
    url: str | None
    posting: Json
    draft: Json
    first_seen: dt.datetime


@dataclass(frozen=True)
class Ended:
    """An advert that is over: `noticed` is when we took it down because the source no longer showed it, if we did."""

    first_seen: dt.datetime
    closes_at: dt.datetime | None
    noticed: dt.datetime | None


@dataclass(frozen=True)
class Count:
    """Of the adverts looked at: whose posting had words for the field (`filled`), where we have a value (`read`).

    `unsure` are those of the read ones whose words stand beside ours because ours may lose something, `unread` those
    with words that we have no value for. `read` may be more than `filled`: much stands in the running text alone.
    """

    filled: int = 0
    read: int = 0
    unsure: int = 0
    unread: int = 0


@dataclass(frozen=True)
class Quality:
    """One source at one moment. Shares are of `looked_at`, the newest live adverts, unless it says otherwise.

    `refused` postings are no vacancies. `elsewhere` of the `live` adverts are at another source too. `lag` is median
    and 90th percentile of the hours from posting to first seen, over `lag_of` adverts. `unnoticed` of the `ended`
    adverts were over before we noticed (`was_unnoticed`).
    """

    looked_at: int
    live: int
    refused: int
    elsewhere: int
    lag: tuple[float, float] | None
    lag_of: int
    ended: int
    unnoticed: int
    fields: Mapping[str, Count]

    def as_json(self) -> dict[str, Any]:
        """The facts of a `QualityDay`."""
        return asdict(self)

    @classmethod
    def from_json(cls, facts: Json) -> Quality:
        """What `as_json` made. A field that wasn't measured then is left out."""
        lag = facts["lag"]
        fields = {name: Count(**count) for name, count in facts["fields"].items()}
        return cls(**{**facts, "lag": (lag[0], lag[1]) if lag else None, "fields": fields})


def count(field: Field, adverts: Iterable[Read]) -> Count:
    """How that field stands in these adverts."""
    rule = RULES[field]
    told = [
        (bool(rule.said(one.posting, one.draft)), bool(rule.read(one.draft)), bool(rule.doubt(one.posting, one.draft)))
        for one in adverts
    ]
    return Count(
        filled=sum(said for said, _, _ in told),
        read=sum(read for _, read, _ in told),
        unsure=sum(read and doubt for _, read, doubt in told),
        unread=sum(said and not read for said, read, _ in told),
    )


def counts(adverts: Sequence[Read]) -> dict[str, Count]:
    """How every field stands in these adverts."""
    return {field.value: count(field, adverts) for field in Field}


def lags(adverts: Iterable[Read]) -> list[float]:
    """Hours from posting to first seen of each advert that has a time of posting we can read, never below nought.

    A bare day of posting is the start of that day in London, so that such a lag is up to a day too long.
    """
    found = []
    for one in adverts:
        posted = read_start_of_day(one.posting.get("posted"), one.first_seen.astimezone(LONDON).date())
        if posted is not None:
            found.append(max(0.0, (one.first_seen - posted) / HOUR))
    return found


def spread(hours: Sequence[float]) -> tuple[float, float] | None:
    """Median and 90th percentile (the nearest rank), to a tenth of an hour; None of nothing."""
    if not hours:
        return None
    ordered = sorted(hours)
    rank = -(-9 * len(ordered) // 10)
    return round(statistics.median(ordered), 1), round(ordered[rank - 1], 1)


def was_unnoticed(one: Ended) -> bool:
    """True when an advert was over before we noticed, so that people may have found it open here meanwhile.

    It was over by its own closing time before we first saw it; or the source took it down and we found out only at a
    later look, because it gave no closing time or a later one. What closed at the time that it gave was noticed, to
    the second.
    """
    if one.closes_at is not None and one.closes_at <= one.first_seen:
        return True
    return one.noticed is not None and (one.closes_at is None or one.closes_at > one.noticed)


def is_over(status: Status, closes_at: dt.datetime | None, now: dt.datetime) -> bool:
    """True for an advert that was taken down or has closed."""
    return status is Status.WITHDRAWN or (closes_at is not None and closes_at <= now)
