"""iTrent crawled over real HTTP: its session, two employers' boards on one host, and what is no list."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import sqlalchemy as sa

from clearinghouse.db import Store, utc_now
from clearinghouse.errors import BadBodyError
from clearinghouse.ingest.models import CrawledPage
from clearinghouse.ingest.pages import KnownPage
from clearinghouse.settings import settings
from clearinghouse.vacancies.models import Sighting
from crawlers import batch
from crawlers.adapters.itrent import ITrent, recognise
from crawlers.fetching import Answer
from crawlers.harvesting import Brought, harvest
from crawlers.limits import Limits
from crawlers.opening import open_store
from crawlers.partners.adverts import World
from crawlers.partners.faults import Fault
from crawlers.partners.formats.itrent import ENTRY, NEIGHBOUR, OWN, boards
from crawlers.partners.members import Employer, Partner
from crawlers.partners.server import SiteServer
from crawlers.partners.site import Moment, Site
from crawlers.source import ANEW, Follow, Page, Source

SOURCE = """
from crawlers.adapters.itrent import ITrent
from crawlers.source import Source

source = Source(organisation="{organisation}", adapter=ITrent(url="{url}"), loopback=True)
"""
WORLD = World(7, dt.date(2026, 11, 21))
LIMITS = Limits(timeout=1.5, robots_timeout=1.5, stalled=3.0, local_back_off=0.02)
EMPLOYER = Employer("Larkhill District Council", "district council", "council", ("Gedling",), ("office", "depot"))
PARTNER = Partner("larkhill", EMPLOYER.name, "itrent", 24, (EMPLOYER,), "REQ")
RUN = "https://ce0930li.webitrent.com/ce0930li_webrecruitment/wrd/run/"
LAUNCH = f"{RUN}ETREC179GF.open?WVID=6777852QI7"


@pytest.fixture
def host(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SiteServer]:
    """One host with two boards, and a source for each."""
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CLEARINGHOUSE_SOURCES_DIR", str(tmp_path))
    settings.cache_clear()
    server = SiteServer(0)
    server.site = Site(Moment(WORLD, PARTNER, server.base))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for slug, board in (("larkhill", OWN), ("nextdoor", NEIGHBOUR)):
        url = server.base + ENTRY.replace(OWN, board)
        (tmp_path / f"{slug}.py").write_text(SOURCE.format(organisation=f"{slug.title()} Council", url=url))
    yield server
    server.stop()
    settings.cache_clear()


def crawl(*slugs: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """How each source's run ended, and what it said."""
    opened, _ = open_store(settings(), utc_now())
    opened.close()
    ended = [each.result for each in batch.crawl(slugs, limits=LIMITS)]
    return {result.source: (str(result.status), result.messages) for result in ended}


def test_two_boards_of_one_host_are_read_side_by_side_and_never_mixed(host: SiteServer, sqlite_url: str) -> None:
    assert crawl("larkhill", "nextdoor") == {"larkhill": ("ok", ()), "nextdoor": ("ok", ())}
    store, stated = Store(sqlite_url), boards(host.site.view)
    with store.reading() as session:
        for slug, board in (("larkhill", OWN), ("nextdoor", NEIGHBOUR)):
            found = session.scalars(sa.select(Sighting).where(Sighting.source == slug)).all()
            assert len(found) == len(stated[board]) == (24 if board == OWN else 8)
            assert {row.posting["reference"] for row in found} == {advert.reference for advert in stated[board]}
            assert {row.posting["title"] for row in found} == {advert.title for advert in stated[board]}
            assert all(f"WVID={board}&" in row.posting["url"] and "USESSION" not in str(row.url) for row in found)
        kept = session.scalars(sa.select(CrawledPage.url)).all()
    store.close()
    assert [url for url in kept if "USESSION" in url or "ETREC" in url] == []


class OneHost:
    """That host without any network: a session as its pages and cookies have it, and what was asked for."""

    def __init__(self, fault: Fault = Fault.NONE) -> None:
        self.site = Site(Moment(WORLD, PARTNER, "http://127.0.0.1:8100", fault=fault))
        self.cookies = SimpleCookie()
        self.lists = 0

    async def fetch(self, follow: Follow, conditions: Mapping[str, str]) -> Answer:
        """The answer, once more to the same visitor."""
        assert not conditions
        held = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        answer = self.site.answer(follow.url[len(self.site.moment.base) :], headers={**follow.headers, "cookie": held})
        self.cookies.load(answer.headers.get("Set-Cookie", ""))
        self.lists += ".json" in follow.url
        return Answer(follow.url, answer.status, {"etag": '"same"'}, answer.document.content)

    def harvest(self, url: str = ENTRY, known: Mapping[str, KnownPage] | None = None) -> Brought:
        """A run of a source of it."""
        source = Source("Larkhill", ITrent(self.site.moment.base + url), loopback=True)
        return asyncio.run(harvest("larkhill", source, self.fetch, known or {}, Limits(), utc_now))


def test_every_page_of_the_list_is_asked_for_in_one_session() -> None:
    host = OneHost()
    brought = host.harvest()
    assert (len(brought.harvest.postings), host.lists, brought.harvest.problems) == (24, 3, ())
    assert brought.pages == ()  # nothing with a session in it is kept for the next run


def test_a_launch_page_is_asked_for_anew_whatever_was_kept_of_it() -> None:
    host = OneHost()
    url = host.site.moment.base + ENTRY
    kept = KnownPage(url, '"old"', None, utc_now(), "listing", {"postings": [], "follows": []})
    assert len(host.harvest(known={url: kept}).harvest.postings) == 24


@pytest.mark.parametrize("fault", [Fault.ERROR_PAGE, Fault.ERROR500, Fault.MALFORMED])
def test_what_is_no_list_is_a_problem_and_never_an_empty_board(fault: Fault) -> None:
    brought = OneHost(fault).harvest()
    assert (brought.harvest.postings, len(brought.harvest.problems)) == ((), 1)


def test_an_empty_board_is_empty() -> None:
    brought = OneHost(Fault.EMPTY).harvest()
    assert (brought.harvest.postings, brought.harvest.problems) == ((), ())


def test_a_board_that_is_out_of_date_says_so() -> None:
    brought = OneHost().harvest(ENTRY.replace(OWN, "9999999xX9"))
    assert "WVID is out of date" in brought.harvest.problems[0]


def test_a_session_that_is_not_accepted_is_said_to_be_so() -> None:
    host = OneHost()

    async def without_cookies(follow: Follow, conditions: Mapping[str, str]) -> Answer:
        host.cookies.clear()
        return await host.fetch(follow, conditions)

    source = Source("Larkhill", ITrent(host.site.moment.base + ENTRY), loopback=True)
    brought = asyncio.run(harvest("larkhill", source, without_cookies, {}, Limits(), utc_now))
    assert "a session fault: a page of HTML in place of the list" in brought.harvest.problems[0]


@pytest.mark.parametrize(
    ("given", "first"),
    [
        (LAUNCH, LAUNCH),
        (f"{RUN}etrec179gf.open?LANG=USA&wvid=6777852QI7&USESSION=0A1B2C3D", LAUNCH),
        (f"{LAUNCH}&LANG=USA&VACANCY_ID=9214446Yh9", LAUNCH),
        (f"{RUN}etrec106gf.json?WVID=6777852QI7&USESSION=0A1B2C3D&LANG=USA", LAUNCH),
        ("https://ce0930li.webitrent.com/ce0930li_webrecruitment/", f"{RUN}etrec002gf.open"),
    ],
)
def test_a_board_is_begun_at_its_launch_page_whatever_the_address(given: str, first: str) -> None:
    (follow,) = ITrent(given).start()
    assert (follow.url, follow.headers, follow.role) == (first, ANEW, "listing")
    assert recognise(Page(given, b"")) is not None


def test_the_site_of_one_board_leads_to_it_and_that_of_several_asks_which() -> None:
    site = ITrent("https://ce0930li.webitrent.com/ce0930li_webrecruitment/")
    landing = Page(f"{RUN}etrec002gf.open", b'<html><a href="etrec179gf.open?wvid=6777852QI7">Jobs</a></html>')
    (follow,) = site.parse(landing).follows
    assert follow.url == LAUNCH
    opened = Page(LAUNCH, b"<html><script>s = 'USESSION=0A1B2C3D4E5F'</script></html>", asked=follow)
    assert "WVID=6777852QI7&USESSION=0A1B2C3D4E5F" in site.parse(opened).follows[0].url
    both = landing.body + b'<a href="etrec179gf.open?wvid=4128782IuI">Jobs</a>'
    with pytest.raises(BadBodyError, match="2 boards: name one"):
        site.parse(Page(landing.url, both))


@pytest.mark.parametrize(
    ("url", "body", "session"),
    [
        (f"{LAUNCH}&USESSION=0A1B2C3D4E5F", b"<html></html>", "0A1B2C3D4E5F"),
        (LAUNCH, b"<html><a href='?USESSION='></a><a href='?USESSION=0A1B2C3D4E5F'></a></html>", "0A1B2C3D4E5F"),
        (LAUNCH, b"<html><script>var o = {USESSION: '0A1B2C3D4E5F'}</script></html>", "0A1B2C3D4E5F"),
        (LAUNCH, b'<html><input value="S1234567" name="SESSION.STD_HID_FLDS.ET_BASE.1-1"></html>', "S1234567"),
    ],
)
def test_a_session_is_found_wherever_it_is_given_out(url: str, body: bytes, session: str) -> None:
    (follow,) = ITrent(LAUNCH).parse(Page(url, body)).follows
    query = f"WVID=6777852QI7&USESSION={session}&LANG=USA&RESULTS_PP=200"
    assert follow.url == f"{RUN}etrec106gf.json?{query}"
    empty = "JOB_TITLE=&KEYWORDS=&LOCATION_ID=&VAC_TYPES=&SALARY_BAND=&ORDER_BY=VACANCY_D"
    assert follow.headers["mhrParams"] == f"{query}&{empty}"


def test_a_session_on_a_page_whose_board_nobody_knows_leads_nowhere() -> None:
    with pytest.raises(BadBodyError):
        ITrent("about:blank").parse(Page("about:blank", b"<html><a href='?USESSION=0A1B2C3D4E5F'>Jobs</a></html>"))


@pytest.mark.parametrize(
    "url",
    [
        "https://ce0594li.webitrent.com/ce0594li_web/itrent_wrd/run/etadm001gf.main",  # where staff see their payslips
        "https://www.anytown.example/hr/itrent-payroll/",
    ],
)
def test_other_pages_of_the_product_are_not_claimed(url: str) -> None:
    assert recognise(Page(url, b"<html>iTrent</html>")) is None
