"""Caching, validators, compression and HEAD, on real answers."""

from __future__ import annotations

import datetime as dt
import gzip
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
import structlog

from clearinghouse.vacancies.models import Sighting
from web.assets import accepts_gzip, asset_url, assets

if TYPE_CHECKING:
    from conftest import Town

PAGES = (
    "/",
    "/vacancies",
    "/employers",
    "/saved",
    "/privacy",
    "/docs",
    "/api/v1/vacancies",
    "/openapi.json",
    "/sitemap.xml",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_is_asked_for_again_but_not_sent_again(town: Town, path: str) -> None:
    town.vacancy("Cook")
    town.publish()
    visitor = town.client()
    first = visitor.get(path)
    assert first.status_code == 200
    assert first.headers["cache-control"] == "public, no-cache"
    assert "Cookie" in first.headers["vary"]
    assert "set-cookie" not in first.headers
    again = visitor.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert visitor.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/no-such-page", "/robots.txt", "/metrics", "/vacancies.csv"])
def test_head_is_get_without_the_body(town: Town, path: str) -> None:
    town.publish()
    visitor = town.client()
    whole, head = visitor.get(path), visitor.head(path)
    assert head.content == b""
    assert head.status_code == whole.status_code
    assert head.headers["content-type"] == whole.headers["content-type"]
    if path != "/metrics":
        assert head.headers["content-length"] == whole.headers["content-length"]


def test_what_is_public_is_compressed_for_who_can_read_it(town: Town) -> None:
    town.publish()
    visitor = town.client()
    packed = visitor.get("/privacy", headers={"Accept-Encoding": "gzip"})
    plain = visitor.get("/privacy", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert "Accept-Encoding" in packed.headers["vary"]


@pytest.mark.parametrize(
    ("header", "accepted"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("*", True), ("gzip;q=0", False), ("br", False), ("", False),
     ("gzip; q=0.0, *", False)],
)  # fmt: skip
def test_accept_encoding_is_read(header: str, *, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted


def test_seen_is_not_changed(town: Town) -> None:
    public_id = town.vacancy("Cook")
    town.publish()
    visitor = town.client()
    paths = (f"/api/v1/vacancies/{public_id}", "/api/v1/vacancies", f"/vacancies/{public_id}-cook")
    before = [visitor.get(path) for path in paths]
    with town.store.writing() as session:
        session.execute(sa.update(Sighting).values(last_seen=town.now + dt.timedelta(hours=4)))
    after = [visitor.get(path) for path in paths]
    assert [answer.status_code for answer in after] == [200] * 3
    assert [a.text != b.text for a, b in zip(before, after, strict=True)] == [True] * 3
    assert [answer.headers["etag"] for answer in after] == [answer.headers["etag"] for answer in before]


def test_a_change_that_people_see_changes_the_validator(town: Town) -> None:
    public_id = town.vacancy("Cook")
    town.publish()
    visitor = town.client()
    before = visitor.get(f"/api/v1/vacancies/{public_id}").headers["etag"]
    town.alter(public_id, updated=town.now + dt.timedelta(hours=1))
    town.publish()
    assert visitor.get(f"/api/v1/vacancies/{public_id}").headers["etag"] != before


def test_an_answer_with_a_cookie_is_nobody_elses(town: Town) -> None:
    public_id = town.vacancy("Cook")
    town.publish()
    answer = town.client().post("/saved", data={"do": "save", "id": public_id})
    assert answer.status_code == 303
    assert "set-cookie" in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


@pytest.mark.parametrize("name", sorted(assets()))
def test_a_static_file_may_be_kept_for_ever(town: Town, name: str) -> None:
    visitor = town.client()
    answer = visitor.get(asset_url(name), headers={"Accept-Encoding": "gzip"})
    assert answer.content == assets()[name].body
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert visitor.get(f"/static/000000000000/{name}").status_code == 404


def test_static_files_are_compressed_beforehand() -> None:
    style = assets()["vendor/govuk-frontend.min.css"]
    assert style.packed is not None
    assert gzip.decompress(style.packed) == style.body
    assert len(style.packed) < 20_000


@pytest.mark.parametrize("path", ["/static/x/../../app.py", "/static/x/%2e%2e/app.py", "/static/", "/static/x"])
def test_nothing_but_static_files_is_served_from_there(town: Town, path: str) -> None:
    assert town.client().get(path).status_code == 404


def test_what_machines_ask_every_few_seconds_is_no_news(town: Town) -> None:
    town.publish()
    visitor = town.client()
    with structlog.testing.capture_logs() as lines:
        for path in ("/healthz", "/readyz", "/privacy"):
            visitor.get(path)
    told = [(line["path"], line["log_level"]) for line in lines if line["event"] == "request"]
    assert told == [("/healthz", "debug"), ("/readyz", "debug"), ("/privacy", "info")]


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/link/WyJz", "/link/…"),
        ("/alerts/stop/WyJz.x", "/alerts/stop/…"),
        ("/alerts/stop/WyJz.x/undo", "/alerts/stop/…"),
        ("/redundancy/join/abc", "/redundancy/join/…"),
        ("/alerts/new", "/alerts/new"),
    ],
)
def test_what_opens_a_door_stands_in_no_log_and_no_count(still: Town, path: str, logged: str) -> None:
    visitor = still.client()
    with structlog.testing.capture_logs() as logs:
        visitor.get(path)
        visitor.post(path)
    assert {line["path"] for line in logs} == {logged}
    assert "WyJz" not in visitor.get("/metrics").text
