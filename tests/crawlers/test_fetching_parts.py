"""The parts of fetching that need no network: addresses, encodings, robots.txt, what a 304 stands for, planning."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import ipaddress
import json
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.vacancies.posting import Posting
from crawlers import addresses, decoding, planning, readings, robots
from crawlers.failures import FetchError
from crawlers.joining import fill, join
from crawlers.source import Follow, Parsed

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)

ADDRESSES = [
    ("93.184.215.14", False, None),
    ("127.0.0.1", True, None),
    ("::1", True, None),
    ("127.8.8.8", False, "this machine"),
    ("::1", False, "this machine"),
    ("::ffff:127.0.0.1", False, "this machine"),
    ("10.1.2.3", False, "private"),
    ("10.1.2.3", True, "private"),
    ("172.16.0.1", False, "private"),
    ("192.168.1.1", True, "private"),
    ("100.64.0.1", False, "private"),
    ("0.0.0.0", False, "private"),  # noqa: S104  not to bind
    ("224.0.0.1", False, "private"),
    ("169.254.169.254", False, "link-local"),
    ("169.254.169.254", True, "link-local"),
    ("fe80::1", True, "link-local"),
    ("fd00::1", True, "private"),
    ("::ffff:192.168.0.1", True, "private"),
    ("2002:c0a8:0001::1", True, "private"),
    ("64:ff9b::10.0.0.1", False, "private"),
    ("64:ff9b::8.8.8.8", False, None),
]


@pytest.mark.parametrize(("address", "loopback", "reason"), ADDRESSES)
def test_only_public_addresses_are_read_and_this_machine_where_allowed(
    address: str, loopback: object, reason: str | None
) -> None:
    said = addresses.refusal(ipaddress.ip_address(address), loopback=bool(loopback))
    assert (said is None) == (reason is None)
    assert reason is None or reason in str(said)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "//x/", "http:///x", "gopher://a/"])
def test_other_schemes_are_never_fetched(url: str) -> None:
    with pytest.raises(FetchError, match="not an http or https address"):
        asyncio.run(addresses.check(url, loopback=True, pins={}))


def test_a_name_that_leads_to_this_machine_is_refused_and_a_good_one_is_pinned() -> None:
    pins: dict[str, str] = {}
    with pytest.raises(FetchError, match=r"127\.0\.0\.1 is this machine"):
        asyncio.run(addresses.check("http://localhost:1/", loopback=False, pins=pins))
    assert pins == {}
    asyncio.run(addresses.check("http://localhost:1/", loopback=True, pins=pins))
    assert pins == {"localhost": "127.0.0.1"}


TEXT = b"<rss><channel/></rss>" * 50
ENCODED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "identity": TEXT,
    "": TEXT,
    "deflate, gzip": gzip.compress(zlib.compress(TEXT)),
}


@pytest.mark.parametrize("name", ENCODED)
def test_every_encoding_that_we_ask_for_is_undone(name: str) -> None:
    assert decoding.decode(ENCODED[name], name, 20_000_000) == TEXT


def test_deflate_without_its_wrapping_is_read_too() -> None:
    raw = zlib.compressobj(wbits=-15)
    assert decoding.decode(raw.compress(TEXT) + raw.flush(), "deflate", 20_000_000) == TEXT


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
@pytest.mark.parametrize("lost", [1, 5, 20])
def test_a_body_that_is_cut_short_is_never_taken_for_a_shorter_one(name: str, lost: int) -> None:
    with pytest.raises(decoding.BadEncodingError, match=r"cut short|damaged"):
        decoding.decode(ENCODED[name][:-lost], name, 20_000_000)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_a_small_body_that_unpacks_to_a_huge_one_is_stopped(name: str) -> None:
    zeros = b"\0" * 30_000_000
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": lambda data: brotli.compress(data, quality=1)}
    with pytest.raises(decoding.BadEncodingError, match="body over 20 MB"):
        decoding.decode(packed[name](zeros), name, 20_000_000)


@pytest.mark.parametrize(("name", "words"), [("gzip", "not gzip"), ("zstd", "'zstd' is unknown"), ("br", "damaged")])
def test_a_body_that_isnt_what_its_encoding_says_is_told(name: str, words: str) -> None:
    with pytest.raises(decoding.BadEncodingError, match=words):
        decoding.decode(b"<rss/> and more", name, 20_000_000)


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br"]))
def test_any_bytes_decode_or_are_refused(body: bytes, name: str) -> None:
    try:
        decoding.decode(body, name, 1000)
    except decoding.BadEncodingError:
        return


RULES = b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n\nUser-agent: ClearingHouse\nDisallow: /ours\n"
AGENT = "SomeBot/1.0 (+https://jobs.example/contact)"


@pytest.mark.parametrize(
    ("status", "body", "path", "words"),
    [
        (200, RULES, "/jobs", None),
        (200, RULES, "/private/x", "robots.txt does not allow it"),
        (200, b"<html>Not found</html>", "/jobs", None),
        (200, b"\xff\xfe\x00", "/jobs", None),
        (404, b"", "/private", None),
        (403, b"", "/private", None),
        (500, b"", "/jobs", "it answered 500"),
        (429, b"", "/jobs", "it answered 429"),
    ],
)
def test_robots_txt_is_read_as_its_rfc_says(status: int, body: bytes, path: str, words: str | None) -> None:
    said = robots.read(status, body).refusal(f"https://anytown.example{path}", AGENT)
    assert (said is None) == (words is None)
    assert words is None or words in str(said)


def test_our_own_name_in_robots_txt_is_heeded_and_its_delay() -> None:
    ours = "ClearingHouse/0.1 (+https://jobs.example/contact; a@jobs.example)"
    rules = robots.read(200, RULES)
    assert rules.refusal("https://anytown.example/ours", ours)
    assert not rules.refusal("https://anytown.example/private", ours)
    assert rules.delay(AGENT) == 3


async def _silence(url: str) -> tuple[int, bytes]:
    raise FetchError(url, "connection refused", passing=True)


def test_a_site_whose_robots_txt_cant_be_had_is_left_alone_unless_it_is_this_machine() -> None:
    async def ask() -> tuple[robots.Rules, robots.Rules]:
        asked = robots.Robots(_silence)
        url = "https://anytown.example/jobs"
        return await asked.rules(url, local=False), await asked.rules(url, local=True)

    away, here = asyncio.run(ask())
    assert "connection refused" in str(away.refusal("https://anytown.example/jobs", AGENT))
    assert here.refusal("https://anytown.example/jobs", AGENT) is None


CARD = Posting(reference="A1", url="https://x.example/1", title="Clerk", salary="Grade 4", extra={"a": "1", "b": "1"})


def test_a_reading_comes_back_from_json_as_it_was() -> None:
    follow = Follow(
        "https://x.example/1", carried={"page": 2}, card=CARD, method="POST", body=b"\x00q", headers={"A": "b"}
    )
    parsed = Parsed((CARD,), (follow, Follow("https://x.example/2", role="listing")), "cut", 7)
    assert readings.from_json(json.loads(json.dumps(readings.as_json(parsed)))) == parsed


JOINS = [
    ("no card", None, (CARD,), (CARD,)),
    ("no posting on the page", CARD, (), (CARD,)),
    (
        "the page's word over the card's",
        CARD,
        (Posting(title="Office clerk", extra={"b": "2"}),),
        (
            Posting(
                reference="A1",
                url="https://x.example/1",
                title="Office clerk",
                salary="Grade 4",
                extra={"a": "1", "b": "2"},
            ),
        ),
    ),
    (
        "a page of several gives the card to its own",
        CARD,
        (Posting(reference="B2", title="Cook"), Posting(reference="A1", title="Clerk")),
        (Posting(reference="B2", title="Cook"), CARD),
    ),
    (
        "a page of several others leaves the card",
        CARD,
        (Posting(reference="B2", title="Cook"), Posting(reference="C3", title="Cleaner")),
        (CARD, Posting(reference="B2", title="Cook"), Posting(reference="C3", title="Cleaner")),
    ),
]


@pytest.mark.parametrize(("card", "found", "joined"), [case[1:] for case in JOINS], ids=[case[0] for case in JOINS])
def test_cards_and_pages_are_joined(
    card: Posting | None, found: tuple[Posting, ...], joined: tuple[Posting, ...]
) -> None:
    assert join(card, found) == joined


def test_fill_counts_what_each_field_has() -> None:
    counts = fill((CARD, Posting(title="Cook", locations=("Retford",))))
    assert (counts["title"], counts["reference"], counts["locations"], counts["closes"]) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    ("every", "failures", "hours"),
    [(4, 0, 4), (4, 1, 8), (4, 2, 16), (4, 3, 24), (4, 40, 24), (48, 0, 48), (48, 3, 48), (0.25, 2, 1)],
)
def test_failures_in_a_row_double_the_wait_up_to_a_day(every: float, failures: int, hours: float) -> None:
    wait = planning.next_due("anytown", every, failures, NOW) - NOW
    assert dt.timedelta(hours=hours * 0.94) < wait < dt.timedelta(hours=hours * 1.06)


def test_sources_of_one_rhythm_spread_and_each_keeps_its_own_time() -> None:
    times = {planning.next_due(f"source-{n}", 4, 0, NOW) for n in range(50)}
    assert len(times) == 50
    assert max(times) - min(times) > dt.timedelta(minutes=15)
    assert planning.next_due("source-1", 4, 0, NOW) == planning.next_due("source-1", 4, 0, NOW)
