"""Who may come in, and what every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from staffing import staff_client

from clearinghouse.errors import BadSettingError
from web.limits import RateLimit, bucket, client, proxies
from web.security import STAFF

if TYPE_CHECKING:
    from conftest import Town

HERE = "http://127.0.0.1:8000"
PROMISED = (
    "content-security-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
)


@pytest.mark.parametrize(
    "path", ["/", "/no-such-page", "/sign-in", "/clients", "/api/v1/vacancies", "/healthz", "/robots.txt"]
)
def test_every_answer_carries_the_protecting_headers(still: Town, path: str) -> None:
    answer = still.client().get(path)
    assert [name for name in PROMISED if name not in answer.headers] == []
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "strict-transport-security" not in answer.headers


def test_https_is_asked_for_where_the_site_has_it(still: Town) -> None:
    answer = still.client(public_url="https://jobs.example.org").get("/healthz")
    assert answer.headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("localhost:9999", 200),
        ("jobs.example.org", 200),
        ("JOBS.example.org:443", 200),
        ("evil.example", 400),
        ("jobs.example.org.evil.example", 400),
        ("evil.example#127.0.0.1", 400),
        ("[::1", 400),
        ("", 400),
    ],
)
def test_only_our_own_hosts_are_answered(still: Town, host: str, status: int) -> None:
    answer = still.client(public_url="https://jobs.example.org").get("/healthz", headers={"Host": host})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, False),
        ({"Origin": HERE}, False),
        ({"Origin": HERE, "Sec-Fetch-Site": "same-origin"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "https://jobs.example.org"}, False),
        ({"Origin": "http://127.0.0.1:9000"}, True),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": "https://jobs.example.org.evil.example"}, True),
        ({"Origin": "http://jobs.example.org", "Host": "jobs.example.org"}, True),
        ({"Origin": "https://jobs.example.org", "Host": "jobs.example.org"}, False),
        ({"Origin": "http://localhost:8000", "Host": "localhost:8000"}, False),
        ({"Origin": "null"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": HERE, "Sec-Fetch-Site": "cross-site"}, True),
    ],
)
def test_a_form_must_come_from_our_own_pages(still: Town, headers: dict[str, str], *, refused: bool) -> None:
    visitor = still.client(public_url="https://jobs.example.org")
    answer = visitor.post("/no-such-form", headers=headers)
    assert (answer.status_code == 403) is refused


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Content-Length": "1000001"}, 413), ({"Content-Length": "9" * 40}, 413), ({"Content-Length": "many"}, 411),
     ({"Transfer-Encoding": "chunked"}, 411)],
)  # fmt: skip
def test_a_form_larger_than_any_of_ours_is_not_read(still: Town, headers: dict[str, str], status: int) -> None:
    assert still.client().post("/saved", headers=headers).status_code == status


def test_other_sites_scripts_are_told_that_they_may_read(still: Town) -> None:
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    answer = still.client().options("/api/v1/changes", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"
    assert still.client().options("/saved", headers=asked).status_code == 405


@pytest.mark.parametrize("path", ["/vacancies/%00/apply", "/employers/%00", "/api/v1/vacancies/%00", "/%00"])
def test_a_name_that_no_database_takes_is_not_found(still: Town, path: str) -> None:
    assert still.client().get(path).status_code == 404


FOREIGN = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}


@pytest.mark.parametrize(
    ("method", "path", "refused"),
    [
        ("POST", "/alerts/stop/x", False),
        ("POST", "/alerts/stop/x?y=z", False),
        ("PUT", "/alerts/stop/x", True),
        ("DELETE", "/alerts/stop/x", True),
        ("POST", "/alerts/stop", True),
        ("POST", "/alerts/stop/", True),
        ("POST", "/alerts/stop/x/", True),
        ("POST", "/alerts/stop/x/undo", True),
        ("POST", "/alerts/stop/x%2Fundo", True),
        ("POST", "/alerts/stop/..%2F..%2Fsaved", True),
        ("POST", "/ALERTS/stop/x", True),
        ("POST", "/x/alerts/stop/x", True),
        ("POST", "/alerts/stopped/x", True),
        ("POST", "/alerts/new", True),
        ("POST", "/link/x", True),
    ],
)
def test_only_the_form_that_stops_mails_may_come_from_anywhere(
    still: Town, method: str, path: str, *, refused: bool
) -> None:
    answer = still.client().request(method, path, headers=FOREIGN)
    assert (answer.status_code == 403) is refused, answer.text


def test_the_form_that_stops_mails_may_be_no_larger_than_others(still: Town) -> None:
    answer = still.client().post("/alerts/stop/x", headers=FOREIGN | {"Content-Length": "1000001"})
    assert answer.status_code == 413


def test_the_public_origin_is_compared_without_its_default_port(still: Town) -> None:
    visitor = still.client(public_url="https://jobs.example.org:443")
    assert visitor.post("/no-such-form", headers={"Origin": "https://jobs.example.org"}).status_code != 403


@pytest.mark.parametrize("prefix", [prefix for prefix in STAFF if prefix != "/sign-in"])
@pytest.mark.parametrize("rest", ["", "/", "/no/such/thing", "/1?x=y"])
def test_staff_pages_send_visitors_to_sign_in_whether_or_not_they_exist(still: Town, prefix: str, rest: str) -> None:
    visitor = still.client()
    for method in ("GET", "HEAD"):
        answer = visitor.request(method, prefix + rest)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert answer.headers["cache-control"] == "no-store"
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert visitor.request(method, prefix + rest).status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/clients/%00", {}),
        ("POST", "/clients/%00", {}),
        ("POST", "/clients/1", {"Transfer-Encoding": "chunked"}),
        ("PUT", "/audit", {"Content-Length": "99999999"}),
        ("POST", "/users", {"Origin": "https://evil.example"}),
        ("OPTIONS", "/reports/1", {"Origin": "https://evil.example"}),
    ],
)
def test_nothing_about_a_request_changes_what_staff_pages_answer(
    still: Town, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = still.client().request(method, path, headers=headers)
    assert answer.status_code == (303 if method == "GET" else 403)


@pytest.mark.parametrize("path", ["/clientside", "/reportsx", "/vacancies-audit"])
def test_a_name_that_only_begins_like_a_staff_page_is_unknown(still: Town, path: str) -> None:
    assert still.client().get(path).status_code == 404


def test_the_sign_in_page_can_be_read_and_sent_and_nothing_else(still: Town) -> None:
    visitor = still.client()
    for method, path, status in (
        ("GET", "/sign-in", 200), ("HEAD", "/sign-in", 200), ("POST", "/sign-in", 403), ("PUT", "/sign-in", 403),
        ("OPTIONS", "/sign-in", 403), ("GET", "/sign-in/further", 303), ("POST", "/sign-in/further", 403),
        ("POST", "/sign-in/", 403),
    ):  # fmt: skip
        answer = visitor.request(method, path)
        assert answer.status_code == status, (method, path)
        assert ("There is a problem" in answer.text) is (method == "POST" and path == "/sign-in")


def test_a_forged_session_is_a_visitor(still: Town) -> None:
    for token in ("x", "é", "x" * 5_000):
        visitor = still.client()
        headers = {"Cookie": f"session={token}".encode()}
        assert visitor.get("/operations", headers=headers).headers["location"] == "/sign-in"
        assert visitor.post("/operations", headers=headers).status_code == 403
        assert visitor.get("/privacy", headers=headers).headers["cache-control"] == "public, no-cache"


@pytest.mark.parametrize("path", ["/account/password", "/no/such"])
def test_who_has_signed_in_is_refused_in_words(town: Town, path: str) -> None:
    person = staff_client(town.app())
    page = person.post(path, data={"csrf": "old"})
    assert page.status_code == (403 if path.startswith("/account") else 404)
    assert "Sign out" in page.text
    assert '<a class="govuk-link" href="mailto:' in page.text or path == "/no/such"
    assert person.get("/users").status_code == 403
    assert "You can&#39;t open this page" in person.get("/users").text
    assert person.get("/account/sign-out").status_code == 404


def test_fifty_a_second_pass_and_more_wait() -> None:
    limit = RateLimit()
    passed = [limit.wait("a", second + n / 60) for second in range(10) for n in range(50)]
    assert set(passed) == {0}
    assert limit.wait("a", 9.99) == 1, "the first second's fifty are free again at ten"
    assert limit.wait("b", 9.99) == 0, "another address"
    assert limit.wait("a", 10.0) == 0


def test_a_burst_is_let_through_up_to_ten_seconds_worth() -> None:
    limit = RateLimit()
    assert [limit.wait("a", 0.5) for _ in range(500)] == [0] * 500
    assert limit.wait("a", 0.9) == 10
    assert limit.wait("a", 9.9) == 1
    assert limit.wait("a", 10.0) == 0


def test_refused_requests_do_not_prolong_the_wait() -> None:
    limit = RateLimit()
    for second in range(10):
        for _ in range(200):
            limit.wait("a", second)
    assert limit.wait("a", 10) == 0


def flood(still: Town, headers: dict[str, str], peer: str = "127.0.0.1", **settings: Any) -> list[int]:
    visitor = still.client(peer, **settings)
    return [visitor.get("/healthz", headers=headers).status_code for _ in range(503)]


def test_too_many_requests_are_told_when_to_come_back(still: Town) -> None:
    visitor = still.client("203.0.113.7")
    answers = [visitor.get("/healthz") for _ in range(520)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert 1 <= int(refused[0].headers["retry-after"]) <= 10


def test_our_own_machine_is_never_limited(still: Town) -> None:
    assert set(flood(still, {})) == {200}


def test_visitors_behind_a_trusted_proxy_are_told_apart(still: Town) -> None:
    visitor = still.client(trusted_proxies="127.0.0.1")
    for _ in range(503):
        visitor.get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"})
    assert visitor.get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 429
    assert visitor.get("/healthz", headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 200
    invented = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
    assert visitor.get("/healthz", headers=invented).status_code == 429, "what the visitor wrote before it is ignored"


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3", "10.0.0.3"),
        ("10.0.0.1", "nonsense", "nonsense"),
    ],
)
def test_the_client_is_the_last_hop_that_no_trusted_proxy_is(peer: str, forwarded: str, found: str) -> None:
    assert client(peer, forwarded, proxies("10.0.0.0/24, ::1")) == found


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:443", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3::9", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:4::9]:443", "2001:db8:1:2::/64"),
        ("nonsense", "unknown"),
    ],
)
def test_one_customer_is_counted_as_one(address: str, counted: str) -> None:
    assert bucket(address) == counted


def test_a_proxy_that_is_no_address_is_named(still: Town) -> None:
    with pytest.raises(BadSettingError, match=r"CLEARINGHOUSE_TRUSTED_PROXIES 'proxy\.internal'"):
        still.client(trusted_proxies="10.0.0.1, proxy.internal")
