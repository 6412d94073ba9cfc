"""Starting, ticking, failing and ending the simulated partners, in this process and as a command."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commanding import told

from crawlers.partners import client
from crawlers.partners.errors import PartnersError
from crawlers.partners.members import PARTNERS
from crawlers.partners.running import Partners, start_partners

NOW = dt.datetime(2026, 11, 21, 10, 30, tzinfo=dt.UTC)
COMMAND = [sys.executable, "-c", "from clearinghouse.cli import main; main()", "partners"]


@pytest.fixture
def fresh() -> Iterator[Partners]:
    with start_partners(None, 2010, NOW) as running:
        yield running


def test_a_tick_changes_bodies_tags_and_dates_and_nothing_changes_without_one(fresh: Partners, ask: Callable) -> None:
    url = fresh.site("trentside-hospitals").moment.base + "/sitemap.xml.gz"
    first, same = ask(url), ask(url)
    assert (first.body, first.headers["etag"]) == (same.body, same.headers["etag"])
    assert fresh.tick(3) == 3
    later = ask(url, {"If-None-Match": first.headers["etag"], "If-Modified-Since": first.headers["last-modified"]})
    assert later.status == 200
    assert later.headers["last-modified"] != first.headers["last-modified"]
    assert fresh.state()["partners"][0]["today"] == "2026-11-24"


def test_three_ticks_of_a_day_are_one_of_three(fresh: Partners) -> None:
    for _ in range(3):
        fresh.tick()
    with start_partners(None, 2010, NOW) as other:
        other.tick(3)
        for partner in PARTNERS:
            assert fresh.site(partner.slug).view.adverts == other.site(partner.slug).view.adverts


def test_a_fault_lasts_over_ticks_until_it_is_cleared(fresh: Partners) -> None:
    fresh.fault("trentshire-fire", "empty")
    fresh.tick()
    assert fresh.site("trentshire-fire").view.adverts == ()
    fresh.fault("trentshire-fire", "none")
    assert fresh.site("trentshire-fire").view.adverts


def test_wrong_requests_are_named(fresh: Partners) -> None:
    cases = [
        (lambda: fresh.fault("nobody", "half"), "no partner is called 'nobody'"),
        (lambda: fresh.fault("trentshire-fire", "sideways"), "no fault is called 'sideways'"),
        (lambda: fresh.tick(0), "not 0"),
        (lambda: client.fault(fresh.control, "nobody", "half"), "no partner is called 'nobody'"),
        (lambda: client.tick(fresh.control, 4000), "not 4000"),
        (lambda: client.tick(fresh.control, "soon"), "can't read"),  # type: ignore[arg-type]
        (lambda: client.tick(fresh.control + "/elsewhere", 1), "there is no /elsewhere/tick"),
        (lambda: client.tick("http://127.0.0.1:1", 1), "do not answer"),
    ]
    for call, words in cases:
        with pytest.raises(PartnersError, match=words):
            call()
    assert fresh.day == 0


def test_the_control_endpoint_takes_json_only(fresh: Partners, ask: Callable) -> None:
    got = ask(f"{fresh.control}/tick", {"Content-Type": "text/plain"}, method="POST")
    assert got.status == 400
    assert "application/json" in json.loads(got.body)["error"]


def test_the_control_endpoint_ticks_and_tells(fresh: Partners) -> None:
    assert client.tick(fresh.control, 2)["day"] == 2
    assert client.fault(fresh.control, "oak-leaf-academies", "half")["partners"][9]["fault"] == "half"
    assert client.state_of(fresh.control) == fresh.state()


def test_a_busy_block_of_ports_makes_them_take_another() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with start_partners(port, 2010, NOW, 0.05) as running:
            assert running.control != f"http://127.0.0.1:{port}"
            assert len(set(running.urls.values())) == len(PARTNERS)


def test_ports_beyond_the_last_fall_back_to_free_ones() -> None:
    with start_partners(65530, 2010, NOW, 0.05) as running:
        assert len(running.urls) == len(PARTNERS)


def test_stopping_ends_every_thread_even_one_in_a_hanging_request(ask: Callable) -> None:
    before = threading.active_count()
    running = start_partners(None, 2010, NOW, 0.05)
    running.fault("trentshire-fire", "timeout")
    with pytest.raises(TimeoutError):
        ask(running.urls["trentshire-fire"] + "/jobs.rss", timeout=0.2)
    running.stop()
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.main_thread():
            thread.join(5)
    assert threading.active_count() <= before
    with pytest.raises(ConnectionRefusedError):
        ask(running.urls["trentshire-fire"] + "/")


def test_the_note_of_where_they_run_is_kept_read_and_removed(tmp_path: Path) -> None:
    note = tmp_path / "var" / "partners.json"
    client.remember("http://127.0.0.1:8100", note)
    assert client.control_url(None, note) == "http://127.0.0.1:8100"
    assert client.control_url(9, note) == "http://127.0.0.1:9"
    client.forget("http://127.0.0.1:9999", note)
    assert note.exists()
    client.forget("http://127.0.0.1:8100", note)
    with pytest.raises(PartnersError, match="say --port"):
        client.control_url(None, note)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_is_told_and_ends_cleanly(tmp_path: Path, ending: signal.Signals) -> None:
    with subprocess.Popen(
        [*COMMAND, "serve", "--json", "--port", str(free_port()), "--scale", "0.2"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "CLEARINGHOUSE_DEMO_SEED": "7"},
    ) as child:
        assert child.stdout
        lines = [json.loads(child.stdout.readline()) for _ in PARTNERS]
        assert [line["name"] for line in lines] == [partner.slug for partner in PARTNERS]
        assert {"name", "organisation", "url", "format"} <= lines[0].keys()
        assert told("partners", "tick", "2", folder=tmp_path).stdout.startswith("Day 2\n")
        fault = ("partners", "fault", "trentshire-fire", "empty")
        assert "0 vacancies  fault: empty" in told(*fault, folder=tmp_path).stdout
        child.send_signal(ending)
        rest, errors = child.communicate(timeout=20)
    assert (child.returncode, rest) == (0, "")
    assert "Traceback" not in errors
    assert not (tmp_path / "var" / "partners.json").exists()


USAGE = (["tick", "0"], ["fault", "nobody", "half"], ["fault", "trentshire-fire", "sideways"], ["serve", "--port", "0"])


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
def test_wrong_usage_is_exit_2(tmp_path: Path, arguments: list[str]) -> None:
    assert told("partners", *arguments, folder=tmp_path).returncode == 2


def test_telling_partners_that_do_not_run_is_exit_1_in_one_sentence(tmp_path: Path) -> None:
    ended = told("partners", "tick", folder=tmp_path)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "partners" in ended.stderr
