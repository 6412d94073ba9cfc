from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.ingest.harvest import Harvest
from clearinghouse.ingest.run import ingest
from clearinghouse.ingest.runs import begin_run
from clearinghouse.ingest.sources import register
from clearinghouse.vacancies.models import Vacancy
from clearinghouse.vacancies.posting import SourceFacts

NOW = dt.datetime(2026, 11, 2, 6, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(("organisation", "precision"), [("Anytown College", "place"), (None, "unknown")])
def test_a_campus_is_where_the_same_employers_other_advert_has_it(
    sqlite_store: Store, advert: Any, organisation: str | None, precision: str
) -> None:
    facts = SourceFacts("anytown", organisation, "operator", "feed", "f1")
    register(sqlite_store, [facts], {}, NOW)
    number = begin_run(sqlite_store, "anytown", NOW)
    assert number is not None
    given = ("Oxbow Campus, Nottingham, NG7 1BH", "Oxbow Campus")
    postings = tuple(advert(each, locations=(text,)) for each, text in enumerate(given, start=1))
    brought = Harvest("anytown", NOW, NOW, finished=True, pages=1, postings=postings)
    ingest(sqlite_store, facts, brought, number, NOW, pause=lambda _: None)
    with sqlite_store.reading() as session:
        places = [each.draft["places"][0] for each in session.scalars(sa.select(Vacancy))]
    assert {place["text"]: place["precision"] for place in places} == {given[0]: "postcode", given[1]: precision}
