"""HTTP manners of the simulated sites, and each way in which they can be made to fail."""

from __future__ import annotations

import http.client
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import feedparser
import pytest
from lxml import etree

from crawlers.partners.running import Partners

FIRE, POLICE, FOSSE = "trentshire-fire", "trentshire-police", "fosse-vale-council"


def entry(partners: Partners, slug: str) -> str:
    site = partners.site(slug)
    return site.moment.base + site.format.entry


@contextmanager
def failing(partners: Partners, slug: str, kind: str) -> Iterator[str]:
    partners.fault(slug, kind)
    try:
        yield entry(partners, slug)
    finally:
        partners.fault(slug, "none")


def test_validators_get_a_304_without_a_body_on_listings_and_pages(partners: Partners, ask: Callable) -> None:
    for url in (entry(partners, FIRE), entry(partners, FOSSE), partners.urls[FIRE] + "/"):
        first = ask(url)
        tag, date = first.headers["etag"], first.headers["last-modified"]
        for headers in (
            {"If-None-Match": tag},
            {"If-None-Match": f'"other", W/{tag}'},
            {"If-None-Match": "*"},
            {"If-Modified-Since": date},
        ):
            again = ask(url, headers)
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)


def test_other_validators_get_the_whole_answer(partners: Partners, ask: Callable) -> None:
    url = entry(partners, FIRE)
    date = ask(url).headers["last-modified"]
    for headers in (
        {"If-None-Match": '"other"', "If-Modified-Since": date},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert ask(url, headers).status == 200


def test_head_answers_as_get_does_without_the_body(partners: Partners, ask: Callable) -> None:
    url = entry(partners, POLICE)
    whole, head = ask(url), ask(url, method="HEAD")
    assert head.body == b""
    assert head.headers["content-length"] == str(len(whole.body))
    assert head.headers["etag"] == whole.headers["etag"]


def test_robots_txt_keeps_crawlers_from_the_forms_and_one_site_asks_for_a_delay(
    partners: Partners, ask: Callable
) -> None:
    said = {slug: ask(f"{url}/robots.txt").text for slug, url in partners.urls.items()}
    assert all("Disallow: /apply/" in text for text in said.values())
    assert [slug for slug, text in said.items() if "Crawl-delay: 1" in text] == [FIRE]
    assert f"Sitemap: {entry(partners, FOSSE)}" in said[FOSSE]


def test_unknown_addresses_are_404_and_posts_are_not_taken(partners: Partners, ask: Callable) -> None:
    base = partners.urls[FIRE]
    assert ask(f"{base}/nothing").status == 404
    assert ask(f"{base}/moved/1").status == 404
    assert ask(base + "/", method="POST").status == 501


def test_tracking_parameters_make_no_difference(partners: Partners, ask: Callable) -> None:
    site = partners.site(FIRE)
    url = site.format.url(site.view, site.view.adverts[0])
    assert ask(f"{url}?utm_source=mail&utm_medium=x").body == ask(url).body


@pytest.mark.parametrize("slug", [FIRE, FOSSE, "trentside-hospitals", "trentshire-county-council"])
def test_the_listing_fails_in_each_plain_way(partners: Partners, slug: str, ask: Callable) -> None:
    well = ask(entry(partners, slug))
    with failing(partners, slug, "error500") as url:
        assert ask(url).status == 500
    with failing(partners, slug, "error_page") as url:
        page = ask(url)
        assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    with failing(partners, slug, "truncated") as url:
        cut = ask(url)
        assert cut.cut
        assert cut.body == well.body[: len(well.body) * 3 // 5]
        assert cut.headers["content-length"] == str(len(well.body))
    assert ask(entry(partners, slug)).body == well.body


@pytest.mark.parametrize("slug", [FIRE, "trentshire-county-council", "greenwood-healthcare"])
def test_a_malformed_feed_ends_well_but_is_not_xml(partners: Partners, slug: str, ask: Callable) -> None:
    with failing(partners, slug, "malformed") as url:
        body = ask(url).body
    assert body.rstrip().endswith((b"</rss>", b"</feed>", b"</rdf:RDF>"))
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(body)


def test_an_empty_feed_is_well_formed(partners: Partners, ask: Callable) -> None:
    with failing(partners, FIRE, "empty") as url:
        assert feedparser.parse(ask(url).body).entries == []
    with failing(partners, FOSSE, "empty") as url:
        assert b"/jobs/" not in ask(url).body


NUMBERS = (
    ("half", lambda n: (n + 1) // 2),
    ("two_thirds", lambda n: (n + 2) // 3),
    ("duplicates", lambda n: n + (n + 2) // 3),
)


@pytest.mark.parametrize(("kind", "expected"), NUMBERS)
def test_faults_of_number_change_how_many_there_are(
    partners: Partners, kind: str, expected: Callable[[int], int], ask: Callable
) -> None:
    whole = len(partners.site(FIRE).view.adverts)
    with failing(partners, FIRE, kind) as url:
        entries = feedparser.parse(ask(url).body).entries
    assert len(entries) == expected(whole)
    assert len({each.id for each in entries}) == (whole if kind == "duplicates" else len(entries))


def test_a_wrong_charset_says_utf_8_and_is_not(partners: Partners, ask: Callable) -> None:
    with failing(partners, POLICE, "wrong_charset") as url:
        got = ask(url)
    assert "utf-8" in got.headers["content-type"]
    assert b"\xa3" in got.body
    with pytest.raises(UnicodeDecodeError):
        got.body.decode("utf-8")


def test_a_redirect_loop_comes_back_to_where_it_was(partners: Partners, ask: Callable) -> None:
    with failing(partners, FIRE, "redirect_loop") as url:
        visited = [url]
        for _ in range(5):
            got = ask(visited[-1])
            assert got.status == 302
            visited.append(got.headers["location"])
    assert len(set(visited)) < len(visited)


def test_not_found_takes_the_pages_and_leaves_the_listing(partners: Partners, ask: Callable) -> None:
    with failing(partners, FOSSE, "not_found") as url:
        site = partners.site(FOSSE)
        assert ask(url).status == 200
        assert ask(site.format.url(site.view, site.view.adverts[0])).status == 404


def test_a_huge_body_announces_two_gigabytes_and_goes_on_and_on(partners: Partners) -> None:
    with failing(partners, FIRE, "huge") as url:
        connection = http.client.HTTPConnection(url.split("/")[2], timeout=10)
        connection.request("GET", partners.site(FIRE).format.entry)
        answer = connection.getresponse()
        assert answer.headers["Content-Length"] == str(2 * 1024**3)
        assert len(answer.read(3_000_000)) == 3_000_000
        answer.close()
        connection.close()


def test_a_slow_body_drips_and_a_time_out_says_nothing(partners: Partners, ask: Callable) -> None:
    with failing(partners, FIRE, "slow") as url:
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            slowly(url)
        assert time.monotonic() - started < 5
    with failing(partners, FIRE, "timeout") as url, pytest.raises(TimeoutError):
        ask(url, timeout=0.3)


def slowly(url: str) -> None:
    connection = http.client.HTTPConnection(url.split("/")[2], timeout=0.3)
    connection.request("GET", "/" + url.split("/", 3)[3])
    answer = connection.getresponse()
    try:
        assert len(answer.read(64)) == 64
        answer.read(64)
    finally:
        answer.close()
        connection.close()


def test_a_system_answers_by_method_body_header_and_cookie(partners: Partners, ask: Callable) -> None:
    jobs = entry(partners, "forest-fields-university")
    listed = ask(jobs, {"Content-Type": "application/json"}, method="POST", body=b'{"limit": 5, "offset": 10}')
    assert (listed.status, len(json.loads(listed.body)["jobPostings"])) == (200, 4)
    assert "etag" not in listed.headers
    assert ask(jobs).status == 405
    api = entry(partners, "trent-apprenticeships")
    assert ask(api).status == 401
    assert ask(api, {"ocp-apim-subscription-key": "any"}).status == 200
    assert "=" in ask(entry(partners, "mansfield-vale-council")).headers["set-cookie"]


def test_malformed_lists_are_neither_json_nor_whole_pages(partners: Partners, ask: Callable) -> None:
    with failing(partners, "clumber-academies", "malformed") as url, pytest.raises(ValueError, match="char"):
        json.loads(ask(url).body)
    with failing(partners, "forest-town-housing", "malformed") as url:
        assert b"</html>" not in ask(url).body
    with failing(partners, "ryton-hospice", "malformed") as url, pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(ask(url).body))
