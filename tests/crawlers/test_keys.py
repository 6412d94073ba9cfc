"""A key goes to the host that it is for, over TLS, and nowhere else."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from scrapy import Request
from scrapy.http import Response

from crawlers.fetching import Fetcher, Identity
from crawlers.keys import KEYS, headers_for, hint
from crawlers.limits import Limits
from crawlers.source import Follow

KEPT = {"CLEARINGHOUSE_FAA_KEY": " abc123 ", "CLEARINGHOUSE_REED_KEY": "reedkey", "CLEARINGHOUSE_DATA_KEY": "never"}
AZURE = "Ocp-Apim-Subscription-Key"
CASES = [
    ("https://api.apprenticeships.education.gov.uk/vacancies/vacancy?PageNumber=1", AZURE, "abc123"),
    ("https://API.apprenticeships.education.gov.uk:443/vacancies", AZURE, "abc123"),
    ("https://www.reed.co.uk/api/1.0/search", "Authorization", "Basic cmVlZGtleTo="),
]  # fmt: skip
ELSEWHERE = [
    "http://api.apprenticeships.education.gov.uk/vacancies/vacancy",
    "https://api.apprenticeships.education.gov.uk:8443/vacancies",
    "https://api.apprenticeships.education.gov.uk.anytown.example/",
    "https://anytown.example/?https://www.reed.co.uk/",
    "https://www.reed.co.uk@anytown.example/",
    "https://[", "about:blank", "",
]  # fmt: skip


@pytest.mark.parametrize(("url", "header", "value"), CASES)
def test_a_key_is_sent_to_its_host(url: str, header: str, value: str) -> None:
    assert headers_for(url, KEPT) == {header: value}


@pytest.mark.parametrize("url", ELSEWHERE)
def test_no_key_is_sent_elsewhere(url: str) -> None:
    assert headers_for(url, KEPT) == {}


def test_without_a_key_nothing_is_added() -> None:
    assert headers_for(CASES[0][0], {}) == headers_for(CASES[0][0], {"CLEARINGHOUSE_FAA_KEY": " "}) == {}


SIMULATED = [
    ("http://127.0.0.1:8127/vacancies/vacancy?PageNumber=1", {AZURE: "simulated"}),
    ("http://127.0.0.1:8129/api/1.0/search", {"Authorization": "Basic c2ltdWxhdGVkOg=="}),
    ("http://localhost:8127/jobs.rss", {}),
]


@pytest.mark.parametrize(("url", "sent"), SIMULATED)
def test_a_simulated_api_on_this_machine_gets_a_made_up_key(url: str, sent: dict[str, str]) -> None:
    assert headers_for(url, KEPT) == headers_for(url, {}) == sent


HINTS = [
    (CASES[0][0], {}, ", for want of a key: put yours into CLEARINGHOUSE_FAA_KEY"),
    (CASES[0][0], KEPT, ""),
    ("https://anytown.example/vacancies/vacancy", {}, ""),
    ("https://[", {}, ""),
]


@pytest.mark.parametrize(("url", "environment", "words"), HINTS)
def test_a_refusal_says_which_key_is_wanted(url: str, environment: dict[str, str], words: str) -> None:
    assert hint(url, environment) == words


def test_each_key_has_a_variable_of_its_own() -> None:
    assert len({key.variable for key in KEYS.values()}) == len(KEYS)


def test_a_request_takes_its_key_along_but_not_to_where_it_is_redirected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_FAA_KEY", "abc123")
    sent: dict[str, str | None] = {}

    async def download(request: Request) -> Response:
        value = request.headers.get(AZURE)
        sent[request.url] = value.decode() if value else None
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=404)
        moved = {"Location": "https://elsewhere.example/"} if "apprenticeships" in request.url else {}
        return Response(request.url, status=302 if moved else 200, headers=moved, body=b"[]")

    fetcher = Fetcher(download, lambda *_, **__: None, {}, Limits(), lambda: dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
    who = Identity("faa", "ClearingHouse/1", proxy="http://proxy.example:3128")
    answer = asyncio.run(fetcher.fetch(Follow(CASES[0][0]), who))
    assert answer.url == "https://elsewhere.example/"
    assert sent[CASES[0][0]] == "abc123"
    assert [value for url, value in sent.items() if "elsewhere" in url] == [None, None]
