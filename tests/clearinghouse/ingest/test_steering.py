"""What people do to a source: done once, audited, and refused in words where it can't be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import AuditEvent, User
from clearinghouse.accounts.tags import Tag
from clearinghouse.errors import BadFormError, BadSourceError
from clearinghouse.ingest import steering
from clearinghouse.ingest.models import CrawlRun, SourceCheck
from clearinghouse.ingest.sources import effective, get
from clearinghouse.vacancies.models import CrawlRequest, SourceRow, Touched

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def ada(partner: Any) -> Actor:
    """A person with an account, which the audit trail refers to."""
    with partner.store.writing() as session:
        user = User(email="ada@example.org", name="Ada Vane", made_at=partner.now)
        session.add(user)
        session.flush()
        return Actor(user.id, user.name, user.email)


def row(partner: Any) -> SourceRow:
    with partner.store.reading() as session:
        return get(session, "anytown")


def trail(partner: Any) -> list[tuple[str, str, str]]:
    with partner.store.reading() as session:
        events = session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id))
        return [(event.tag.value, event.by, event.about) for event in events]


ACTS: list[tuple[Callable[..., Any], dict[str, Any], Tag]] = [
    (steering.pause, {}, Tag.SOURCE_PAUSE_ON),
    (steering.ask_crawl, {}, Tag.SOURCE_CRAWL_ASKED),
    (steering.verify, {"compared": "ten titles"}, Tag.SOURCE_VERIFIED_ON),
    (steering.unverify, {}, Tag.SOURCE_VERIFIED_OFF),
]


@pytest.mark.parametrize(("act", "said", "tag"), ACTS)
def test_an_act_that_is_sent_twice_is_done_and_written_down_once(
    partner: Any, ada: Actor, act: Callable[..., Any], said: dict[str, Any], tag: Tag
) -> None:
    act(partner.store, "anytown", **said, by=ada, now=partner.now)
    act(partner.store, "anytown", **said, by=ada, now=partner.now + HOUR / 60)
    assert trail(partner) == [(tag.value, "ada@example.org", "anytown")]


@pytest.mark.parametrize(("act", "said", "tag"), ACTS)
def test_no_act_is_done_to_a_source_that_is_not_there(
    one_partner: Any, act: Callable[..., Any], said: dict[str, Any], tag: Tag
) -> None:
    with pytest.raises(BadSourceError, match="nowhere"):
        act(one_partner.store, "nowhere", **said, by="a test", now=one_partner.now)
    assert one_partner.rows(AuditEvent) == [], tag


def test_a_paused_source_can_be_resumed(one_partner: Any) -> None:
    steering.pause(one_partner.store, "anytown", "a test", one_partner.now)
    assert row(one_partner).paused
    steering.resume(one_partner.store, "anytown", "a test", one_partner.now)
    assert not row(one_partner).paused
    assert [tag for tag, _, _ in trail(one_partner)] == ["source:pause:on", "source:pause:off"]


def test_a_crawl_is_asked_for_again_only_once_the_first_is_done(one_partner: Any) -> None:
    store, now = one_partner.store, one_partner.now
    assert steering.ask_crawl(store, "anytown", "Ada", now)
    with store.writing() as session:
        session.execute(sa.update(CrawlRequest).values(taken_at=now))
    assert not steering.ask_crawl(store, "anytown", "Ada", now)
    with store.writing() as session:
        session.execute(sa.update(CrawlRequest).values(done_at=now))
    assert steering.ask_crawl(store, "anytown", "Ada", now)
    assert [(r.kind, r.about, r.asked_by) for r in one_partner.rows(CrawlRequest)] == [("crawl", "anytown", "Ada")] * 2


def test_an_accepted_count_is_the_new_normal(partner: Any, ada: Actor, advert: Any) -> None:
    partner.run([advert(n) for n in range(10)])
    assert partner.run([advert(n) for n in range(2)]).status == "refused"
    refused = partner.rows(CrawlRun)[-1].id
    for _ in range(2):  # a double click
        assert steering.accept_count(partner.store, "anytown", refused, ada, partner.now) == 2
    assert [tag for tag, _, _ in trail(partner)] == ["source:count:accepted", "source:crawl:asked"]
    with partner.store.reading() as session:
        details = session.scalars(sa.select(AuditEvent.details).order_by(AuditEvent.id)).first()
    assert details == {"before": 10, "after": 2}
    assert partner.rows(CrawlRun)[-1].accepted_by == "Ada Vane"
    assert partner.run([advert(n) for n in range(2)]).status == "ok"


def test_only_a_count_that_the_page_showed_is_accepted(one_partner: Any, advert: Any) -> None:
    one_partner.run([advert(n) for n in range(10)])
    one_partner.run([advert(1)])
    shown = one_partner.rows(CrawlRun)[-1].id
    one_partner.run([])
    with pytest.raises(BadFormError, match="read again since"):
        steering.accept_count(one_partner.store, "anytown", shown, "Ada", one_partner.now)
    assert one_partner.rows(AuditEvent) == []


def test_a_run_that_failed_or_was_cut_short_has_no_count_to_accept(one_partner: Any, advert: Any) -> None:
    for harvest in ({"pages": 0, "problems": ("answered 500",)}, {"finished": False}):
        one_partner.run([advert(1)], **harvest)
        run = one_partner.rows(CrawlRun)[-1].id
        with pytest.raises(BadFormError, match="not refused for its count"):
            steering.accept_count(one_partner.store, "anytown", run, "Ada", one_partner.now)


def test_verifying_shows_a_shipped_source_to_everyone_and_taking_it_back_hides_it(
    make_partner: Any, store: Any, advert: Any
) -> None:
    partner = make_partner(store, origin="shipped", verified=None)
    partner.run([advert(1), advert(2)])
    touched = len(partner.rows(Touched))
    steering.verify(store, "anytown", " ten titles ", "Ada", partner.now)
    assert (row(partner).public, effective(row(partner)).verified) == (True, partner.now.date())
    assert len(partner.rows(Touched)) == touched + 2
    assert [(one.by, one.compared) for one in partner.rows(SourceCheck)] == [("Ada", "ten titles")]
    steering.unverify(store, "anytown", "Ada", partner.now)
    assert (row(partner).public, effective(row(partner)).verified) == (False, None)
    assert len(partner.rows(Touched)) == touched + 4


@pytest.mark.parametrize("facts", [{"origin": "operator"}, {"origin": "shipped", "verified": dt.date(2026, 11, 1)}])
def test_a_source_that_was_hidden_stays_hidden_whatever_its_file_says(
    make_partner: Any, sqlite_store: Any, facts: dict[str, Any]
) -> None:
    partner = make_partner(sqlite_store, **facts)
    assert row(partner).public
    steering.unverify(sqlite_store, "anytown", "Ada", partner.now)
    partner.register()
    assert not row(partner).public
    steering.verify(sqlite_store, "anytown", "ten titles", "Ada", partner.now)
    assert row(partner).public


@pytest.mark.parametrize(("words", "sentence"), [(" \0 ", "Say what you compared"), ("x" * 2001, "2,001 now")])
def test_a_word_that_says_nothing_or_too_much_verifies_nothing(one_partner: Any, words: str, sentence: str) -> None:
    with pytest.raises(BadFormError, match=sentence) as told:
        steering.verify(one_partner.store, "anytown", words, "Ada", one_partner.now)
    assert list(told.value.errors) == ["compared"]
    assert one_partner.rows(SourceCheck) == []


def test_a_source_may_be_compared_again_in_a_year(one_partner: Any) -> None:
    for now in (one_partner.now, one_partner.now + 365 * 24 * HOUR):
        steering.verify(one_partner.store, "anytown", "ten titles", "Ada", now)
    assert len(one_partner.rows(SourceCheck)) == 2


def test_only_a_source_that_was_added_in_the_browser_can_be_removed(one_partner: Any) -> None:
    store, now = one_partner.store, one_partner.now
    with pytest.raises(BadFormError, match="declared in a file"):
        steering.remove(store, "anytown", "Ada", now)
    with store.writing() as session:
        get(session, "anytown").adapter_fields = {"adapter": "feed", "fields": {"url": "https://j.example/rss"}}
    for _ in range(2):
        steering.remove(store, "anytown", "Ada", now)
    assert row(one_partner).retired
    assert trail(one_partner) == [("source:row:removed", "Ada", "anytown")]
    with pytest.raises(BadFormError, match="removed"):
        steering.ask_crawl(store, "anytown", "Ada", now)
