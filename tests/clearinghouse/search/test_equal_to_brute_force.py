"""The search gives what looking at every vacancy in turn gives: for any criteria, audience and way of matching."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from brute_force import FACETED, BruteForce, Made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up import EMPLOYERS, NOW, TITLES, TOWNS, WORDS, Maker, publication, random_doc
from sqlalchemy import select

from clearinghouse.db import Store
from clearinghouse.publish.models import Publication
from clearinghouse.search import matching
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.filters import filters
from clearinghouse.search.generation import Generation
from clearinghouse.search.parameters import BY_NAME, SORTS
from clearinghouse.search.results import count, search
from clearinghouse.search.rows import showing
from clearinghouse.vacancies.draft import Place
from clearinghouse.vacancies.models import Opening
from clearinghouse.vacancies.visible import AT_RISK, PUBLIC, REFERRED, Audience, Visible, at_risk, staff

MANY = 160
AUDIENCES = (PUBLIC, REFERRED, AT_RISK, at_risk(1), at_risk(2), staff(None), staff(1))
WAYS: dict[str, int] = {"hits": 1 << 40, "text": -1}


class World:
    """A store, its generation, and the slow search over the same publications. (Hypothesis prints dataclasses.)"""

    def __init__(self, store: Store, generation: Generation, slow: BruteForce) -> None:
        self.store = store
        self.generation = generation
        self.slow = slow


def opens(rnd: random.Random) -> dt.datetime | None:
    return rnd.choice([None, *(NOW + dt.timedelta(hours=hours) for hours in (-9, -1, 0, 1, 2, 30))])


def tiers(rnd: random.Random) -> dict[str, dt.datetime | None]:
    """Openings as the publisher stores them: each the earliest of its own and those before."""
    found: list[dt.datetime | None] = [] if rnd.random() < 0.3 else [NOW - dt.timedelta(days=1)]
    while len(found) < 3:
        known = [at for at in (opens(rnd), found[-1] if found else None) if at]
        found.append(min(known, default=None))
    return dict(zip(("public_from", "referred_from", "at_risk_from"), found, strict=True))


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    shutil.copy(sqlite_template, folder / "store.sqlite3")
    store = Store(f"sqlite:///{folder / 'store.sqlite3'}")
    rnd, made, every = random.Random(2010), [], []
    for key in range(1, MANY + 1):
        document = random_doc(key, rnd)
        shown = {**tiers(rnd), "unverified": rnd.random() < 0.1, "hidden": rnd.random() < 0.1}
        if shown["unverified"] or shown["hidden"]:
            shown |= dict.fromkeys(("public_from", "referred_from", "at_risk_from"))
        shown |= {"live": rnd.random() < 0.95, "organisation_id": rnd.choice([None, 1, 2])}
        own = {org: at for org in (1, 2) if (at := opens(rnd)) and rnd.random() < 0.3}
        every.append((key, document, shown, own))
        made.append(Made(key, document, showing(publication(key, document, **shown), own)))
    maker = Maker(store)
    maker.publish_all(every)
    return World(store, maker.indexed(folder / "index"), BruteForce(made, TOWNS))


def located(query: str) -> Place | None:
    latitude, longitude = TOWNS.get(query, (None, None))
    return Place(query, latitude=latitude, longitude=longitude) if latitude else None


@pytest.fixture(autouse=True)
def towns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearinghouse.search.results.locate", located)


def some(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    parameter = BY_NAME[name]
    known = list(
        parameter.words or {"employer": [*EMPLOYERS, "nobody"], "district": ["Ashfield", "Mansfield"]}.get(name, [])
    )
    values = st.sampled_from([*known, *(["not_stated"] if parameter.silent else [])])
    return st.just(()) | st.lists(values, max_size=3, unique=True).map(tuple)


MEANT = (
    '"teaching assistant"',
    '"housing cook"',
    "-Cook",
    '-"housing officer"',
    "-team",
    "TA",
    "chef",
    "PA",
    "nursing jobs",
)
words = st.lists(st.sampled_from([*TITLES, *WORDS, *MEANT, "Ashfield", "nonsense", "!!"]), max_size=3).map(" ".join)
ALWAYS: dict[str, st.SearchStrategy[object]] = {
    "q": st.just("") | words,
    "location": st.sampled_from(["", "", "", *TOWNS, "Nowhere"]),
    "radius": st.sampled_from([Decimal(1), Decimal("8.5"), Decimal(12), Decimal(500)]),
    "pay_per": st.sampled_from(["hour", "month", "year"]),
    "include_unstated": st.booleans(),
    "sort": st.sampled_from(list(SORTS)),
    "per_page": st.sampled_from([7, 20, 100]),
    "as_typed": st.booleans(),
}
SOMETIMES: dict[str, st.SearchStrategy[object]] = {
    **{name: some(name) for name in FACETED},
    "hours_min": st.sampled_from([Decimal(0), Decimal("18.5"), Decimal(30)]),
    "hours_max": st.sampled_from([Decimal(8), Decimal("18.5"), Decimal(37)]),
    "salary_min": st.sampled_from([Decimal(24294), Decimal("24294.01"), Decimal(31000)]),
    "pay_min": st.sampled_from([Decimal("12.60"), Decimal(1000), Decimal(15000)]),
    "closing_within": st.integers(0, 9),
    "posted_within": st.integers(0, 9),
}


@st.composite
def searches(draw: st.DrawFn) -> Criteria:
    """A search with a few filters, so that something is found."""
    names = draw(st.lists(st.sampled_from(list(SOMETIMES)), max_size=4, unique=True))
    chosen = {name: strategy for name, strategy in SOMETIMES.items() if name in names}
    return Criteria(**{name: draw(strategy) for name, strategy in (ALWAYS | chosen).items()})  # type: ignore[arg-type]


moments = st.sampled_from([0, 1, 3599, 3600, 3601, 7200, 86400, 200000]).map(lambda s: NOW + dt.timedelta(seconds=s))
audiences = st.sampled_from(AUDIENCES)
thoroughly = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("way", WAYS)
@thoroughly
@given(criteria=searches(), audience=audiences, now=moments)
def test_totals_facets_and_every_page_equal_a_look_at_every_vacancy(
    world: World, way: str, criteria: Criteria, audience: Audience, now: dt.datetime
) -> None:
    visible = Visible(audience, now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "FEW", WAYS[way])
        results = search(world.generation, criteria, visible)
        assert count(world.generation, criteria, visible) == results.total
        found = world.slow.matches(criteria, visible)
        assert results.total == len(found)
        loose = world.slow.matches(dataclasses.replace(criteria, include_unstated=True), visible)
        assert results.unstated == len(loose) - len(found)
        pages = [
            search(world.generation, criteria.replace(page=page), visible).keys for page in range(1, results.pages + 2)
        ]
    assert pages[-1] == ()
    assert all(len(page) == criteria.per_page for page in pages[:-2])
    keys = [key for page in pages for key in page]
    expected = world.slow.order(criteria, found)
    if results.criteria.order == "relevance" and results.total and criteria.q.strip("! "):
        assert sorted(keys) == sorted(expected)
    else:
        assert keys == expected
    shown = {
        name: {facet.value: facet.count for facet in facets if facet.count} for name, facets in results.facets.items()
    }
    slow = world.slow.facets(criteria, visible)
    for name in slow:
        words_ = BY_NAME[name].words
        if criteria.include_unstated and words_ and slow[name].get("not_stated"):
            slow[name] = dict.fromkeys(words_, slow[name]["not_stated"]) | slow[name]
    assert shown == slow


@thoroughly
@given(criteria=searches(), audience=audiences)
def test_every_facet_count_is_the_total_of_the_search_it_promises(
    world: World, criteria: Criteria, audience: Audience
) -> None:
    visible = Visible(audience, NOW)
    for name, facets in search(world.generation, criteria, visible).facets.items():
        for facet in facets:
            promised = search(world.generation, criteria.replace(**{name: (facet.value,)}), visible)
            assert promised.total == facet.count, (name, facet)


@thoroughly
@given(criteria=searches(), audience=audiences, now=moments)
def test_both_ways_of_matching_words_agree_on_the_order_of_relevance(
    world: World, criteria: Criteria, audience: Audience, now: dt.datetime
) -> None:
    criteria = dataclasses.replace(criteria, sort="relevance", location="", q=criteria.q or "officer")
    found = []
    for few in WAYS.values():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(matching, "FEW", few)
            found.append(search(world.generation, criteria, Visible(audience, now)))
    assert found[0] == found[1]


@pytest.mark.parametrize("audience", AUDIENCES, ids=str)
@thoroughly
@given(now=st.integers(-40000, 250000).map(lambda s: NOW + dt.timedelta(seconds=s)) | moments)
def test_the_four_renderings_of_the_rule_of_visibility_agree(
    world: World, audience: Audience, now: dt.datetime
) -> None:
    visible = Visible(audience, now)
    indexed = world.generation.columns.arrays["key"].tolist()
    predicate = [each.key for each in world.slow.every if visible.sees(each.showing) and each.key in indexed]
    mask = world.generation.columns.arrays["key"][world.generation.view(visible).mask].tolist()
    assert mask == predicate
    query = visible.tantivy(world.generation.schema, world.generation.view(visible).own)
    searched = [
        key
        for searcher in world.generation.searchers.values()
        for key, _ in searcher.search(query, limit=1000, order_by_field="key").hits
    ]
    assert sorted(searched) == predicate
    with world.store.reading() as session:
        ids = session.scalars(select(Publication.vacancy_id).where(visible.sql(Publication, Opening))).all()
    assert sorted(set(ids) & set(indexed)) == predicate


@thoroughly
@given(criteria=searches())
def test_both_renderings_of_every_filter_agree(world: World, criteria: Criteria) -> None:
    columns = world.generation.columns
    for each in filters(criteria, columns, NOW):
        for loose in (False, True):
            query = each.query(world.generation.schema, loose=loose)
            searched = [
                key
                for searcher in world.generation.searchers.values()
                for key, _ in searcher.search(query, limit=1000, order_by_field="key").hits
                if key
            ]
            assert sorted(searched) == columns.arrays["key"][each.mask(columns, None, loose=loose)].tolist()
