"""What every test may use: both databases, migrated; the recorded samples; a real browser."""

from __future__ import annotations

import asyncio
import base64
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ.setdefault("CLEARINGHOUSE_DATA_KEY", base64.urlsafe_b64encode(b"a key for tests, of 32 bytes ...").decode())
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each command that a test starts would compile every module anew

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(Path(__file__).parent))

import in_memory  # noqa: E402 - beside this file, which importlib mode doesn't put on the path

in_memory.use()

import chromium  # noqa: E402
from postgres import Cluster  # noqa: E402
from postgres_reuse import Reused  # noqa: E402
from statements import share  # noqa: E402

from clearinghouse.accounts import passwords  # noqa: E402
from clearinghouse.commands.migrate import upgrade  # noqa: E402
from clearinghouse.db import Store  # noqa: E402

passwords.use(passwords.CHEAP)  # the real cost is 70 ms a sign-in

# In the suite the same few examples each time: a chance find must not stop a change that has nothing to do with it.
# `make soak` looks for new ones. A busy machine must not stop it either: an example has two seconds.
settings.register_profile(
    "steady", derandomize=True, max_examples=40, deadline=2000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
settings.register_profile("random", max_examples=100)
settings.load_profile("steady")


@contextmanager
def _without_the_browsers_loop(item: pytest.Item) -> Iterator[None]:
    """Let a test start a loop of its own: Playwright's runs on in this thread from the first test with a browser."""
    loop = asyncio._get_running_loop()
    if loop is None or "browser" in getattr(item, "fixturenames", ()):
        yield
        return
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Set up without a loop that runs already."""
    with _without_the_browsers_loop(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run without a loop that runs already."""
    with _without_the_browsers_loop(item):
        return (yield)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of recorded bodies of real sources, which a clone may be without."""
    folder = ROOT.parent / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("the recorded samples (../shared/samples) are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def pg_cluster() -> Iterator[Cluster]:
    """One PostgreSQL server for the whole session."""
    cluster = Cluster()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def pg_template(pg_cluster: Cluster) -> str:
    """A migrated database to clone from."""
    name = pg_cluster.make_template(upgrade)
    share(pg_cluster.url(name))
    return name


@pytest.fixture(scope="session")
def pg_reused(pg_cluster: Cluster, pg_template: str) -> Iterator[Reused]:
    """A migrated database that each test gets emptied."""
    reused = Reused(pg_cluster, pg_template)
    yield reused
    reused.close()


@pytest.fixture
def pg_url(pg_reused: Reused) -> str:
    """A migrated PostgreSQL database, empty, this test's own until the next one asks."""
    return pg_reused.url()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "store.sqlite3"
    upgrade(f"sqlite:///{path}")
    share(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    path = tmp_path / "store.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test's own: the test runs once on each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "pg_url")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """The store on `store_url`."""
    opened = Store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    """A store where one kind of database is enough."""
    opened = Store(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, as the wheel axe-playwright-python carries it, to add to a page."""
    spec = importlib.util.find_spec("axe_playwright_python")
    assert spec
    assert spec.origin
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real headless Chromium, for the whole session."""
    with chromium.launched() as browser:
        yield browser
