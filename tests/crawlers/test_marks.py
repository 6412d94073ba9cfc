"""The marks of recruitment systems on pages of employers, whose boards stand on hosts of their own."""

from __future__ import annotations

import time

import pytest

from crawlers.marks import marked_on

PAGE = "https://www.anytown.example/jobs"
HOST = "http://127.0.0.1:8115"
MARKS = (
    (f'<script src="{HOST}/embed/job_board/js?for=anytown">', f"{HOST}/v1/boards/anytown/jobs?content=true"),
    (f'<iframe src="{HOST}/embed/job_board?for=anytown&amp;b=1">', f"{HOST}/v1/boards/anytown/jobs?content=true"),
    (f'<script src="{HOST}/Any/embed?version=2">', f"{HOST}/posting-api/job-board/Any?includeCompensation=true"),
    (f'<script src="{HOST}/api/v1/widget/accounts/any?x=1">', f"{HOST}/api/v1/widget/accounts/any?details=true"),
    ('<div id="BambooHR" data-domain="any.example:81" data-version="1">', "https://any.example:81/careers/list"),
    ('<a href="https://www.teamtailor.com/?x">Career site</a>', "https://www.anytown.example/jobs.json"),
    ("<script>fetch('/api/jobs?a=1').then(show)</script>", "https://www.anytown.example/api/jobs?a=1"),
    ('<script>xhr.open("GET", "/jobs/list")</script>', "https://www.anytown.example/jobs/list"),
    ("<script>$.getJSON( `https://any.example/list` )</script>", "https://any.example/list"),
)  # fmt: skip


@pytest.mark.parametrize(("source", "url"), MARKS)
def test_a_mark_leads_to_the_list_of_its_system(source: str, url: str) -> None:
    assert url in marked_on(f"<html><body>{source}</body></html>", PAGE)


NONE = (
    "<p>We recruit through Pinpoint and Teamtailor.</p>",
    "<script>fetch(`${base}/jobs`); open('/jobs'+name)</script><p>Opening hours: fetch (at once)</p>",
    "<script>fetch('javascript:alert(1)')</script>",
)


@pytest.mark.parametrize("source", NONE)
def test_words_and_addresses_that_are_not_whole_are_no_marks(source: str) -> None:
    assert set(marked_on(source, PAGE)) <= {"https://www.anytown.example/jobs"}


@pytest.mark.parametrize("piece", ["//a", 'id="BambooHR" ', "fetch(   ", "/embed/job_board?for="])
def test_a_long_page_is_looked_through_at_once(piece: str) -> None:
    began = time.monotonic()
    marked_on(piece * (500_000 // len(piece)), PAGE)
    assert time.monotonic() - began < 2
