"""What the store adds to the registry: sources that were added in the browser, and addresses that a person put right.

Both are read afresh each time the registry is, so that a running schedule follows what people do on the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.errors import BadSourceError
from clearinghouse.ingest.sources import BROWSER, facts_from_json
from clearinghouse.vacancies.models import SourceRow
from crawlers.addresses import is_local
from crawlers.declared import adapter_from, at
from crawlers.fitness import unfit
from crawlers.registry import Registered, Registry
from crawlers.robots import origin
from crawlers.source import Source

SAME_NAME = "a source of this name was also added in the browser; the file is the one that is crawled"


@dataclass(frozen=True)
class Row:
    """One row of the `source` table as far as the registry heeds it. `url` is the address that a person put in."""

    slug: str
    facts: Mapping[str, Any]
    adapter_fields: Mapping[str, Any] | None
    url: str | None


def rows(store: Store) -> list[Row]:
    """The rows that say something that no file says. Removed ones say nothing any more."""
    columns = (SourceRow.slug, SourceRow.facts, SourceRow.adapter_fields, SourceRow.override)
    wanted = sa.select(*columns).where(SourceRow.retired.is_(False)).order_by(SourceRow.slug)
    with store.reading() as session:
        found = [Row(slug, facts, fields, over.get("url")) for slug, facts, fields, over in session.execute(wanted)]
    return [row for row in found if row.adapter_fields is not None or row.url]


def merged(files: Registry, stored: Iterable[Row], *, demo: bool) -> Registry:
    """The registry of the files with what the store adds. Where both have a source of one name, the file's stays.

    What can't be used is a problem by its slug; a source whose new address can't be is left at its old one.
    """
    sources, problems = dict(files.sources), dict(files.problems)
    for row in stored:
        if row.adapter_fields is not None and (row.slug in files.sources or row.slug in files.problems):
            problems.setdefault(row.slug, BadSourceError(row.slug, SAME_NAME))
        try:
            if row.adapter_fields is not None and row.slug not in problems:
                sources[row.slug] = Registered(row.slug, _added(row, demo=demo), BROWSER)
            if row.url and row.slug in sources:
                sources[row.slug] = _moved(sources[row.slug], row.url, demo=demo)
        except BadSourceError as problem:
            problems.setdefault(row.slug, problem)
    return Registry(sources, problems)


def _added(row: Row, *, demo: bool) -> Source:
    """The source that the row alone declares. Raises BadSourceError that names what can't be used."""
    adapter = adapter_from(row.adapter_fields, row.slug)
    facts = facts_from_json(row.facts, row.slug)
    source = Source(
        organisation=facts.organisation,
        adapter=adapter,
        homepage=facts.homepage,
        every_hours=facts.every_hours,
        expect=facts.expect,
        verified=None,  # a person's word on it stands over the row, as on any other source
        terms=facts.terms,
        loopback=demo and all(_is_here(follow.url) for follow in adapter.start()),
    )
    reason = unfit(source)
    if reason:
        raise BadSourceError(row.slug, reason)
    return source


def _moved(registered: Registered, url: str, *, demo: bool) -> Registered:
    """The source reading from `url`, which may be on this machine only in a demo, or where its own address is."""
    source = registered.source
    adapter = at(source.adapter, url, registered.slug)
    own = {origin(follow.url) for follow in source.adapter.start()}
    here = (source.loopback and origin(url) in own) or (demo and _is_here(url))
    return replace(registered, source=replace(source, adapter=adapter, loopback=here), declared=registered.facts)


def _is_here(url: str) -> bool:
    return is_local(urlsplit(url).hostname or "")
