"""What `run --demo` does beside `run`: partners, a store of its own, and a first crawl before the site opens."""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from clearinghouse.accounts import demo as accounts
from clearinghouse.db import Clock, Store
from clearinghouse.errors import ClearingHouseError
from clearinghouse.leases import claim, release
from clearinghouse.publish.publisher import LEASE, publish_due
from clearinghouse.settings import PREFIX

FOLDER = Path("var/demo")
STORE = f"sqlite:///{FOLDER}/clearinghouse.sqlite3"
PARTNERS = PREFIX + "PARTNERS"
HELD = dt.timedelta(seconds=30)  # the publisher's lease, renewed with each batch

Start = Callable[..., subprocess.Popen[Any]]


class DemoError(ClearingHouseError):
    """The demo can't start."""


def environment() -> dict[str, str]:
    """The settings of a demo: a store and index of its own, and keys that last as long as it does."""
    return {
        PREFIX + "DATABASE_URL": STORE,
        PREFIX + "INDEX_DIR": str(FOLDER / "index"),
        PREFIX + "SECRET_KEY": secrets.token_hex(32),
        PREFIX + "DATA_KEY": base64.urlsafe_b64encode(os.urandom(32)).decode(),
    }


def clear_store(environ: Mapping[str, str]) -> None:
    """Take the last demo away, unless the environment says where its store or index is to be kept."""
    if environ[PREFIX + "DATABASE_URL"] == STORE and environ[PREFIX + "INDEX_DIR"] == str(FOLDER / "index"):
        shutil.rmtree(FOLDER, ignore_errors=True)


def partners(start: Start) -> str:
    """Start the simulated partners; where each of them is, by name, as JSON."""
    child = start("partners", "serve", "--json", stdout=subprocess.PIPE, text=True)
    addresses: dict[str, str] = {}
    for line in child.stdout or ():
        partner = json.loads(line)
        addresses[partner["name"]] = partner["url"]
        if len(addresses) == partner["of"]:
            return json.dumps(addresses)
    raise DemoError(f"the simulated partners ended with status {child.wait()}")


def publish(url: str, clock: Clock) -> None:
    """Publish all that the first crawl brought before the site opens: its readers see it as one step."""
    store = Store(url)
    holder = f"demo:{os.getpid()}"
    try:
        while (number := claim(store, LEASE, holder, clock(), HELD)) and publish_due(store, holder, number, clock()):
            pass
        release(store, LEASE, holder, clock())
    finally:
        store.close()


def sign_ins(url: str, clock: Clock) -> str:
    """Make one person a role; a line each with role, address and password, for the terminal alone."""
    store = Store(url)
    try:
        accounts.members_agree(store)
        return accounts.table(accounts.sign_ins(store, clock()))
    finally:
        store.close()
