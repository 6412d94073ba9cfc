"""A trial of a web address: what would come of it, in words that somebody who pasted it can act on."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from clearinghouse.ingest.sources import facts_from_json
from clearinghouse.settings import Settings, settings
from crawlers import requests, verdicts
from crawlers.batch import Stop
from crawlers.declared import adapter_from
from crawlers.failures import FetchError
from crawlers.fetching import Answer, Identity
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.members import PARTNERS, Partner
from crawlers.partners.sources import demo_sources
from crawlers.source import Follow
from crawlers.trial import LIMITS, Trial

sys.path.insert(0, str(Path(__file__).parent))

from simulation import BASES, NOW, SYSTEMS, Simulation
from site_under_test import Reply, Site, rss, serving

ADVERT = (
    '<html><head><title>{title}</title></head><body><script type="application/ld+json">{json}</script></body></html>'
)


def tried(fetcher: Simulation, url: str) -> dict[str, Any]:
    """The result of a trial, as the store gets it."""
    trial = Trial(url, Settings(), LIMITS, lambda: NOW)
    asyncio.run(trial.work(fetcher))  # type: ignore[arg-type]  # a fake that has what a trial uses
    result: dict[str, Any] = json.loads(json.dumps(trial.result))
    return result


@pytest.mark.parametrize("partner", SYSTEMS, ids=lambda partner: partner.slug)
def test_each_partner_is_found_by_the_address_of_its_list(partner: Partner) -> None:
    fetcher = Simulation(partner)
    entry = BASES[partner.slug] + FORMATS[partner.format].entry
    result = tried(fetcher, entry)
    known = demo_sources(BASES)[partner.slug]
    assert result["state"] == "found"
    assert result["adapter"]["adapter"] == known.adapter.name
    assert result["url"] == result["adapter"]["fields"]["url"] == entry
    assert adapter_from(result["adapter"])
    adverts = fetcher.site.view.adverts
    assert result["stated"] == len(adverts)
    assert result["partial"] is (known.adapter.name == "sitemap" and len(adverts) > 10)
    titles = [one["posting"]["title"] for one in result["sample"]]
    assert len(titles) == min(10, len(adverts))
    real = {advert.title.partition(" (")[0] for advert in adverts}
    assert {title.partition(" (")[0] for title in titles} <= real
    assert [one["draft"]["title"] for one in result["sample"]] == titles
    assert result["organisation"] in (None, partner.name)
    facts = facts_from_json(result["facts"])
    assert (facts.slug, facts.origin, facts.public, facts.adapter) == ("", "browser", False, known.adapter.name)
    gets = [url for method, url in fetcher.asked if method == "GET"]
    assert len(gets) == len(set(gets)) <= 20


def advert(title: str, **more: str) -> Reply:
    """A page that holds one advert."""
    said = json.dumps({"@type": "JobPosting", "title": title, **more})
    return Reply(ADVERT.format(title=f"{title} | Jobs at Seaton Council", json=said).encode())


def sitemap(*urls: str) -> Reply:
    """A sitemap of these pages."""
    return Reply(f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode())


def moved(where: str) -> Reply:
    """A redirect."""
    return Reply(status=302, headers={"Location": where})


TRIED = {
    # path or address: the state that results, words that its message must hold
    "/jobs.rss": ("found", "We found 2 vacancies."),
    "/moved": ("found", "We found 2 vacancies."),
    "/linked": ("found", "We found 2 vacancies."),
    "/advert": ("found", "We read 2 vacancies as a sample of about 3."),
    "/missing": ("failed", "There is no page at {url}: it answered 404. Check the address."),
    "/server": ("failed", "We could not read {url}: it answered 500."),
    "/key": ("refused", "The site does not let us read {url}: it answered 403."),
    "/picture": ("nothing", "{url}: It can be read, but we found no vacancies on it"),
    "/loop": ("failed", "a redirect loop: over 5 redirects"),
    "/private": ("refused", "We may not read {url}: it leads to http://10.1.2.3/: 10.1.2.3 is a private address."),
    "/robots/jobs": ("refused", "We may not read {url}: robots.txt does not allow it."),
    "/huge": ("failed", "We could not read {url}: body over 20 MB."),
    "/claimed": ("failed", "We could not read {url}: body over 20 MB."),
    "/drip": ("failed", "We could not read {url}: no whole answer within 2 s."),
    "/nothing": ("nothing", "we found no vacancies on it"),
    "/cut": ("found", "We found 1 vacancy."),
    "http://10.0.0.1/jobs": ("refused", "We may not read {url}: 10.0.0.1 is a private address."),
    "http://169.254.169.254/": ("refused", "169.254.169.254 is a link-local address"),
    "http://[::1]:8000/": ("failed", "We could not read {url}"),
    "file:///etc/passwd": ("refused", "We may not read {url}: not an http or https address."),
    "http://[::1": ("failed", "We could not read {url}: not an address"),
    "http://127.0.0.1:9/": ("failed", "We could not read {url}: connection refused."),
    "": ("refused", "not an http or https address"),
    "https:": ("failed", "We could not read {url}: the connection failed: no secure connection could be made."),
}


def pages(base: str) -> dict[str, Reply | list[Reply]]:
    """What the site of these trials answers."""
    feed = rss(base, 1, 2)
    linked = '<html><head><link rel="alternate" type="application/rss+xml" href="/jobs.rss"></head><body></body></html>'
    return {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /robots/\nSitemap: /sitemap.xml\n"),
        "/jobs.rss": Reply(feed),
        "/moved": moved("/jobs.rss"),
        "/linked": Reply(linked.encode()),
        "/advert": advert("Clerk"),
        "/sitemap.xml": sitemap(*(f"{base}{path}" for path in ("/", "/about", "/jobs/1", "/jobs/2", "/jobs/3"))),
        "/jobs/1": advert("Clerk"),
        "/jobs/2": advert("Porter"),
        "/jobs/3": Reply(b"oops", 500),
        "/about": Reply(b"<html><body>About us</body></html>"),
        "/server": Reply(b"oops", 500),
        "/key": Reply(b"", 403),
        "/loop": moved("/loop"),
        "/private": moved("http://10.1.2.3/"),
        "/huge": Reply(endless=True),
        "/claimed": Reply(b"x", length=100_000_000),
        "/drip": Reply(feed, drip=True),
        "/cut": Reply(feed[:-20]),
    }


def bare() -> dict[str, Reply | list[Reply]]:
    """A site without any vacancy."""
    return {
        "/nothing": Reply(b"<!DOCTYPE html><html><body><a href='/about'>About us</a></body></html>"),
        "/picture": Reply(b"\x89PNG\r\n"),
    }


@pytest.fixture(scope="module")
def trials() -> Iterator[dict[str, dict[str, Any]]]:
    """Every trial of TRIED, over real HTTP in one process, by path; and one of this machine outside a demo."""
    with serving() as full, serving() as empty:
        full.pages.update(pages(full.base))
        empty.pages.update(bare())
        urls = {
            path: (empty if path in empty.pages else full).base + path if path[:1] == "/" else path for path in TRIED
        }
        urls["https:"] = full.base.replace("http:", "https:")  # where nobody speaks it
        jobs = [{"url": url, "demo": True} for url in urls.values()] + [{"url": full.base + "/jobs.rss", "demo": False}]
        limits = {"timeout": 2.0, "local_back_off": 0.02}
        done = subprocess.run(
            [sys.executable, str(Path(__file__).parent / "many_trials.py")],
            input=json.dumps({"trials": jobs, "limits": limits}),
            capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        results = dict(zip((*urls, "outside"), json.loads(done.stdout), strict=True))
        yield {path: {"asked": urls.get(path), **result} for path, result in results.items()}


@pytest.mark.parametrize("path", TRIED, ids=[path or "nothing typed" for path in TRIED])
def test_what_came_of_an_address_is_told_in_words(trials: dict[str, dict[str, Any]], path: str) -> None:
    result = trials[path]
    state, words = TRIED[path]
    assert words.format(url=result["asked"]) in result["message"]
    assert result["state"] == state
    assert set(result) - {"asked"} == set(trials["/jobs.rss"]) - {"asked"}


def test_this_machine_is_read_in_a_demo_alone(trials: dict[str, dict[str, Any]]) -> None:
    assert trials["outside"]["state"] == "refused"
    assert trials["outside"]["message"].endswith("/jobs.rss: 127.0.0.1 is this machine.")


def test_a_page_that_only_links_a_feed_says_which(trials: dict[str, dict[str, Any]]) -> None:
    result = trials["/linked"]
    assert result["url"] == trials["/jobs.rss"]["asked"]
    assert (
        result["why"]
        == f"{result['asked']} leads to {result['url']}, which is a news feed (RSS or Atom) with 2 entries."
    )
    assert result["homepage"] == result["asked"]
    assert trials["/moved"]["url"] == result["url"]


def test_one_adverts_page_leads_to_the_sitemap_with_all_of_them(trials: dict[str, dict[str, Any]]) -> None:
    result = trials["/advert"]
    assert result["adapter"]["fields"]["match"] == r"/jobs/\d"
    assert {one["draft"]["title"] for one in result["sample"]} == {"Clerk", "Porter"}
    assert "/jobs/3: answered 500" in result["doubt"]
    assert result["organisation"] == "Seaton Council"


def test_a_feed_that_is_cut_short_is_found_and_doubted(trials: dict[str, dict[str, Any]]) -> None:
    assert "/cut: it stops before its end" in trials["/cut"]["doubt"]
    assert trials["/jobs.rss"]["doubt"] is None


def test_the_reasons_why_nothing_was_found_are_all_told(trials: dict[str, dict[str, Any]]) -> None:
    why = trials["/nothing"]["why"]
    for words in ("/nothing: no adapter reads this", "/sitemap.xml: answered 404", "/rss: answered 404"):
        assert words in why


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A partner on this machine, which a trial of ours may read."""
    monkeypatch.setenv("CLEARINGHOUSE_DEMO", "true")
    settings.cache_clear()
    with serving() as site:
        yield site
    settings.cache_clear()


def test_a_trial_in_its_own_process_brings_its_result(site: Site) -> None:
    site.feed("/jobs", 1, 2, 3)
    result = requests.attempt(f"{site.base}/jobs", Stop())
    assert (result["state"], result["postings"]) == ("found", 3)


def test_a_trial_that_takes_too_long_is_killed_and_says_so(site: Site) -> None:
    site.feed("/jobs", 1, after=30)
    result = requests.attempt(f"{site.base}/jobs", Stop(), longest=0.3)
    assert (result["state"], result["message"]) == (
        "failed", f"We could not read {site.base}/jobs: not finished within 0.3 s.",
    )  # fmt: skip


def test_a_trial_whose_process_dies_is_a_failed_one(site: Site) -> None:
    result = requests.attempt(site.base, Stop(), limits={"nosuch": 1})
    assert result["state"] == "failed"
    assert "the process that read it ended" in result["message"]


def test_no_trial_begins_once_we_are_told_to_stop(site: Site) -> None:
    stop = Stop()
    stop.ask()
    assert "try again in a minute" in requests.attempt(site.base, stop)["message"]
    assert site.asked == []


def test_a_bug_of_an_adapter_is_a_failed_trial() -> None:
    class Broken(Simulation):
        async def fetch(self, follow: Follow, _: Identity, __: Mapping[str, str]) -> Answer:
            raise RuntimeError("no such thing")

    result = tried(Broken(PARTNERS[0]), BASES[PARTNERS[0].slug])
    assert (result["state"], "RuntimeError: no such thing" in result["message"]) == ("failed", True)


def test_candidates_that_can_not_be_had_leave_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    class Flaky(Simulation):
        async def fetch(self, follow: Follow, who: Identity, headers: Mapping[str, str]) -> Answer:
            if follow.url.endswith("/sitemap.xml"):
                raise FetchError(follow.url, "connection refused")
            return await super().fetch(follow, who, headers)

    partner = next(each for each in PARTNERS if each.format == "microdata")
    result = tried(Flaky(partner), BASES[partner.slug] + "/about-us")
    assert result["state"] == "failed"
    result = tried(Flaky(partner), BASES[partner.slug] + "/")
    assert result["state"] == "nothing"
    assert "/sitemap.xml: connection refused" in result["why"]


class Plain(Simulation):
    """A fetcher that answers every address with one body."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def fetch(self, follow: Follow, _: Identity, __: Mapping[str, str]) -> Answer:
        """The body."""
        return Answer(follow.url, 200, {}, self._body)


def test_only_the_first_postings_are_interpreted_and_what_is_refused_of_them_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verdicts, "READ", 3)
    feed = rss("https://anytown.example", 1, 2, 3, 4, 5)
    for number in (2, 5):
        feed = feed.replace(f"<title>Post number {number}</title>".encode(), b"")
    result = tried(Plain(feed), "https://anytown.example/rss")
    assert (result["postings"], result["fill"]["title"], len(result["sample"])) == (5, 3, 2)
    assert result["refused"] == [{"title": None, "reason": "no_title", "value": "https://anytown.example/job/2"}]


def test_texts_are_shown_up_to_a_length_and_markup_is_never_cut() -> None:
    words = f"<p>{'word ' * 10_000}</p>".encode()
    feed = rss("https://anytown.example", 1).replace(b"Salary: ", words.replace(b"<", b"&lt;"))
    sample = tried(Plain(feed), "https://anytown.example/rss")["sample"][0]
    assert len(sample["posting"]["description_html"]) == len(sample["draft"]["description_text"]) == 20_001
    assert sample["draft"]["description_html"] is None
