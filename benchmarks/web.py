"""Pages over real HTTP, each against a floor: the same bytes from a bare ASGI application under the same server.

20,000 vacancies are open. Latency of one visitor at a time, in milliseconds; the ratio is of the means. And what a
page weighs on the wire, compressed.
"""

from __future__ import annotations

import http.client
import itertools
import multiprocessing
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import uvicorn

from benchmarks.corpus import NOW, publications
from clearinghouse.accounts.models import Organisation
from clearinghouse.commands.migrate import upgrade
from clearinghouse.db import Store
from clearinghouse.publish.models import Publication
from clearinghouse.search.generation import Reader
from clearinghouse.search.indexer import Indexer
from clearinghouse.settings import Settings
from clearinghouse.vacancies.models import Sighting, SourceRow, Vacancy
from clearinghouse.vacancies.posting import Expectation, SourceFacts
from clearinghouse.vacancies.vocabulary import Status

COUNT = 20_000
ROUNDS = 210
WARM = 10  # of them, not counted
PATHS = (
    "/vacancies",
    "/vacancies?q=driver",
    "/vacancies?kind=apprenticeship&contract=permanent&sort=closing",
    "/vacancies/v000000001-vacancy",
    "/api/v1/vacancies",
    "/api/v1/vacancies?q=driver&per_page=100",
    "/",
)
Answers = Mapping[str, tuple[list[tuple[bytes, bytes]], bytes]]  # headers and body, by path
ASKING = {"Accept-Encoding": "gzip"}
BARE: Mapping[str, Any] = {
    "salary_derived": None, "closes_text": None, "starts_at": None, "when": [], "reuse": "facts_only",
    "apply_url": "https://jobs.example/1", "advert_url": "https://jobs.example/1", "advert_has_jobposting": False,
    "sightings": [{"source": "anytown", "reference": "R1", "url": "https://jobs.example/1", "source_name": "Anytown"}],
}  # fmt: skip
PAY = {"minimum": None, "annual_minimum": None, "text": "a fair wage"}
PLACE = {"text": "Newark", "postcode": None, "precision": "place"}


def whole(found: Publication) -> Publication:
    """The made-up publication with every key that pages read."""
    doc = found.doc
    salary = PAY | doc["salary"] if doc["salary"] else None
    found.doc = BARE | doc | {
        "salary": salary,
        "places": [PLACE | place for place in doc["places"]],
        "level": {"desirable": None} | doc["level"],
        "updated": doc["first_seen"],
        "description_html": f"<p>{doc['description_text']}</p>",
    }  # fmt: skip
    return found


def fill(store: Store, count: int = COUNT) -> None:
    """Fill a store with that many open vacancies."""
    facts = SourceFacts("anytown", "Anytown", "operator", "feed", "f", None, 4, Expectation())
    with store.writing() as session:
        session.add(Organisation(id=1, slug="anytown", name="Anytown", member=True, listed=True))
        session.flush()
        session.add(SourceRow(slug="anytown", organisation_id=1, facts=vars(facts) | {"expect": {}}, public=True))
    names = [column.key for column in sa.inspect(Publication).columns]
    for batch in _batches(publications(count), 500):
        with store.writing() as session:
            session.execute(sa.insert(Vacancy), [_vacancy(each) for each in batch])
            session.execute(sa.insert(Publication), [{name: getattr(each, name) for name in names} for each in batch])
            session.execute(sa.insert(Sighting), [_sighting(each) for each in batch])


def build_index(store: Store, index_dir: Path) -> None:
    """The index of that store."""
    indexer = Indexer(store, index_dir)
    indexer.rebuild(NOW)
    indexer.close()


def _batches(found: Iterator[Publication], size: int) -> Iterator[list[Publication]]:
    while batch := [whole(each) for each in itertools.islice(found, size)]:
        yield batch


def _vacancy(row: Publication) -> dict[str, Any]:
    return {
        "id": row.vacancy_id, "public_id": row.public_id, "organisation_id": 1, "title": row.doc["title"],
        "draft": {}, "status": Status.OPEN, "first_seen": NOW, "updated": NOW,
    }  # fmt: skip


def _sighting(row: Publication) -> dict[str, Any]:
    return {
        "vacancy_id": row.vacancy_id, "source": "anytown", "key": row.public_id, "posting": {}, "digest": "",
        "reading": "", "first_seen": NOW, "last_seen": NOW, "run": 1, "status": Status.OPEN,
    }  # fmt: skip


def serve_site(listening: socket.socket, url: str, index_dir: Path) -> None:
    """The site, in this process."""
    from clearinghouse.logs import configure
    from web.app import create_app

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a line a request, as in service, to where it disturbs nobody
    configure("text")
    settings = Settings(secret_key="k" * 32, index_dir=index_dir)
    serve(create_app(settings, Store(url), Reader(index_dir), lambda: NOW), listening)


def serve_floor(listening: socket.socket, answers: Answers) -> None:
    """The same bytes from memory, in this process."""

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        query = f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        headers, body = answers[scope["path"] + query]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    serve(app, listening, lifespan="off")


def serve(app: Any, listening: socket.socket, **options: Any) -> None:
    """One application under the server that the site has."""
    config = uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, ws="none", timeout_keep_alive=600, **options
    )
    uvicorn.Server(config).run(sockets=[listening])


class Visitor:
    """One visitor of a server in a process of its own, with that cookie."""

    def __init__(self, target: Any, *arguments: Any, cookie: str | None = None) -> None:
        self.headers = ASKING | ({"Cookie": cookie} if cookie else {})
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        spawn = multiprocessing.get_context("spawn")
        self.process = spawn.Process(target=target, args=(listening, *arguments), daemon=True)
        self.process.start()
        listening.close()
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> tuple[float, http.client.HTTPResponse, bytes]:
        """Milliseconds, answer and body."""
        began = time.perf_counter()
        self.line.request("GET", path, headers=self.headers)
        answer = self.line.getresponse()
        body = answer.read()
        return (time.perf_counter() - began) * 1000, answer, body

    def answers(self, paths: Sequence[str]) -> Answers:
        """What the site answers there, for a floor to answer the same."""
        found = {}
        for path in paths:
            _, answer, body = self.get(path)
            if answer.status != 200:
                raise SystemExit(f"{path} answered {answer.status}")
            kept = [(k.encode(), v.encode()) for k, v in answer.getheaders() if k.lower() != "date"]
            found[path] = (kept, body)
        return found

    def end(self) -> None:
        """Stop the server."""
        self.process.terminate()
        self.process.join()


def main() -> None:
    """Measure, and print a line for each page."""
    with tempfile.TemporaryDirectory() as folder:
        url, index_dir = f"sqlite:///{folder}/store.sqlite3", Path(folder) / "index"
        upgrade(url)
        store = Store(url)
        fill(store)
        build_index(store, index_dir)
        store.close()
        site = Visitor(serve_site, url, index_dir)
        answers = site.answers(PATHS)
        report(f"{COUNT} vacancies", PATHS, site, Visitor(serve_floor, answers), answers)


def report(what: str, paths: Sequence[str], site: Visitor, floor: Visitor, answers: Answers) -> None:
    """A line for each page, and the end of both servers."""
    print(f"{what + '; ms':40}   p50    p95   floor  ratio  bytes")
    for path in paths:
        times = [(site.get(path)[0], floor.get(path)[0]) for _ in range(ROUNDS)][WARM:]
        _line(path, sorted(t[0] for t in times), sorted(t[1] for t in times), len(answers[path][1]))
    site.end()
    floor.end()


def _line(path: str, ours: list[float], bare: list[float], weight: int) -> None:
    p95 = ours[int(len(ours) * 0.95)]
    ratio = statistics.mean(ours) / statistics.mean(bare)
    print(f"{path[:40]:40} {ours[len(ours) // 2]:5.1f} {p95:6.1f} {bare[len(bare) // 2]:6.2f} {ratio:6.1f} {weight:6}")


if __name__ == "__main__":
    main()
