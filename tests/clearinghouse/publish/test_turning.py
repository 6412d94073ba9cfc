"""A midnight on which districts and employers are replaced: what is published, and what old searches find."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa
from smalltown import COLLEGE, COUNCIL, NOW, TRUST, Town, plain_draft

from clearinghouse.accounts.models import Organisation, Succession
from clearinghouse.accounts.successions import Heir, Heirs, heirs
from clearinghouse.db import Store
from clearinghouse.normalise.district_file import BadDistrictsError
from clearinghouse.publish import directory
from clearinghouse.publish.district_changes import load_changes
from clearinghouse.publish.models import Change, Publication
from clearinghouse.reference.models import DistrictChangeRow, PostcodeArea
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import Reader
from clearinghouse.search.results import Results, search
from clearinghouse.search.successions import Successions
from clearinghouse.vacancies.draft import Place
from clearinghouse.vacancies.models import Touched, Vacancy
from clearinghouse.vacancies.visible import PUBLIC, Visible
from clearinghouse.vacancies.vocabulary import Precision

DAY = dt.date(2026, 6, 12)
MIDNIGHT = dt.datetime(2026, 6, 11, 23, tzinfo=dt.UTC)  # in London
EVE, AFTER = MIDNIGHT - dt.timedelta(seconds=1), MIDNIGHT + dt.timedelta(seconds=1)


@pytest.fixture
def town(sqlite_store: Store, tmp_path: Path) -> Town:
    """Where one kind of database is enough."""
    return changing(sqlite_store, tmp_path)


def changing(store: Store, tmp_path: Path) -> Town:
    """Four vacancies, two of them in a district and of an employer that are replaced in two days."""
    found = Town(store, tmp_path / "index")
    with store.writing() as session:
        session.add(DistrictChangeRow(since=DAY, district="Mansfield", successor="Northland"))
        session.add(Succession(organisation_id=1, successor_id=3, since=DAY))
    found.fill(4)
    found.publish()
    return found


def found(town: Town, now: dt.datetime, **criteria: object) -> Results:
    current = Reader(town.indexer._dir).current()
    assert current
    return search(current, Criteria(**criteria), Visible(PUBLIC, now))  # type: ignore[arg-type]


def values(results: Results, parameter: str) -> dict[str, int]:
    return {facet.value: facet.count for facet in results.facets[parameter]}


def docs(town: Town) -> list[dict]:
    with town.store.reading() as session:
        return list(session.scalars(sa.select(Publication.doc).order_by(Publication.vacancy_id)))


def test_the_publisher_wakes_at_the_midnight_and_names_the_successors(store: Store, tmp_path: Path) -> None:
    town = changing(store, tmp_path)
    with town.store.reading() as session:
        due = session.scalars(sa.select(Publication.next_due).order_by(Publication.vacancy_id)).all()
    assert due[0] == MIDNIGHT  # in Mansfield, at the council
    town.publish(EVE)
    assert [doc["places"][0]["district"] for doc in docs(town)] == ["Mansfield", "Newark and Sherwood"] * 2
    assert not any("employers_now" in doc for doc in docs(town))
    town.publish(AFTER)
    assert [doc["places"][0]["district"] for doc in docs(town)] == ["Northland", "Newark and Sherwood"] * 2
    now = [{"slug": COLLEGE, "name": "Harle College", "since": "2026-06-12"}]
    assert [doc.get("employers_now") for doc in docs(town)] == [now, None, now, None]
    assert docs(town)[0]["employer"] == {"slug": COUNCIL, "name": "Sandby Borough Council"}
    with town.store.reading() as session:
        last = session.execute(sa.select(Change.vacancy_id, Change.op).order_by(Change.id)).all()
    assert [tuple(row) for row in last[4:]] == [(1, "upsert"), (3, "upsert")]  # the others appear nowhere again


def test_an_old_search_finds_what_the_successor_has_and_says_so(town: Town) -> None:
    before = found(town, EVE, district=("Mansfield",), employer=(COUNCIL,))
    assert (before.total, before.notices) == (2, ())
    unknown = found(town, EVE, district=("Northland",))
    assert (unknown.total, unknown.notices) == (0, ("No vacancy has “Northland” as its district at present.",))
    town.publish(AFTER)
    after = found(town, AFTER, district=("Mansfield",), employer=(COUNCIL,))
    assert after.total == 2
    assert after.criteria == Criteria(district=("Northland",), employer=(COLLEGE,))
    assert after.notices == (
        "Mansfield is part of Northland now: we show Northland.",
        "Sandby Borough Council is part of Harle College now: we show Harle College.",
    )
    assert [chip.label for chip in after.chosen] == ["Harle College", "Northland"]
    everything = found(town, AFTER)
    assert values(everything, "district") == {"Northland": 2, "Newark and Sherwood": 2}
    assert values(everything, "employer") == {COLLEGE: 2, TRUST: 2}
    assert found(town, AFTER, employer=(COLLEGE,)).total == 2
    assert found(town, AFTER, q="sandby").total == 2  # by the name in the advert


def test_a_county_is_searched_in_what_its_districts_are_by_now(town: Town) -> None:
    town.publish(AFTER)
    results = found(town, AFTER, location="Nottinghamshire")
    assert results.total == 4
    assert {"Northland", "Newark and Sherwood"} < set(results.criteria.district)
    assert results.notices == ("We looked in every district of Nottinghamshire.",)


def test_an_old_name_is_known_when_no_vacancy_bears_it_any_more(sqlite_store: Store, tmp_path: Path) -> None:
    store = sqlite_store
    town = Town(store, tmp_path / "index")
    town.publish()
    with store.writing() as session:
        session.add(Succession(organisation_id=1, successor_id=3, since=DAY))
    town.publish()
    after = found(town, AFTER, employer=(COUNCIL, COLLEGE), district=("Kettering",))
    assert after.criteria.employer == (COLLEGE,)
    assert after.criteria.district == ("North Northamptonshire",)
    with store.writing() as session:
        session.execute(sa.delete(Succession))
    town.publish()
    assert found(town, AFTER, employer=(COUNCIL,)).criteria.employer == (COUNCIL,)


def test_a_file_of_changes_replaces_the_one_before_and_reaches_what_is_live(store: Store, tmp_path: Path) -> None:
    town = Town(store, tmp_path / "index")
    town.fill(2)
    town.publish()
    header = "since,district,successor,part\n"
    assert (
        load_changes(store, f"{header}2026-06-01,Mansfield,Northland,\n2026-06-12,Newark and Sherwood,Northland,\n")
        == 2
    )
    town.publish()
    assert values(found(town, NOW), "district") == {"Northland": 1, "Newark and Sherwood": 1}
    with pytest.raises(BadDistrictsError):
        load_changes(store, f"{header}2026-06-01,Mansfeld,Southland,\n")
    town.publish(AFTER)
    assert values(found(town, AFTER), "district") == {"Northland": 2}
    assert load_changes(store, header) == 0
    town.publish(AFTER)
    assert values(found(town, AFTER), "district") == {"Mansfield": 1, "Newark and Sherwood": 1}


def test_a_split_follows_the_wards_of_the_loaded_postcodes(store: Store, tmp_path: Path) -> None:
    town = Town(store, tmp_path / "index")
    with store.writing() as session:
        for part, successor in (("E05000001", "Southland"), (None, "Northland")):
            session.add(DistrictChangeRow(since=NOW.date(), district="Gedling", successor=successor, part=part))
        session.add(PostcodeArea(postcode="NG56AB", ward="E05000001"))
        session.add(PostcodeArea(postcode="NG44AB", ward="E05000002"))
    for code in ("NG5 6AB", "NG4 4AB", "NG5 9ZZ"):
        place = Place(code, code, "Gedling", 53.0, -1.1, Precision.POSTCODE)
        town.add(plain_draft(0).__class__(**{**plain_draft(0).__dict__, "places": (place,)}))
    town.publish()
    assert [doc["places"][0]["district"] for doc in docs(town)] == ["Southland", "Northland", "Northland"]
    results = found(town, NOW, district=("Gedling",))
    assert (results.total, results.criteria.district) == (3, ("Southland", "Northland"))
    assert results.notices == ("Gedling is part of Southland and Northland now: we show all of them.",)


def test_the_directory_counts_for_both_what_a_search_for_either_finds(town: Town) -> None:
    for now, council, college in ((EVE, 2, 0), (AFTER, 2, 2)):
        with town.store.reading() as session:
            every = {one.slug: one for one in directory.employers(session, Visible(PUBLIC, now))}
            alone = directory.employer(session, COUNCIL, Visible(PUBLIC, now))
        assert alone == every[COUNCIL]
        assert (every[COUNCIL].live, every[COLLEGE].live, every[TRUST].live) == (council, college, 2)
        assert (every[COUNCIL].heirs == ()) == (now == EVE)
        assert [one.slug for one in every[COLLEGE].forebears] == ([] if now == EVE else [COUNCIL])


def test_an_employer_that_nobody_listed_keeps_its_page_when_another_does_its_work(town: Town) -> None:
    with town.store.writing() as session:
        session.add(Succession(organisation_id=4, successor_id=2, since=DAY))
    with town.store.reading() as session:
        assert directory.employer(session, "tuxley-parish", Visible(PUBLIC, EVE)) is None
        assert directory.employer(session, "tuxley-parish", Visible(PUBLIC, AFTER))


def test_successions_follow_each_other_and_a_circle_ends() -> None:
    early, late = dt.date(2028, 4, 1), dt.date(2030, 4, 1)
    b, c, d = Heir(2, "b", "B", early), Heir(3, "c", "C", late), Heir(4, "d", "D", early)
    known = Heirs({1: (b, d), 2: (c,)}, {"a": (1, "A"), "b": (2, "B")})
    assert known.of(1, early - dt.timedelta(days=1)) == ()
    assert known.of(1, early) == (b, d)
    assert known.of(1, late) == (Heir(3, "c", "C", early), d)
    assert known.of(3, late) == ()
    assert (known.next_change(1, early), known.next_change(1, late)) == (late, None)
    assert known.forebears(3, late) == {1, 2}
    assert known.family(2, late) == {1, 2, 3}
    assert known.family(1, late) == {1, 2, 3, 4}
    assert known.family(2, early) == {1, 2}
    circle = Heirs({1: (b,), 2: (Heir(1, "a", "A", early),)})
    assert [heir.id for heir in circle.of(1, late)] == [1]
    assert {heir.id for heir in circle.line(1)} == {1, 2}
    assert circle.next_change(1, late) is None


def test_successions_are_written_and_read_back(town: Town) -> None:
    with town.store.reading() as session:
        known = Successions((), heirs(session))
    assert Successions.from_text(known.as_text()) == known
    for text in ("", "[]", "{}", '{"districts": [["x", 1, 2, 3]], "employers": []}'):
        with pytest.raises(ValueError, match=r"\w"):
            Successions.from_text(text)


def test_a_vacancy_of_an_employer_that_is_replaced_keeps_its_row(town: Town) -> None:
    with town.store.writing() as session:
        session.add(Touched(vacancy_id=1))
    town.publish(AFTER)
    with town.store.reading() as session:
        vacancy = session.get_one(Vacancy, 1)
        assert session.get_one(Organisation, vacancy.organisation_id).slug == COUNCIL
        assert vacancy.draft["places"][0]["district"] == "Mansfield"  # what was read stays
