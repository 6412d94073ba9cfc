"""Which advert is which (design rule 7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.vacancies.identity import canonical_url, key_of, same_page, web_link
from clearinghouse.vacancies.posting import Posting

ANY = ("reference", "url", "content")


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://Jobs.Anytown.EXAMPLE:443/Job/12#apply", "https://jobs.anytown.example/Job/12"),
        ("http://jobs.example:80", "http://jobs.example/"),
        ("http://jobs.example:8080/x", "http://jobs.example:8080/x"),
        ("https://j.example/v?id=7&utm_source=feed&UTM_Medium=x&gclid=1&fbclid=2", "https://j.example/v?id=7"),
        ("https://j.example/v?gh_jid=99&gh_src=a", "https://j.example/v?gh_jid=99&gh_src=a"),
        ("https://j.example/v?b=2&a=1", "https://j.example/v?a=1&b=2"),
        ("https://j.example/v?a=", "https://j.example/v?a"),
        ("https://j.example/v;jsessionid=AB12.node1?id=7", "https://j.example/v?id=7"),
        ("https://j.example/v?id=7&PHPSESSID=abc&sessionid=1&USESSION=F0", "https://j.example/v?id=7"),
        ("https://x.tal.net/vx/xf-3b5c6d7e8f90/candidate/so/1/opp/12-Clerk/en-GB", "https://x.tal.net/vx/candidate/so/1/opp/12-Clerk/en-GB"),
        ("https://j.example/#/job/12", "https://j.example/#/job/12"),
        ("https://j.example/#!/job/12", "https://j.example/#!/job/12"),
        ("https://[2001:DB8::1]:443/x", "https://[2001:db8::1]/x"),
        (" https://j.example/x ", "https://j.example/x"),
        ("https://[broken/x", "https://[broken/x"),
        ("https://j.example:port/x", "https://j.example:port/x"),
        ("vacancy 12", "vacancy 12"),
    ],
)  # fmt: skip
def test_two_visits_give_one_address(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://x/y", "mailto:a@b", "/x", "", "https://", "http://[x"]
)
def test_only_web_addresses_are_links(url: str) -> None:
    assert web_link(url) is None
    assert web_link(" https://j.example/x ") == "https://j.example/x"


def test_the_same_page_with_and_without_www_and_slash() -> None:
    assert same_page("http://www.j.example/x/?utm_source=a") == same_page("https://j.example/x")
    assert same_page("https://j.example/x") != same_page("https://j.example/y")


@pytest.mark.parametrize(
    ("posting", "preference", "expected"),
    [
        (Posting(reference=" R1 ", url="https://j.example/1"), ANY, ("reference", "R1")),
        (Posting(reference=" ", url="https://j.example/1#x"), ANY, ("url", "https://j.example/1")),
        (Posting(reference="R1", url="https://j.example/1"), ("url", "reference"), ("url", "https://j.example/1")),
        (Posting(reference="R1"), ("url", "reference"), ("reference", "R1")),
    ],
)
def test_the_key_is_the_first_that_the_adapter_prefers(
    posting: Posting, preference: tuple[str, ...], expected: tuple[str, str]
) -> None:
    assert key_of(posting, preference) == expected


def test_without_reference_and_link_the_content_is_the_key() -> None:
    one = Posting(title="Clerk", locations=("Arnold",), closes="1 May", description_html="<p>a</p>")
    same = Posting(title=" clerk ", locations=("ARNOLD",), closes="1 May", description_html="<p>b</p>")
    other = Posting(title="Clerk", locations=("Hucknall",), closes="1 May")
    assert key_of(one, ANY) == key_of(same, ANY)
    assert key_of(one, ANY) != key_of(other, ANY)
    assert key_of(Posting(description_html="a"), ANY) != key_of(Posting(description_html="b"), ANY)


def test_an_endless_reference_is_cut_and_stays_its_own() -> None:
    one, other = (key_of(Posting(reference="x" * 4000 + end), ANY)[1] for end in "ab")
    assert len(one) == len(other) == 500
    assert one != other


@given(st.sampled_from(["", "https://j.example/", "https://j.example?", "//", "http://"]), st.text())
def test_any_text_has_a_canonical_form_that_stays(start: str, text: str) -> None:
    once = canonical_url(start + text)
    assert canonical_url(once) == once
    web_link(start + text)
