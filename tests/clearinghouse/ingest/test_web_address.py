"""A typed web address is judged before anything is fetched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.ingest.web_address import address_problem

GOOD = (
    "https://jobs.anytown.example/rss",
    "http://8.8.8.8:8080/feed?page=1&q=a%20b#list",
    "https://BÜCHEREI.example/",
    "https://[2001:4860:4860::8888]/",
    "https://134744072/",  # 8.8.8.8 in one number
    "https://x.example/" + "a" * 1982,
)
BAD = (
    ("", "Enter the web address"),
    ("https://x.example/" + "a" * 10_000, "10,018 characters"),
    ("jobs.anytown.example", "must start with https://"),
    ("file:///etc/passwd", "file:///etc/passwd must start"),
    ("javascript:alert(1)", "must start"),
    ("ftp://anytown.example/", "must start"),
    ("https://", "names no site"),
    ("https:///jobs", "names no site"),
    ("https://any town.example/", "is not a web address"),
    ("https://anytown.example:99999/", "is not a web address"),
    ("https://[::1/", "is not a web address"),
    ("https://anytown.example/\x00", "is not a web address"),
    ("https://jo:secret@anytown.example/", "user name or password"),
    ("http://127.0.0.1/", "our own machine"),
    ("http://127.9.9.9/", "our own machine"),
    ("http://localhost:8000/", "our own machine"),
    ("http://LOCALHOST./", "our own machine"),
    ("http://[::1]/", "our own machine"),
    ("http://[::ffff:127.0.0.1]/", "our own machine"),
    ("http://jobs.localhost/", "our own machine"),
    ("http://127.1/", "127.1 is our own machine"),
    ("http://2130706433/", "our own machine"),
    ("http://0x7f000001/", "our own machine"),
    ("http://0177.0.0.1/", "our own machine"),
    ("http://①②⑦.⓪.⓪.①/", "our own machine"),
    ("http://0/", "private address"),
    ("http://167772161/", "private address"),
    ("http://0x0A.1/", "private address"),
    ("http://012.0.0.1/", "private address"),
    ("http://10。0。0。1/", "private address"),
    ("http://１０.０.０.１/", "private address"),
    ("http://10.0.0.1./", "private address"),
    ("http://[2002:0a00:0001::]/", "private address"),
    ("http://[64:ff9b::10.0.0.1]/", "private address"),
    ("https://anytown.example:0/", "is not a web address"),
    ("https://any..town.example/", "is not a web address"),
    ("https://anytown.example\\@10.0.0.1/", "is not a web address"),
    ("https://anytown.example/\u202egpj.exe", "is not a web address"),
    ("http://10.1.2.3/", "10.1.2.3 is a private address"),
    ("http://192.168.0.1/", "private address"),
    ("http://172.16.0.1/", "private address"),
    ("http://169.254.169.254/latest/meta-data/", "private address"),
    ("http://100.64.0.1/", "private address"),
    ("http://0.0.0.0/", "private address"),
    ("http://224.0.0.1/", "private address"),
    ("http://[fe80::1]/", "private address"),
    ("http://[fd00::1]/", "private address"),
)


@pytest.mark.parametrize("url", GOOD)
def test_an_address_that_everyone_can_open_may_be_tried(url: str) -> None:
    assert address_problem(url, demo=False) is None


@pytest.mark.parametrize(("url", "words"), BAD)
def test_every_other_is_refused_with_its_reason(url: str, words: str) -> None:
    problem = address_problem(url, demo=False)
    assert problem
    assert words in problem
    assert len(problem) < 200
    assert "secret" not in problem


@pytest.mark.parametrize("url", ["http://127.0.0.1:8101/", "http://localhost:8101/", "http://[::1]:8101/"])
def test_a_demo_may_read_this_machine(url: str) -> None:
    assert address_problem(url, demo=True) is None


def test_even_a_demo_may_not_read_the_network_around_it() -> None:
    assert address_problem("http://192.168.0.1/", demo=True)


@given(st.text(max_size=60).map(lambda text: f"http://{text}") | st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    problem = address_problem(text, demo=False)
    assert problem is None or problem.strip()
