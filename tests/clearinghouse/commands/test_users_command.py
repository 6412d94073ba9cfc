"""`clearinghouse users`, run as an operator runs it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pyotp
import pytest
import sqlalchemy as sa

from clearinghouse.accounts import codes, links, sessions
from clearinghouse.accounts.organisations import find_or_create
from clearinghouse.accounts.people import by_email
from clearinghouse.cli import main
from clearinghouse.db import Store, utc_now
from clearinghouse.mail.models import Mail
from clearinghouse.settings import settings

Users = Callable[..., tuple[int, str, str]]
SITE = "https://jobs.example.org"
GOOD = "a meadow full of rain"


@pytest.fixture
def users(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Users]:
    """The whole command within this process: its exit status, its standard output, its standard error."""
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CLEARINGHOUSE_PUBLIC_URL", SITE)

    def users(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["clearinghouse", "users", *arguments])
        settings.cache_clear()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    yield users
    settings.cache_clear()


def token_in(said: str) -> str:
    assert said.startswith(f"{SITE}/link/")
    assert said.count("\n") == 1
    return said.strip().rpartition("/")[2]


def test_the_first_administrator_comes_in_by_the_printed_link(users: Users, sqlite_store: Store) -> None:
    status, said, _ = users("add", "Jo.Smith@Example.org", "--role", "administrator")
    assert status == 0
    token = token_in(said)
    assert links.use_link(sqlite_store, token, GOOD, utc_now())
    with sqlite_store.reading() as session:
        assert token in session.scalars(sa.select(Mail)).one().text
    status, said, _ = users("list", "--json")
    assert status == 0
    assert json.loads(said) == {
        "email": "jo.smith@example.org",
        "name": "Jo Smith",
        "roles": [{"role": "administrator", "organisation": None}],
        "state": "active",
        "signed_in_at": None,
        "codes": False,
    }


def test_a_role_for_one_organisation_takes_its_slug_or_name(users: Users, sqlite_store: Store) -> None:
    with sqlite_store.writing() as session:
        find_or_create(session, "Anytown Borough Council")
    for number, called in enumerate(("anytown-borough-council", "The Anytown Borough Council")):
        status, said, err = users(
            "add", f"p{number}@example.org", "--name", "Al", "--role", "employer", "--organisation", called
        )
        assert (status, err) == (0, "")
        assert token_in(said)
    status, said, _ = users("list")
    assert status == 0
    assert said.count("employer anytown-borough-council  invited") == 2


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["add", "taken@example.org", "--role", "steering"], 1, "taken@example.org has an account already"),
        (["add", "nobody", "--role", "steering"], 2, "nobody"),
        (["add", "x@example.org", "--role", "boss"], 2, "boss"),
        (["add", "x@example.org"], 2, "--role"),
        (["add", "x@example.org", "--role", "employer"], 2, "Choose the organisation"),
        (["add", "x@example.org", "--role", "employer", "--organisation", "Anytwon Council"], 1, "anytown-council"),
        (["add", "x@example.org", "--role", "steering", "--organisation", "anytown-council"], 2, "choose none"),
        (["disable", "x@example.org"], 1, "x@example.org: nobody has an account"),
        (["disable", "taken@example.org"], 1, "last administrator"),
        (["reset", "x@example.org"], 1, "x@example.org: nobody has an account"),
        (["enable", "x@example.org"], 2, "enable"),
    ],
)
def test_what_cant_be_done_is_said_in_a_sentence_and_changes_nothing(
    users: Users, sqlite_store: Store, arguments: list[str], status: int, sentence: str
) -> None:
    with sqlite_store.writing() as session:
        find_or_create(session, "Anytown Council")
    assert users("add", "taken@example.org", "--role", "administrator")[0] == 0
    before = users("list")[1]
    ended, said, err = users(*arguments)
    assert (ended, said) == (status, "")
    assert sentence in err
    assert "Traceback" not in err
    assert users("list")[1] == before


def test_without_the_key_nothing_is_made(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.delenv("CLEARINGHOUSE_DATA_KEY")
        status, said, err = users("add", "jo@example.org", "--role", "administrator")
    assert (status, said) == (1, "")
    assert "CLEARINGHOUSE_DATA_KEY: must be set" in err
    assert users("list")[1].count("\n") == 1


def test_a_reset_lets_in_whoever_lost_password_and_authenticator(users: Users, sqlite_store: Store) -> None:
    token = token_in(users("add", "jo@example.org", "--role", "administrator")[1])
    again = token_in(users("reset", "jo@example.org")[1])
    assert links.use_link(sqlite_store, token, GOOD, utc_now()) is None
    assert links.use_link(sqlite_store, again, GOOD, utc_now())
    with sqlite_store.writing() as session:
        jo = by_email(session, "jo@example.org")
        assert jo
        secret, now = codes.new_secret(), utc_now()
        codes.set_up(session, jo.id, secret, pyotp.TOTP(secret).at(now), jo.actor, now)
    reset = token_in(users("reset", "jo@example.org")[1])
    assert json.loads(users("list", "--json")[1])["codes"] is True
    token_in(users("reset", "jo@example.org", "--codes")[1])
    assert json.loads(users("list", "--json")[1])["codes"] is False
    assert links.use_link(sqlite_store, reset, GOOD, utc_now()) is None


def test_whoever_is_disabled_is_out(users: Users, sqlite_store: Store) -> None:
    users("add", "boss@example.org", "--role", "administrator")
    users("add", "jo@example.org", "--role", "secretariat")
    with sqlite_store.writing() as session:
        jo = by_email(session, "jo@example.org")
        assert jo
        cookie = sessions.start(session, jo.id, "Firefox", utc_now(), strong=False)
    assert users("disable", "JO@example.org")[:2] == (0, "jo@example.org: disabled\n")
    assert sessions.actor_of(sqlite_store, cookie, utc_now()) is None
    status, _, err = users("reset", "jo@example.org")
    assert status == 1
    assert "disabled" in err
