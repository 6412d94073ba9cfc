"""Which sources this process crawls: the registry's, or in a demo the simulated partners' and the operator's.

To these come the sources that were added in the browser.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from clearinghouse.accounts.organisations import Entry
from clearinghouse.db import Store
from clearinghouse.settings import Settings
from crawlers.registry import Registered, Registry, load
from crawlers.stored import merged, rows

PARTNERS = "CLEARINGHOUSE_PARTNERS"  # slug → address of each simulated partner, as JSON: `run --demo` sets it


def in_sight(setting: Settings, environment: Mapping[str, str], store: Store) -> Registry:
    """The sources that the settings and the store put in sight.

    A demo never goes out to the real sites of the shipped registry.
    """
    return merged(_files(setting, environment), rows(store), demo=setting.demo)


def _files(setting: Settings, environment: Mapping[str, str]) -> Registry:
    if not setting.demo:
        return load(setting.sources_dir)
    own = load(setting.sources_dir, shipped=None)
    return Registry({**_partners(environment), **own.sources}, own.problems)


def partners_organisations(environment: Mapping[str, str]) -> tuple[Entry, ...]:
    """The simulated members, with their addresses on this machine."""
    from crawlers.partners.sources import demo_organisations

    found = demo_organisations(_addresses(environment))
    return tuple(Entry(one.name, one.type, None, one.homepage, one.recruitment_url) for one in found)


def _partners(environment: Mapping[str, str]) -> dict[str, Registered]:
    from crawlers.partners.sources import demo_sources

    found = demo_sources(_addresses(environment))
    return {slug: Registered(slug, source, "demo") for slug, source in found.items()}


def _addresses(environment: Mapping[str, str]) -> dict[str, str]:
    given: dict[str, str] = json.loads(environment.get(PARTNERS, "{}"))
    return given
