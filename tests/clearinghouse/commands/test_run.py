"""`clearinghouse run`, driven from outside: what it refuses, what it starts, and that nothing is left of it."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from clearinghouse.accounts.roles import Role
from clearinghouse.cli import main
from clearinghouse.settings import settings

COMMAND = [sys.executable, "-c", "from clearinghouse.cli import main; main()", "run"]
KEYS = {
    "CLEARINGHOUSE_SECRET_KEY": "s" * 32,
    "CLEARINGHOUSE_DATA_KEY": base64.urlsafe_b64encode(b"d" * 32).decode(),
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def environment(**extra: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("CLEARINGHOUSE_")} | extra


@pytest.fixture
def refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., str]]:
    """What a `run` that must not start says: the whole command within this process, which starting takes seconds."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}

    def refused(*arguments: str, **extra: str) -> str:
        monkeypatch.setattr("sys.argv", ["clearinghouse", "run", *arguments])
        monkeypatch.setattr("os.environ", environment(**extra))
        monkeypatch.chdir(tmp_path)
        settings.cache_clear()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert (ended.value.code, said.out) == (1, "")
        return said.err

    yield refused
    settings.cache_clear()
    for number, handler in handlers.items():
        signal.signal(number, handler)


@contextmanager
def running(folder: Path, *arguments: str, **extra: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A `run` that has said where its site is, and that address."""
    with (folder / "log.txt").open("w") as log:
        child = subprocess.Popen(
            [*COMMAND, *arguments], cwd=folder, env=environment(**extra), stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            assert child.stdout
            line = child.stdout.readline()
            assert "The site is at " in line, (folder / "log.txt").read_text()
            yield child, line.split()[-1]
        finally:
            child.kill()
            child.wait()
            child.stdout.close()  # type: ignore[union-attr]


def descendants(pid: int) -> set[int]:
    """Every process that `pid` started, and theirs."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    """Those that still run; a zombie doesn't."""
    left = set()
    for pid in pids:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                left.add(pid)
        except OSError:
            continue
    return left


def asked(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  our own site
        return json.load(answer)


def gone_within(pids: set[int], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while alive(pids) and time.monotonic() < until:
        time.sleep(0.2)
    return not alive(pids)


def test_a_busy_port_is_named(refused: Callable[..., str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = refused("--port", port, **KEYS)
    assert said.count("\n") == 1
    assert f"port {port} on 127.0.0.1" in said


def test_missing_keys_are_named(refused: Callable[..., str]) -> None:
    said = refused(CLEARINGHOUSE_SECRET_KEY="s" * 32)
    assert "CLEARINGHOUSE_DATA_KEY must be set" in said
    assert "SECRET_KEY" not in said


def test_the_demo_refuses_to_be_public(refused: Callable[..., str]) -> None:
    said = refused("--demo", CLEARINGHOUSE_PUBLIC_URL="https://jobs.example.org")
    assert "the demo runs on this machine only, not at https://jobs.example.org" in said


def test_a_store_that_cant_be_written_is_named(refused: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = refused(CLEARINGHOUSE_DATABASE_URL=f"sqlite:///{tmp_path}/file/store.sqlite3", **KEYS)
    assert f"can't write {tmp_path}/file/store.sqlite3" in said


def signed_in(address: str, email: str, password: str) -> bool:
    """Whether the site's form lets somebody in, with nothing more than that."""
    form = urllib.parse.urlencode({"email": email, "password": password}).encode()
    with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(f"{address}/sign-in", form) as answer:
        return not answer.url.endswith("/sign-in")


@pytest.mark.slow
def test_a_signal_ends_every_child_of_a_plain_run(tmp_path: Path) -> None:
    port = free_port()
    nowhere = {"CLEARINGHOUSE_HTTPS_PROXY": "http://127.0.0.1:9"}  # the shipped sources are not for a test to crawl
    with running(tmp_path, "--port", str(port), **KEYS, **nowhere) as (child, address):
        assert address == f"http://127.0.0.1:{port}"
        assert (tmp_path / "var" / "clearinghouse.sqlite3").exists()
        children = descendants(child.pid)
        assert len(children) >= 2
        child.send_signal(signal.SIGTERM)
        assert child.wait(20) == 0
        assert not alive(children)


@pytest.mark.slow
def test_the_demo_serves_what_it_crawled_and_leaves_no_child_when_it_is_killed(tmp_path: Path) -> None:
    with running(tmp_path, "--demo", "--port", str(free_port())) as (child, address):
        found = asked(f"{address}/api/v1/vacancies?per_page=1")
        assert found["total"] >= 800
        assert len(found["facets"]["employer"]) >= 14
        assert child.stdout
        people = {role: (email, password) for role, email, password in (
            child.stdout.readline().split() for _ in Role
        )}  # fmt: skip
        assert set(people) == {role.value for role in Role}
        assert signed_in(address, *people["steering"])
        children = descendants(child.pid)
        assert len(children) >= 4
        child.kill()
        child.wait()
        assert gone_within(children, 20)
