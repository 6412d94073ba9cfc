"""Every adapter by its name."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.adapters.feed import Feed
from crawlers.adapters.jsonld import JsonLd
from crawlers.adapters.sitemap import Sitemap

ADAPTERS: Mapping[str, type[Feed | JsonLd | Sitemap]] = {adapter.name: adapter for adapter in (Feed, JsonLd, Sitemap)}
