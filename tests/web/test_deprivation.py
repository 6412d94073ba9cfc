"""The deprivation of the area of work, as the staff page of an advert tells it."""

from __future__ import annotations

import pytest
from smalltown import NOW

from clearinghouse.db import Store
from clearinghouse.reference.models import Deprivation, PostcodeArea, ReferenceFile
from web.deprivation import sentences

PLACE = {"postcode": "NG17 8DA", "text": "Kirkby"}
NOT_LOADED = ("Not loaded: it needs the postcode directory and the index.",)


def load(store: Store, *rows: object) -> None:
    file = ReferenceFile(kind="imd2025", name="f", edition="2025", digest="d", rows=1, kept=1, loaded_at=NOW)
    with store.writing() as session:
        session.add_all([file, *rows])


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ((PLACE, PLACE), ("NG17 8DA: decile 2 of 10 in the index of 2025 (rank 5,123).",)),
        (({"postcode": "NG1 1AA"},), ("NG1 1AA: not known, the files that were loaded don't have it.",)),
        (({"postcode": None},), ("Not known: we know no postcode of the work.",)),
        ((), ("Not known: we know no postcode of the work.",)),
    ],
)
def test_each_postcode_of_the_work_has_its_decile_or_a_reason(store: Store, places: tuple, said: tuple) -> None:
    load(
        store,
        PostcodeArea(postcode="NG178DA", lsoa21="E01000001"),
        Deprivation(edition="imd2025", lsoa="E01000001", decile=2, rank=5123),
    )
    with store.reading() as session:
        assert sentences(session, places) == said


def test_what_is_not_loaded_is_said_to_be(sqlite_store: Store) -> None:
    with sqlite_store.reading() as session:
        assert sentences(session, (PLACE,)) == NOT_LOADED
    load(sqlite_store)
    with sqlite_store.reading() as session:
        assert sentences(session, (PLACE,)) == NOT_LOADED
