"""The small town's site: one that every test here may look at, and one of a test's own to change."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import uvicorn
from fastapi import FastAPI
from smalltown import COUNCIL, DAY, NOW, Town, rich_draft, silent_draft
from visiting import Visitor

from clearinghouse.alerts import asking, messages, saved
from clearinghouse.alerts.models import Ended, Often, SavedSearch
from clearinghouse.alerts.tokens import Purpose
from clearinghouse.db import Store
from clearinghouse.search.generation import Reader
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import DerivedSalary, Place, Salary
from clearinghouse.vacancies.vocabulary import Precision, Status
from web.app import create_app

HERE = "http://127.0.0.1:8000"
SECRET = "k" * 32


@dataclass
class SmallSite:
    """The town with its site, at a moment that a test may move."""

    town: Town
    index_dir: Path
    now: dt.datetime = NOW
    ids: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def app(self, **settings: Any) -> FastAPI:
        values = {"public_url": HERE, "index_dir": self.index_dir, "secret_key": SECRET} | settings
        return create_app(Settings(**values), self.town.store, Reader(self.index_dir), lambda: self.now)

    def client(self, **settings: Any) -> Visitor:
        return Visitor(self.app(**settings), base_url=HERE, client=("testclient", 50_000))

    def page(self, path: str) -> str:
        answer = self.client().get(path, follow_redirects=True)
        assert answer.status_code in (200, 404, 410), path
        return answer.text


def populate(site: SmallSite) -> None:
    """One advert of each sort that has a page of its own look, and a hundred plain ones."""
    add = site.town.add
    site.ids = {
        "rich": add(rich_draft(), sources=("sandby", "board")),
        "estimated": add(
            rich_draft(
                title="Clerk (Band 5)",
                salary=Salary(text="Band 5"),
                salary_derived=DerivedSalary(Decimal(29970), Decimal(36483), "NHS", dt.date(2026, 4, 1)),
                places=(Place("Head office", None, "Mansfield", 53.14, -1.2, Precision.EMPLOYER),),
            )
        ),
        "silent": add(silent_draft(), organisation=None, sources=("board",)),
        "closed": add(rich_draft(title="Old Planner", closes_at=NOW - 3 * DAY)),
        "withdrawn": add(rich_draft(title="Gone Cook"), status=Status.WITHDRAWN),
        "unconfirmed": add(
            rich_draft(title="Perhaps Nurse"),
            status=Status.UNCONFIRMED,
            seen=NOW - DAY,
            sources=("fenwick",),
            organisation=2,
        ),
        "ancient": add(rich_draft(title="Ancient", closes_at=NOW - 100 * DAY), opens=NOW - 200 * DAY),
        "future": add(rich_draft(title="Secret"), opens=NOW + DAY),
    }
    site.town.fill(100)
    site.town.publish()
    site.links = saved_searches(site)


@contextmanager
def on_sqlite(template: Path, folder: Path) -> Iterator[SmallSite]:
    """An empty town with its site, on a store of its own in that folder."""
    shutil.copy(template, folder / "store.sqlite3")
    store = Store(f"sqlite:///{folder / 'store.sqlite3'}")
    made = SmallSite(Town(store, folder / "index"), folder / "index")
    yield made
    made.town.indexer.close()
    store.close()


def saved_searches(site: SmallSite) -> dict[str, str]:
    """One saved search of each state; a path for every page that a link in a message leads to, by name."""
    settings, links = Settings(secret_key=SECRET, public_url=HERE), {}
    asked = {"confirm": "q=cook", "on": "q=nurse", "renew": "q=clerk", "stop": "kind=job", "stopped": "q=planner"}
    with site.town.store.writing() as session:
        for number, (name, query) in enumerate(asked.items()):
            then = site.now - DAY + number * DAY / 8
            asking.ask(session, settings, asking.Asked(query, "sam@example.org", Often.DAILY), then)
            row = session.scalars(sa.select(SavedSearch).order_by(SavedSearch.id.desc()).limit(1)).one()
            if name != "confirm":
                saved.confirm(session, row.public_id, then)
            if name == "renew":
                row.renew_by = then + 20 * DAY
            if name == "stopped":
                saved.stop(session, row.public_id, Ended.STOPPED, then)
            purpose = {"stopped": Purpose.STOP, "on": Purpose.CONFIRM}.get(name) or Purpose(name)
            links[f"alert: {name}"] = messages.link(settings, purpose, row.public_id, then)
        links["alert: all"] = messages.link(settings, Purpose.MANAGE, row.public_id, then)
    return {name: link.removeprefix(HERE) for name, link in links.items()}


@pytest.fixture(scope="session")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    """The populated site. Nobody changes it."""
    with on_sqlite(sqlite_template, tmp_path_factory.mktemp("smalltown")) as made:
        populate(made)
        yield made


@pytest.fixture(scope="module")
def module_site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    """A site that the tests of one module fill and share; no vacancies yet."""
    with on_sqlite(sqlite_template, tmp_path_factory.mktemp("module")) as made:
        yield made


@pytest.fixture
def own_site(store: Store, tmp_path: Path) -> Iterator[SmallSite]:
    """A site of the test's own, on each kind of database; no vacancies yet."""
    made = SmallSite(Town(store, tmp_path / "index"), tmp_path / "index")
    yield made
    made.town.indexer.close()


@pytest.fixture
def sqlite_site(sqlite_store: Store, tmp_path: Path) -> Iterator[SmallSite]:
    """The same where one kind of database is enough."""
    made = SmallSite(Town(sqlite_store, tmp_path / "index"), tmp_path / "index")
    yield made
    made.town.indexer.close()


@pytest.fixture(scope="session")
def paths(site: SmallSite) -> dict[str, str]:
    """A path for every type of page, by name."""
    ids = site.ids
    return {
        "home": "/",
        "results": "/vacancies",
        "filtered": "/vacancies?q=nurse&location=Mansfield&kind=job&pattern=part_time&pattern=zz&sort=distance",
        "second page": "/vacancies?page=2&sort=closing",
        "no results": "/vacancies?q=zzz&contract=permanent",
        "ambiguous place": "/vacancies?location=Carlton&radius=30&q=full+time&contract=fixed_term",
        "as typed": "/vacancies?q=full+time+clerk&as_typed=yes&location=Mansfield",
        "apprenticeships": "/apprenticeships",
        "employers": "/employers",
        "employer": f"/employers/{COUNCIL}",
        "employer without jobs": "/employers/harle-college",
        "list for paper": "/vacancies/print?q=nurse&per_page=5&pattern=part_time",
        "saved": "/saved",
        "a list sent": f"/saved?ids={','.join(ids.values())}",
        "a list sent, for paper": f"/saved/print?ids={','.join(ids.values())}",
        "accessibility": "/accessibility",
        "privacy": "/privacy",
        "cookies": "/cookies",
        "contact": "/contact",
        "sign in": "/sign-in",
        "forgotten password": "/forgotten-password",
        "dead link": "/link/none",
        "for developers": "/docs",
        "report": f"/vacancies/{ids['rich']}/report",
        "report thanks": f"/vacancies/{ids['rich']}/report/thanks",
        "not found": "/no-such-page",
        "alerts": "/alerts",
        "alert form": "/alerts/new?q=nurse&location=Mansfield&pattern=part_time&dbs=none",
        "alert asked": "/alerts/asked",
        **site.links,
        **{f"vacancy {name}": f"/vacancies/{public_id}" for name, public_id in ids.items() if name != "future"},
    }


@pytest.fixture(scope="session")
def served(site: SmallSite) -> Iterator[str]:
    """The populated site over HTTP on loopback; its base address. It shows the demo's banner."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(site.app(demo=True), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
        assert thread.is_alive()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
