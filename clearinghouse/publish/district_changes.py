"""Puts the operator's file of district changes in force, in place of the one before."""

from __future__ import annotations

import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.normalise.district_file import read_changes
from clearinghouse.reference.models import DistrictChangeRow
from clearinghouse.vacancies.models import Touched, Vacancy
from clearinghouse.vacancies.vocabulary import Status


def load_changes(store: Store, text: str) -> int:
    """Replace what was loaded before by the file's changes; how many there are.

    Raises BadDistrictsError with nothing changed. Every vacancy that its source still brings is published anew, so that
    it knows its day: those that name no such district come out as they were.
    """
    changes = read_changes(text)
    rows = [
        {"since": one.since, "district": one.district, "successor": one.successor, "part": one.part} for one in changes
    ]
    with store.writing() as session:
        session.execute(sa.delete(DistrictChangeRow))
        if rows:
            session.execute(sa.insert(DistrictChangeRow), rows)
        live = sa.select(Vacancy.id).where(Vacancy.status != Status.WITHDRAWN, Vacancy.merged_into.is_(None))
        session.execute(sa.insert(Touched).from_select(["vacancy_id"], live))
    return len(rows)
