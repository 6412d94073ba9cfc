"""What is new: the vacancies that everyone sees now and did not see before, from the public change sequence.

A vacancy is news to a saved search when everyone sees it now, and at no moment from the search's confirmation to its
bookmark could anyone. So nobody is told of the same job twice, whatever becomes of it between.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from clearinghouse.accounts.successions import heirs
from clearinghouse.publish.following import latest_seq
from clearinghouse.publish.models import Change, Publication
from clearinghouse.publish.turning import loaded
from clearinghouse.search.aside import aside
from clearinghouse.search.generation import Generation
from clearinghouse.search.rows import Row, row
from clearinghouse.search.successions import Successions
from clearinghouse.vacancies.models import Opening
from clearinghouse.vacancies.visible import PUBLIC, Visible

CHUNK = 400  # values of one IN list
UNREAD = ("description_html", "description_text", "sightings")  # of a document: large, and no message shows them

Doc = Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """From which step of the public sequence on everyone could see a vacancy, and from which no more (None: now)."""

    first: int
    end: int | None


Spans = tuple[Span, ...]


@dataclass(frozen=True, eq=False)
class News:
    """The vacancies that may be news to a search whose bookmark is `after` or later, as of the step `latest`.

    By internal key: when each could be seen, and its document without the long texts.
    """

    after: int
    latest: int
    now: dt.datetime
    rows: tuple[Row, ...]
    spans: Mapping[int, Spans]
    docs: Mapping[int, Doc]
    successions: Successions

    @cached_property
    def generation(self) -> Generation:
        """These vacancies alone, for the search to be carried out on."""
        return aside(self.rows, self.successions, self.latest, self.now)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        """The steps at which one of them went out of sight before it came back."""
        return tuple(sorted({span.end for spans in self.spans.values() for span in spans if span.end is not None}))

    def as_if_from(self, started: int) -> int:
        """The earliest step from which a search would have the same news as one that was confirmed at `started`."""
        return max((end for end in self._ends if end <= started), default=0)

    @property
    def visible(self) -> Visible:
        """Whose eyes a saved search has: everyone's, at this moment."""
        return Visible(PUBLIC, self.now)


def news(session: Session, after: int, now: dt.datetime, closing_by: dt.datetime | None = None) -> News:
    """What may be news since the step `after`; only what closes by then, where a moment is given."""
    latest = latest_by(session, after, now)
    seen = _spans(session, after, latest)
    rows: list[Row] = []
    docs: dict[int, Doc] = {}
    for publication in _open(session, list(seen), now, closing_by):
        rows.append(row(publication, {}, now))
        docs[publication.vacancy_id] = {name: v for name, v in publication.doc.items() if name not in UNREAD}
        session.expunge(publication)
    successions = Successions(loaded(session), heirs(session)) if rows else Successions()
    return News(after, latest, now, tuple(rows), {key: seen[key] for key in docs}, docs, successions)


def latest_by(session: Session, after: int, now: dt.datetime) -> int:
    """The last step of the public sequence since `after` that counts at `now`.

    What opens while a turn goes on, or by the publisher's clock before ours, is public only for whoever looks later:
    the bookmark must not pass it.
    """
    ahead = sa.select(sa.func.min(Change.public_seq)).where(Change.public_seq > after, Change.at > now)
    first = session.scalar(ahead)
    return first - 1 if first is not None else max(after, latest_seq(session))


def is_new(spans: Spans, started: int, bookmark: int) -> bool:
    """True when everyone sees it now, and nobody could at any step from `started` to `bookmark`."""
    *before, current = spans
    if current.end is not None or current.first <= bookmark:
        return False
    return all(span.first > bookmark or (span.end is not None and span.end <= started) for span in before)


def _spans(session: Session, after: int, latest: int) -> dict[int, Spans]:
    """By vacancy that came into sight after that step and at `latest` still is: when everyone could see it."""
    later = aliased(Change)
    changed = sa.select(later.vacancy_id).where(later.public_seq > after, later.public_seq <= latest)
    steps = sa.select(Change.vacancy_id, Change.public_seq, Change.op).where(
        Change.public_seq <= latest, Change.vacancy_id.in_(changed)
    )
    found: dict[int, list[tuple[int, bool]]] = {}
    for key, seq, op in session.execute(steps.order_by(Change.public_seq)):
        found.setdefault(key, []).append((seq or 0, op == "upsert"))
    every = {key: spans_of(steps) for key, steps in found.items()}
    return {key: spans for key, spans in every.items() if spans and is_new(spans[-1:], after, after)}


def spans_of(steps: Iterable[tuple[int, bool]]) -> Spans:
    """When a vacancy could be seen, of its steps in order: each a number, and whether it could be from there on."""
    spans: list[Span] = []
    for seq, seen in steps:
        is_open = bool(spans) and spans[-1].end is None
        if seen and not is_open:
            spans.append(Span(seq, None))
        elif not seen and is_open:
            spans[-1] = Span(spans[-1].first, seq)
    return tuple(spans)


def _open(
    session: Session, keys: Sequence[int], now: dt.datetime, closing_by: dt.datetime | None
) -> Iterable[Publication]:
    """Those that everyone may see at this moment."""
    seen = Visible(PUBLIC, now).sql(Publication, Opening)
    if closing_by:
        seen = seen & (Publication.closes_at <= closing_by)
    for start in range(0, len(keys), CHUNK):
        yield from session.scalars(
            sa.select(Publication).where(Publication.vacancy_id.in_(keys[start : start + CHUNK]), seen)
        ).all()
