"""The links in alerts' messages: opened as often as anybody likes, and used by a button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product

import itsdangerous
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from lxml import html

from clearinghouse.accounts.models import AuditEvent
from clearinghouse.alerts import asking, saved
from clearinghouse.alerts.models import Ended, Often, SavedSearch
from clearinghouse.alerts.tokens import SALT, Purpose, token_for
from clearinghouse.mail.models import Mail
from clearinghouse.settings import Settings
from web.pages.alert_links import DONE

DAY = dt.timedelta(days=1)
EMAIL = "sam@example.org"
FOREIGN = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


class Owner:
    """Whoever has searches saved at a site, and the links of their messages."""

    def __init__(self, site) -> None:
        self.site = site
        self.visitor: TestClient = site.client()
        self.settings: Settings = self.visitor.app.state.site.settings

    def ask(self, query: str = "q=cook", email: str = EMAIL, *, on: bool = True) -> str:
        """Save a search of that address, confirmed already; its public id."""
        store, now = self.site.town.store, self.site.now
        with store.writing() as session:
            asking.ask(session, self.settings, asking.Asked(query, email, Often.DAILY), now)
            known = session.scalars(sa.select(SavedSearch.public_id).order_by(SavedSearch.id.desc())).first()
            if on:
                saved.confirm(session, known, now)
        return known

    def path(self, purpose: Purpose, public_id: str) -> str:
        token = token_for(self.settings.secret_key, purpose, public_id, self.site.now)
        return f"/alerts/stop/{token}" if purpose is Purpose.STOP else f"/link/{token}"

    def row(self, public_id: str) -> SavedSearch:
        with self.site.town.store.reading() as session:
            return session.scalars(sa.select(SavedSearch).where(SavedSearch.public_id == public_id)).one()

    def all(self) -> list[object]:
        """All that a link could change, as it stands."""
        with self.site.town.store.reading() as session:
            tables = (SavedSearch, Mail, AuditEvent)
            return [tuple(row) for table in tables for row in session.execute(sa.select(table.__table__))]


@pytest.fixture
def owner(sqlite_site) -> Owner:
    return Owner(sqlite_site)


@pytest.fixture
def owner_on_both(own_site) -> Owner:
    return Owner(own_site)


def text(answer) -> str:
    return " ".join(html.fromstring(answer.text).xpath("//main")[0].text_content().split())


def buttons(answer) -> list[str]:
    return html.fromstring(answer.text).xpath("//main//button/@value")


def test_a_scanner_that_opens_every_link_twice_changes_nothing_and_spends_nothing(owner: Owner) -> None:
    waits, runs = owner.ask(on=False), owner.ask("q=nurse")
    paths = [owner.path(purpose, one) for purpose, one in product(Purpose, (waits, runs))]
    before = owner.all()
    for path, method in product(paths, ("GET", "HEAD", "OPTIONS", "GET", "PUT", "DELETE")):
        answer = owner.visitor.request(method, path)
        assert answer.status_code == (200 if method in ("GET", "HEAD") else 405)
        if method == "GET":
            wanted = {"cache-control": "no-store", "referrer-policy": "same-origin", "x-robots-tag": "noindex"}
            assert wanted.items() <= dict(answer.headers).items()
            assert "set-cookie" not in answer.headers
            assert "noindex" in answer.text
    assert owner.all() == before
    assert owner.visitor.post(paths[0], data={"do": "confirm"}).status_code == 303
    assert owner.row(waits).confirmed_at is not None


def test_a_search_is_confirmed_by_a_button_once_or_twice(owner: Owner) -> None:
    one = owner.ask("q=cook&pattern=part_time&location=Mansfield", on=False)
    path = owner.path(Purpose.CONFIRM, one)
    page = owner.visitor.get(path)
    assert "Is this your search? “cook” within 10 miles of Mansfield Part time" in text(page)
    assert buttons(page) == ["confirm"]
    for _ in range(2):
        answer = owner.visitor.post(path, data={"do": "confirm"})
        assert (answer.status_code, answer.headers["location"]) == (303, path)
        assert "Your search is on" in text(owner.visitor.get(path))
    assert owner.row(one).confirmed_at == owner.site.now
    (manage,) = html.fromstring(owner.visitor.get(path).text).xpath("//a[.='Change or stop this search']/@href")
    assert "Your searches" in text(owner.visitor.get(manage))


def test_a_link_does_only_what_it_is_for(owner: Owner) -> None:
    one, other = owner.ask(), owner.ask("q=nurse", on=False)
    before = owner.all()
    for purpose, do in product(Purpose, ("", "stop", "stop-all", "change", "confirm", "undo", "x\0", "do" * 2500)):
        if purpose is not Purpose.STOP and (purpose, do) != (Purpose.CONFIRM, "confirm"):
            sent = {"do": do, "search": "" if purpose is Purpose.MANAGE else other, "often": "weekly"}
            if (purpose, do) != (Purpose.MANAGE, "stop-all"):
                answer = owner.visitor.post(owner.path(purpose, one), data=sent)
                assert (answer.status_code, "done=" in answer.headers["location"]) == (303, False)
    stop = owner.path(Purpose.STOP, one).removeprefix("/alerts/stop/")
    manage = owner.path(Purpose.MANAGE, one).removeprefix("/link/")
    assert owner.visitor.post(f"/link/{stop}", data={"do": "stop"}).status_code == 404
    assert owner.visitor.post(f"/alerts/stop/{manage}").status_code == 404
    assert owner.all() == before


def test_all_searches_of_an_address_are_changed_and_stopped_on_one_page(owner: Owner) -> None:
    one, other, waits = owner.ask(), owner.ask("kind=apprenticeship"), owner.ask("q=nurse", on=False)
    path = owner.path(Purpose.MANAGE, one)
    page = text(owner.visitor.get(path))
    assert "we write to s…@example.org" in page
    for words in ("“cook”", "Jobs that match these filters Apprenticeship", "“nurse”", "This one is not on yet"):
        assert words.lower() in page.lower()

    def press(do: str, search: str = "", often: str = "") -> str:
        answer = owner.visitor.post(path, data={"do": do, "search": search, "often": often})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?done={do}&search={search}")
        shown = owner.visitor.get(answer.headers["location"])
        assert DONE[do] in text(shown)
        return shown

    press("change", other, "weekly")
    assert (owner.row(other).often, owner.row(one).often) == (Often.WEEKLY, Often.DAILY)
    press("confirm", waits)
    assert owner.row(waits).confirmed_at is not None
    stopped = press("stop", one)
    assert owner.row(one).ended_why is Ended.STOPPED
    assert "I did not mean that" in text(stopped)
    press("renew", one)
    assert owner.row(one).ended_at is None
    press("stop-all")
    assert {owner.row(each).ended_why for each in (one, other, waits)} == {Ended.STOPPED}
    assert "You have no search saved here" in text(owner.visitor.get(path))


def test_a_link_reaches_nobody_elses_searches(owner_on_both: Owner) -> None:
    owner = owner_on_both
    mine, theirs = owner.ask(), owner.ask("q=nurse", "kim@example.org")
    path = owner.path(Purpose.MANAGE, mine)
    assert "nurse" not in owner.visitor.get(path).text
    before = owner.all()
    for do, search in product(("stop", "change", "confirm", "renew"), (theirs, "", "v" * 10, "\0", "x" * 5000)):
        answer = owner.visitor.post(path, data={"do": do, "search": search, "often": "weekly"})
        assert (answer.status_code, answer.headers["location"]) == (303, path)
        assert owner.visitor.get(path, params={"done": "stop", "search": search}).status_code == 200
    assert owner.all() == before
    owner.visitor.post(owner.path(Purpose.STOP, theirs))
    for search in (theirs, mine):
        assert "I did not mean that" not in owner.visitor.get(f"{path}?done=stop&search={search}").text


def test_one_click_from_anywhere_stops_a_search_at_once_and_as_often_as_it_comes(owner_on_both: Owner) -> None:
    owner = owner_on_both
    one, other = owner.ask(), owner.ask("q=nurse")
    path = owner.path(Purpose.STOP, one)
    assert buttons(owner.visitor.get(path)) == ["stop"]
    pieces = {"content": iter([b"List-Unsubscribe=", b"One-Click"])}  # of a length that nobody says
    for kind in (
        pieces, {"data": ONE_CLICK}, {"files": {"List-Unsubscribe": (None, "One-Click")}}, {"content": b"\xff"}, {},
    ):  # fmt: skip
        answer = owner.visitor.post(path, headers=FOREIGN, **kind)
        assert answer.status_code == 200
        assert "We have stopped these messages" in text(answer)
    assert (owner.row(one).ended_why, owner.row(other).ended_at) == (Ended.STOPPED, None)
    assert owner.visitor.post(f"{path}/undo", headers=FOREIGN).status_code == 403
    assert owner.row(one).ended_at is not None
    answer = owner.visitor.post(f"{path}/undo")
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert owner.row(one).ended_at is None
    assert buttons(owner.visitor.get(path)) == ["stop"]


def test_what_was_deleted_meanwhile_has_stopped(owner: Owner) -> None:
    path = owner.path(Purpose.STOP, "abcdefghij")
    for answer in (owner.visitor.get(path), owner.visitor.post(path, data=ONE_CLICK), owner.visitor.get(path)):
        assert answer.status_code == 200
        assert "You get no more messages" in text(answer)
        assert buttons(answer) == []


def test_a_search_is_kept_for_another_year_or_started_again(owner: Owner) -> None:
    one = owner.ask()
    path = owner.path(Purpose.RENEW, one)
    assert "Your search is on" in text(owner.visitor.get(path))
    owner.site.now += 340 * DAY
    assert buttons(owner.visitor.get(path)) == ["renew"]
    assert owner.visitor.post(path, data={"do": "renew"}).status_code == 303
    assert owner.row(one).renew_by == owner.site.now + 365 * DAY
    assert "Your search is on" in text(owner.visitor.get(path))
    for why, started in ((Ended.NOT_RENEWED, True), (Ended.STOPPED, True), (Ended.BOUNCED, False)):
        with owner.site.town.store.writing() as session:
            saved.stop(session, one, why, owner.site.now)
        shown = owner.visitor.get(path)
        assert "This search has stopped" in text(shown)
        assert buttons(shown) == (["renew"] if started else [])
        owner.visitor.post(path, data={"do": "renew"})
        assert (owner.row(one).ended_at is None) is started


def hostile(owner: Owner) -> Iterator[str]:
    now, one = owner.site.now, owner.ask()
    good = token_for(owner.settings.secret_key, Purpose.MANAGE, one, now)
    yield from (good[:-1], f"{good}x", good.swapcase(), "x" * 3000, "a.b", "%F0%9F%98%80", "W10.x", "null")
    yield token_for("o" * 32, Purpose.MANAGE, one, now)
    yield itsdangerous.URLSafeSerializer(owner.settings.secret_key, salt="known browser").dumps(["manage", one, 0])
    ours = itsdangerous.URLSafeSerializer(owner.settings.secret_key, salt=SALT)
    yield from (ours.dumps(odd) for odd in (["stop", 5, 0], ["manage", one, -(10**18)], ["confirm", one, None]))
    yield token_for(owner.settings.secret_key, Purpose.MANAGE, "' or 1=1--", now)
    yield token_for(owner.settings.secret_key, Purpose.MANAGE, "abcdefghij", now)
    yield token_for(owner.settings.secret_key, Purpose.CONFIRM, one, now - 8 * DAY)


def test_links_that_are_not_ours_or_too_old_are_all_answered_alike(owner: Owner) -> None:
    tokens = list(hostile(owner))
    before = owner.all()
    answers = [
        owner.visitor.request(method, f"/link/{token}", data={"do": "stop-all"} if method == "POST" else None)
        for token, method in product(tokens, ("GET", "POST"))
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert {owner.visitor.post(f"/alerts/stop/{token}").status_code for token in tokens} == {404}
    assert {owner.visitor.post(f"/alerts/stop/{token}/undo").status_code for token in tokens} == {404}
    assert owner.all() == before
