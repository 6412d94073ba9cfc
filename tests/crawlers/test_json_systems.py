"""JSON systems crawled over real HTTP: what is asked for by POST, in an odd syntax, or hangs on the pages before."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.db import Store, utc_now
from clearinghouse.settings import settings
from clearinghouse.vacancies.models import Sighting
from crawlers import batch
from crawlers.limits import Limits
from crawlers.opening import open_store

sys.path.insert(0, str(Path(__file__).parent))

from site_under_test import Reply, Site, serving

SOURCE = """
from crawlers.adapters.{module} import {adapter}
from crawlers.source import Source

source = Source(organisation="Anytown Council", adapter={adapter}(url="{url}"), loopback=True)
"""
LIMITS = Limits(timeout=1.5, robots_timeout=1.5, stalled=3.0, local_back_off=0.02)
ORACLE = "/hcmRestApi/resources/latest/recruitingCEJobRequisition"


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site, with sources that read it as three systems."""
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CLEARINGHOUSE_SOURCES_DIR", str(tmp_path))
    settings.cache_clear()
    with serving() as served:
        for module, adapter, path in (
            ("oracle", "Oracle", "/hcmUI/CandidateExperience/en/sites/CX_1"),
            ("teaching_vacancies", "TeachingVacancies", ""),
            ("workday", "Workday", "/wday/cxs/anytown/Careers"),
        ):
            text = SOURCE.format(module=module, adapter=adapter, url=served.base + path)
            (tmp_path / f"{module}.py").write_text(text)
        yield served
    settings.cache_clear()


def crawl(store: Store, slug: str) -> tuple[str, tuple[str, ...], set[str]]:
    """How the source's run ended, what it said, and the titles of all that its runs have brought."""
    opened, _ = open_store(settings(), utc_now())
    opened.close()
    (ended,) = batch.crawl([slug], limits=LIMITS)
    with store.reading() as session:
        found = session.scalars(sa.select(Sighting).where(Sighting.source == slug)).all()
        titles = {row.posting["title"] for row in found}
    return str(ended.result.status), ended.result.messages, titles


def reply(value: Any) -> Reply:
    """An answer with a validator of its own."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Reply(body, headers={"ETag": f'"{hashlib.sha256(body).hexdigest()}"'})


def test_a_list_that_is_asked_for_by_post_is_read_to_its_end(site: Site, sqlite_url: str) -> None:
    board = "/wday/cxs/anytown/Careers"
    paths = [f"/job/Anytown/Nurse_R{n}" for n in range(25)]
    for total, first in ((25, 0), (0, 20)):
        asked = json.dumps({"appliedFacets": {}, "limit": 20, "offset": first, "searchText": ""})
        rows = [{"title": f"Nurse {path[-2:]}", "externalPath": path} for path in paths[first : first + 20]]
        site.pages[f"{board}/jobs{asked}"] = reply({"total": total, "jobPostings": rows})
    for n, path in enumerate(paths):
        info = {
            "title": f"Nurse number {n}",
            "jobReqId": f"R{n}",
            "location": "Anytown",
            "externalUrl": f"https://a.example{path}",
        }
        site.pages[board + path] = reply({"jobPostingInfo": info})
    store = Store(sqlite_url)
    assert crawl(store, "workday") == ("ok", (), {f"Nurse number {n}" for n in range(25)})
    store.close()


def test_a_finders_syntax_goes_out_as_it_is(site: Site, sqlite_url: str) -> None:
    rows = [{"Id": "7", "Title": "Clerk", "PrimaryLocation": "Anytown"}]
    finder = "finder=findReqs;siteNumber=CX_1,limit=100,offset=0"
    listed = f"{ORACLE}s?onlyData=true&expand=requisitionList.secondaryLocations&{finder}"
    site.pages[listed] = reply(
        {"items": [{"TotalJobsCount": 1, "requisitionList": rows}], "count": 1, "hasMore": False}
    )
    detail = f"{ORACLE}Details?expand=all&onlyData=true&finder=ById;Id=%227%22,siteNumber=CX_1"
    site.pages[detail] = reply(
        {"items": [{"Id": "7", "Title": "Clerk to the Council", "ExternalDescriptionStr": "<p>Minutes.</p>"}]}
    )
    store = Store(sqlite_url)
    assert crawl(store, "oracle") == ("ok", (), {"Clerk to the Council"})
    store.close()


def test_what_falls_between_pages_is_found_although_the_sitemap_is_unchanged(site: Site, sqlite_url: str) -> None:
    def job(slug: str) -> dict[str, str]:
        return {"@type": "JobPosting", "title": f"Post {slug}", "url": f"{site.base}/jobs/{slug}"}

    def page(slugs: str) -> Reply:
        return reply({"data": [job(slug) for slug in slugs], "meta": {"totalPages": 2}, "links": {"next": None}})

    urls = "".join(f"<url><loc>{site.base}/jobs/{slug}</loc></url>" for slug in "abcde")
    site.pages |= {f"/api/v1/jobs/{slug}.json": reply(job(slug)) for slug in "abcde"}
    site.pages["/sitemap.xml"] = reply(f"<urlset>{urls}</urlset>".encode())
    site.pages["/api/v1/jobs.json"] = page("abc")
    site.pages["/api/v1/jobs.json?page=2"] = page("cd")
    store = Store(sqlite_url)
    every = {f"Post {slug}" for slug in "abcde"}
    assert crawl(store, "teaching_vacancies") == ("ok", (), every)
    assert (site.count("/api/v1/jobs/e.json"), site.count("/api/v1/jobs/a.json")) == (1, 0)
    site.pages["/api/v1/jobs.json"] = page("bcc")
    assert crawl(store, "teaching_vacancies") == ("ok", (), every)
    assert (site.count("/api/v1/jobs/e.json"), site.count("/api/v1/jobs/a.json")) == (2, 1)
    assert crawl(store, "teaching_vacancies") == ("unchanged", (), every)
    store.close()
