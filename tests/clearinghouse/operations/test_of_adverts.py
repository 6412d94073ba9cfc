"""Adverts whose source has other words than those that people put right: asked about once, while they are open."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from clearinghouse.ingest.models import Correction
from clearinghouse.vacancies.models import Vacancy
from clearinghouse.vacancies.vocabulary import Status

HOUR = dt.timedelta(hours=1)


def dropped(office: Any, *hours: int, **vacancy: Any) -> None:
    """A vacancy with a correction for each of `hours`, which a run dropped so long ago."""
    with office.store.writing() as session:
        number = len(session.scalars(sa.select(Vacancy.id)).all())
        row = Vacancy(
            public_id=f"v{number:09}", title="Cook", draft={}, first_seen=office.now, updated=office.now,
            **{"status": Status.OPEN, **vacancy},
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add_all(
            Correction(vacancy_id=row.id, field=None, reason="filled", by="ada@example.org", at=office.now,
                       dropped_at=office.now - ago * HOUR, dropped_source="anytown")
            for ago in hours
        )  # fmt: skip


def asked(office: Any) -> list[tuple[str, int, str]]:
    return [(one.sentence, one.minutes, one.href) for one in office.needs() if one.kind == "corrections_dropped"]


def test_adverts_with_other_words_are_one_thing_to_do(office: Any) -> None:
    assert asked(office) == []
    dropped(office, 3, 2)
    one = "1 advert that people had hidden or put right has new words at the source, which everyone sees now."
    assert asked(office) == [(f"{one} Put back what still holds.", 3, "/adverts?show=dropped")]
    assert office.needs()[0].since == office.now - 3 * HOUR
    for _ in range(19):
        dropped(office, 1)
    ((sentence, minutes, _),) = asked(office)
    assert sentence.startswith("20 adverts that people had hidden or put right have new words")
    assert minutes < 30
    assert sentence.endswith("9 of them are enough for this week.")


def test_what_is_over_or_seen_to_needs_nobody(office: Any) -> None:
    dropped(office, 1, status=Status.WITHDRAWN)
    dropped(office, 1, closes_at=office.now - HOUR)
    assert asked(office) == []
    dropped(office, 1, closes_at=office.now + HOUR)
    assert len(asked(office)) == 1
    with office.store.writing() as session:
        session.execute(sa.update(Correction).values(settled_at=office.now))
    assert asked(office) == []
