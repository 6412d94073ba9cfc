"""All sources beside each other: their last night, what changed since the first of 30 days, and every order."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from clearinghouse.db import Store
from clearinghouse.ingest.models import QualityDay
from clearinghouse.ingest.quality import Count, Quality
from clearinghouse.ingest.quality_fields import Field
from clearinghouse.ingest.quality_table import KEY, Line, Order, in_order, lines, table
from clearinghouse.ingest.sources import facts_as_json
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.posting import SourceFacts

TODAY = dt.date(2026, 11, 22)
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def night(adverts: int = 10, **read: int) -> Quality:
    fields = {field.value: Count(adverts, read.get(field.value, adverts)) for field in Field}
    return Quality(adverts, adverts, 0, 0, None, 0, 0, 0, fields)


LINES = (
    Line("a", "Ash", TODAY, night(salary=4), night()),
    Line("b", "Birch", TODAY, night(20, salary=0, closing=0), night(salary=0, closing=0)),
    Line("c", "Cedar", TODAY, night(30), night(salary=0)),
    Line("d", "Dogwood", TODAY, Quality(0, 0, 0, 0, None, 0, 0, 0, {}), None),
)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Order.WORST, "bacd"),
        (Order.NAME, "abcd"),
        (Order.ADVERTS, "cbad"),
        (Order.TREND, "abcd"),
        (Field.SALARY, "bacd"),
        (Field.CLOSING, "bacd"),
        ("nonsense", "abcd"),
    ],
)
def test_each_order_has_what_is_not_known_last(sort: str, order: str) -> None:
    assert "".join(line.slug for line in in_order(reversed(LINES), sort)) == order


def test_a_line_says_what_its_source_has_gained() -> None:
    gains = [line.trend for line in LINES]
    assert gains == [pytest.approx(-0.1), 0.0, pytest.approx(1 / len(KEY)), None]


def test_the_first_and_the_last_night_of_30_days_are_read_in_two_queries(store: Store) -> None:
    with store.writing() as session:
        for slug in ("one", "two", "old"):
            facts = facts_as_json(SourceFacts(slug, None, "operator", "feed", "f1"))
            session.add(SourceRow(slug=slug, facts=facts, override={}))
        session.flush()
        for slug, ago in (("one", 0), ("one", 29), ("one", 30), ("two", 3), ("old", 30)):
            facts = night(10 + ago).as_json()
            session.add(QualityDay(source=slug, day=TODAY - ago * DAY, facts=facts, at=NOW))
    asked: list[str] = []
    sa.event.listen(store.read_engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    with store.reading() as session:
        found = in_order(lines(session, TODAY), Order.NAME)
    assert [(line.slug, line.last.live, line.first and line.first.live) for line in found] == [
        ("one", 10, 39),
        ("two", 13, None),
    ]
    assert len([one for one in asked if "quality_day" in one]) == 2


def test_the_table_for_programs_has_a_cell_for_every_column() -> None:
    made = table(LINES)
    assert {len(row) for row in made.rows} == {len(made.columns)}
    assert made.rows[0][:4] == ("a", "Ash", "2026-11-22", 10)
