"""What a dry run of a source brought, beside what the source brought last time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.errors import BadBodyError
from clearinghouse.vacancies.models import Sighting
from clearinghouse.vacancies.posting import Posting
from crawlers import captured
from crawlers.batch import Ended
from crawlers.joining import fill
from crawlers.new import FIXTURES
from crawlers.registry import Registered


@dataclass(frozen=True)
class Before:
    """What a source's last good run saw: how many postings, and how many of them have each field."""

    postings: int
    fill: Mapping[str, int]


def before(store: Store, slug: str) -> Before | None:
    """What was there last time; None for a source that has brought nothing yet."""
    seen = sa.select(Sighting.posting).where(Sighting.source == slug, Sighting.missed == 0, ~Sighting.gone)
    with store.reading() as session:
        postings = tuple(Posting.from_json(posting) for posting in session.scalars(seen))
    return Before(len(postings), fill(postings)) if postings else None


def of_fixture(registered: Registered) -> list[str]:
    """What a person should know of the pages that were kept when the source was made; nothing where there are none."""
    if registered.file is None or not (folder := registered.file.parent / FIXTURES / registered.slug).is_dir():
        return []
    try:
        changed = captured.differs(folder, registered.source.adapter)
        reviewer = captured.reviewer(folder)
    except (OSError, ValueError, KeyError, TypeError, BadBodyError) as error:
        return [f"its fixture {folder} can't be read: {error}"]
    told = [f"{folder / name} is no longer read as {captured.EXPECTED} says" for name in changed]
    return told if reviewer else [*told, f"nobody has compared {folder / captured.EXPECTED} with the site yet"]


def lines(ended: Ended, last: Before | None, notes: Sequence[str] = ()) -> Iterator[str]:
    """What a person reads of it: how it went, what differs, and how full each field is now and was."""
    result = ended.result
    yield f"{result.source}: {result.status}, {result.postings} postings from {result.pages} pages"
    if last and ended.fill is not None:
        gone = result.unconfirmed + result.withdrawn
        yield (
            f"  last time {last.postings}: {result.new} new, {result.changed} changed, {gone} no longer there"
            + (f", {result.reopened} back again" if result.reopened else "")
        )
    yield from (f"  {message}" for message in (*result.messages, *notes))
    for name, count in (ended.fill or {}).items():
        now, was = _share(count, result.postings), _share(last.fill[name], last.postings) if last else None
        yield f"  {name:18} {count:6} {now:>5}" + (f"  was {was}" if was and was != now else "")


def _share(count: int, whole: int) -> str:
    return f"{count / whole:.0%}" if whole else "-"
