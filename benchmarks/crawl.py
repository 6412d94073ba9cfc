"""The whole pipeline against a bare spider on the same pages, and web writes while every source is crawled.

Processor time a page: `crawl --all` of the simulated partners into a new SQLite store (fetch, parse, normalise, decide,
store), against one Scrapy spider that fetches the very same addresses and does nothing. Then the same crawl again while
another process writes as the site does, twenty times a second: how long the slowest writes waited.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from clearinghouse.commands.demo import PARTNERS
from clearinghouse.commands.migrate import upgrade
from clearinghouse.db import Store
from clearinghouse.ingest.models import CrawledPage
from clearinghouse.processes import command
from clearinghouse.settings import PREFIX
from clearinghouse.vacancies.models import CrawlRequest, Sighting, Vacancy

SCALE = 10
GOAL_RATIO, GOAL_P99 = 2.0, 0.5
EVERY = 0.05  # seconds between two writes of the site
BARE = """
import json, sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"

    async def start(self):
        for url in json.load(open(sys.argv[1])):
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response):
        pass

process = AsyncCrawlerProcess({
    "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "RETRY_ENABLED": False, "ROBOTSTXT_OBEY": False,
    "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS": 32, "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
})
crawler = process.create_crawler(Bare)
process.crawl(crawler)
process.start()
print(crawler.stats.get_value("response_received_count"))
"""


@contextmanager
def partners() -> Iterator[str]:
    """The simulated partners in a process of their own; where they are, as their environment variable has it."""
    serve = command("partners", "serve", "--json", "--port", "18600", "--scale", str(SCALE))
    serving = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
    found: dict[str, str] = {}
    lines = serving.stdout or iter(())
    for line in lines:
        partner = json.loads(line)
        found[partner["name"]] = partner["url"]
        if len(found) == partner["of"]:
            break
    try:
        yield json.dumps(found)
    finally:
        serving.terminate()
        serving.wait()


def crawl(folder: Path, where: str, *slugs: str) -> tuple[float, float, list[dict[str, object]]]:
    """Crawl these, or everything; processor seconds of the command and its children, seconds passed, its rows."""
    environment = {
        **os.environ,
        PARTNERS: where,
        PREFIX + "DEMO": "true",
        PREFIX + "DATABASE_URL": url(folder),
        PREFIX + "INDEX_DIR": str(folder / "index"),
    }
    before, began = processor_seconds(), time.perf_counter()
    done = subprocess.run(
        command("crawl", *(slugs or ("--all",)), "--json"), env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return processor_seconds() - before, time.perf_counter() - began, rows


def bare(addresses: list[str], folder: Path) -> tuple[float, int]:
    """Fetch the same pages with a spider that does nothing; processor seconds, and how many pages came."""
    script, listed = folder / "bare.py", folder / "addresses.json"
    script.write_text(BARE, "utf-8")
    listed.write_text(json.dumps(addresses), "utf-8")
    before = processor_seconds()
    done = subprocess.run([sys.executable, str(script), str(listed)], capture_output=True, text=True, check=True)
    return processor_seconds() - before, int(done.stdout.split()[-1])


def processor_seconds() -> float:
    """User and system time of every child that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def url(folder: Path) -> str:
    """The store of one crawl."""
    return f"sqlite:///{folder}/store.sqlite3"


def fetched(folder: Path) -> list[str]:
    """Every address that the crawl read."""
    store = Store(url(folder))
    with store.reading() as session:
        found = list(session.scalars(sa.select(CrawledPage.url)))
        vacancies = session.scalar(sa.select(sa.func.count()).select_from(Vacancy))
        sightings = session.scalar(sa.select(sa.func.count()).select_from(Sighting))
        print(f"   {vacancies} vacancies from {sightings} adverts, {len(found)} pages kept")
    store.close()
    return found


def writes_during(folder: Path, where: str) -> list[float]:
    """How long each write of the site took, in seconds, while every source was crawled; sorted."""
    upgrade(url(folder))
    store, over, took = Store(url(folder)), threading.Event(), []

    def write() -> None:
        while not over.wait(EVERY):
            began, now = time.perf_counter(), dt.datetime.now(dt.UTC)
            with store.writing() as session:
                session.add(CrawlRequest(kind="crawl", about="none", asked_at=now, taken_at=now, done_at=now))
            took.append(time.perf_counter() - began)

    writer = threading.Thread(target=write)
    writer.start()
    crawl(folder, where)
    over.set()
    writer.join()
    store.close()
    return sorted(took)


def against_the_floor(folder: Path, where: str, *slugs: str) -> list[dict[str, object]]:
    """Crawl these sources, or all, then the same addresses with the bare spider; print both, give the crawl's rows."""
    upgrade(url(folder))
    ours, seconds, rows = crawl(folder, where, *slugs)
    pages = sum(int(str(row["pages"])) for row in rows)
    print(f"-- {'sources with a page an advert' if slugs else 'all sources, feeds of 100 adverts a page too'}")
    floor, came = bare(fetched(folder), folder)
    mine, theirs = 1000 * ours / pages, 1000 * floor / came
    print(f"   crawl: {pages} pages in {seconds:.1f} s, {mine:.2f} ms of processor a page")
    print(f"   bare spider: {came} pages, {theirs:.2f} ms a page; ratio {mine / theirs:.2f} (goal {GOAL_RATIO})")
    return rows


def main() -> None:
    """Print both figures with their goals."""
    print(f"at {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, the partners at {SCALE} times their size")
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second, partners() as where:
        rows = against_the_floor(Path(first), where)
        one_each = [str(row["source"]) for row in rows if int(str(row["pages"])) > int(str(row["postings"]))]
        with tempfile.TemporaryDirectory() as third:
            against_the_floor(Path(third), where, *one_each)
        took = writes_during(Path(second), where)
        p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
        print(f"   {len(took)} web writes during a crawl: p50 {1000 * p50:.0f} ms, p99 {1000 * p99:.0f} ms", end="")
        print(f", slowest {1000 * took[-1]:.0f} ms (goal p99 {1000 * GOAL_P99:.0f} ms)")


if __name__ == "__main__":
    main()
