"""Rule 10 with real processes: hidden by a form, gone everywhere in ten seconds, still so after the next crawl.

`serve` with its keeper, `crawl`, and an employer's feed whose words the test changes, each over HTTP on loopback.
"""

from __future__ import annotations

import base64
import gzip
import html
import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from staffing import add_person

from clearinghouse import processes
from clearinghouse.accounts import sessions
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store, utc_now
from clearinghouse.settings import PREFIX

pytestmark = [pytest.mark.slow, pytest.mark.soak]  # twenty seconds of processor time: three commands start up

WITHIN = 10.0  # seconds, from the form to the last place that still showed it
SOURCE = """
from crawlers.adapters.feed import Feed
from crawlers.source import Source

source = Source(organisation="Anytown Council", adapter=Feed(url="http://127.0.0.1:{port}/rss"), loopback=True)
"""
ITEM = "<item><title>{title}</title><link>http://127.0.0.1:{port}/{name}</link><guid>{name}</guid><description>{words}</description></item>"


class Feed(ThreadingHTTPServer):
    """An employer's feed of two adverts; `words` is what the first one says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), FeedPages)
        self.words = "Closing date: 30 June 2031. Pay £24,000 a year."

    def rss(self) -> str:
        told = (("lamplighter", "Lamplighter", self.words), ("cook", "Cook", "Come and cook."))
        items = (ITEM.format(title=t, port=self.server_port, name=n, words=html.escape(w)) for n, t, w in told)
        return f'<rss version="2.0"><channel><title>Jobs</title>{"".join(items)}</channel></rss>'


class FeedPages(BaseHTTPRequestHandler):
    server: Feed

    def do_GET(self) -> None:
        body = self.server.rss().encode() if self.path == "/rss" else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@dataclass
class System:
    """The running site, the feed that it reads, and an employer's session."""

    port: int
    feed: Feed
    given: dict[str, str]
    cookie: str = ""

    def get(self, path: str, cookie: str = "") -> tuple[int, bytes]:
        return self._ask("GET", path, {"Cookie": cookie} if cookie else {})

    def text(self, path: str, cookie: str = "") -> str:
        status, body = self.get(path, cookie)
        assert status == 200, path
        return body.decode()

    def submit(self, path: str, form: str, **fields: str) -> None:
        """The form on the page `form`, filled and sent to `path` by the employer."""
        page = self.text(form, self.cookie)
        hidden = dict(re.findall(r'<input type="hidden" name="(csrf|was)" value="([^"]*)"', page))
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded",
                   "Origin": f"http://127.0.0.1:{self.port}"}  # fmt: skip
        status, body = self._ask("POST", path, headers, urlencode(hidden | fields))
        assert status == 303, body.decode()

    def crawl(self) -> dict[str, Any]:
        """Read the source in a process of its own, as `schedule` would."""
        done = subprocess.run(
            processes.command("crawl", "anytown", "--json"), env=self.given, check=True, capture_output=True, timeout=60
        )
        (line,) = done.stdout.decode().splitlines()
        return dict(json.loads(line))

    def _ask(self, method: str, path: str, headers: dict[str, str], body: str = "") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found


@pytest.fixture
def system(sqlite_url: str, tmp_path: Path) -> Iterator[System]:
    feed = Feed()
    threading.Thread(target=feed.serve_forever, daemon=True).start()
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "anytown.py").write_text(SOURCE.format(port=feed.server_port))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    values = {
        "DATABASE_URL": sqlite_url, "INDEX_DIR": f"{tmp_path}/index", "SOURCES_DIR": f"{tmp_path}/sources",
        "SECRET_KEY": secrets.token_hex(32), "DATA_KEY": base64.urlsafe_b64encode(os.urandom(32)).decode(),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    made = System(port, feed, others | {PREFIX + name: value for name, value in values.items()})
    assert made.crawl()["new"] == 2
    made.cookie = f"session={employed(sqlite_url)}"
    with (tmp_path / "log").open("w") as log:
        serving = processes.start(
            processes.command("serve", "--port", str(port)), env=made.given, cwd=tmp_path, stdout=log, stderr=log
        )
        try:
            within(60, lambda: made.get("/readyz")[0] == 200 and total(made, "lamplighter") == 1)
            yield made
        finally:
            processes.stop([serving], grace=15)
            feed.shutdown()
            feed.server_close()


def employed(url: str) -> str:
    """The token of a session of somebody in the council's HR."""
    store, now = Store(url), utc_now()
    with store.reading() as session:
        council = session.scalars(sa.select(Organisation.id).where(Organisation.name == "Anytown Council")).one()
    user = add_person(store, now, Hat(Role.EMPLOYER, council))
    with store.writing() as session:
        token = sessions.start(session, user, "a test", now, strong=True)
    store.close()
    return token


def total(system: System, words: str) -> int:
    return int(json.loads(system.text(f"/api/v1/vacancies?q={words}"))["total"])


def within(seconds: float, done: Callable[[], bool]) -> float:
    """How long it took."""
    began = time.monotonic()
    while True:
        try:
            if done():
                return time.monotonic() - began
        except OSError:  # it is starting
            pass
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.3)


def shown_at(system: System, advert: str, title: str = "lamplighter") -> list[str]:
    """Every public place that shows the advert."""
    lists = (f"/vacancies?q={title}", "/vacancies", "/api/v1/vacancies", "/vacancies.atom", "/vacancies.rss",
             "/vacancies.csv", "/vacancies.ics", "/sitemap.xml", "/employers/anytown-council")  # fmt: skip
    found = [path for path in lists if advert in system.get(path)[1].decode()]
    own = (f"/vacancies/{advert}", f"/vacancies/{advert}/apply", f"/api/v1/vacancies/{advert}")
    found += [path for path in own if system.get(path)[0] in (200, 301, 302)]
    if advert in gzip.decompress(system.get("/api/v1/snapshot.jsonl.gz")[1]).decode():
        found.append("the snapshot")
    (change,) = [
        one for one in json.loads(system.text("/api/v1/changes?per_page=1000"))["items"] if one["id"] == advert
    ]
    return [*found, "the changes"] if change["op"] == "upsert" else found


def test_what_people_put_right_holds_within_ten_seconds_and_until_the_words_change(system: System) -> None:
    found = json.loads(system.text("/api/v1/vacancies"))["items"]
    advert, other = (next(one["id"] for one in found if one["title"] == title) for title in ("Lamplighter", "Cook"))
    everywhere = shown_at(system, advert)
    assert len(everywhere) == 14, everywhere
    page = f"/adverts/{advert}"
    when = {"day": "1", "month": "7", "year": "2031", "time": "noon", "reason": "we extended it"}
    system.submit(f"{page}/reading/closes_at", f"{page}/reading/closes_at", **when)
    within(WITHIN, lambda: closing(system, advert) == "2031-07-01T12:00:00+01:00")
    system.submit(f"/adverts/{other}/hide", f"/adverts/{other}/hide", reason="we have a cook")
    system.submit(f"{page}/hide", f"{page}/hide", reason="the post is filled")
    within(WITHIN, lambda: shown_at(system, advert) == [])
    system.feed.words += " A bicycle is provided."
    read = system.crawl()
    assert (read["changed"], read["unchanged"]) == (1, 1)
    again = [place for place in everywhere if place != "the snapshot"]  # which is of this morning, less what is gone
    within(WITHIN, lambda: shown_at(system, advert) == again)
    assert shown_at(system, other, "cook") == [], "it was read again, and says what it said"
    assert closing(system, advert).startswith("2031-06-30")
    notice = system.text("/sources/anytown", system.cookie)
    assert f"({advert}): Hidden from everyone, Closing date" in notice
    assert other not in notice


def closing(system: System, advert: str) -> str:
    return str(json.loads(system.text(f"/api/v1/vacancies/{advert}"))["closes_at"])
