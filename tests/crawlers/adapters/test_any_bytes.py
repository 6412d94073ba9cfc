"""Whatever bytes arrive, an adapter answers with Parsed or BadBodyError, and soon."""

from __future__ import annotations

import dataclasses
import gzip
import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearinghouse.errors import BadBodyError
from crawlers.adapters import body as bodies
from crawlers.adapters.known import ADAPTERS, RECOGNISERS
from crawlers.source import Adapter, Follow, Page, Parsed, Role

sys.path.insert(0, str(Path(__file__).parent.parent))

from own_bodies import BODIES, NAMES, adapter_of, as_json, example, page_of

URL = "https://a.example/x"
EXAMPLES = 12 if settings.default.derandomize else 200  # of each adapter: few in the suite, many in the soak
PIECES = [
    *(b"<rss>", b"</rss>", b"<channel>", b"<item>", b"</item>", b"<title>"),
    *(b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"<![CDATA[", b"]]>", b"&amp;", b"&"),
    *(b"<!DOCTYPE rss [", b"<!ENTITY a 'b'>", b"]>", b"&a;", b"<!--", b"-->"),
    *(b"<?xml version='1.0' encoding='utf-16'?>", b"\xff\xfe", b"\x00", b"\xa3", b"<urlset>", b"<url>", b"<loc>"),
    *(b"<script type=application/ld+json>", b'{"@type":"JobPosting","title":', b"[", b"]", b"{", b"}", b'"', b"\\"),
    *(b",", b"</script>", b"<html>", b"<p itemprop=url>", b"Salary: ", b"<br>", b"<td>", b"https://a.example/"),
    *(b"<div itemscope itemtype=http://schema.org/JobPosting itemref=a id=a>", b"\n", b" ", b"x", b"\x1f\x8b", b"</"),
    *(b">", b"<", b"xml:base='"),
]
STRANGE = st.binary(max_size=300) | st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=40).map(b"".join)


def outcome(adapter: Adapter, body: bytes, role: Role = "listing") -> Parsed | BadBodyError:
    try:
        return adapter.parse(Page(URL, body, asked=Follow(URL, role=role)))
    except BadBodyError as error:
        return error


@pytest.mark.parametrize("name", sorted(ADAPTERS))
@settings(max_examples=EXAMPLES, deadline=None)
@given(body=STRANGE, role=st.sampled_from(["listing", "detail"]))
def test_any_bytes_give_postings_or_a_bad_body(name: str, body: bytes, role: Role) -> None:
    result = outcome(example(name), body, role)
    assert isinstance(result, Parsed) or str(result).startswith(f"{URL}: ")


@pytest.mark.parametrize("name", sorted(RECOGNISERS))
@settings(max_examples=EXAMPLES, deadline=None)
@given(body=STRANGE, url=st.sampled_from([URL, "about:blank", ""]) | st.text(max_size=30))
def test_any_bytes_at_any_address_are_recognised_or_not(name: str, body: bytes, url: str) -> None:
    claim = RECOGNISERS[name](Page(url, body))
    assert claim is None or (claim.adapter.name == name and 0 < claim.sure <= 1 and claim.why)


ODD = [None, True, 7, -1.5, 10**400, "x", "", " ", "https://[", "\ud800", "{", [], {}, [[]], [{}], [None], {"a": []}]
OF_JSON = [name for name in NAMES if (BODIES / name).read_bytes().lstrip()[:1] in (b"{", b"[")]


@pytest.mark.parametrize("name", OF_JSON)
def test_any_value_in_place_of_any_other_in_json_gives_postings_or_a_bad_body(name: str) -> None:
    dice = random.Random(name)
    body = json.loads((BODIES / name).read_bytes())
    every = list(places(body))
    for path in dice.sample(every, min(40, len(every))):
        odd = json.dumps(replaced(body, path, dice.choice(ODD))).encode()
        page = dataclasses.replace(page_of(name), body=odd)
        try:
            assert json.dumps(as_json(adapter_of(name).parse(page)), ensure_ascii=False).encode()
        except BadBodyError as error:
            assert error.reason


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside `value`, and its own."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield from places(each, (*path, key))


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """`value` with `new` at `path`."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("control", [b"\x01", b"&#1;", b"&#xFFFE;", rb"\u0001", rb"\ud800"])
def test_control_characters_all_over_a_body_give_postings_or_a_bad_body(control: bytes) -> None:
    for name in NAMES:
        body = page_of(name).body.replace(b">", b">" + control).replace(b'": "', b'": "' + control)
        try:
            told = as_json(adapter_of(name).parse(dataclasses.replace(page_of(name), body=body)))
        except BadBodyError as error:
            assert error.reason
        else:
            assert json.dumps(told, ensure_ascii=False).encode(), name


def test_two_thousand_damaged_bodies_give_postings_or_a_bad_body() -> None:
    assert_harmless(2000, seed=2010)


@pytest.mark.soak
@pytest.mark.parametrize("shard", range(4))
def test_two_hundred_thousand_damaged_bodies_give_postings_or_a_bad_body(shard: int) -> None:
    assert_harmless(50_000, seed=random.SystemRandom().randrange(2**32) + shard)


def assert_harmless(count: int, seed: int) -> None:
    """Damages `count` bodies of ours; half are read by their own adapter, half by another.

    Each must be read, or refused, in 2 s of processor time; all within 300 MB more memory than there was.
    """
    dice, read, before = random.Random(seed), 0, memory()
    for number in range(count):
        name = dice.choice(NAMES)
        adapter = example(dice.choice(list(ADAPTERS))) if number % 2 else adapter_of(name)
        page = dataclasses.replace(page_of(name), body=damaged(page_of(name).body, dice))
        started, where = time.process_time(), f"seed {seed}, body {number}: {name} read by {adapter.name}"
        try:
            told = as_json(adapter.parse(page))
        except BadBodyError as error:
            assert error.reason, where
        except Exception as error:
            raise AssertionError(where) from error
        else:
            read += 1
            assert "\0" not in json.dumps(told, ensure_ascii=False).encode().decode(), where
        assert time.process_time() - started < 2, where
        assert memory() - before < 300_000, where
    assert count / 20 < read < count * 19 / 20


def memory() -> int:
    """The most memory that this process has ever held, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def damaged(body: bytes, dice: random.Random) -> bytes:
    """The body cut, doubled, swapped or sprinkled with other bytes in a few places."""
    data = bytearray(body)
    for _ in range(dice.randint(1, 6)):
        at, length = dice.randrange(len(data) + 1), dice.randint(0, 60)
        piece = dice.choice([b"", dice.choice(PIECES), dice.randbytes(3), bytes(data[at : at + length]) * 2])
        data[at : at + dice.choice([0, 1, length])] = piece
    return bytes(data[: dice.choice([len(data), dice.randrange(len(data) + 1)])])


HALF = 200_000  # bytes; enough for whatever grows with the square of a length to take half a minute
RSS, END = b"<rss><channel><item><title>", b"</title></item></channel></rss>"
LD, LD_END = b'<html><script type="application/ld+json">', b"</script></html>"
JOB = b'{"@type":"JobPosting","title":'
HEAVY = {
    "one long line": RSS + b"a " * (5 * HALF // 2) + END,
    "one long word of JSON": LD + JOB + b'"' + b"a" * 5 * HALF + b'"}' + LD_END,
    "quotes in an unclosed string": LD + JOB + b'"' + b'\\"' * HALF + LD_END,
    "deep JSON": LD + JOB + b"[" * HALF + LD_END,
    "deep bare JSON": b'{"a":' * 10_000,
    "a wide array": LD + JOB + b"[" + b"0," * (HALF // 2) + b"0]}" + LD_END,
    "an array of objects": LD + b"[" + (JOB + b'"x"},') * 10_000 + b"{}]" + LD_END,
    "an array of different objects": LD + b"[" + b"".join(JOB + b'"%d"},' % n for n in range(5000)) + b"{}]" + LD_END,
    "a bare list of objects": b"[" + b'{"id":1,"title":"a"},' * 10_000 + b"{}]",
    "lists in lists": b'{"jobs":' + b"[" * 900 + b"]" * 900 + b"}",
    "a long number": b'{"jobs":[{"id":' + b"9" * HALF + b"}]}",
    "commas and space": LD + JOB + b'"x"' + b", " * HALF + LD_END,
    "deep elements": b"<rss><channel>" + b"<item>" * 50_000,
    "deep page": b"<html>" + b"<div>" * 50_000 + b"<script type=application/ld+json>",
    "nested microdata": b"<html>" + b"<div itemscope itemprop=a itemtype=http://schema.org/JobPosting>" * 5000,
    "ampersands": RSS + b"&" * HALF + END,
    "comment starts": b"<html>" + b"<!--" * (HALF // 2),
    "comment ends": b"<!---->" * (HALF // 7) + b"<",
    "unclosed doctype": b"<!DOCTYPE rss [" + b"<!ENTITY a '" * (HALF // 12) + b"><rss/>",
    "stray bytes": RSS + b"\xa3" * 2 * HALF + END,
    "tag starts": RSS.replace(b"title", b"description") + b"&lt;a" * (HALF // 5) + END,
    "colons": RSS.replace(b"title", b"description") + b"a:" * HALF + END,
    "labels": RSS.replace(b"title", b"description") + b"Salary:\n" * (HALF // 8) + END,
    "end tags": b"<rss>" + b"</rss" * (HALF // 5),
    "many items": b"<rss><channel>" + b"<item><title>a</title></item>" * 5000,
    "descriptions in one another": b"<rss><channel><item>" + b"<description><b " * (HALF // 16) + b"&</item>",
    "bare attributes": b"<rss " + b"a=b " * (HALF // 4) + b"><channel/></rss>",
    "half attributes": b"<rss><item &" + b"<a b='" * (HALF // 6),
    "script comments": LD + JOB + b"/*" * HALF + LD_END,
    "open elements": b"<html><body>" + b"<div title='" * (HALF // 12),
    "prefixes": RSS + b"&lt;a:" * (HALF // 6) + END,
    "a text sitemap": b"https://a.example/\n" * (HALF // 19),
    "an entity bomb": b"<!DOCTYPE rss [<!ENTITY a0 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]>"
    + RSS
    + b"&a11;"
    + END,
}


@pytest.mark.parametrize("name", sorted(ADAPTERS))
def test_no_body_holds_an_adapter_up(name: str) -> None:
    for what, body in HEAVY.items():
        started = time.process_time()
        outcome(example(name), body)
        assert time.process_time() - started < 2, what


@pytest.mark.parametrize("name", sorted(ADAPTERS))
def test_no_more_of_a_gzip_bomb_is_unpacked_than_may_be(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "UNPACKED_LIMIT", 1_000_000)
    refused = outcome(example(name), gzip.compress(b"<rss>" + b" " * 2_000_000))
    assert isinstance(refused, BadBodyError)
    assert refused.reason == "gzip data of over 1000000 bytes"


def test_a_gzip_bomb_takes_little_memory() -> None:
    before, bomb = memory(), gzip.compress(b"<rss>" + b" " * 10_000_000) * 100
    assert isinstance(outcome(example("feed"), bomb), BadBodyError)
    assert memory() - before < 300_000


@pytest.fixture(scope="module")
def huge() -> Iterator[bytes]:
    """A body of 100 MB, for no longer than it is needed."""
    yield b'{"jobs":[{"id":1,"title":"' + b"x" * 100_000_000 + b'"}]}'


@pytest.mark.parametrize("name", sorted(ADAPTERS))
def test_a_hundred_megabytes_on_one_line_are_refused_at_once(name: str, huge: bytes) -> None:
    before, started = memory(), time.process_time()
    assert isinstance(outcome(example(name), huge), BadBodyError)
    assert time.process_time() - started < 2
    assert memory() - before < 300_000
    assert name not in RECOGNISERS or RECOGNISERS[name](Page(URL, huge)) is None
