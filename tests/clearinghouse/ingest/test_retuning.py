"""A source's settings, as typed in a browser: taken whole, refused by field, never over somebody else's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from clearinghouse.accounts.models import AuditEvent
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import tuning
from clearinghouse.ingest.pages import KnownPage, keep_pages, known_pages
from clearinghouse.ingest.retuning import ChangedMeanwhileError, change
from clearinghouse.ingest.sources import effective, get
from clearinghouse.ingest.tuning import Tuning, Wanted, checked, is_elsewhere, mark, typed
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.posting import Expectation

URL = "https://jobs.anytown.example/rss"
FILE = Tuning(4, URL, Expectation(1, 200), "https://www.anytown.example")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def source(make_partner: Any, store: Any) -> Any:
    """A partner whose file says FILE, on each kind of database."""
    return make_partner(store, url=URL, homepage=FILE.homepage, expect=FILE.expect)


@pytest.fixture
def one_source(make_partner: Any, sqlite_store: Any) -> Any:
    """The same where one kind of database is enough."""
    return make_partner(sqlite_store, url=URL, homepage=FILE.homepage, expect=FILE.expect)


def row(source: Any) -> SourceRow:
    with source.store.reading() as session:
        return get(session, "anytown")


def save(source: Any, was: str | None = None, **said: Any) -> frozenset[str]:
    now = tuning.in_force(row(source))
    wanted = replace(typed(now), **said)
    return change(source.store, "anytown", wanted, mark(now) if was is None else was, "Ada", source.now)


@pytest.mark.parametrize(
    "tuned",
    [FILE, Tuning(0.5, None, Expectation(0, None, ill_formed=True), None), Tuning(1 / 3, URL, Expectation(), "")],
)
def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(tuned: Tuning) -> None:
    kept = checked(typed(tuned), tuned, FILE)
    assert (kept.every_hours, kept.url, kept.expect) == (tuned.every_hours, tuned.url, tuned.expect)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("every_hours", "often", "“often” is no number"),
        ("every_hours", "", "Enter how many hours"),
        ("every_hours", "nan", "“nan” is no number"),
        ("every_hours", "inf", "“inf” is no number"),
        ("every_hours", "4,5", "“4,5” is no number"),
        ("every_hours", "1e2", "“1e2” is no number"),
        ("every_hours", "1_0", "“1_0” is no number"),
        ("every_hours", "４", "“４” is no number"),
        ("every_hours", ".", "“.” is no number"),
        ("every_hours", "9" * 5000, "is no number"),
        ("every_hours", "-1", "-1 hours can't be"),
        ("every_hours", "0.2", "0.2 hours can't be"),
        ("every_hours", "169", "169 hours can't be"),
        ("minimum", "-1", "“-1” is no number"),
        ("minimum", "²", "“²” is no number"),
        ("minimum", ",", "“,” is no number"),
        ("minimum", "1,0", "“1,0” is no number"),
        ("minimum", "1 000", "“1 000” is no number"),
        ("minimum", "300", "200 is less than the fewest, 300"),
        ("maximum", "2.5", "“2.5” is no number"),
        ("maximum", "9" * 5000, "is too many"),
        ("maximum", "1,000,001", "is too many"),
        ("url", "", "Enter the web address"),
        ("url", "file:///etc/passwd", "must start with https:// or http://"),
        ("url", "https://" + "x" * 2000, "2,008 characters"),
        ("url", "http://10.0.0.1/rss", "10.0.0.1 is a private address"),
        ("url", "http://localhost/rss", "localhost is our own machine"),
        ("homepage", "javascript:alert(1)", "must start with"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(field: str, value: str, words: str) -> None:
    with pytest.raises(BadFormError) as told:
        checked(replace(typed(FILE), **{field: value}), FILE, FILE)
    assert list(told.value.errors) == ["maximum" if field == "minimum" and value == "300" else field]
    assert words in str(told.value)


def test_every_wrong_field_is_told_at_once() -> None:
    with pytest.raises(BadFormError) as told:
        checked(Wanted("x", "y", "z", "-", homepage="w"), FILE, FILE)
    assert set(told.value.errors) == {"every_hours", "url", "minimum", "maximum", "homepage"}


@pytest.mark.parametrize(
    ("old", "new", "elsewhere"),
    [
        (URL, "https://jobs.anytown.example/atom", False),
        (URL, "http://jobs.anytown.example:80/rss", False),
        (URL, "https://JOBS.anytown.example/rss", False),
        (URL, "https://anytown.example/rss", True),
        (URL, "https://jobs.anytown.example:8443/rss", True),
        (None, None, False),
    ],
)
def test_another_host_or_port_is_another_site(old: str | None, new: str | None, elsewhere: bool) -> None:  # noqa: FBT001 - a column
    assert is_elsewhere(old, new) is elsewhere


def test_a_change_lies_over_the_file_is_audited_and_drops_what_was_kept(source: Any) -> None:
    keep_pages(source.store, "anytown", "f1", [KnownPage(URL, '"1"', None, source.now, "listing", {})])
    assert save(source, every_hours="0.5", maximum="1,000") == {"every_hours", "expect"}
    assert effective(row(source)).every_hours == 0.5
    assert effective(row(source)).expect == Expectation(1, 1000)
    assert set(row(source).override) == {"every_hours", "expect"}
    assert known_pages(source.store, "anytown", "f1") == {}
    with source.store.reading() as session:
        event = session.scalars(sa.select(AuditEvent)).one()
    expect = {"minimum": 1, "ill_formed": False}
    assert event.details == {
        "before": {"every_hours": 4, "expect": {**expect, "maximum": 200}},
        "after": {"every_hours": 0.5, "expect": {**expect, "maximum": 1000}},
    }


def test_a_setting_goes_back_to_what_the_file_says(one_source: Any) -> None:
    save(one_source, every_hours="12", homepage="https://other.example")
    assert save(one_source, as_file=frozenset({"every_hours"})) == {"every_hours"}
    assert save(one_source, homepage="") == {"homepage"}
    assert (tuning.in_force(row(one_source)), row(one_source).override) == (FILE, {})


def test_no_source_is_moved_to_where_another_one_reads(one_source: Any, make_partner: Any) -> None:
    theirs = "https://jobs.newtown.example/rss"
    make_partner(one_source.store, slug="newtown", organisation="Newtown Council", url=theirs)
    with pytest.raises(BadFormError) as told:
        save(one_source, url=f"{theirs}/", moved=True)
    assert told.value.errors == {"url": f"{theirs}/ is read already: it belongs to the source newtown"}
    assert save(one_source, url=FILE.homepage, moved=True) == {"url"}  # its own pages are its own


def test_two_people_do_not_overwrite_each_other(source: Any) -> None:
    shown = mark(tuning.in_force(row(source)))
    save(source, was=shown, every_hours="6")
    with pytest.raises(ChangedMeanwhileError) as told:
        save(source, was=shown, every_hours="8")
    assert (told.value.by, told.value.at) == ("Ada", source.now)
    assert effective(row(source)).every_hours == 6


def test_a_form_that_is_sent_twice_changes_once(one_source: Any) -> None:
    shown = mark(tuning.in_force(row(one_source)))
    assert save(one_source, was=shown, every_hours="6") == {"every_hours"}
    assert save(one_source, was=shown, every_hours="6") == frozenset()
    assert len(one_source.rows(AuditEvent)) == 1


def test_another_site_hides_the_source_and_only_with_leave(one_source: Any) -> None:
    with pytest.raises(BadFormError) as told:
        save(one_source, url="https://new.example/rss")
    assert list(told.value.errors) == ["moved"]
    assert (row(one_source).public, one_source.rows(AuditEvent)) == (True, [])
    save(one_source, url="https://new.example/rss", moved=True)
    assert (row(one_source).public, effective(row(one_source)).url) == (False, "https://new.example/rss")
    assert row(one_source).facts["url"] == URL


def test_another_path_of_the_same_site_keeps_it_public_and_is_read_at_once(one_source: Any) -> None:
    save(one_source, url="https://jobs.anytown.example/atom")
    assert (row(one_source).public, row(one_source).next_due) == (True, one_source.now)


@pytest.mark.parametrize(("hours", "due_in"), [("1", 1), ("24", 3)])
def test_a_shorter_interval_brings_the_next_reading_nearer(one_source: Any, hours: str, due_in: int) -> None:
    with one_source.store.writing() as session:
        get(session, "anytown").next_due = one_source.now + 3 * HOUR
    save(one_source, every_hours=hours)
    assert row(one_source).next_due == one_source.now + due_in * HOUR


def test_a_source_of_several_addresses_keeps_them(make_partner: Any, sqlite_store: Any) -> None:
    source = make_partner(sqlite_store, url=None)
    assert save(source, every_hours="6") == {"every_hours"}
    with pytest.raises(BadFormError, match="several addresses"):
        save(source, url="https://new.example/rss")
