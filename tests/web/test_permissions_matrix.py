"""Every staff route with every role: what it answers is what the table written by hand says, and nothing is undecided.

When this fails for a route of yours: give it `requires` or `requires_form`, put its predicate into
`tests/permission_table.py`, and an example for its path's parameters into `tests/staff_world.py`.
"""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi.routing import iter_route_contexts
from permission_table import EVERYONE_THEIR_OWN, MAY
from staff_world import EXAMPLES, HERE, PUBLIC, SignedInAs, World, build
from visiting import Visitor

from clearinghouse.accounts import permissions
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store
from web.security import CODES, SIGN_IN, is_below, is_for_staff
from web.staff import Requires, RequiresForm

ASKERS = (*Role, None)
DONE = frozenset({200, 303, 400})  # of somebody who may; 400: an empty form
INVENTED = ("/", "/no/such/thing", "/%2e%2e", "/1%2f2")


@dataclass(frozen=True)
class Staffed:
    """One staff route: its method, its path's pattern, what it requires."""

    method: str
    path: str
    requires: tuple[Requires, ...]

    @property
    def predicate(self) -> str:
        return getattr(self.requires[0].may, "__name__", "?")

    @property
    def upto(self) -> str:
        """The path up to its last parameter; empty without any."""
        return self.path[: self.path.rindex("}") + 1] if "}" in self.path else ""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("matrix")
    shutil.copy(sqlite_template, folder / "store.sqlite3")
    store = Store(f"sqlite:///{folder / 'store.sqlite3'}")
    made = build(store, folder / "index")
    yield made
    made.town.indexer.close()
    store.close()


@pytest.fixture(scope="module")
def visitor(world: World) -> Iterator[Visitor]:
    with Visitor(world.app, base_url=HERE) as client:
        yield client


@pytest.fixture(scope="module")
def routes(world: World) -> list[Any]:
    return [found for found in iter_route_contexts(world.app.routes) if found.path]


@pytest.fixture(scope="module")
def staffed(routes: list[Any]) -> list[Staffed]:
    """Every staff route; the sign-in page is for everyone."""
    found = []
    for route in routes:
        calls = [needed.call for needed in route.dependant.dependencies] if hasattr(route, "dependant") else []
        requires = tuple(call for call in calls if isinstance(call, Requires))
        if (is_for_staff(route.path) and route.path != SIGN_IN) or requires:
            found += [Staffed(method, route.path, requires) for method in sorted(route.methods or ())]
    assert len(found) > 5
    return found


def test_every_staff_route_states_exactly_one_permission(staffed: list[Staffed]) -> None:
    assert [str(route) for route in staffed if len(route.requires) != 1] == []


def test_what_needs_a_permission_stands_where_the_gate_keeps_visitors_out(staffed: list[Staffed]) -> None:
    assert [str(route) for route in staffed if not is_for_staff(route.path)] == []


def test_pages_are_read_and_forms_are_posted_with_a_token(staffed: list[Staffed]) -> None:
    wanted = {"GET": Requires, "POST": RequiresForm}
    assert [str(route) for route in staffed if type(route.requires[0]) is not wanted.get(route.method)] == []


def test_every_permission_is_a_documented_predicate_that_is_asked_with_what_it_takes(staffed: list[Staffed]) -> None:
    for route in staffed:
        (needed,) = route.requires
        assert getattr(permissions, route.predicate, None) is needed.may, route
        assert route.predicate in MAY.keys() | EVERYONE_THEIR_OWN, f"{route}: add {route.predicate} to the table"
        takes_a_thing = len(inspect.signature(needed.may).parameters) > 1
        assert takes_a_thing == (needed.of is not None), route


def test_every_parameter_has_an_example(staffed: list[Staffed]) -> None:
    missing = sorted({route.upto for route in staffed if route.upto} - set(EXAMPLES))
    assert missing == [], "say what may stand there, in EXAMPLES of tests/staff_world.py"


def things(route: Staffed, world: World, asker: SignedInAs) -> dict[str, str]:
    """The addresses to ask this route at, by what they name."""
    if not route.upto:
        return {"-": route.path}
    made = {what: example(world, asker) for what, example in EXAMPLES[route.upto].items()}
    return {what: route.path.format_map({n: quote(str(v), safe="") for n, v in m.items()}) for what, m in made.items()}


def may(route: Staffed, what: str, role: Role | None) -> bool:
    """What the table says."""
    if route.predicate in EVERYONE_THEIR_OWN:
        return what in ("-", "own")
    of = MAY[route.predicate]
    if "-" in of:
        return role in of["-"]
    if what == "self" and "self" not in of:  # those who see or manage somebody with their own role
        what = {Role.ADMINISTRATOR: "guarded", Role.TEAM_LEAD: "colleague"}.get(role, "none") if role else "none"
    return role in of["none" if what == "missing" else what]


def expected(route: Staffed, what: str, role: Role | None) -> frozenset[int]:
    if not may(route, what, role):
        return frozenset({403})
    return frozenset({404}) if what == "missing" else DONE


def ask(visitor: Visitor, method: str, path: str, asker: SignedInAs) -> Any:
    data = {"csrf": asker.csrf} if method == "POST" else None
    return visitor.request(method, path, headers=asker.cookie, data=data)


class Browsers:
    """A session for every role, and a new one after a form of one's own account, which may have ended it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.kept: dict[Role | None, SignedInAs] = {}

    def of(self, role: Role | None, route: Staffed | None = None) -> SignedInAs:
        """The session to ask `route` with."""
        found = self.kept.pop(role, None) or self.world.sign_in(role)
        if not (route and route.method == "POST" and is_below(route.path, "/account")):
            self.kept[role] = found
        return found


@pytest.fixture(scope="module")
def browsers(world: World) -> Browsers:
    return Browsers(world)


def test_every_route_answers_every_role_as_the_table_says(
    staffed: list[Staffed], world: World, visitor: Visitor, browsers: Browsers
) -> None:
    wrong, asked = [], 0
    for route in staffed:
        for role in ASKERS:
            refusals = set()
            for what in things(route, world, browsers.of(role)):
                asker = browsers.of(role, route)
                path = things(route, world, asker)[what]
                answer = ask(visitor, route.method, path, asker)
                asked += 1
                if answer.status_code not in expected(route, what, role):
                    wrong.append(f"{route.method} {path} ({what}) as {role}: {answer.status_code}")
                if answer.headers["cache-control"] != "private, no-store":
                    wrong.append(f"{route.method} {path} as {role}: {answer.headers['cache-control']}")
                if not may(route, what, role):
                    refusals.add(answer.text[answer.text.index("<main") : answer.text.index("</main>")])
            if len(refusals) > 1:
                wrong.append(f"{route} tells {role} what exists")
    assert wrong == [], f"{len(wrong)} of {asked}"


def test_a_form_without_its_token_does_nothing_for_anyone(
    staffed: list[Staffed], world: World, visitor: Visitor, browsers: Browsers
) -> None:
    other = world.sign_in(Role.SECRETARIAT).csrf
    for route in (route for route in staffed if route.method == "POST"):
        allowed = [role for role in ASKERS if may(route, "own", role)]
        for role in allowed:
            asker = browsers.of(role, route)
            path = next(iter(things(route, world, asker).values()))
            for data in ({"csrf": other}, {}, {"csrf": "é"}) if role == allowed[0] else ({"csrf": other},):
                status = visitor.post(path, headers=asker.cookie, data=data).status_code
                assert status == 403, f"{path} as {role}: {status}"


def test_visitors_learn_nothing_at_any_address(staffed: list[Staffed], world: World, visitor: Visitor) -> None:
    asker = world.sign_in(Role.SECRETARIAT)
    told = set()
    for route in staffed:
        paths = list(things(route, world, asker).values())
        for path in (*paths, *(paths[0] + rest for rest in INVENTED)):
            for method in ("GET", "POST"):
                answer = visitor.request(method, path)
                told.add((method, answer.status_code, answer.headers.get("location"), answer.text))
    for path in {route.path for route in staffed}:
        for method in ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
            answer = visitor.request(method, path)
            told.add((method, answer.status_code, answer.headers.get("location"), answer.text))
    reads = {("GET", 303, SIGN_IN, ""), ("HEAD", 303, SIGN_IN, "")}
    assert {one for one in told if one[0] in ("GET", "HEAD")} == reads
    assert {one[1:] for one in told - reads} == {(403, None, "Only people who have signed in may do this.\n")}


def test_without_one_time_codes_nobody_gets_beyond_their_own_account(
    staffed: list[Staffed], world: World, visitor: Visitor
) -> None:
    asker = world.sign_in(Role.ADMINISTRATOR, strong=False)
    for route in (route for route in staffed if not is_below(route.path, "/account")):
        for path in things(route, world, asker).values():
            answer = ask(visitor, route.method, path, asker)
            if route.method == "GET":
                assert (answer.status_code, answer.headers["location"]) == (303, CODES)
            else:
                assert answer.status_code == 403


def test_a_head_is_decided_like_the_page_and_other_methods_are_none(
    staffed: list[Staffed], world: World, visitor: Visitor, browsers: Browsers
) -> None:
    for route in (route for route in staffed if route.method == "GET"):
        for role in (Role.SECRETARIAT, None):
            asker = browsers.of(role)
            path = next(iter(things(route, world, asker).values()))
            page, head = (visitor.request(method, path, headers=asker.cookie) for method in ("GET", "HEAD"))
            assert (head.status_code, head.content) == (page.status_code, b""), path
            for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE") if role else ():
                assert visitor.request(method, path, headers=asker.cookie).status_code in {403, 404, 405}, path


TRICKS = (
    "//sources", "/sources/", "/SOURCES", "/Sources/sandby", "/sources/../users", "/sources/%2e%2e/users",
    "/./sources", "/%73ources", "/sources%2fsandby", "/sources%2Fsandby/pause", "/sources;a=b", "/sources.json",
    "/sources%00", "/sources%20", "/sources/%00", "/static/../sources", "/vacancies/../sources",
    "/vacancies/..%2fusers", "/sources\\sandby", "/sources?/../../", "/employers/../audit", "/link/../audit",
    "/sign-in/../audit", "/audit/..", "/api/v1/../../audit", "/audit#", "/users/1%0d%0aSet-Cookie:x",
    "/sources/sandby%23", "/account/../users",
)  # fmt: skip
OVERRIDES = (
    {"X-HTTP-Method-Override": "GET"}, {"X-Method-Override": "DELETE"}, {"X-Original-URL": "/audit"},
    {"X-Rewrite-URL": "/audit"}, {"X-Forwarded-Prefix": "/audit"}, {"X-Forwarded-Path": "/audit"},
    {"Cookie": "session="}, {"Cookie": "session=x; session=y"}, {"Cookie": 'session="\\"'},
    {"Authorization": "Bearer x"},
)  # fmt: skip


def raw(world: World, method: str, target: str, headers: Mapping[str, str]) -> int:
    """The status of a request whose address no client has tidied up."""
    path, _, query = target.partition("?")
    given = {"host": "127.0.0.1:8000", "content-length": "0", **headers}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", 8000), "state": {},
    }  # fmt: skip
    statuses = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    with start_blocking_portal() as elsewhere:  # the browser of other tests has a running loop in this thread
        elsewhere.call(world.app, scope, receive, send)
    return statuses[0]


def test_no_spelling_of_an_address_opens_a_staff_page(world: World) -> None:
    asker = world.sign_in(None)
    for target in TRICKS:
        assert raw(world, "GET", target, {}) in {303, 400, 404}, target
        assert raw(world, "POST", target, {}) in {400, 403, 404, 405}, target
        assert raw(world, "GET", target, asker.cookie) in {400, 403, 404, 405}, target


def test_no_header_opens_a_staff_page(world: World) -> None:
    for headers in OVERRIDES:
        assert raw(world, "GET", "/sources", headers) == 303, headers
        assert raw(world, "POST", "/sources?_method=GET", headers) == 403, headers
        assert raw(world, "GET", "/", headers) == 200, headers


def test_public_pages_are_open_to_every_role_and_kept_by_nobody(
    routes: list[Any], world: World, visitor: Visitor, browsers: Browsers
) -> None:
    pages = [r.path for r in routes if "GET" in r.methods and r.endpoint.__module__.startswith("web.pages.")]
    open_ = [path for path in pages if not is_for_staff(path)]
    missing = [path for path in open_ if "{" in path and path not in PUBLIC]
    assert missing == [], "give it an example, in PUBLIC of tests/staff_world.py"
    for role in ASKERS:
        asker = browsers.of(role)
        for pattern in open_:
            path = pattern.format_map(PUBLIC[pattern](world, asker)) if "{" in pattern else pattern
            answer = visitor.get(path, headers=asker.cookie)
            assert answer.status_code in {200, 301}, f"{path} as {role}"
            assert "no-store" in answer.headers["cache-control"], path
            assert "etag" not in answer.headers


def test_what_other_programs_read_is_the_same_whoever_asks(visitor: Visitor, browsers: Browsers) -> None:
    for path in ("/api/v1/vacancies", "/api/v1/changes", "/api/v1/employers", "/vacancies.csv", "/sitemap.xml"):
        public = visitor.get(path)
        assert public.status_code == 200
        for role in ASKERS:
            assert visitor.get(path, headers=browsers.of(role).cookie).content == public.content, path
