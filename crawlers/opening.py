"""What every command of the crawlers does first: migrate the store, and tell it of the registry."""

from __future__ import annotations

import datetime as dt
import os

from clearinghouse.accounts.organisations import Entry
from clearinghouse.commands.migrate import upgrade
from clearinghouse.db import Store
from clearinghouse.ingest.sources import register
from clearinghouse.settings import Settings
from crawlers.organisations import members
from crawlers.registry import Registry
from crawlers.sight import in_sight, partners_organisations


def open_store(setting: Settings, now: dt.datetime) -> tuple[Store, Registry]:
    """The store, migrated and knowing every source and member, and the registry. Safe while others use the store."""
    upgrade(setting.database_url)
    store = Store(setting.database_url)
    registry = in_sight(setting, os.environ, store)
    announce(store, registry, now, _organisations(demo=setting.demo))
    return store, registry


def refresh(setting: Settings, store: Store, now: dt.datetime) -> Registry:
    """The registry as its files and the store say now, made known to the store."""
    registry = in_sight(setting, os.environ, store)
    announce(store, registry, now)
    return registry


def announce(store: Store, registry: Registry, now: dt.datetime, organisations: tuple[Entry, ...] = ()) -> None:
    """Write what the registry says to the `source` table."""
    facts = [registered.facts for registered in registry.sources.values()]
    register(store, facts, {slug: str(problem) for slug, problem in registry.problems.items()}, now, organisations)


def _organisations(*, demo: bool) -> tuple[Entry, ...]:
    return partners_organisations(os.environ) if demo else members()
