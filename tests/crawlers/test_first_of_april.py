"""A simulated 1 April on which nine councils become two: no vacancy, link or saved thing is lost."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from clearinghouse.accounts.models import Organisation, Succession
from clearinghouse.accounts.organisations import Entry, slug_of
from clearinghouse.db import Store
from clearinghouse.ingest.harvest import Harvest
from clearinghouse.ingest.joining import join_all
from clearinghouse.ingest.run import RunResult, ingest
from clearinghouse.ingest.runs import begin_run
from clearinghouse.ingest.sources import register
from clearinghouse.leases import claim
from clearinghouse.publish.district_changes import load_changes
from clearinghouse.publish.publisher import LEASE, publish_due
from clearinghouse.search import generation
from clearinghouse.search.generation import Reader
from clearinghouse.search.indexer import Indexer
from clearinghouse.settings import Settings
from clearinghouse.vacancies.models import Sighting, SourceRow, StatusChange, Vacancy
from clearinghouse.vacancies.posting import Posting
from clearinghouse.vacancies.vocabulary import Status
from crawlers.declared import adapter_from
from crawlers.fetching import Answer, Identity
from crawlers.harvesting import harvest
from crawlers.limits import Limits
from crawlers.partners.adverts import World
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.members import CITY, COUNTY, Employer, Partner
from crawlers.registry import facts
from crawlers.source import Expect, Follow, Source
from web.app import create_app

sys.path.insert(0, str(Path(__file__).parent))
import simulation

HERE = "http://127.0.0.1:8000"
MIDNIGHT = dt.datetime(2028, 3, 31, 23, tzinfo=dt.UTC)  # in London
EVE, DAY = MIDNIGHT - dt.timedelta(seconds=1), MIDNIGHT
FIRST_OF_APRIL = dt.date(2028, 4, 1)
HOUR = dt.timedelta(hours=1)
FEED = 100  # entries that a feed holds
START = dt.datetime(2028, 3, 30, 12, tzinfo=dt.UTC)
NORTH, SOUTH = "Northland Council", "Southland Council"
NORTHERN = frozenset({"Ashfield", "Bassetlaw", "Mansfield", "Newark and Sherwood"})
NAMES = ("Ash Vale", "Retford Vale", "Erewash Edge", "Arnold Hill", "Maun", "Sherwood Vale", "Fosse Vale")
TOWNS = dict(zip(COUNTY, NAMES, strict=True))
CHANGES = "since,district,successor,part\n" + "".join(
    f"2028-04-01,{name},{'Northland' if name in NORTHERN else 'Southland'},\n" for name in (*COUNTY, CITY)
)


def council(name: str, sort: str, sector: str, districts: tuple[str, ...], count: int) -> Partner:
    employer = Employer(name, sort, sector, districts, ("office", "depot"))
    prefix = "".join(word[0] for word in name.split())
    return Partner(slug_of(name), name, "rss_google", count, (employer,), prefix)


def nine(count: int) -> list[Partner]:
    """The county, its city and seven districts."""
    return [
        council("Trentshire County Council", "county council", "county", COUNTY, 2 * count),
        council("Lacemarket City Council", "unitary council", "city", (CITY,), 2 * count),
        *(
            council(f"{town} District Council", "district council", "council", (district,), count)
            for district, town in TOWNS.items()
        ),
    ]


@dataclass
class County:
    """The simulated county's store and site, and what its councils advertise."""

    store: Store
    index_dir: Path
    councils: list[Partner]
    now: dt.datetime = START

    def __post_init__(self) -> None:
        self.indexer = Indexer(self.store, self.index_dir)
        self.harvests: dict[str, Harvest] = {}
        settings = Settings(public_url=HERE, index_dir=self.index_dir, secret_key="k" * 32)
        app = create_app(settings, self.store, Reader(self.index_dir), lambda: self.now)
        self.client = TestClient(app, base_url=HERE, client=("127.0.0.1", 50_000))

    def source(self, partner: Partner) -> Source:
        spoken, base = FORMATS[partner.format], simulation.BASES[partner.slug]
        values = {"adapter": spoken.adapter, "fields": {"url": base + spoken.entry, **spoken.fields}}
        adapter = adapter_from(values, partner.slug)
        return Source(partner.name, adapter, homepage=f"{base}/", expect=Expect(minimum=1), loopback=True)

    def declare(self, partners: list[Partner]) -> None:
        entries = [Entry(each.name, each.employers[0].type, "nottinghamshire") for each in partners]
        known = [facts(each.slug, self.source(each), "demo") for each in partners]
        register(self.store, known, {}, self.now, entries)

    def crawl(self, partner: Partner) -> None:
        """What the council's own site has, over the adapter and the whole of ingest."""
        world = World(2028, START.date())
        fetcher = simulation.Simulation(partner, world)

        async def fetch(follow: Follow, _: Mapping[str, str]) -> Answer:
            return await fetcher.fetch(follow, Identity(partner.slug, "agent", loopback=True), {})

        source = self.source(partner)
        brought = harvest(partner.slug, source, fetch, {}, Limits(), lambda: self.now)
        with ThreadPoolExecutor(1) as apart:  # a browser of another test leaves a loop running in this thread
            self.harvests[partner.slug] = apart.submit(asyncio.run, brought).result().harvest
        self.take(partner, self.harvests[partner.slug])

    def take(self, partner: Partner, brought: Harvest) -> RunResult:
        number = begin_run(self.store, partner.slug, self.now)
        assert number is not None
        known = facts(partner.slug, self.source(partner), "demo")
        return ingest(self.store, known, brought, number, self.now, pause=lambda _: None)

    def publish(self) -> None:
        number = claim(self.store, LEASE, "tests", self.now, dt.timedelta(seconds=8))
        assert number is not None
        while publish_due(self.store, "tests", number, self.now):
            pass
        self.indexer.step(self.now)

    def get(self, path: str) -> Any:
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        return answer.json()

    def found(self, query: str) -> set[str]:
        """The public ids that a search finds."""
        ids, address = set(), f"/api/v1/vacancies?per_page=100&{query}"
        while address:
            page = self.get(address)
            ids |= {item["id"] for item in page["items"]}
            address = (page["next"] or "").removeprefix(HERE)
        return ids

    def facets(self, name: str) -> set[str]:
        return {facet["value"] for facet in self.get("/api/v1/vacancies")["facets"][name]} - {"not_stated"}

    def mirror(self, held: dict[str, Any], after: int) -> int:
        """Follow the list of changes with a copy; the last number."""
        page = self.get(f"/api/v1/changes?after={after}&per_page=1000")
        for step in page["items"]:
            held.pop(step["id"], None)
            if step["op"] == "upsert":
                held[step["id"]] = {**step["vacancy"], "last_seen": None}
        return page["latest"]

    def public(self) -> dict[str, Any]:
        items = {}
        for page in range(1, 100):
            found = self.get(f"/api/v1/vacancies?per_page=100&page={page}")["items"]
            items |= {item["id"]: {**item, "last_seen": None} for item in found}
            if len(found) < 100:
                break
        return items

    def history(self) -> list[tuple[int, str]]:
        with self.store.reading() as session:
            rows = session.execute(sa.select(StatusChange.vacancy_id, StatusChange.why).order_by(StatusChange.id))
            return [(row.vacancy_id, row.why) for row in rows]

    def posts(self) -> dict[str, list[str]]:
        """The public id of the open vacancy of each post, by the old council and its number of the post."""
        with self.store.reading() as session:
            rows = session.execute(
                sa.select(Sighting.source, Sighting.key, Vacancy.public_id)
                .join(Vacancy, Vacancy.id == Sighting.vacancy_id)
                .where(Vacancy.status != Status.WITHDRAWN, Vacancy.merged_into.is_(None))
            ).all()
        held: dict[str, list[str]] = {}
        for row in rows:
            post = row.key.removeprefix("N-")
            held.setdefault(post, [])
            if row.public_id not in held[post]:
                held[post].append(row.public_id)
        return held


@pytest.fixture
def store_url(request: pytest.FixtureRequest) -> str:
    """One kind of database in the suite: the publisher's and the search's own tests try both."""
    kind = getattr(request, "param", "sqlite")
    url: str = request.getfixturevalue("sqlite_url" if kind == "sqlite" else "pg_url")
    return url


@pytest.fixture
def county(
    request: pytest.FixtureRequest, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[County]:
    """The nine councils, crawled and published two days before."""
    monkeypatch.setattr(generation, "EVERY", 0.0)  # a search sees at once what was published before it
    councils = nine(request.param)
    new = [council(name, "unitary council", "county", COUNTY, 1) for name in (NORTH, SOUTH)]
    for number, each in enumerate([*councils, *new]):
        monkeypatch.setitem(simulation.BASES, each.slug, f"http://127.0.0.1:{8300 + number}")
    made = County(store, tmp_path / "index", councils)
    made.declare(councils)
    for each in councils:
        made.crawl(each)
    made.publish()
    yield made
    made.indexer.close()


def taken_over(county: County, successor: str, partner: Partner) -> Harvest:
    """What the successor's new site has: four of five posts of the old councils, every other under a new number."""
    postings: list[Posting] = []
    for old in county.councils:
        for number, posting in enumerate(county.harvests[old.slug].postings):
            if number % 5 != 4 and heir(county, old, posting) == successor:
                postings.append(_anew(posting, old.name, successor, partner.slug, fresh=number % 2 == 1))
    return Harvest(partner.slug, county.now, county.now, finished=True, pages=1, postings=tuple(postings))


def heir(county: County, old: Partner, posting: Posting) -> str:
    """Who takes the post over: the county's are divided by where they are, all others go where their council goes."""
    districts = old.employers[0].districts
    where = districts[0] if len(districts) == 1 else district(county, posting)
    return NORTH if where in NORTHERN else SOUTH


def district(county: County, posting: Posting) -> str | None:
    sought = sa.select(Vacancy.draft).join(Sighting, Sighting.vacancy_id == Vacancy.id)
    with county.store.reading() as session:
        draft = session.scalars(sought.where(Sighting.key == posting.reference)).one()
    return next((place["district"] for place in draft["places"]), None)


def _anew(posting: Posting, old: str, new: str, slug: str, *, fresh: bool) -> Posting:
    reference = f"N-{posting.reference}" if fresh else posting.reference
    return replace(
        posting,
        reference=reference,
        url=f"{simulation.BASES[slug]}/vacancy/{reference}",
        apply_url=None,
        employer=new,
        description_html=(posting.description_html or "").replace(old, new),
    )


def record(county: County) -> None:
    """What an operator and the secretariat do beforehand: the file of districts, and who does whose work."""
    load_changes(county.store, CHANGES)
    with county.store.writing() as session:
        ids = {row.slug: row.id for row in session.scalars(sa.select(Organisation))}
        for old in county.councils:
            districts = old.employers[0].districts
            for name in {NORTH if each in NORTHERN else SOUTH for each in districts}:
                session.add(
                    Succession(organisation_id=ids[old.slug], successor_id=ids[slug_of(name)], since=FIRST_OF_APRIL)
                )


SAVED = (
    *(f"district={name}" for name in (*COUNTY, CITY)),
    *(f"employer={slug_of(f'{town} District Council')}" for town in TOWNS.values()),
    "employer=trentshire-county-council",
    "employer=lacemarket-city-council",
    "employer=maun-district-council&employer=ash-vale-district-council&district=Mansfield&pattern=full_time",
    "district=Ashfield&district=Gedling&include_unstated=yes",
    "location=Mansfield&radius=8",
    "q=officer&district=Rushcliffe",
    "kind=job&contract=permanent",
    "",
)


@pytest.mark.parametrize("county", [2], indirect=True)
def test_nine_councils_become_two_and_nothing_is_lost(county: County) -> None:
    rehearse(county)


@pytest.mark.soak
@pytest.mark.parametrize("county", [40], indirect=True)
@pytest.mark.parametrize("store_url", ["sqlite", "postgresql"], indirect=True)
def test_so_it_is_with_as_many_vacancies_as_the_demo_has(county: County) -> None:
    rehearse(county)


def rehearse(county: County) -> None:
    new = [council(name, "unitary council", "county", COUNTY, 1) for name in (NORTH, SOUTH)]
    county.declare([*county.councils, *new])
    record(county)
    county.now = EVE
    county.publish()
    before = {query: county.found(query) for query in SAVED}
    assert before[""]
    assert all(before[query] for query in SAVED if "&" not in query)
    assert county.facets("district") <= {*COUNTY, CITY}
    copy: dict[str, Any] = {}
    seq = county.mirror(copy, 0)
    history, posts = county.history(), county.posts()
    everything = sorted(before[""])

    county.now = DAY  # the midnight alone: no source has been read since
    county.publish()
    assert county.facets("district") == {"Northland", "Southland"}
    assert county.facets("employer") == {slug_of(NORTH), slug_of(SOUTH)}
    kept(county, before, everything)
    seq = county.mirror(copy, seq)
    assert copy == county.public()
    assert county.history() == history

    sites = [(partner, taken_over(county, partner.name, partner)) for partner in new]
    for partner, brought in sites:  # the new sites open; the old ones are switched off
        county.now += HOUR
        result = county.take(partner, brought)
        assert result.status == "ok", result
        county.publish()
    with county.store.writing() as session:
        old = [each.slug for each in county.councils]
        session.execute(sa.update(SourceRow).where(SourceRow.slug.in_(old)).values(paused=True))
    for partner in county.councils:
        county.now += HOUR
        nothing = Harvest(partner.slug, county.now, county.now, finished=True, pages=0, problems=("no answer",))
        assert county.take(partner, nothing).status in ("failed", "refused")
    county.now += HOUR
    join_all(county.store, county.now)
    county.publish()
    kept(county, before, everything)
    assert {post: len(ids) for post, ids in county.posts().items() if len(ids) != 1} == {}
    assert county.posts() == posts
    assert county.found("") == before[""]
    county.mirror(copy, seq)
    assert copy == county.public()
    assert county.history()[: len(history)] == history


def kept(county: County, before: Mapping[str, set[str]], everything: list[str]) -> None:
    """Every address answers, and whatever was saved gives at least what it gave."""
    for public_id in everything:
        assert county.client.get(f"/vacancies/{public_id}").status_code == 200
        assert county.get(f"/api/v1/vacancies/{public_id}")["status"] in ("open", "unconfirmed")
    for query, ids in before.items():
        assert ids <= county.found(query), query
    theirs = before["district=Ashfield"]
    table = county.client.get("/vacancies.csv?district=Ashfield").text
    assert all(f"/vacancies/{public_id}" in table for public_id in theirs)
    feed = county.client.get("/vacancies.atom?district=Ashfield").text
    assert feed.count("<entry>") >= min(len(theirs), FEED)
    shortlist = county.client.get(f"/saved?ids={','.join(everything[:20])}").text
    assert all(f"/vacancies/{public_id}" in shortlist for public_id in everything[:20])
    for each in county.councils:
        assert "is part of" in county.client.get(f"/employers/{each.slug}").text
