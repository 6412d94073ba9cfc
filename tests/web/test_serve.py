"""`clearinghouse serve` as a process, over real HTTP; and what keeps it from starting."""

from __future__ import annotations

import base64
import gzip
import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from commanding import told

from clearinghouse.errors import BadSettingError
from clearinghouse.settings import PREFIX, Settings
from web.cli import CannotListenError, at_home, bound, keys_are_there

SECRET = "s" * 32
DATA = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


@dataclass
class Running:
    process: subprocess.Popen[str]
    port: int
    log: Path

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=names)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def is_ready(self) -> bool:
        try:
            return self.get("/readyz")[0].status == 200
        except OSError:
            return False

    def keepers(self) -> set[int]:
        """The process ids of its children."""
        ours = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        return {int(word) for word in Path(ours).read_text().split()}


def wait_for(seconds: float, what: str, done: object) -> None:
    assert callable(done)
    ends = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < ends, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


def environment(folder: Path, **more: str) -> dict[str, str]:
    values = {"DATABASE_URL": f"sqlite:///{folder}/store.sqlite3", "INDEX_DIR": f"{folder}/index", "SECRET_KEY": SECRET}
    ours = {PREFIX + name: value for name, value in (values | {"DATA_KEY": DATA} | more).items()}
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)} | ours


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from clearinghouse.cli import main; main()", "serve", *arguments]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("serve")
    (folder / "store.sqlite3").write_bytes(sqlite_template.read_bytes())
    port, log = free_port(), folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            command("--port", str(port)), env=environment(folder, LOG_FORMAT="json"), stderr=out, text=True
        )
    found = Running(process, port, log)
    try:
        wait_for(60, "ready", lambda: process.poll() is not None or found.is_ready())
        assert process.poll() is None, log.read_text()
        yield found
    finally:
        process.kill()
        process.wait()


def test_pages_are_compressed_and_validated_over_the_wire(running: Running) -> None:
    answer, body = running.get("/privacy", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(body)
    again, nothing = running.get("/privacy", Accept_Encoding="gzip", If_None_Match=answer.headers["ETag"])
    assert (again.status, nothing) == (304, b"")
    assert answer.headers.get("Server") is None


def test_head_sends_no_body_over_the_wire(running: Running) -> None:
    answer, body = running.get("/privacy", "HEAD")
    assert (answer.status, body) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 1000


def test_addresses_name_the_port_that_it_listens_on(running: Running) -> None:
    assert f"http://127.0.0.1:{running.port}/sitemap.xml" in running.get("/robots.txt")[1].decode()


def test_the_log_holds_paths_but_nothing_that_people_typed(running: Running) -> None:
    running.get("/vacancies?q=probation&location=NG1+1AA", Cookie="saved=mine", Referer="http://127.0.0.1/?q=secret")
    wait_for(5, "logged", lambda: '"/vacancies"' in running.log.read_text())
    text = running.log.read_text()
    assert not re.search(r"probation|NG1|mine|secret", text)


def test_every_line_of_the_log_is_json_the_keepers_too(running: Running) -> None:
    lines = [json.loads(line) for line in running.log.read_text().splitlines()]
    assert {"web", "clearinghouse.search.indexer"} <= {line["logger"] for line in lines}
    assert not any(line["logger"].startswith("alembic") for line in lines)


def test_a_request_that_is_no_http_harms_nobody(running: Running) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as line:
        line.sendall(b"\x16\x03\x01 nonsense\r\n\r\n")
        line.recv(1000)
    assert running.get("/healthz")[0].status == 200


def test_a_second_site_on_the_port_says_so(running: Running) -> None:
    with pytest.raises(CannotListenError, match=rf"127\.0\.0\.1 port {running.port}: Address already in use"):
        bound("127.0.0.1", running.port)


def test_a_keeper_that_dies_is_replaced(running: Running) -> None:
    (before,) = running.keepers()
    os.kill(before, signal.SIGKILL)
    wait_for(10, "another keeper", lambda: running.keepers() - {before})
    assert running.get("/healthz")[0].status == 200


def test_a_signal_ends_it_and_its_keeper(running: Running) -> None:
    wait_for(10, "a keeper", running.keepers)
    (keeper,) = running.keepers()
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=10) == 0, running.log.read_text()
    assert not Path(f"/proc/{keeper}").exists()


def test_a_store_without_tables_says_what_to_do(tmp_path: Path) -> None:
    given = {"SECRET_KEY": SECRET, "DATA_KEY": DATA, "DATABASE_URL": f"sqlite:///{tmp_path}/store.sqlite3"}
    ended = told("serve", "--port", str(free_port()), folder=tmp_path, INDEX_DIR=f"{tmp_path}/index", **given)
    assert ended.returncode == 1
    assert "run `clearinghouse db upgrade`" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"secret_key": None, "data_key": DATA}, "SECRET_KEY"),
        ({"secret_key": SECRET, "data_key": None}, "DATA_KEY"),
        ({"secret_key": SECRET, "data_key": "short"}, "DATA_KEY"),
        ({"secret_key": SECRET, "data_key": f"{DATA},nonsense"}, "DATA_KEY"),
    ],
)
def test_a_site_without_its_keys_does_not_start(values: dict[str, str | None], named: str) -> None:
    with pytest.raises(BadSettingError, match=f"CLEARINGHOUSE_{named}: must be") as raised:
        keys_are_there(Settings(**values))  # type: ignore[arg-type]
    assert "nonsense" not in str(raised.value), "a key is never printed"


def test_several_keys_or_the_demo_are_enough() -> None:
    keys_are_there(Settings(secret_key=SECRET, data_key=f"{DATA},{DATA}"))
    keys_are_there(Settings(demo=True))


def test_the_public_address_follows_the_port_unless_it_is_set() -> None:
    assert at_home(Settings(), 8123).public_url == "http://127.0.0.1:8123"
    assert at_home(Settings(public_url="https://jobs.example.org"), 8123).public_url == "https://jobs.example.org"


@pytest.mark.parametrize(("host", "why"), [("203.0.113.77", "port 8000: "), ("a" * 70 + ".example", "")])
def test_an_address_that_is_not_this_machines_is_named(host: str, why: str) -> None:
    with pytest.raises(CannotListenError, match=f"can't listen on .*{host}.*{why}"):
        bound(host, 8000)
