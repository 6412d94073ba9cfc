"""`clearinghouse doctor`: what is wrong with this installation, in sentences."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer
from sqlalchemy.orm import Session

from clearinghouse import dialect
from clearinghouse.commands import migrate
from clearinghouse.db import Store, utc_now
from clearinghouse.errors import ClearingHouseError
from clearinghouse.operations import condition, installation, of_alerts, of_pay, of_reference
from clearinghouse.operations.check import Check, Level, bad, ok
from clearinghouse.settings import PREFIX, Settings, settings

MACHINE: tuple[Callable[[Settings], Iterator[Check]], ...] = (
    installation.of_settings, installation.of_zone, installation.of_disk, installation.of_proxies,
    installation.of_mail_server,
)  # fmt: skip
STORE: tuple[Callable[[Session, Settings, dt.datetime], Iterator[Check]], ...] = (
    condition.of_keys, condition.of_clock, condition.of_jobs, condition.of_index, condition.of_crawls,
    condition.of_outbox, of_alerts.of_saved_searches, condition.of_accounts, of_pay.of_pay_tables,
    of_reference.of_reference,
)  # fmt: skip
MEGABYTE = 10**6

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line: name, level, sentence.")] = False,
) -> None:
    """Say what is wrong with this installation, a sentence a line: ok, warn or bad. Exit 1 when anything is bad.

    Nothing is changed, and no secret is shown.
    """
    found = list(checkup(utc_now()))
    for check in found:
        line = f"{check.level:<5} {' '.join(check.sentence.split())}"
        typer.echo(json.dumps(asdict(check), ensure_ascii=False) if as_json else line)
    raise typer.Exit(1 if any(check.level is Level.BAD for check in found) else 0)


def checkup(now: dt.datetime) -> Iterator[Check]:
    """Every check, one after another; one that can't be made is bad itself."""
    try:
        setting = settings()
    except ClearingHouseError as error:
        yield bad("settings", f"{error}.")
        return
    for of in MACHINE:
        yield from of(setting)
    try:
        yield from _of_store(setting, now)
    except sa.exc.ArgumentError:
        yield bad("store", f"{PREFIX}DATABASE_URL is not a SQLAlchemy URL.")
    except sa.exc.DBAPIError as error:
        yield bad("store", f"The store {migrate.shown(setting.database_url)} can't be read: {error.orig}.")
    except (ClearingHouseError, sa.exc.SQLAlchemyError, OSError) as error:
        yield bad("store", f"{error}.")


def _of_store(setting: Settings, now: dt.datetime) -> Iterator[Check]:
    url = setting.database_url
    if _is_missing(url):
        yield bad("store", f"There is no store at {migrate.shown(url)} yet: run `clearinghouse db upgrade`.")
        return
    migrate.check(url)
    store = Store(url)
    try:
        with store.read_engine.connect() as connection:
            yield _soundness(url, dialect.damage(connection), dialect.size(connection))
        yield from _writable(store)
        with store.reading() as session:
            for of in STORE:
                yield from of(session, setting, now)
    finally:
        store.close()


def _is_missing(url: str) -> bool:
    parsed = sa.make_url(url)  # opening a SQLite file that isn't there would make it
    return parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists()


def _writable(store: Store) -> Iterator[Check]:
    """Nothing to say of a store that takes our writing; nothing is written."""
    try:
        with store.writing() as session:
            session.connection()
    except sa.exc.DBAPIError as error:
        yield bad("store", f"The store {migrate.shown(store.url)} can't be written: {error.orig}.")


def _soundness(url: str, damage: str | None, size: int) -> Check:
    if damage:
        return bad("store", f"The store {migrate.shown(url)} is damaged ({damage}): restore a backup.")
    return ok("store", f"The store {migrate.shown(url)} is sound and up to date, {size / MEGABYTE:,.1f} MB.")
