"""What crosses from the crawlers: what a source said about one job, and the facts about that source.

No SQLAlchemy here: `clearinghouse explain` and `parse` start without it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clearinghouse.vacancies.applying import Applying


@dataclass(frozen=True)
class Posting:
    """What the source said about one job, uninterpreted.

    The names are schema.org JobPosting's in snake_case. Every value is the source's own words, trimmed; what it did
    not say is None (lists and mappings: empty). Links are absolute. `salary` is the advert's words for its pay where it
    has any; sums that it states as numbers stand in `extra` as salary_minimum, salary_maximum, salary_unit and
    salary_currency. A stated position stands in `extra` as latitude and longitude, `posted_until`-like oddities under
    the source's own names.
    """

    reference: str | None = None
    url: str | None = None
    apply_url: str | None = None
    title: str | None = None
    employer: str | None = None
    locations: tuple[str, ...] = ()
    salary: str | None = None
    employment_type: str | None = None
    working_pattern: str | None = None
    hours: str | None = None
    posted: str | None = None
    closes: str | None = None
    starts: str | None = None
    description_html: str | None = None
    kind: str | None = None
    level: str | None = None
    occupation: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The posting under its contract keys (design §6), in their order; unknown ones null."""
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return values | {
            "locations": list(self.locations),
            "identifiers": dict(self.identifiers),
            "extra": dict(self.extra),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Posting:
        """The posting that `as_json` wrote."""
        known = {f.name for f in dataclasses.fields(cls)}
        kept = {name: value for name, value in values.items() if name in known}
        return cls(**kept | {"locations": tuple(kept.get("locations", ()))})

    def digest(self) -> str:
        """A hash of everything the source said: equal digests mean an unchanged advert."""
        text = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def over(self, card: Posting) -> Posting:
        """This detail page's posting with what only the card of the listing knew filled in."""
        mine, theirs = self.as_json(), card.as_json()
        joined = {name: theirs[name] if mine[name] in (None, []) else mine[name] for name in mine}
        joined["identifiers"] = {**theirs["identifiers"], **mine["identifiers"]}
        joined["extra"] = {**theirs["extra"], **mine["extra"]}
        return Posting.from_json(joined)


@dataclass(frozen=True)
class Expectation:
    """What a well run of a source brings, declared beside the source (crawlers.source.Expect)."""

    minimum: int = 0
    maximum: int | None = None
    ill_formed: bool = False


@dataclass(frozen=True)
class SourceFacts:
    """What the rest of the system needs to know of a source: written to the `source` table when a crawler starts.

    `origin` is shipped, operator, demo or browser. `public` says whether what it brings may be shown to everyone:
    an operator's or demo source, or one that a person has verified, unless a person has `withheld` it. What a
    `doubtful` adapter reads (it guesses) is not public by an operator's file: a person must have looked. `identity` is
    the adapter's word on which of reference, url and content tells one of its postings from another, best first. `url`
    is where it starts reading, None when that isn't one address. `applying` is what is known of applying at its
    recruitment system. `about` is what its file says on top: where it is known from, and what is doubtful.
    """

    slug: str
    organisation: str | None
    origin: str
    adapter: str
    fingerprint: str
    homepage: str | None = None
    every_hours: float = 4
    expect: Expectation = Expectation()
    verified: dt.date | None = None
    terms: str = "facts_only"
    loopback: bool = False
    identity: tuple[str, ...] = ("reference", "url", "content")
    url: str | None = None
    withheld: bool = False
    applying: Applying | None = None
    doubtful: bool = False
    about: str | None = None

    @property
    def public(self) -> bool:
        """True when what this source brings may be shown to everyone."""
        at_once = ("demo",) if self.doubtful else ("operator", "demo")
        return not self.withheld and (self.origin in at_once or self.verified is not None)
