"""An adapter as data and back, and what a row of the store may not declare."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.errors import BadSourceError
from crawlers.adapters.feed import Feed
from crawlers.adapters.json_api import JsonApi, Paging
from crawlers.adapters.jsonld import JsonLd
from crawlers.adapters.known import ADAPTERS
from crawlers.adapters.sitemap import Sitemap
from crawlers.declared import adapter_from, as_fields, at
from crawlers.source import Adapter

sys.path.insert(0, str(Path(__file__).parent))

from own_bodies import example

URL = "https://jobs.anytown.example/rss"
API = {"url": URL, "items": "jobs", "fields": {"title": "name"}}
HOSTS = st.from_regex(r"[a-z0-9-]{1,20}\.example(?::[1-9][0-9]{0,3})?", fullmatch=True)
URLS = st.builds(
    lambda scheme, host, path: f"{scheme}://{host}/{path}",
    st.sampled_from(["http", "https"]),
    HOSTS,
    st.text(max_size=40),
)
MATCHES = st.none() | st.sampled_from([r"/jobs/\d", "", r"[?&]id=\d+$", "stellenangebote/äöü"])
ADAPTED = st.one_of(
    st.builds(Feed, url=URLS),
    st.builds(JsonLd, url=URLS | st.lists(URLS, min_size=1, max_size=3).map(tuple)),
    st.builds(Sitemap, url=URLS, match=MATCHES),
    st.builds(
        JsonApi,
        url=URLS,
        items=st.text(max_size=9),
        fields=st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3),
        paging=st.none()
        | st.builds(Paging, parameter=st.none() | st.just("p"), first=st.integers(), rows=st.none() | st.just(20)),
    ),
)


@given(ADAPTED)
def test_an_adapter_told_as_json_is_the_same_again(adapter: Adapter) -> None:
    assert adapter_from(json.loads(json.dumps(as_fields(adapter)))) == adapter


def test_every_adapter_can_be_told_as_data() -> None:
    for name in ADAPTERS:
        adapter = example(name)
        told = json.loads(json.dumps(as_fields(adapter)))
        assert told["adapter"] == name
        assert adapter_from(told) == adapter


WRONG: list[tuple[object, str]] = [
    (None, "None is no adapter with its fields"),
    ([], r"\[\] is no adapter"),
    ({"adapter": "feed"}, "is no adapter with its fields"),
    ({"adapter": "feed", "fields": ["url"]}, "is no adapter with its fields"),
    ({"adapter": "os.system", "fields": {}}, "no adapter is called 'os.system': there are .*feed, .*sitemap"),
    ({"adapter": ["feed"], "fields": {}}, r"no adapter is called \['feed'\]"),
    ({"adapter": "feed", "fields": {}}, "adapter feed needs url"),
    ({"adapter": "feed", "fields": {"url": URL, "match": "x"}}, "adapter feed has no field 'match'"),
    ({"adapter": "feed", "fields": {"url": URL, "__class__": "x"}}, "adapter feed has no field '__class__'"),
    ({"adapter": "feed", "fields": {"url": 7}}, "url 7 is not what adapter feed takes"),
    ({"adapter": "feed", "fields": {"url": [URL]}}, "is not what adapter feed takes"),
    ({"adapter": "feed", "fields": {"url": True}}, "url True is not"),
    ({"adapter": "feed", "fields": {"url": "file:///etc/passwd"}}, "'file:///etc/passwd' is no http or https address"),
    ({"adapter": "feed", "fields": {"url": "http://[::1"}}, "is no http or https address"),
    ({"adapter": "feed", "fields": {"url": "https://anytown.example:99999/"}}, "is no http or https address"),
    ({"adapter": "jsonld", "fields": {"url": []}}, r"url \[\] is not what"),
    ({"adapter": "jsonld", "fields": {"url": [URL, 3]}}, "is not what adapter jsonld takes"),
    ({"adapter": "jsonld", "fields": {"url": [URL, "gopher://x"]}}, "'gopher://x' is no http or https address"),
    ({"adapter": "sitemap", "fields": {"url": URL, "match": 3}}, "match 3 is not what adapter sitemap takes"),
    ({"adapter": "json_api", "fields": {"url": URL}}, "adapter json_api needs items, fields"),
    (
        {"adapter": "json_api", "fields": {**API, "fields": {"title": 3}}},
        "fields .* is not what adapter json_api takes",
    ),
    ({"adapter": "json_api", "fields": {**API, "fields": ["title"]}}, "fields .* is not what adapter json_api takes"),
    ({"adapter": "json_api", "fields": {**API, "paging": {"first": "1"}}}, "paging .* is not what"),
    ({"adapter": "json_api", "fields": {**API, "paging": {"last": 1}}}, "paging .* is not what"),
    ({"adapter": "json_api", "fields": {**API, "paging": {"first": True}}}, "paging .* is not what"),
    ({"adapter": "sitemap", "fields": {"url": URL, "match": "("}}, r"match '\(' is no regular expression"),
]


@pytest.mark.parametrize(("values", "words"), WRONG, ids=[str(n) for n, _ in enumerate(WRONG)])
def test_what_can_not_be_an_adapter_is_named(values: object, words: str) -> None:
    with pytest.raises(BadSourceError, match=words) as caught:
        adapter_from(values, "anytown")
    assert caught.value.slug == "anytown"


class Own:
    """An operator's adapter, which has no address of its own."""

    name = "feed"
    identity = ("url",)


def test_an_adapter_of_an_operator_is_not_told_as_data_nor_moved() -> None:
    own: Adapter = Own()  # type: ignore[assignment]
    with pytest.raises(BadSourceError, match="can't be told in data"):
        as_fields(own)
    with pytest.raises(BadSourceError, match="no one address that another could replace"):
        at(own, URL)
    with pytest.raises(BadSourceError, match="no one address"):
        at(JsonLd((URL, URL + "2")), URL)


def test_an_adapter_moves_to_another_address_with_all_else_as_it_was() -> None:
    assert at(Sitemap(URL, match="/jobs/"), URL + "2") == Sitemap(URL + "2", match="/jobs/")
    with pytest.raises(BadSourceError, match="'ftp://x' is no http or https address"):
        at(Feed(URL), "ftp://x")
