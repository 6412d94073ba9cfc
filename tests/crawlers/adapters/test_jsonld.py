"""What pages with schema.org JobPosting say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clearinghouse.errors import BadBodyError
from clearinghouse.ingest.harvest import ILL_FORMED, TRUNCATED
from crawlers.adapters.jsonld import JsonLd
from crawlers.source import Follow, Page, Parsed, Posting

URL = "https://jobs.example/vacancy/7"
JOB = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Clerk"}


def read(body: str, url: str = URL, asked: Follow | None = None) -> Parsed:
    return JsonLd(URL).parse(Page(url, body.encode(), asked=asked))


def page(*blocks: str) -> str:
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f"<!doctype html><html><head>{scripts}</head><body></body></html>"


def job(**said: Any) -> Posting:
    (posting,) = read(page(json.dumps(JOB | said))).postings
    return posting


TEXT = json.dumps(JOB)


@pytest.mark.parametrize(
    "block",
    [
        f"<!--\n{TEXT}\n-->",
        f"//<![CDATA[\n{TEXT}\n//]]>",
        f"/*<![CDATA[*/{TEXT}/*]]>*/",
        f"<![CDATA[{TEXT}]]>",
        f"/* the job */ {TEXT}",
        f"// the job\n{TEXT} // its end",
        f"\ufeff{TEXT};",
        TEXT[:-1] + ",}",
        TEXT.replace("Clerk", "Cle\x00rk").replace("\x00", "\\u0000"),
        TEXT.replace('"', "&quot;"),
        TEXT.replace("Clerk", "\tClerk\n"),
        TEXT.replace("schema.org", "schema\\.org"),
        f"[[{TEXT}]]",
        json.dumps({"@graph": [{"@type": "WebPage", "mainEntity": JOB}]}),
        json.dumps(JOB | {"@type": ["Thing", "http://schema.org/JobPosting"]}),
        json.dumps({"@type": "schema:JobPosting", "schema:title": {"@value": "Clerk"}}),
    ],
)
def test_json_ld_is_read_however_it_is_wrapped(block: str) -> None:
    parsed = read(page(block))
    assert [posting.title for posting in parsed.postings] == ["Clerk"]
    assert parsed.shortfall is None


@pytest.mark.parametrize("tag", ["<script type=application/ld+json>", "<SCRIPT id=x TYPE='Application/LD+JSON; a=b'>"])
def test_the_script_tag_may_be_written_in_any_way(tag: str) -> None:
    assert len(read(f"<html>{tag}{TEXT}</script></html>").postings) == 1


@pytest.mark.parametrize("between", ["", "\n", ";\n", " " * 2000])
def test_values_that_stand_one_after_another_are_all_read(between: str) -> None:
    both = TEXT + between + json.dumps(JOB | {"title": "Cook"})
    for body in (page(both), both):
        assert [posting.title for posting in read(body).postings] == ["Clerk", "Cook"]


def test_a_bad_block_loses_no_good_one_and_is_said() -> None:
    parsed = read(page(TEXT, '{"@type": "JobPosting", "title": "Cut', json.dumps(JOB | {"title": "Cook"})))
    assert [posting.title for posting in parsed.postings] == ["Clerk", "Cook"]
    assert (parsed.shortfall or "").startswith(ILL_FORMED)


def test_a_bad_block_about_something_else_is_no_shortfall() -> None:
    assert read(page(TEXT, '{"@type": "Organization", ')).shortfall is None


@pytest.mark.parametrize(
    "body", [page(), page('{"@type": "Organization"}'), f"<html><!-- {page(TEXT)[15:-7]} --></html>"]
)
def test_a_page_without_adverts_is_complete_and_empty(body: str) -> None:
    assert read(body) == Parsed()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("", "an empty body"),
        ("Not found", "plain text, neither a page nor JSON"),
        ("<?xml version='1.0'?><rss><channel/></rss>", "XML with root <rss>, neither a page nor JSON"),
        ("<?xml version='1.0'?><source><job/></source>", "XML with root <source>, neither a page nor JSON"),
        ('{"@type": "JobPosting", "title": ', "not JSON"),
        ("[" * 100_000, "JSON nested too deep"),
        ('{"error": "no such job"}', "JSON without any schema.org type in it"),
    ],
)
def test_a_body_that_is_neither_page_nor_json_ld_is_named_for_what_it_is(body: str, what: str) -> None:
    with pytest.raises(BadBodyError) as caught:
        read(body)
    assert caught.value.reason.startswith(what)


@pytest.mark.parametrize(
    ("body", "role", "shortfall"),
    [
        (page(TEXT)[:-20], "listing", TRUNCATED),
        (page(TEXT)[:-20], "detail", None),
        (page()[:-20], "detail", TRUNCATED),
        (page(TEXT)[:-14], "listing", ILL_FORMED),
        (page(TEXT)[:-14] + "<p>No end tags<ul><li>x</ul><br><img src=a>", "listing", ILL_FORMED),
        (page(TEXT)[:-14] + "<div><p>Half a page", "listing", TRUNCATED),
        (page(TEXT)[:-14] + "<p>Half a <a href='", "listing", TRUNCATED),
        (page(TEXT)[:-14] + "<!-- half a comment", "listing", TRUNCATED),
        (page(TEXT)[:-14] + "<style>half a rule", "listing", TRUNCATED),
        (f'<html><script type="application/ld+json">{TEXT}', "detail", TRUNCATED),
        (f'<script type="application/ld+json">{TEXT}</script>', "listing", None),
    ],
)
def test_a_page_that_stops_before_its_end_is_cut_short_unless_its_one_advert_is_whole(
    body: str, role: Any, shortfall: str | None
) -> None:
    said = read(body, asked=Follow(URL, role=role)).shortfall
    assert (said and said.partition(":")[0]) == shortfall


MARKED = '<div itemscope itemtype="https://schema.org/JobPosting"><h2 itemprop="title">{}</h2><p>x</p></div>'


@pytest.mark.parametrize("before", ["", "<html><body>"])
@pytest.mark.parametrize("role", ["listing", "detail"])
@pytest.mark.parametrize("cut", [1, 6, 12, 20, 25])
def test_an_advert_in_markup_that_the_page_ends_in_is_left_out(before: str, role: Any, cut: int) -> None:
    body = before + MARKED.format("Clerk") + MARKED.format("Cook")
    parsed = read(body[:-cut], asked=Follow(URL, role=role))
    assert [posting.title for posting in parsed.postings] == ["Clerk"]
    assert (parsed.shortfall or "").startswith(TRUNCATED)
    assert len(read(body, asked=Follow(URL)).postings) == 2


MONEY = {"@type": "MonetaryAmount", "currency": "GBP"}


@pytest.mark.parametrize(
    ("base_salary", "salary"),
    [
        ("£25,000 a year", "£25,000 a year"),
        (25000, "25000"),
        (MONEY | {"value": {"minValue": 24214, "maxValue": 26220.5, "unitText": "YEAR"}}, "24214 - 26220.5 GBP YEAR"),
        (MONEY | {"value": {"minValue": "12.10", "unitText": "HOUR"}}, "from 12.10 GBP HOUR"),
        (MONEY | {"value": {"maxValue": 30000, "minValue": 0}}, "up to 30000 GBP"),
        (MONEY | {"value": {"value": 30000, "unitText": "YEAR"}}, "30000 GBP YEAR"),
        (MONEY | {"value": 30000}, "30000 GBP"),
        (MONEY | {"value": {"value": "Band 5: &pound;31,049", "minValue": 31049}}, "Band 5: £31,049"),
        (MONEY | {"value": {"value": 0.00, "minValue": 0.00, "maxValue": 0, "unitText": "HOUR"}}, None),
        (MONEY | {"value": ""}, None),
        (None, None),
    ],
)
def test_pay_is_the_adverts_words_else_its_stated_sums(base_salary: Any, salary: str | None) -> None:
    assert job(baseSalary=base_salary).salary == salary


def test_sums_stand_beside_the_words_as_they_were_written() -> None:
    posting = job(baseSalary=MONEY | {"value": {"minValue": "24214", "value": "Negotiable", "unitText": "YEAR"}})
    assert posting.extra == {"salary_minimum": "24214", "salary_unit": "YEAR", "salary_currency": "GBP"}


ADDRESS = {"@type": "PostalAddress", "addressLocality": "King&#39;s Mill", "postalCode": "NG17 4JL"}


@pytest.mark.parametrize(
    ("location", "places"),
    [
        ({"@type": "Place", "address": ADDRESS}, ("King's Mill, NG17 4JL",)),
        (
            [{"address": ADDRESS}, {"address": "Loxley House"}, "Bulwell"],
            ("King's Mill, NG17 4JL", "Loxley House", "Bulwell"),
        ),
        ([{"address": ADDRESS}, {"address": ADDRESS}], ("King's Mill, NG17 4JL",)),
        ({"name": "City Hospital", "address": {"addressCountry": "GB"}}, ("City Hospital",)),
        ({"address": {"addressCountry": {"name": "GB"}}}, ()),
        (None, ()),
    ],
)
def test_each_place_is_its_stated_parts(location: Any, places: tuple[str, ...]) -> None:
    assert job(jobLocation=location).locations == places


@pytest.mark.parametrize(
    ("identifier", "reference", "identifiers"),
    [
        ("R-1", "R-1", {"identifier": "R-1"}),
        (17, "17", {"identifier": "17"}),
        ({"@type": "PropertyValue", "name": "Trust", "value": 9}, "9", {"Trust": "9"}),
        ([{"name": "a", "value": "1"}, {"name": "b", "value": "2"}], "1", {"a": "1", "b": "2"}),
        ("", None, {}),
    ],
)
def test_the_first_identifier_is_the_reference(identifier: Any, reference: Any, identifiers: Any) -> None:
    posting = job(identifier=identifier)
    assert (posting.reference, posting.identifiers) == (reference, identifiers)


def test_a_posting_without_address_takes_the_canonical_one_of_its_page() -> None:
    body = page(TEXT).replace("<head>", '<head><link rel="canonical" href="/vacancy/7-clerk">')
    assert read(body).postings[0].url == "https://jobs.example/vacancy/7-clerk"
    assert read(page(TEXT)).postings[0].url == URL
    assert read(page(TEXT), url="about:blank").postings[0].url is None


@pytest.mark.parametrize(
    "page_of_it", [{"@id": "#page"}, {"@id": "https://jobs.example/8#webpage"}, "/8", {"url": "https://jobs.example/8"}]
)
def test_a_posting_takes_the_address_of_the_page_that_it_says_it_is_on(page_of_it: Any) -> None:
    around = {"@type": "WebPage", "@id": "#page", "url": "https://jobs.example/8"}
    parsed = read(page(json.dumps({"@graph": [around, JOB | {"mainEntityOfPage": page_of_it}]})))
    assert [posting.url for posting in parsed.postings] == ["https://jobs.example/8"]


def test_two_postings_without_address_have_none() -> None:
    parsed = read(page(TEXT, json.dumps(JOB | {"title": "Cook"})))
    assert [posting.url for posting in parsed.postings] == [None, None]


def test_the_same_posting_twice_is_one() -> None:
    assert len(read(page(TEXT, TEXT)).postings) == 1


def test_half_a_surrogate_pair_and_a_nought_byte_reach_no_store() -> None:
    (posting,) = read(
        page('{"@type": "JobPosting", "title": "a\\ud800b\\u0000", "x\\udfff\\u0000": "\\ud83d\\ude00"}')
    ).postings
    assert (posting.title, posting.extra) == ("a\ufffdb", {"x\ufffd": "\U0001f600"})


def test_an_apply_link_is_only_what_is_stated() -> None:
    assert job(directApply=True).apply_url is None
    assert job(applicationContact={"url": "/apply/7"}).apply_url == "https://jobs.example/apply/7"


def test_references_that_run_in_circles_end() -> None:
    graph = {"@graph": [JOB | {"hiringOrganization": {"@id": "#a"}}, {"@id": "#a", "name": {"@id": "#a"}, "x": 1}]}
    assert read(page(json.dumps(graph))).postings[0].employer is not None


def test_a_listing_is_followed_to_its_pages_but_a_detail_page_is_not() -> None:
    items = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "url": "/vacancy/8"}, "/vacancy/9"]}
    body = page(json.dumps(items))
    assert [follow.url for follow in read(body).follows] == [
        "https://jobs.example/vacancy/8",
        "https://jobs.example/vacancy/9",
    ]
    assert read(body, asked=Follow(URL)).follows == ()


def test_numbers_stay_as_they_were_written() -> None:
    body = page('{"@type": "JobPosting", "title": "Clerk", "identifier": 00712345678901234567890, "x": NaN}')
    assert read(body).shortfall is not None  # a leading nought is no JSON
    (posting,) = read(
        page('{"@type": "JobPosting", "identifier": 71234567890123456789012, "baseSalary": 9.50}')
    ).postings
    assert (posting.reference, posting.salary) == ("71234567890123456789012", "9.50")


def test_several_pages_are_all_asked_for() -> None:
    assert [follow.url for follow in JsonLd(("https://a.example/1", "https://a.example/2")).start()] == [
        "https://a.example/1",
        "https://a.example/2",
    ]
