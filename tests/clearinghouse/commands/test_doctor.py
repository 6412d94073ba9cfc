"""`clearinghouse doctor` says what is wrong, a sentence a line, and never fails itself."""

from __future__ import annotations

import base64
import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from fakenotify import EMAIL_TEMPLATE, TEXT_TEMPLATE, running
from fakenotify import KEY as NOTIFY_KEY
from typer.testing import CliRunner

from clearinghouse.accounts import audit
from clearinghouse.accounts.models import Membership, User
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.commands import doctor
from clearinghouse.db import Store, make_engine, utc_now
from clearinghouse.ingest.models import CrawlRun, RunStatus
from clearinghouse.ingest.sources import register
from clearinghouse.leases import claim
from clearinghouse.mail.models import MailKind
from clearinghouse.mail.outbox import enqueue
from clearinghouse.operations.check import Level
from clearinghouse.operations.of_pay import of_pay_tables
from clearinghouse.operations.of_reference import of_reference
from clearinghouse.reference.models import ReferenceFile
from clearinghouse.search.indexer import Indexer
from clearinghouse.settings import settings
from clearinghouse.vacancies.posting import SourceFacts

HOUR = dt.timedelta(hours=1)
SECRET = "correct-horse-battery-staple-and-more"
KEY, OTHER = (base64.urlsafe_b64encode(letter * 32).decode() for letter in (b"x", b"y"))


NOTIFY = {"NOTIFY_API_KEY": NOTIFY_KEY, "NOTIFY_EMAIL_TEMPLATE": EMAIL_TEMPLATE, "NOTIFY_URL": "http://127.0.0.1:1"}


class Installation:
    """What `doctor` is asked about, by the environment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, url: str, folder: Path) -> None:
        self.monkeypatch = monkeypatch
        self.index = folder / "index"
        self.set(DATABASE_URL=url, INDEX_DIR=str(self.index), SECRET_KEY=SECRET, DATA_KEY=KEY,
                 PUBLIC_URL="https://jobs.example.org", CONTACT_EMAIL="desk@example.org",
                 TRUSTED_PROXIES="10.0.0.1")  # fmt: skip

    def set(self, **values: str) -> None:
        for name, value in values.items():
            self.monkeypatch.setenv(f"CLEARINGHOUSE_{name}", value)
        settings.cache_clear()

    def ask(self) -> tuple[int, dict[str, tuple[str, str]]]:
        done = CliRunner().invoke(doctor.app, ["--json"])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        lines = [json.loads(line) for line in done.output.splitlines()]
        assert SECRET not in done.output
        assert KEY not in done.output
        return done.exit_code, {line["name"]: (line["level"], line["sentence"]) for line in lines}


@pytest.fixture
def installation(monkeypatch: pytest.MonkeyPatch, store_url: str, tmp_path: Path) -> Iterator[Installation]:
    yield Installation(monkeypatch, store_url, tmp_path)
    settings.cache_clear()


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, sqlite_url: str, tmp_path: Path) -> Iterator[Installation]:
    yield Installation(monkeypatch, sqlite_url, tmp_path)
    settings.cache_clear()


def make_well(store: Store, index_dir: Path) -> None:
    """All that a healthy installation has."""
    now = utc_now()
    register(store, [SourceFacts("anytown", "Anytown Council", "operator", "feed", "f")], {}, now)
    with store.writing() as session:
        session.execute(sa.text("update source set last_good_run = :at"), {"at": now - HOUR})
        session.add(CrawlRun(source="anytown", started=now - HOUR, ended=now - HOUR, status=RunStatus.OK))
        for role in (Role.ADMINISTRATOR, Role.SECRETARIAT):
            user = User(email=f"{role}@example.org", name="A", password="h", code_secret="S", made_at=now)
            session.add(user)
            session.flush()
            session.add(Membership(user_id=user.id, role=role))
    for lease in ("schedule", "publisher"):
        claim(store, lease, "test", now, HOUR)
    indexer = Indexer(store, index_dir)
    indexer.step(now)
    indexer.close()


def not_well(said: dict[str, tuple[str, str]]) -> dict[str, str]:
    """What is not ok, but for the pay tables: whether those are old depends on the day of the test."""
    return {name: level for name, (level, _) in said.items() if level != "ok" and name != "pay"}


def test_a_healthy_installation_is_told_so(installation, store) -> None:
    make_well(store, installation.index)
    code, said = installation.ask()
    assert not_well(said) == {"mail": "warn"}
    assert code == 0
    assert {"clock", "schedule", "publisher", "index", "crawls", "outbox", "accounts", "store", "disk"} < said.keys()


def test_a_new_installation_is_told_what_to_do_next(installation) -> None:
    code, said = installation.ask()
    assert code == 1
    assert said["accounts"] == ("warn", "There is nobody of the secretariat who can sign in.")
    assert [said[name][0] for name in ("schedule", "publisher", "index", "crawls")] == ["warn"] * 4


@pytest.mark.parametrize(
    ("values", "name", "level", "words"),
    [
        ({"PUBLIC_URL": "http://jobs.example.org"}, "settings", "bad", "must be https"),
        ({"SECRET_KEY": "short"}, "settings", "bad", "CLEARINGHOUSE_SECRET_KEY"),
        ({"DATA_KEY": "short"}, "keys", "bad", "CLEARINGHOUSE_DATA_KEY: must be the base64 of 32 bytes"),
        ({"DATA_KEY": ""}, "keys", "bad", "CLEARINGHOUSE_DATA_KEY must be set"),
        ({"PUBLIC_URL": "http://localhost:8000"}, "address", "warn", "only this machine can open it"),
        ({"CONTACT_EMAIL": "the desk"}, "settings", "bad", "'the desk': must be an e-mail address"),
        ({"CONTACT_EMAIL": "a@x.example\nBcc: b@x.example"}, "settings", "bad", "must be an e-mail address"),
        ({"CONTACT_EMAIL": "x@clearinghouse.example"}, "contact", "warn", "which nobody reads"),
        ({"TRUSTED_PROXIES": ""}, "proxy", "warn", "TRUSTED_PROXIES is not set"),
        ({"HTTPS_PROXY": "http://127.0.0.1:1"}, "outward", "bad", "127.0.0.1:1 can't be reached"),
        ({"HTTPS_PROXY": "http://127.0.0.1:99999"}, "outward", "bad", "HTTPS_PROXY is no address"),
        ({"SMTP_URL": f"smtp://ann:{SECRET}@127.0.0.1:1"}, "mail", "bad", "The mail server can't be used"),
        ({"SMTP_URL": f"gopher://ann:{SECRET}@127.0.0.1"}, "settings", "bad", "CLEARINGHOUSE_SMTP_URL: must be"),
        ({"NOTIFY_API_KEY": SECRET}, "settings", "bad", "NOTIFY_API_KEY: must be a key of GOV.UK Notify"),
        ({"NOTIFY_API_KEY": NOTIFY_KEY}, "mail", "warn", "NOTIFY_EMAIL_TEMPLATE is not set"),
        (NOTIFY, "mail", "bad", "GOV.UK Notify can't be used: Connection refused."),
        ({**NOTIFY, "TEXTS_A_MONTH": "5"}, "texts", "warn", "NOTIFY_TEXT_TEMPLATE is not set"),
        ({**NOTIFY, "NOTIFY_TEXT_TEMPLATE": TEXT_TEMPLATE}, "texts", "warn", "TEXTS_A_MONTH is not set"),
        ({"DATABASE_URL": "sqlite:////nowhere/store.sqlite3"}, "store", "bad", "run `clearinghouse db upgrade`"),
        ({"DATABASE_URL": f"postgresql://u:{SECRET}@127.0.0.1:1/x"}, "store", "bad", "u:***@127.0.0.1:1/x"),
        ({"DATABASE_URL": "nonsense"}, "store", "bad", "not a SQLAlchemy URL"),
        ({"DATABASE_URL": f"mysql://u:{SECRET}@127.0.0.1/x"}, "store", "bad", "use sqlite or postgresql"),
    ],
)
def test_each_fault_is_named(here, values, name: str, level: str, words: str) -> None:
    here.set(**values)
    _, said = here.ask()
    assert said[name][0] == level
    assert words in said[name][1]


def test_notify_is_asked_whether_our_templates_fit(here) -> None:
    with running() as notify:
        here.set(**{**NOTIFY, "NOTIFY_URL": notify.url})
        assert here.ask()[1]["mail"] == ("ok", "GOV.UK Notify answers, and lets us in.")
        notify.templates[EMAIL_TEMPLATE]["body"] = "Hello"
        assert here.ask()[1]["mail"] == (
            "bad", f"GOV.UK Notify answers, but template {EMAIL_TEMPLATE} has no ((body))."
        )  # fmt: skip
    assert notify.taken == []


def test_a_key_that_does_not_open_the_store_is_noticed(installation, store) -> None:
    def record() -> None:
        settings.cache_clear()
        with store.writing() as session:
            audit.record(session, Tag.USER_ACCOUNT_DISABLED, "users command", "1", utc_now(), email="a@example.org")

    record()
    assert installation.ask()[1]["keys"] == ("ok", "The keys are set, and fit.")
    installation.set(DATA_KEY=OTHER)
    assert "is not the key" in installation.ask()[1]["keys"][1]
    record()
    level, words = installation.ask()[1]["keys"]
    assert (level, "lacks an older key" in words) == ("warn", True)
    installation.set(DATA_KEY=f"{OTHER},{KEY}")
    assert installation.ask()[1]["keys"][0] == "ok"


def test_a_store_that_nobody_can_write_is_noticed(here, sqlite_url, monkeypatch) -> None:
    def impatient(url: str, **options: bool) -> sa.Engine:
        engine = make_engine(url, **options)
        sa.event.listen(engine, "connect", lambda connection, _: connection.execute("pragma busy_timeout=50"))
        return engine

    monkeypatch.setattr("clearinghouse.db.make_engine", impatient)
    holder = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("begin immediate")
    assert "can't be written: database is locked" in here.ask()[1]["store"][1]
    holder.close()
    assert here.ask()[1]["store"][0] == "ok"


def test_a_store_that_is_locked_damaged_or_old_is_one_sentence(here, sqlite_url, monkeypatch) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    monkeypatch.setattr("clearinghouse.commands.migrate.PAUSE", 0)
    monkeypatch.setattr("clearinghouse.commands.migrate.newest", lambda: "9999")
    assert "this version needs 9999" in here.ask()[1]["store"][1]
    Path(path).write_bytes(b"garbage" * 1000)
    assert here.ask()[0] == 1
    assert "file is not a database" in here.ask()[1]["store"][1]


def test_a_damaged_page_is_found(here, sqlite_url) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as connection:
        connection.execute("create table padding as select hex(randomblob(2000)) as x from sqlite_master")
        connection.execute("create index padded on padding (x)")
        connection.execute("pragma wal_checkpoint(truncate)")
        page = connection.execute("select rootpage from sqlite_master where name = 'padded'").fetchone()[0]
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x00" * 4096)
    assert "damaged" in here.ask()[1]["store"][1]


def test_a_clock_that_goes_slow_is_noticed(installation, store) -> None:
    make_well(store, installation.index)
    with store.writing() as session:
        session.execute(sa.update(CrawlRun).values(started=utc_now() + HOUR))
    assert installation.ask()[1]["clock"][0] == "bad"


def test_what_has_stopped_is_named(installation, store) -> None:
    make_well(store, installation.index)
    with store.writing() as session:
        for mail in range(2):
            enqueue(session, MailKind.RESET, f"p{mail}@example.org", "S", "T", utc_now() - 5 * HOUR)
        session.execute(sa.text("update lease set until = :at"), {"at": utc_now() - HOUR})
        session.execute(
            sa.text("update source set problem = 'line 3', last_good_run = :at"), {"at": utc_now() - 30 * HOUR}
        )
        session.execute(sa.update(User).values(code_secret=None))
    code, said = installation.ask()
    assert code == 1
    assert not_well(said) == {
        "schedule": "bad", "publisher": "bad", "crawls": "bad", "sources": "warn", "outbox": "warn", "mail": "warn",
        "accounts": "warn",
    }  # fmt: skip
    assert "p0@example.org" not in json.dumps(said)


def test_in_words_it_is_a_line_each(here) -> None:
    done = CliRunner().invoke(doctor.app, [])
    assert done.exit_code == 1
    assert all(line[:5] in ("ok   ", "warn ", "bad  ") for line in done.output.splitlines())


@pytest.mark.parametrize(
    ("now", "level", "words"),
    [
        ("2026-09-15", Level.OK, "of this year"),
        (
            "2026-11-22",
            Level.WARN,
            "over 13 months old: Teachers in England outside London 2025/26 (1 September 2025).",
        ),
        ("2027-06-01", Level.WARN, "Agenda for Change 2026/27 (1 April 2026)"),
    ],
)
def test_a_pay_table_of_more_than_13_months_is_to_be_renewed(store: Store, now: str, level: Level, words: str) -> None:
    with store.reading() as session:
        found = list(of_pay_tables(session, settings(), dt.datetime.fromisoformat(f"{now}T12:00:00+00:00")))
    assert [check.level for check in found] == [level]
    assert words in found[0].sentence


@pytest.mark.parametrize(
    ("digest", "level", "words"),
    [
        ("ab" * 32, Level.OK, "ONS Postcode Directory, edition 2025-10: 2 of 3 rows kept, loaded on 22 November 2026."),
        ("", Level.WARN, "ONS Postcode Directory: its loading was cut short. Load the file again."),
        (None, Level.OK, "No official reference file is loaded"),
    ],
)
def test_the_official_files_and_their_editions_are_named(
    store: Store, digest: str | None, level: Level, words: str
) -> None:
    now = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
    row = {"kind": "onspd", "name": "x.csv", "edition": "2025-10", "rows": 3, "kept": 2, "loaded_at": now}
    with store.writing() as session:
        if digest is not None:
            session.add(ReferenceFile(**row, digest=digest))
    with store.reading() as session:
        (found,) = of_reference(session, settings(), now)
    assert found.level is level
    assert words in found.sentence
