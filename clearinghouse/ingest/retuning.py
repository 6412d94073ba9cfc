"""Bringing a source's settings to what somebody typed: nothing at all, or everything, in one transaction."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.errors import BadFormError, ClearingHouseError
from clearinghouse.ingest.pages import drop_pages
from clearinghouse.ingest.sources import effective, hold, lay_over
from clearinghouse.ingest.steering import By, last_act, note, withhold
from clearinghouse.ingest.trials import source_at
from clearinghouse.ingest.tuning import Tuning, Wanted, checked, in_force, is_elsewhere, mark, of_file
from clearinghouse.ingest.turned import lead_anew
from clearinghouse.ingest.web_address import shown
from clearinghouse.vacancies.models import SourceRow

NAMES = tuple(field.name for field in dataclasses.fields(Tuning))


class ChangedMeanwhileError(ClearingHouseError):
    """The settings aren't those that the form showed. `by` changed them at `at`, None = their file did."""

    def __init__(self, slug: str, by: str | None, at: dt.datetime | None) -> None:
        super().__init__(f"source {slug}: somebody else changed its settings meanwhile")
        self.by = by
        self.at = at


def change(
    store: Store, slug: str, wanted: Wanted, was: str, by: By, now: dt.datetime, *, demo: bool = False
) -> frozenset[str]:
    """Bring the settings to what is `wanted`; the names of those that changed.

    `was` is the mark of the settings that the form showed. At another site's address the source is taken from the
    public until somebody compares it again. Raises BadFormError for what can't be, ChangedMeanwhileError when the form
    is stale (not when it was sent twice); then nothing changes. `demo` allows addresses of this machine.
    """
    withheld = False
    with store.writing() as session:
        row = hold(session, slug)
        old, facts = in_force(row), effective(row)
        new = checked(wanted, old, of_file(row), loopback=demo or facts.loopback)
        changed = frozenset(name for name in NAMES if getattr(old, name) != getattr(new, name))
        if changed and was != mark(old):
            raise ChangedMeanwhileError(slug, *last_act(session, Tag.SOURCE_SETTING_CHANGED, row))
        if "url" in changed and (other := source_at(session, new.url or "", besides=slug)):
            raise BadFormError({"url": f"{shown(new.url or '')} is read already: it belongs to the source {other}"})
        if facts.public and is_elsewhere(old.url, new.url) and not wanted.moved:
            raise BadFormError({"moved": f"{shown(new.url or '')} is another site: tick the box to go on"})
        if changed or wanted.as_file & row.override.keys():
            _apply(session, row, old, new, changed, now)
            details = {"before": _as_json(old, changed), "after": _as_json(new, changed)}
            note(session, Tag.SOURCE_SETTING_CHANGED, row, by, now, **details)
            withheld = facts.public and is_elsewhere(old.url, new.url)
            if withheld:
                withhold(session, row, by, now)
    if withheld:
        lead_anew(store, slug, now)
    return changed


def _apply(
    session: Session, row: SourceRow, old: Tuning, new: Tuning, changed: frozenset[str], now: dt.datetime
) -> None:
    file = of_file(row)
    values = {name: getattr(new, name) for name in NAMES}
    lay_over(session, row, {n: None if value == getattr(file, n) else value for n, value in values.items()})
    drop_pages(session, row.slug)
    if "url" in changed:
        row.next_due = now  # what failed at the old address needn't wait for the new one
    elif row.next_due is not None and new.every_hours < old.every_hours:
        row.next_due = min(row.next_due, now + dt.timedelta(hours=new.every_hours))


def _as_json(tuning: Tuning, names: frozenset[str]) -> Mapping[str, Any]:
    return {name: value for name, value in dataclasses.asdict(tuning).items() if name in names}
