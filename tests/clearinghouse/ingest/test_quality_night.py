"""The nightly row of a source's quality, what it counts from the store, and the issue where adverts say less."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.ingest.measuring import Unread, measure, newest, unread
from clearinghouse.ingest.models import Issue, IssueKind, QualityDay
from clearinghouse.ingest.quality_fields import Field
from clearinghouse.ingest.quality_night import quality_night
from clearinghouse.vacancies.models import Sighting, SourceRow

HOUR = dt.timedelta(hours=1)
DAY = 24 * HOUR


def full(advert: Any, count: int, **values: Any) -> list[Any]:
    return [advert(n, **({"salary": "£25,000"} | values)) for n in range(count)]


def night(partner: Any, postings: list[Any]) -> str:
    """A day's reading, and the night after it."""
    partner.now += 23 * HOUR
    partner.run(postings)
    return quality_night(partner.store, partner.now)


def issues(partner: Any) -> list[Issue]:
    return [issue for issue in partner.rows(Issue) if issue.kind == IssueKind.FILL_FALLEN]


def test_a_source_is_measured_once_a_london_day_however_often_it_is_asked(partner: Any, advert: Any) -> None:
    partner.run(full(advert, 3))
    assert quality_night(partner.store, partner.now) == "the reading of 1 sources measured"
    assert quality_night(partner.store, partner.now + HOUR) == "the reading of 0 sources measured"
    assert quality_night(partner.store, partner.now + DAY) == "the reading of 1 sources measured"
    rows = partner.rows(QualityDay)
    assert [(row.source, row.day) for row in rows] == [
        ("anytown", dt.date(2026, 11, 2)),
        ("anytown", dt.date(2026, 11, 3)),
    ]
    assert rows[0].facts["looked_at"] == rows[0].facts["fields"]["salary"]["filled"] == 3


def test_rows_go_after_400_days_and_a_retired_source_gets_none(one_partner: Any, advert: Any) -> None:
    one_partner.run(full(advert, 1))
    quality_night(one_partner.store, one_partner.now)
    with one_partner.store.writing() as session:
        session.execute(sa.update(SourceRow).values(retired=True))
    quality_night(one_partner.store, one_partner.now + 400 * DAY)
    assert len(one_partner.rows(QualityDay)) == 1
    quality_night(one_partner.store, one_partner.now + 401 * DAY)
    assert one_partner.rows(QualityDay) == []


def test_an_issue_opens_when_a_field_is_said_less_and_closes_when_it_is_said_again(partner: Any, advert: Any) -> None:
    for _ in range(3):
        night(partner, full(advert, 10))
        assert issues(partner) == []
    for _ in range(5):  # and the nights after its opening are no measure
        night(partner, full(advert, 10, salary=None))
    [issue] = issues(partner)
    assert issue.message.startswith("Its 10 adverts say less than they did. Pay: 0%, before 100%.")
    assert issue.closed is None
    night(partner, full(advert, 4))  # six are missed, and still there
    assert issues(partner)[0].closed is None
    night(partner, full(advert, 10))
    assert issues(partner)[0].closed == partner.now


def test_after_30_days_what_is_there_counts_as_normal(one_partner: Any, advert: Any) -> None:
    for _ in range(3):
        night(one_partner, full(advert, 10))
    night(one_partner, full(advert, 10, salary=None))
    opened = one_partner.now
    for _ in range(29):
        night(one_partner, full(advert, 10, salary=None))
    assert issues(one_partner)[0].closed is None
    night(one_partner, full(advert, 10, salary=None))
    assert issues(one_partner)[0].closed == opened + 30 * DAY
    night(one_partner, full(advert, 10, salary=None))
    assert len(issues(one_partner)) == 1


def test_what_is_counted_beside_the_fields(partner: Any, make_partner: Any, advert: Any) -> None:
    board = make_partner(partner.store, slug="board", organisation=None)
    partner.run(
        [
            advert(1),
            advert(2),
            advert(3, closes="2026-11-02T08:30:00+00:00"),
            advert(9, title=None),
            advert(5, closes="2026-11-01T08:30:00+00:00"),
        ]
    )  # over before our first reading
    posted = (partner.now - 5 * HOUR).isoformat()
    for _ in range(2):
        partner.run([advert(1), advert(4, posted=posted)])
    board.now = partner.now
    board.run([advert(1, employer="Anytown Borough Council")])
    with partner.store.writing() as session:  # as the clustering does
        own = sa.select(Sighting.vacancy_id).where(Sighting.source == "anytown").order_by(Sighting.id)
        first = session.scalars(own).first()
        session.execute(sa.update(Sighting).where(Sighting.source == "board").values(vacancy_id=first))
    with partner.store.reading() as session:
        found = measure(session, "anytown", partner.now)
    assert (found.live, found.looked_at, found.elsewhere, found.refused) == (2, 2, 1, 0)
    assert (found.lag, found.lag_of) == ((6.0, 6.0), 1)  # what the first reading brought was there before us
    assert (found.ended, found.unnoticed) == (2, 1)


@pytest.mark.parametrize("words", ["competitive", "Band 12"])
def test_the_most_frequent_words_that_could_not_be_read_come_with_an_advert(
    one_partner: Any, advert: Any, words: str
) -> None:
    one_partner.run([*full(advert, 3, salary=words), advert(7, salary="depends")])
    with one_partner.store.reading() as session:
        adverts = newest(session, "anytown")
    first, second = unread(adverts)[Field.SALARY]
    assert first == Unread(words, 3, next(one.public_id for one in adverts if one.posting["salary"] == words))
    assert (second.words, second.times) == ("depends", 1)
    assert Field.TITLE not in unread(adverts)
