"""A source that is added in the browser: a row alone, made of what a trial found and what a keeper says of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import organisations as orgs
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import steering, trials
from clearinghouse.ingest.sources import BROWSER, facts_as_json, facts_from_json
from clearinghouse.ingest.wanted import Agreed, Wanted, agreed
from clearinghouse.vacancies.models import CrawlRequest, SourceRow


def add(store: Store, number: int, wanted: Wanted, by: Actor, now: dt.datetime, *, demo: bool) -> str:
    """Make a source of trial `number`, and ask for its first crawl; the source's slug.

    What it brings is for staff alone, unless `wanted` approves of it. A trial makes one source: asked again, the slug
    is the one that it has. Raises BadFormError, with nothing changed, for what can't be used: under `trial` when the
    trial itself is old, found nothing, or is of an address that is a source by now.
    """
    with store.writing() as session:
        request = session.get(CrawlRequest, number, with_for_update=True)
        trial = trials.get(session, number)
        if request is None or trial is None:
            raise BadFormError({"trial": f"There is no trial {number}"})
        if trial.added:
            return trial.added
        result = _usable(session, trial, now)
        said = agreed(session, wanted, demo=demo)
        row = _row(session, said, result)
        request.result = {**result, "added": row.slug}
        _record(session, row, trial, by, now)
        if said.compared:
            steering.approve(session, row, said.compared, by, now)
        steering.ask_crawl_of(session, row, by, now)
        return row.slug


def unusable(trial: trials.Trial, now: dt.datetime) -> str | None:
    """Why no source can be made of this trial, as a sentence; None when one can."""
    if trial.state != trials.FOUND:
        return "The trial found no vacancies that we can read: there is nothing to add"
    return "The trial is over a day old: try the address again first" if trial.stale(now) else None


def _usable(session: Session, trial: trials.Trial, now: dt.datetime) -> Mapping[str, Any]:
    problem = unusable(trial, now)
    result = trial.result or {}
    if problem is None:
        read = (trial.url, *trials.adapter_urls(result["adapter"]))
        slug = next(filter(None, (trials.source_at(session, url) for url in read)), None)
        problem = f"The source {slug} reads this address already" if slug else None
    if problem:
        raise BadFormError({"trial": problem})
    return result


def _row(session: Session, said: Agreed, result: Mapping[str, Any]) -> SourceRow:
    facts = dataclasses.replace(
        facts_from_json(result["facts"]),
        slug=said.slug,
        organisation=said.organisation,
        origin=BROWSER,
        homepage=said.homepage,
        every_hours=said.every_hours,
        expect=said.expect,
        verified=None,
    )
    row = SourceRow(slug=said.slug, facts=facts_as_json(facts), override={}, adapter_fields=dict(result["adapter"]))
    row.organisation_id = _organisation(session, said)
    session.add(row)
    try:
        session.flush()
    except sa.exc.IntegrityError as error:  # on PostgreSQL another keeper may have taken the name this instant
        raise BadFormError({"slug": f"{said.slug} is taken: choose another short name"}) from error
    return row


def _organisation(session: Session, said: Agreed) -> int | None:
    """The organisation's number, made where there is none; a member from now on where the keeper says so."""
    if said.organisation is None:
        return None
    organisation = session.get_one(Organisation, orgs.find_or_create(session, said.organisation))
    if said.member:
        organisation.member = organisation.listed = True
    organisation.recruitment_url = organisation.recruitment_url or said.homepage
    return organisation.id


def _record(session: Session, row: SourceRow, trial: trials.Trial, by: Actor, now: dt.datetime) -> None:
    told = {name: row.facts[name] for name in ("adapter", "homepage", "every_hours", "expect")}
    whose = {"employer": row.facts["organisation"]}
    steering.note(session, Tag.SOURCE_ROW_ADDED, row, by, now, trial=trial.number, url=trial.url, **told, **whose)
