"""The commands themselves, over real HTTP: `sources new` on a front page, then `crawl` of what it wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearinghouse.processes import command
from clearinghouse.settings import PREFIX
from crawlers.partners.running import Partners, start_partners

sys.path.insert(0, str(Path(__file__).parent))

from simulation import NOW, SYSTEMS


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """Every partner, with few adverts each."""
    with start_partners(None, 2010, NOW, scale=0.3) as running:
        yield running


def becomes_a_source(partners: Partners, slug: str, url: str, folder: Path) -> None:
    """Write the source of a partner's front page, and crawl it: every advert, and nothing to say about any."""
    environment = {
        **os.environ,
        PREFIX + "DATABASE_URL": url,
        PREFIX + "INDEX_DIR": str(folder / "index"),
        PREFIX + "SOURCES_DIR": str(folder),
    }

    def ran(*arguments: str) -> dict[str, object]:
        done = subprocess.run(
            command(*arguments, "--json"), env=environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    told = ran("sources", "new", f"{partners.urls[slug]}/", "--slug", "new")
    assert told["organisation"] in (None, partners.site(slug).moment.partner.name)
    row = ran("crawl", "new")
    adverts = len(partners.site(slug).view.adverts)
    assert {name: row[name] for name in ("status", "postings", "new", "refused", "messages")} == {
        "status": "ok", "postings": adverts, "new": adverts, "refused": 0, "messages": [],
    }  # fmt: skip


@pytest.mark.slow
def test_a_board_with_sessions_becomes_a_source(sqlite_url: str, tmp_path: Path, partners: Partners) -> None:
    becomes_a_source(partners, "mansfield-vale-council", sqlite_url, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("slug", [partner.slug for partner in SYSTEMS])
def test_every_partner_s_front_page_becomes_a_source(
    sqlite_url: str, tmp_path: Path, partners: Partners, slug: str
) -> None:
    becomes_a_source(partners, slug, sqlite_url, tmp_path)
