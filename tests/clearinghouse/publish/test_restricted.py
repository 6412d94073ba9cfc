"""Adverts that aren't for everyone: whom the publisher shows them to, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from clearinghouse.accounts.models import Organisation
from clearinghouse.db import Store
from clearinghouse.publish.models import Change, Publication
from clearinghouse.publish.standing import standing
from clearinghouse.search.rows import showing
from clearinghouse.vacancies.models import Opening, Vacancy
from clearinghouse.vacancies.visible import AT_RISK, PUBLIC, REFERRED, Audience, Visible, at_risk, staff
from clearinghouse.vacancies.vocabulary import Restriction, Status
from tests.clearinghouse.publish.test_publisher import NOW, add_source, add_vacancy, changes, publish, touch

HOUR = dt.timedelta(hours=1)
OURS, OTHERS = 1, 2
EVERYONE = (PUBLIC, REFERRED, AT_RISK, at_risk(OURS), at_risk(OTHERS), staff(OURS), staff(OTHERS), staff(None))
SEEN_BY = {
    None: EVERYONE,
    Restriction.INTERNAL: (staff(OURS), staff(OTHERS), staff(None)),
    Restriction.RING_FENCED: (at_risk(OURS), staff(OURS)),
}


def add(store: Store, restricted: Restriction | None) -> int:
    first = add_vacancy(store)
    read(store, first, restricted)
    publish(store)
    return first


def read(store: Store, vacancy: int, restricted: Restriction | None) -> None:
    """The source's words were read again."""
    with store.reading() as session:
        draft = dict(session.get_one(Vacancy, vacancy).draft)
    touch(store, vacancy, draft={**draft, "restricted": restricted})


def sees(store: Store, vacancy: int, audience: Audience, now: dt.datetime = NOW) -> bool:
    """By the predicate and by the database, which must agree."""
    visible = Visible(audience, now)
    with store.reading() as session:
        row = session.get_one(Publication, vacancy)
        own = session.execute(sa.select(Opening.organisation_id, Opening.opens).where(Opening.organisation_id != 0))
        rule = visible.sees(showing(row, {row.organisation_id: row.opens for row in own}))
        found = session.scalars(sa.select(Publication.vacancy_id).where(visible.sql(Publication, Opening))).all()
        shown = standing(session, row.public_id, visible)
    assert (vacancy in found) == rule == bool(shown and shown.open)
    return rule


@pytest.mark.parametrize("restricted", [None, *Restriction])
def test_an_advert_is_shown_to_those_whom_it_is_for_and_nobody_else(
    store: Store, restricted: Restriction | None
) -> None:
    add_source(store)
    first = add(store, restricted)
    assert tuple(audience for audience in EVERYONE if sees(store, first, audience)) == SEEN_BY[restricted]


@pytest.mark.parametrize("restricted", list(Restriction))
def test_a_restricted_advert_has_no_number_in_the_public_sequence(store: Store, restricted: Restriction) -> None:
    add_source(store)
    first = add(store, restricted)
    second = add_vacancy(store)
    publish(store)
    assert changes(store) == [(None, first, "upsert"), (1, second, "upsert")]


@pytest.mark.parametrize("restricted", list(Restriction))
def test_the_public_loses_it_when_the_source_restricts_it_and_has_it_back_when_the_words_change(
    store: Store, restricted: Restriction
) -> None:
    add_source(store)
    first = add(store, None)
    read(store, first, restricted)
    publish(store)
    assert not sees(store, first, PUBLIC)
    read(store, first, None)
    publish(store)
    assert sees(store, first, PUBLIC)
    assert [op for _, _, op in changes(store)] == ["upsert", "delete", "upsert"]
    with store.reading() as session:
        assert session.scalars(sa.select(Opening.organisation_id)).all() == [0]


def test_what_was_public_once_and_is_internal_now_leaves_no_page_when_it_ends(store: Store) -> None:
    add_source(store)
    first = add(store, None)
    read(store, first, Restriction.INTERNAL)
    touch(store, first, status=Status.WITHDRAWN)
    publish(store)
    with store.reading() as session:
        row = session.get_one(Publication, first)
        assert standing(session, row.public_id, Visible(PUBLIC, NOW)) is None


def test_a_ring_fence_without_a_known_employer_is_for_staff(store: Store) -> None:
    add_source(store)
    first = add_vacancy(store)
    touch(store, first, organisation_id=None)
    read(store, first, Restriction.RING_FENCED)
    publish(store)
    assert [a for a in EVERYONE if sees(store, first, a)] == [staff(OURS), staff(OTHERS), staff(None)]


def test_an_opening_that_people_set_outlives_a_ring_fence(store: Store) -> None:
    add_source(store)
    with store.writing() as session:
        session.add(Organisation(slug="otherham", name="Otherham Council"))
    first = add_vacancy(store, opens=NOW + 24 * HOUR)
    with store.writing() as session:
        session.add(Opening(vacancy_id=first, audience="at_risk", organisation_id=OTHERS, opens=NOW + HOUR))
    read(store, first, Restriction.RING_FENCED)
    publish(store)
    read(store, first, None)
    publish(store)
    with store.reading() as session:
        kept = session.scalars(sa.select(Opening.organisation_id).order_by(Opening.organisation_id)).all()
        assert kept == [0, OTHERS]
    assert sees(store, first, at_risk(OTHERS), NOW + HOUR)
    assert not sees(store, first, at_risk(OURS), NOW + HOUR)


def test_publishing_a_ring_fence_again_alters_nothing(store: Store) -> None:
    add_source(store)
    first = add(store, Restriction.RING_FENCED)
    touch(store, first)
    publish(store)
    with store.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Change)) == 1
