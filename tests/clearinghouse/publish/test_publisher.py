"""The publisher against both databases: what it appends, what it leaves out, and who may write."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import threading

import pytest
import sqlalchemy as sa

from clearinghouse.accounts.models import Organisation
from clearinghouse.db import Store
from clearinghouse.errors import LeaseLostError
from clearinghouse.leases import claim, release
from clearinghouse.publish.document import api_item
from clearinghouse.publish.models import Change, Publication
from clearinghouse.publish.publisher import LEASE, due, publish_due
from clearinghouse.vacancies.draft import Draft, plain
from clearinghouse.vacancies.models import Opening, Sighting, SourceRow, Touched, Vacancy
from clearinghouse.vacancies.posting import Posting
from clearinghouse.vacancies.vocabulary import Status

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
TTL = dt.timedelta(seconds=8)
numbers = itertools.count(1)


def add_source(store: Store, slug: str = "anytown", *, public: bool = True) -> None:
    with store.writing() as session:
        if not session.scalar(sa.select(Organisation.id)):
            session.add(Organisation(slug="anytown-council", name="Anytown Council"))
            session.flush()
        facts = {"adapter": "feed", "terms": "facts_only"}
        session.add(SourceRow(slug=slug, organisation_id=1, facts=facts, override={}, public=public))


def add_vacancy(store: Store, *, source: str = "anytown", opens: dt.datetime = NOW, **values: object) -> int:
    number = next(numbers)
    draft = Draft(title=f"Cook {number}", closes_at=values.get("closes_at"))  # type: ignore[arg-type]
    with store.writing() as session:
        vacancy = Vacancy(
            public_id=f"{number:010d}",
            organisation_id=1,
            title=draft.title,
            draft=plain(draft),
            first_seen=NOW,
            updated=NOW,
            **{"status": Status.OPEN, **values},
        )
        session.add(vacancy)
        session.flush()
        posting = Posting(reference=f"R{number}", url=f"https://jobs.example/{number}", title=draft.title)
        session.add(
            Sighting(
                vacancy_id=vacancy.id,
                source=source,
                key=f"R{number}",
                url=posting.url,
                posting=posting.as_json(),
                digest=posting.digest(),
                reading="",
                first_seen=NOW,
                last_seen=NOW,
                run=1,
                status=vacancy.status,
            )
        )
        session.add(Opening(vacancy_id=vacancy.id, audience="public", organisation_id=0, opens=opens))
        session.add(Touched(vacancy_id=vacancy.id))
        return vacancy.id


def touch(store: Store, vacancy_id: int, **values: object) -> None:
    with store.writing() as session:
        if values:
            session.execute(sa.update(Vacancy).where(Vacancy.id == vacancy_id).values(**values))
        session.add(Touched(vacancy_id=vacancy_id))


def publish(store: Store, now: dt.datetime = NOW) -> int:
    number = claim(store, LEASE, "tests", now, TTL)
    assert number is not None
    done = 0
    while step := publish_due(store, "tests", number, now):
        done += step
    return done


def changes(store: Store) -> list[tuple[int | None, int, str]]:
    with store.reading() as session:
        rows = session.execute(sa.select(Change.public_seq, Change.vacancy_id, Change.op).order_by(Change.id))
        return [(row.public_seq, row.vacancy_id, row.op) for row in rows]


def test_a_touched_vacancy_is_published_once(store: Store) -> None:
    add_source(store)
    first = add_vacancy(store)
    assert due(store, NOW)
    assert publish(store) == 1
    assert not due(store, NOW)
    assert changes(store) == [(1, first, "upsert")]


def test_a_touch_that_alters_nothing_appends_nothing(store: Store) -> None:
    add_source(store)
    first = add_vacancy(store)
    publish(store)
    touch(store, first)
    publish(store)
    assert changes(store) == [(1, first, "upsert")]


def test_seen_is_not_changed(store: Store) -> None:
    add_source(store)
    first = add_vacancy(store)
    publish(store)
    with store.writing() as session:
        session.execute(sa.update(Sighting).values(last_seen=NOW + HOUR, run=2))
    touch(store, first)
    publish(store, NOW + HOUR)
    assert len(changes(store)) == 1


def test_a_withdrawn_vacancy_is_deleted_for_the_public(store: Store) -> None:
    add_source(store)
    first = add_vacancy(store)
    publish(store)
    touch(store, first, status=Status.WITHDRAWN)
    publish(store)
    assert changes(store)[-1] == (2, first, "delete")


def test_closing_takes_effect_without_any_run_and_to_the_second(store: Store) -> None:
    add_source(store)
    first = add_vacancy(store, closes_at=NOW + HOUR)
    publish(store)
    assert not due(store, NOW + HOUR)
    late = NOW + HOUR + dt.timedelta(seconds=1)
    assert due(store, late)
    publish(store, late)
    assert changes(store)[-1] == (2, first, "delete")
    assert not due(store, late)


def test_an_opening_in_the_future_leaves_no_gap_and_opens_by_itself(store: Store) -> None:
    add_source(store)
    held = add_vacancy(store, opens=NOW + HOUR)
    shown = add_vacancy(store)
    publish(store)
    assert changes(store) == [(None, held, "upsert"), (1, shown, "upsert")]
    publish(store, NOW + HOUR)
    assert changes(store)[-1] == (2, held, "upsert")


@pytest.mark.parametrize("why", ["unverified", "hidden"])
def test_what_the_public_may_not_see_has_no_number(store: Store, why: str) -> None:
    add_source(store, public=why != "unverified")
    first = add_vacancy(store, hidden=why == "hidden")
    publish(store)
    touch(store, first, title="Head cook")
    publish(store)
    assert {seq for seq, _, _ in changes(store)} == {None}
    with store.reading() as session:
        row = session.get_one(Publication, first)
        assert (row.public_from, row.referred_from, row.at_risk_from, row.public_digest) == (None,) * 4


def test_hiding_deletes_and_showing_again_restores(store: Store) -> None:
    add_source(store)
    first = add_vacancy(store)
    publish(store)
    touch(store, first, hidden=True)
    publish(store)
    touch(store, first, hidden=False)
    publish(store)
    assert [op for _, _, op in changes(store)] == ["upsert", "delete", "upsert"]
    assert [seq for seq, _, _ in changes(store)] == [1, 2, 3]


def test_later_tiers_open_no_later_than_earlier_ones(store: Store) -> None:
    add_source(store)
    first = add_vacancy(store, opens=NOW + 2 * HOUR)
    with store.writing() as session:
        session.add(Opening(vacancy_id=first, audience="at_risk", organisation_id=0, opens=NOW + HOUR))
        session.add(Opening(vacancy_id=first, audience="referred", organisation_id=0, opens=NOW + 3 * HOUR))
    publish(store)
    with store.reading() as session:
        row = session.get_one(Publication, first)
        assert row.public_from == row.referred_from == NOW + 2 * HOUR
        assert row.at_risk_from == NOW + HOUR
        assert row.next_due == NOW + HOUR


def test_only_adverts_that_everyone_may_see_are_named(store: Store) -> None:
    add_source(store, "secret", public=False)
    add_source(store)
    first = add_vacancy(store, source="secret")
    with store.writing() as session:
        session.add(
            Sighting(
                vacancy_id=first,
                source="anytown",
                key="own",
                url="https://jobs.example/own",
                posting=Posting(title="Cook").as_json(),
                digest="x",
                reading="",
                first_seen=NOW + HOUR,
                last_seen=NOW,
                run=1,
                status=Status.OPEN,
            )
        )
    publish(store)
    with store.reading() as session:
        item = api_item(session.get_one(Publication, first).doc, NOW, "https://site.example")
    assert [s["source"] for s in item["sightings"]] == ["anytown"]
    assert item["apply_url"] == "https://jobs.example/own"
    assert item["last_seen"] == "2026-11-21T12:00:00+00:00"


def test_a_board_of_many_employers_is_called_by_the_words_of_its_slug(store: Store) -> None:
    with store.writing() as session:
        facts = {"adapter": "feed", "terms": "facts_only"}
        session.add(SourceRow(slug="trent-jobs_board", facts=facts, override={}, public=True))
        session.add(Organisation(slug="anytown-council", name="Anytown Council"))
    first = add_vacancy(store, source="trent-jobs_board")
    publish(store)
    with store.reading() as session:
        doc = session.get_one(Publication, first).doc
    assert [s["source_name"] for s in doc["sightings"]] == ["Trent jobs board"]


def test_a_publisher_that_lost_its_lease_writes_nothing(store: Store) -> None:
    add_source(store)
    add_vacancy(store)
    old = claim(store, LEASE, "old", NOW, TTL)
    assert old is not None
    assert claim(store, LEASE, "new", NOW + TTL / 2, TTL) is None
    assert claim(store, LEASE, "new", NOW + 2 * TTL, TTL) == old + 1
    with pytest.raises(LeaseLostError):
        publish_due(store, "old", old, NOW)
    assert changes(store) == []
    assert due(store, NOW)


def test_a_released_lease_is_free_at_once(store: Store) -> None:
    assert claim(store, "x", "one", NOW, TTL) == 1
    release(store, "x", "one", NOW)
    assert claim(store, "x", "two", NOW, TTL) == 2


def test_writers_beside_the_publisher_lose_nothing_and_the_sequence_has_no_gap(store: Store) -> None:
    add_source(store)
    ids = [add_vacancy(store) for _ in range(12)]
    stop = threading.Event()

    def write(seed: int) -> None:
        rng = random.Random(seed)
        for step in range(15):
            touch(store, rng.choice(ids), title=f"Cook {seed} {step}", updated=NOW + step * HOUR)
        stop.set()

    writers = [threading.Thread(target=write, args=(seed,)) for seed in (1, 2)]
    for writer in writers:
        writer.start()
    number = claim(store, LEASE, "tests", NOW, TTL)
    assert number is not None
    while any(writer.is_alive() for writer in writers):
        publish_due(store, "tests", number, NOW, limit=3)
    publish(store)
    with store.reading() as session:
        updated = {row.id: row.updated for row in session.execute(sa.select(Vacancy.id, Vacancy.updated))}
        published = {row.vacancy_id: row.doc["updated"] for row in session.scalars(sa.select(Publication))}
        seqs = session.scalars(sa.select(Change.public_seq).order_by(Change.id)).all()
    assert {key: dt.datetime.fromisoformat(text) for key, text in published.items()} == updated
    assert seqs == list(range(1, len(seqs) + 1))
