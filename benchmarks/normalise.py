"""Postings interpreted a second of processor time, beside a floor on the same postings in the same run.

    python -m benchmarks.normalise [ROUNDS]

The postings are what the simulated partners' pages give. The floor is what no reader can go without: the HTML made
safe (nh3) and the postcode looked up. The slowest functions are by their own time, from a profiled run of its own.
"""

from __future__ import annotations

import cProfile
import datetime as dt
import gc
import pstats
import sys
import time
from collections.abc import Callable, Iterable
from http.cookies import SimpleCookie

import nh3

from clearinghouse.normalise.draft import normalise
from clearinghouse.normalise.place import find_place
from clearinghouse.normalise.postcodes import postcode_position, postcodes_in
from clearinghouse.vacancies.posting import Posting, SourceFacts
from crawlers.keys import headers_for
from crawlers.limits import Limits
from crawlers.partners.adverts import World
from crawlers.partners.members import PARTNERS, Partner
from crawlers.partners.site import Moment, Site
from crawlers.partners.sources import demo_sources
from crawlers.politeness import scrapy_settings
from crawlers.source import Page

NOW = dt.datetime(2026, 11, 21, 10, 30, tzinfo=dt.UTC)
BASE = "http://127.0.0.1:8101"
"""Nothing listens there: the sites answer in this process."""

HEADERS = scrapy_settings("benchmark", Limits())["DEFAULT_REQUEST_HEADERS"]

READERS = "clearinghouse.normalise."

GOAL = 1500
"""Postings a second of processor time that this aims at."""


def postings(partner: Partner) -> Iterable[Posting]:
    """The postings that one partner's pages give."""
    site = Site(Moment(World(2010, NOW.date()), partner, BASE))
    adapter = demo_sources({partner.slug: BASE})[partner.slug].adapter
    follows, found = list(adapter.start()), list[Posting]()
    cookies = SimpleCookie()
    for follow in follows:
        held = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
        sent = {**HEADERS, **follow.headers, **headers_for(follow.url, {}), "cookie": held}
        answer = site.answer(follow.url.removeprefix(BASE), follow.method, sent, follow.body)
        said = {name.lower(): value for name, value in answer.headers.items()}
        cookies.load(said.get("set-cookie", ""))
        headers = {"content-type": answer.document.type, **said}
        parsed = adapter.parse(Page(follow.url, answer.document.content, answer.status, headers, follow))
        follows.extend(parsed.follows)
        found.extend(parsed.postings)
    return found


def floor(posting: Posting) -> None:
    """The least that any reader of this posting does."""
    nh3.clean(posting.description_html or "")
    for text in posting.locations:
        for code in postcodes_in(text):
            postcode_position(code)


def forget() -> None:
    """Empty what readers keep of earlier adverts, as a crawl of new ones finds it; tables, read once, stay."""
    kept = type(find_place)
    readers = [each for each in gc.get_objects() if isinstance(each, kept) and each.__module__.startswith(READERS)]
    for each in readers:
        if each.cache_parameters()["maxsize"] is not None:
            each.cache_clear()


def rates(works: list[Callable[[Posting], object]], found: list[Posting], rounds: int) -> list[float]:
    """Postings a second of this process's processor time for each, taking turns; the best round counts.

    Others share the machine's caches and cores, so processor time too varies by a third.
    """
    best = [0.0] * len(works)
    for _ in range(rounds):
        for index, work in enumerate(works):
            forget()
            began = time.process_time()
            for posting in found:
                work(posting)
            best[index] = max(best[index], len(found) / (time.process_time() - began))
    return best


def slowest(work: Callable[[Posting], object], found: list[Posting]) -> list[str]:
    """The three functions that take most time themselves, with their share."""
    profile = cProfile.Profile()
    profile.enable()
    for posting in found:
        work(posting)
    profile.disable()
    rows = pstats.Stats(profile).get_stats_profile()
    order = sorted(rows.func_profiles.items(), key=lambda row: -row[1].tottime)[:3]
    return [f"{each.tottime / rows.total_tt:5.0%}  {name} ({each.ncalls} calls)" for name, each in order]


def main(rounds: int) -> None:
    """Measure both, and print the ratio."""
    found = [posting for partner in PARTNERS for posting in postings(partner)]
    facts = SourceFacts("bench", "Anytown Borough Council", "demo", "feed", "1")

    def interpret(posting: Posting) -> object:
        return normalise(posting, facts, NOW)

    for posting in found:  # tables and postcodes are read once for each process
        interpret(posting)
    full, least = rates([interpret, floor], found, rounds)
    print(f"{len(found)} postings of {len(PARTNERS)} partners")
    print(f"normalise                                  {full:12,.0f} postings/s of CPU (goal {GOAL:,})")
    print(f"floor: safe HTML and postcode              {least:12,.0f} postings/s of CPU")
    print(f"ratio to the floor                         {least / full:12.1f} times")
    for line in slowest(interpret, found):
        print(f"  {line}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
