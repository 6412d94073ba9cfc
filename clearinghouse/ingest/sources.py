"""The `source` table: what the crawlers' registry says, and what a person overrode on the source's page."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import organisations as orgs
from clearinghouse.db import Store
from clearinghouse.errors import BadSourceError
from clearinghouse.ingest.issues import close_issues, raise_issue
from clearinghouse.ingest.models import IssueKind
from clearinghouse.ingest.pages import drop_pages
from clearinghouse.vacancies.applying import Applying
from clearinghouse.vacancies.models import UNREAD, Sighting, SourceRow, Touched
from clearinghouse.vacancies.posting import Expectation, SourceFacts

BROWSER = "browser"  # the origin of a source that is a row alone
OVERRIDABLE = frozenset({"every_hours", "expect", "homepage", "terms", "url", "verified", "withheld"})

ONLY_SAID = frozenset({"about", "applying"})  # facts for people: no reading depends on them


def facts_as_json(facts: SourceFacts) -> dict[str, Any]:
    """The facts as the store keeps them."""
    values = dataclasses.asdict(facts)
    values["identity"] = list(facts.identity)
    values["verified"] = facts.verified.isoformat() if facts.verified else None
    values["applying"] = facts.applying.as_json() if facts.applying else None
    return values


def facts_from_json(values: Mapping[str, Any], slug: str = "") -> SourceFacts:
    """The facts that `facts_as_json` wrote. Raises BadSourceError, which names `slug`, for what it never wrote."""
    try:
        verified, applying = values.get("verified"), values.get("applying")
        return SourceFacts(
            **{
                **values,
                "identity": tuple(values["identity"]),
                "expect": Expectation(**values["expect"]),
                "verified": dt.date.fromisoformat(verified) if verified else None,
                "applying": Applying.from_json(applying) if applying else None,
            }
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadSourceError(slug, f"its facts can't be read: {type(error).__name__}: {error}") from error


def effective(row: SourceRow) -> SourceFacts:
    """The facts of the source's file, with what a person overrode over them. Raises BadSourceError for damaged ones."""
    return facts_from_json({**row.facts, **row.override}, row.slug)


def get(session: Session, slug: str) -> SourceRow:
    """The source's row. Raises BadSourceError when there is none."""
    row = session.get(SourceRow, slug)
    if row is None:
        raise BadSourceError(slug, "no such source in the store")
    return row


def hold(session: Session, slug: str) -> SourceRow:
    """The source's row, which nobody else changes until this transaction ends. Raises BadSourceError without one."""
    row = session.get(SourceRow, slug, with_for_update=True)
    if row is None:
        raise BadSourceError(slug, "no such source in the store")
    return row


def register(
    store: Store,
    facts: Sequence[SourceFacts],
    problems: Mapping[str, str],
    now: dt.datetime,
    organisations: Iterable[orgs.Entry] = (),
) -> None:
    """Bring the `source` table up to the whole registry: `facts` of its sources, `problems` by slug.

    Overrides stay. A source that is read otherwise now forgets its validators; one that the registry no longer names is
    retired; one whose file can't be loaded keeps its row and its vacancies, and says why. A source may have both facts
    and a problem. One that was added in the browser is neither made nor brought back here. Nothing is written where
    nothing changed.
    """
    entries = list(organisations)
    with store.reading() as session:
        rows = {row.slug: row for row in session.scalars(sa.select(SourceRow))}
    changed = [each for each in facts if _differs(rows.get(each.slug), each, problems.get(each.slug))]
    broken = {slug: why for slug, why in problems.items() if slug in rows and rows[slug].problem != why}
    named = {each.slug for each in facts} | set(problems)
    retired = [
        row.slug for row in rows.values() if row.slug not in named and row.adapter_fields is None and not row.retired
    ]
    if not (entries or changed or broken or retired):
        return
    with store.writing() as session:
        orgs.register(session, entries)
        for each in changed:
            _put(session, each, now, healthy=each.slug not in problems)
        for slug, why in broken.items():
            get(session, slug).problem = why
            raise_issue(session, slug, IssueKind.SOURCE_PROBLEM, why, now)
        for slug in retired:
            get(session, slug).retired = True


def override(store: Store, slug: str, changes: Mapping[str, Any]) -> SourceFacts:
    """Put a person's `changes` over what the source's file says, None = as the file says; the facts that result.

    Names as in SourceFacts: every_hours, expect (an Expectation), homepage, terms, url, verified (a date), withheld.
    """
    if unknown := sorted(set(changes) - OVERRIDABLE):
        raise BadSourceError(slug, f"{', '.join(unknown)} can't be overridden")
    with store.writing() as session:
        row = hold(session, slug)
        lay_over(session, row, changes)
        drop_pages(session, slug)
        return effective(row)


def lay_over(session: Session, row: SourceRow, changes: Mapping[str, Any]) -> None:
    """What `override` does, within a transaction that is under way; the source's validators stay."""
    merged = {**row.override, **{name: _plain(value) for name, value in changes.items()}}
    row.override = {name: value for name, value in merged.items() if value is not None}
    _set_public(session, row)


def _differs(row: SourceRow | None, facts: SourceFacts, problem: str | None) -> bool:
    return row is None or row.retired or row.problem != problem or row.facts != facts_as_json(facts)


def _put(session: Session, facts: SourceFacts, now: dt.datetime, *, healthy: bool) -> None:
    row = session.get(SourceRow, facts.slug, with_for_update=True)
    if facts.origin == BROWSER and (row is None or row.retired):
        return  # somebody removed it since the registry was read
    if row is None:
        row = SourceRow(slug=facts.slug, facts={}, override={}, public=facts.public)
        session.add(row)
    told = facts_as_json(facts)
    if _read_by(row.facts) != _read_by(told):
        drop_pages(session, facts.slug)
    row.facts = told
    row.organisation_id = orgs.find_or_create(session, facts.organisation) if facts.organisation else None
    row.retired = False
    session.flush()
    if healthy:
        row.problem = None
        close_issues(session, facts.slug, {IssueKind.SOURCE_PROBLEM}, now)
    _set_public(session, row)


def _read_by(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts on which it depends what is read, and when."""
    return {name: value for name, value in facts.items() if name not in ONLY_SAID}


def _set_public(session: Session, row: SourceRow) -> None:
    # Who may see the source's vacancies hangs on this, so each of them is published again.
    try:
        public = effective(row).public
    except BadSourceError as problem:  # damaged in the store: nobody knows any more that it may be shown
        row.problem, public = str(problem), False
    if row.public != public:
        row.public = public
        ids = sa.select(Sighting.vacancy_id).where(Sighting.source == row.slug).distinct()
        session.execute(sa.insert(Touched).from_select(["vacancy_id"], ids))
        # Which advert leads a vacancy of several hangs on it too: `turned` sees to it at once where a person does it,
        # and each is read again at its source's next run.
        other = sa.orm.aliased(Sighting)
        shared = sa.exists().where(other.vacancy_id == Sighting.vacancy_id, other.id != Sighting.id)
        session.execute(sa.update(Sighting).where(Sighting.vacancy_id.in_(ids), shared).values(reading=UNREAD))


def _plain(value: Any) -> Any:
    if isinstance(value, Expectation):
        return dataclasses.asdict(value)
    return value.isoformat() if isinstance(value, dt.date) else value
