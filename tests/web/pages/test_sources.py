"""The sources' pages: what each person sees of a source, and what pressing its buttons does."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import uvicorn
from fastapi import FastAPI
from httpx2 import Response
from looks import faults
from lxml import html
from smalltown import NOW, Town, rich_draft
from staffing import Staff, staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import AuditEvent
from clearinghouse.accounts.roles import Role
from clearinghouse.db import Store
from clearinghouse.ingest.models import CrawlRun, Doubt, Issue, IssueKind, RefusedPosting, RunStatus, SourceCheck
from clearinghouse.ingest.sources import get
from clearinghouse.publish.models import Publication
from clearinghouse.publish.seen import confirmed
from clearinghouse.search.generation import Reader
from clearinghouse.settings import Settings
from clearinghouse.vacancies.models import CrawlRequest, SourceRow
from clearinghouse.vacancies.vocabulary import Refusal
from web.app import create_app
from web.charts import chart
from web.pages.sources import DONE

URL = "https://jobs.sandby.example/rss"
HOUR = dt.timedelta(hours=1)
SECRETARIAT = Hat(Role.SECRETARIAT)
SANDBY, FENWICK = Hat(Role.EMPLOYER, 1), Hat(Role.EMPLOYER, 2)


@pytest.fixture(scope="module")
def history(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store and an index to copy: the source sandby has good runs, a broken one, and at last a refused one."""
    folder = tmp_path_factory.mktemp("history")
    shutil.copy(sqlite_template, folder / "store.sqlite3")
    store = Store(f"sqlite:///{folder / 'store.sqlite3'}")
    town = Town(store, folder / "index")
    for number in range(12):
        town.add(rich_draft(title=f"Planner {number}"), sources=("sandby",))
    town.publish()
    fill_history(store)
    town.indexer.close()
    store.close()
    return folder


@pytest.fixture
def store(history: Path, tmp_path: Path) -> Iterator[Store]:
    """One kind of database is enough: the pages only read, and what they ask for is tested on both."""
    shutil.copytree(history, tmp_path, dirs_exist_ok=True)
    opened = Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def app(store: Store, tmp_path: Path) -> FastAPI:
    """The site on the copy."""
    settings = Settings(public_url="http://127.0.0.1:8000", index_dir=tmp_path / "index", secret_key="k" * 32)
    return create_app(settings, store, Reader(tmp_path / "index"), lambda: NOW)


def fill_history(store: Store) -> None:
    with store.writing() as session:
        for hours in range(30, 0, -1):
            status = {1: RunStatus.REFUSED, 9: RunStatus.FAILED}.get(hours, RunStatus.OK)
            session.add(a_run(NOW - 4 * hours * HOUR, status, 20 if hours == 1 else 50 + hours))
        row = get(session, "sandby")
        row.facts = {**row.facts, "url": URL, "homepage": "https://www.sandby.example/" + "jobs-" * 30}
        row.last_good_run, row.last_good_count, row.next_due = NOW - 8 * HOUR, 52, NOW + HOUR
        session.add_all(
            RefusedPosting(source="sandby", key=f"k{n:02}", reason=Refusal.NOT_AN_ADVERT, value="<b>Closing</b>",
                           posting={"title": f"Notice {n}"}, run=1, first_seen=NOW, last_seen=NOW)
            for n in range(25)
        )  # fmt: skip
        session.add(
            Issue(source="sandby", kind=IssueKind.RUN_REFUSED, message="too few", opened=NOW - HOUR, last_seen=NOW)
        )


def a_run(started: dt.datetime, status: RunStatus, counted: int) -> CrawlRun:
    doubt = Doubt.UNDER_HALF if status == RunStatus.REFUSED else None
    messages = ["20 vacancies, under half of the last good run's 52"] if doubt else []
    return CrawlRun(source="sandby", started=started, ended=started, status=status, counted=counted, doubt=doubt,
                    messages=messages, seconds=2.5)  # fmt: skip


@pytest.fixture
def keeper(app: FastAPI) -> Staff:
    return staff_client(app, SECRETARIAT)


def row(store: Store, slug: str = "sandby") -> SourceRow:
    with store.reading() as session:
        return get(session, slug)


def rows(store: Store, table: type[Any]) -> list[Any]:
    with store.reading() as session:
        return list(session.scalars(sa.select(table)))


def words(answer: Response) -> str:
    return " ".join(" ".join(html.fromstring(answer.text).itertext()).split())


def buttons(answer: Response) -> set[str]:
    """The paths of the forms that post, signing out aside."""
    forms = html.fromstring(answer.text).xpath("//main//form[@method='post']/@action")
    return {path.rpartition("/")[2] for path in forms}


def test_the_list_has_the_worst_first_with_a_filter_and_an_order(keeper: Staff) -> None:
    page = keeper.get("/sources")
    slugs = re.findall(r'<a class="govuk-link" href="/sources/(\w+)">', page.text.partition("<tbody")[2])
    assert slugs == ["sandby", "board", "fenwick"]
    assert "Not confirmed since" in words(page)
    assert "52" in words(page)
    refused = keeper.get("/sources?state=refused&sort=name")
    assert ("1 source of 3" in words(refused), "fenwick" in refused.text.partition("<tbody")[2]) == (True, False)
    one = keeper.get("/sources?organisation=fenwick-trust&state=nonsense&sort=%00")
    assert one.status_code == 200
    assert "No source is like that" in words(keeper.get("/sources?state=paused"))


def test_an_employer_sees_its_own_sources_and_the_steering_group_all_without_buttons(app: FastAPI) -> None:
    own = staff_client(app, SANDBY).get("/sources").text.partition("<tbody")[2]
    assert ("/sources/sandby" in own, "/sources/fenwick" in own, "/sources/board" in own) == (True, False, False)
    steering = staff_client(app, Hat(Role.STEERING))
    assert "/sources/board" in steering.get("/sources").text
    page = steering.get("/sources/sandby")
    assert (page.status_code, buttons(page), "/settings" in page.text) == (200, set(), False)


@pytest.mark.parametrize(
    ("hat", "shown"),
    [
        (SECRETARIAT, {"accept", "crawl", "pause", "unverify"}),
        (SANDBY, {"accept", "crawl", "pause", "unverify"}),
        (FENWICK, None),
        (Hat(Role.ADVISER, 1), None),
    ],
)
def test_buttons_are_shown_to_those_who_may_press_them(app: FastAPI, hat: Hat, shown: set[str] | None) -> None:
    page = staff_client(app, hat).get("/sources/sandby")
    assert (buttons(page) if page.status_code == 200 else None) == shown


def test_a_source_tells_its_whole_story(keeper: Staff) -> None:
    page = keeper.get("/sources/sandby")
    said = words(page)
    for part in (
        "The last reading was refused", "Accept 20 instead of 52", "30 readings from", "Top line: 80", "too few",
        "25 adverts, page 1 of 2", "<b>Closing</b>", "the newest 12 live adverts", "Interval 4 hours",
    ):  # fmt: skip
        assert part in said, part
    assert len(html.fromstring(page.text).xpath("//*[@class='chart__unwell']")) == 2
    second = words(keeper.get("/sources/sandby?refused=2"))
    assert ("Notice 24" in second, "page 2 of 2" in second) == (True, True)
    for odd in ("99", "-1", "x", "9" * 40):
        assert keeper.get(f"/sources/sandby?refused={odd}").status_code == 200


def test_what_is_known_of_applying_there_stands_with_the_pages_that_show_it(keeper: Staff) -> None:
    known, unknown = keeper.get("/sources/sandby"), keeper.get("/sources/fenwick")
    assert "How people apply there You need to make an account before you apply." in words(known)
    assert "Read on 1 June 2026 at https://help.example/applying" in words(known)
    assert "How people apply there Not known" in words(unknown)


def test_what_a_file_says_of_its_source_stands_where_somebody_vouches_for_it(keeper: Staff, store: Store) -> None:
    with store.writing() as session:
        found = get(session, "sandby")
        found.facts = {**found.facts, "about": "Two notes disagree.\n\n<b>Unchecked</b>, as of today."}
    for path in ("/sources/sandby", "/sources/sandby/verify"):
        page = keeper.get(path)
        assert "Two notes disagree. <b>Unchecked</b>, as of today." in words(page), path
        assert "<b>" not in page.text, path
    assert "What its file says" not in words(keeper.get("/sources/fenwick"))


def test_only_sentences_of_our_own_say_what_was_done(keeper: Staff) -> None:
    assert DONE["paused"] in words(keeper.get("/sources/sandby?done=paused"))
    assert "pwned" not in keeper.get("/sources/sandby?done=pwned").text


def test_pausing_and_resuming(keeper: Staff, store: Store) -> None:
    done = keeper.submit("/sources/sandby/pause")
    assert (done.status_code, done.headers["location"]) == (303, "/sources/sandby?done=paused")
    page = keeper.get("/sources/sandby")
    assert (row(store).paused, "not confirmed since" in words(page), "resume" in buttons(page)) == (True, True, True)
    assert "not confirmed since" in words(keeper.get("/employers"))
    keeper.submit("/sources/sandby/resume")
    assert not row(store).paused
    assert "not confirmed since" not in words(keeper.get("/employers"))


def test_what_a_paused_or_removed_source_brought_is_not_confirmed(keeper: Staff, store: Store) -> None:
    def all_confirmed() -> bool:
        with store.reading() as session:
            told = session.scalars(sa.select(confirmed()).select_from(Publication)).all()
        assert len(set(told)) == 1
        return bool(told[0])

    assert all_confirmed()
    for column in ("paused", "retired"):
        with store.writing() as session:
            setattr(get(session, "sandby"), column, True)
        assert not all_confirmed(), column
        with store.writing() as session:
            setattr(get(session, "sandby"), column, False)


def test_reading_now_twice_asks_once(keeper: Staff, store: Store) -> None:
    done = [keeper.submit("/sources/sandby/crawl").headers["location"] for _ in range(2)]
    assert done == ["/sources/sandby?done=asked", "/sources/sandby?done=waiting"]
    assert len(rows(store, CrawlRequest)) == 1
    assert "It is about to start" in words(keeper.get("/sources/sandby"))


def test_accepting_the_count_that_the_page_showed(keeper: Staff, store: Store) -> None:
    newest = rows(store, CrawlRun)[-1].id
    for stale in ("", "x", str(newest - 1), "9" * 30):
        answer = keeper.submit("/sources/sandby/accept", run=stale)
        assert (answer.status_code, "read it" in words(answer).lower()) == (400, True), stale
        assert html.fromstring(answer.text).findtext(".//title").startswith("Error: ")
    assert keeper.submit("/sources/sandby/accept", run=str(newest)).status_code == 303
    assert [request.about for request in rows(store, CrawlRequest)] == ["sandby"]
    assert "accepted 20 on" in words(keeper.get("/sources/sandby"))


def test_verifying_needs_a_word_on_what_was_compared(keeper: Staff, store: Store) -> None:
    page = keeper.get("/sources/sandby/verify")
    assert len(html.fromstring(page.text).xpath("//section[@class='pair']")) == 10
    assert 'href="https://' in page.text
    refused = keeper.submit("/sources/sandby/verify", compared=" ")
    assert (refused.status_code, 'href="#compared"' in refused.text) == (400, True)
    assert keeper.submit("/sources/sandby/verify", compared="All ten <titles>").status_code == 303
    assert rows(store, SourceCheck)[0].compared == "All ten <titles>"
    assert "All ten <titles>" in words(keeper.get("/sources/sandby"))
    keeper.submit("/sources/sandby/unverify")
    assert (row(store).public, "hid it from the public" in words(keeper.get("/sources/sandby"))) == (False, True)


def test_each_refusal_links_to_something_on_the_page(keeper: Staff, store: Store) -> None:
    with store.writing() as session:
        session.add(a_run(NOW, RunStatus.OK, 60))
    refused = [keeper.submit("/sources/sandby/accept", run="1"), keeper.submit("/sources/sandby/remove")]
    with store.writing() as session:
        get(session, "sandby").retired = True
    refused += [keeper.submit("/sources/sandby/crawl"), keeper.submit("/sources/sandby/accept", run="1")]
    for answer in refused:
        page = html.fromstring(answer.text)
        assert answer.status_code == 400
        for link in page.xpath("//*[@class='govuk-error-summary']//a/@href"):
            assert page.xpath(f"//*[@id='{link[1:]}']"), link


def test_a_form_from_before_somebody_hid_the_source_shows_it_to_nobody(
    keeper: Staff, store: Store, app: FastAPI
) -> None:
    keeper.submit("/sources/sandby/verify", compared="All ten")
    opened = dict(html.fromstring(keeper.get("/sources/sandby/verify").text).xpath("//main//form")[0].form_values())
    staff_client(app, SANDBY).submit("/sources/sandby/unverify")
    refused = keeper.submit("/sources/sandby/verify", **{**opened, "compared": "All ten again"})
    assert (refused.status_code, row(store).public) == (400, False)
    assert "hid its vacancies from the public after you had opened this page" in words(refused)
    again = dict(html.fromstring(refused.text).xpath("//main//form")[0].form_values())
    assert again["compared"].strip() == "All ten again"
    assert keeper.submit("/sources/sandby/verify", **again).status_code == 303
    assert row(store).public


def test_the_number_of_queries_does_not_grow_with_the_sources(keeper: Staff, store: Store) -> None:
    sent: list[str] = []
    sa.event.listen(store.read_engine, "before_cursor_execute", lambda *event: sent.append(str(event[2])))
    counts = []
    for more in (1, 50):
        with store.writing() as session:
            facts = get(session, "sandby").facts
            for slug in (f"more-{more}-{number}" for number in range(more)):
                session.add(SourceRow(slug=slug, organisation_id=1, facts=facts, override={}, public=True))
                session.flush()
                session.add(CrawlRun(source=slug, started=NOW, status=RunStatus.FAILED))
        sent.clear()
        assert keeper.get("/sources").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_a_long_list_comes_in_pages_that_keep_its_filters(keeper: Staff, store: Store) -> None:
    with store.writing() as session:
        facts = get(session, "sandby").facts
        session.add_all(SourceRow(slug=f"s{n:03}", organisation_id=1, facts=facts, override={}, public=True)
                        for n in range(205))  # fmt: skip
    filters = "/sources?state=never&organisation=sandby-borough-council&sort=name"
    answers = [keeper.get(f"{filters}&page={number}") for number in (1, 2, 3)]
    listed = [re.findall(r'href="/sources/(s\d+)"', answer.text) for answer in answers]
    assert listed == [[f"s{n:03}" for n in part] for part in (range(100), range(100, 200), range(200, 205))]
    assert "205 sources of 208 – page 2 of 3" in words(answers[1])
    assert "<title>Sources – page 2 of 3" in answers[1].text
    links = html.fromstring(answers[1].text).xpath("//nav[@aria-label='Pages']//a[@rel]/@href")
    assert links == [filters, f"{filters}&page=3"]


@pytest.mark.parametrize("filters", ["?", "?state=never&"])
def test_a_page_that_is_not_there_leads_to_the_last(keeper: Staff, store: Store, filters: str) -> None:
    answer = keeper.get(f"/sources{filters}page=900")
    assert answer.status_code == 200
    assert "There is no page 900" in words(answer)
    last = html.fromstring(answer.text).xpath("//main//a[.='Go to the last page']/@href")[0]
    assert "/sources/fenwick" in keeper.get(last).text
    for nonsense in ("0", "-1", "x", "%00", "²", "9" * 30):
        assert "/sources/fenwick" in keeper.get(f"/sources{filters}page={nonsense}").text, nonsense


def form(keeper: Staff, **typed: str | list[str]) -> dict[str, Any]:
    """The settings form as the browser would send it, with what was typed over it."""
    page = html.fromstring(keeper.get("/sources/sandby/settings").text)
    fields = dict(page.xpath("//main//form")[0].form_values())
    return {**{name: value for name, value in fields.items() if name != "csrf"}, **typed}


def test_settings_are_changed_shown_and_set_back(keeper: Staff, store: Store) -> None:
    done = keeper.submit("/sources/sandby/settings", **form(keeper, every_hours="0.5", minimum="10"))
    assert done.headers["location"] == "/sources/sandby?done=changed"
    page = words(keeper.get("/sources/sandby"))
    assert "30 minutes Changed on this page. Its file says: 4 hours" in page
    assert "10 or more vacancies" in page
    assert keeper.submit("/sources/sandby/settings", **form(keeper)).headers["location"].endswith("=same")
    keeper.submit("/sources/sandby/settings", **form(keeper, as_file=["every_hours", "expect"]))
    assert row(store).override == {}


def test_wrong_settings_stay_typed_beside_what_is_wrong(keeper: Staff, store: Store) -> None:
    typed = form(keeper, every_hours="often", url="http://192.168.0.1/", minimum="9", maximum="3", homepage="x")
    answer = keeper.submit("/sources/sandby/settings", **typed)
    page = html.fromstring(answer.text)
    assert (answer.status_code, page.findtext(".//title").startswith("Error: ")) == (400, True)
    links = page.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
    assert links == ["#every_hours", "#url", "#homepage", "#maximum"]
    for link in links:
        [field] = page.xpath(f"//input[@id='{link[1:]}']")
        assert field.get("value") == typed[link[1:]]
    assert row(store).override == {}


def test_a_stale_form_changes_nothing_and_shows_both(app: FastAPI, keeper: Staff, store: Store) -> None:
    mine = form(keeper, every_hours="8")
    other = staff_client(app, SANDBY)
    assert other.submit("/sources/sandby/settings", **{**mine, "every_hours": "6"}).status_code == 303
    answer = keeper.submit("/sources/sandby/settings", **mine)
    said = words(answer)
    assert answer.status_code == 400
    assert "changed these settings on" in said
    assert "Hours between two readings 6 8" in said
    assert row(store).override == {"every_hours": 6.0}
    again = dict(html.fromstring(answer.text).xpath("//main//form")[0].form_values())
    assert keeper.post("/sources/sandby/settings", data=again).status_code == 303
    assert row(store).override == {"every_hours": 8.0}


def test_an_address_at_another_site_is_taken_only_by_those_who_know(keeper: Staff, store: Store) -> None:
    typed = form(keeper, url="https://elsewhere.example/rss")
    answer = keeper.submit("/sources/sandby/settings", **typed)
    assert (answer.status_code, 'href="#moved"' in answer.text, row(store).public) == (400, True, True)
    done = keeper.submit("/sources/sandby/settings", **typed, moved="yes")
    assert done.headers["location"] == "/sources/sandby?done=moved"
    assert (row(store).public, row(store).override["url"]) == (False, "https://elsewhere.example/rss")


def test_removing_is_for_keepers_and_for_what_was_added_in_the_browser(
    app: FastAPI, keeper: Staff, store: Store
) -> None:
    assert keeper.submit("/sources/sandby/remove").status_code == 400
    with store.writing() as session:
        get(session, "sandby").adapter_fields = {"adapter": "feed", "fields": {"url": URL}}
    employer = staff_client(app, SANDBY)
    assert employer.submit("/sources/sandby/remove").status_code == 403
    assert "remove" not in buttons(employer.get("/sources/sandby"))
    assert "remove" in buttons(keeper.get("/sources/sandby"))
    assert keeper.submit("/sources/sandby/remove").status_code == 303
    assert row(store).retired
    assert buttons(keeper.get("/sources/sandby")) == {"unverify"}  # what it brought stays, and can still be hidden
    assert keeper.submit("/sources/sandby/crawl").status_code == 400


def test_looking_changes_nothing(keeper: Staff, store: Store) -> None:
    for path in ("", "/sandby", "/sandby/settings", "/sandby/verify"):
        assert keeper.get(f"/sources{path}").status_code == 200, path
        assert keeper.head(f"/sources{path}").status_code == 200, path
    for act in ("pause", "resume", "crawl", "accept", "unverify", "remove"):
        assert keeper.get(f"/sources/sandby/{act}").status_code in (404, 405), act
    assert [event.tag for event in rows(store, AuditEvent) if event.tag.startswith("source:")] == []


def test_a_picture_needs_two_runs_and_holds_all_of_them() -> None:
    assert chart([a_run(NOW, RunStatus.OK, 3)]) is None
    same = chart([a_run(NOW, RunStatus.OK, 0), a_run(NOW, RunStatus.FAILED, 0)])
    assert same is not None
    assert (same.line, same.most, len(same.unwell)) == ("300,150", 0, 1)
    made = chart([a_run(NOW + HOUR, RunStatus.REFUSED, 5), a_run(NOW, RunStatus.OK, 10)])
    assert made is not None
    assert ([(m.x, m.y) for m in made.well], [(m.x, m.y) for m in made.unwell]) == ([(10, 10)], [(590, 80)])


@pytest.fixture
def served(app: FastAPI) -> Iterator[str]:
    """The site over HTTP on loopback; its base address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
        assert thread.is_alive()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.soak), 360])
def test_in_a_real_browser_a_source_is_paused_and_its_interval_corrected(
    browser: Any, axe: str, served: str, keeper: Staff, store: Store, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "session", "value": keeper.cookies["session"], "url": served}])
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)

    def is_well() -> None:
        assert faults(page, axe) == [], page.url

    page.goto(f"{served}/sources")
    is_well()
    page.get_by_role("link", name="Sandby").click()
    page.get_by_text("The last 30 readings as a table").click()
    is_well()
    page.get_by_role("button", name="Pause it").click()
    assert page.get_by_text(DONE["paused"]).is_visible()
    assert page.get_by_role("button", name="Resume it").is_visible()
    page.get_by_role("link", name="Change its settings").click()
    page.get_by_label("Hours between two readings").fill("never")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_role("link", name="“never” is no number").is_visible()
    is_well()
    complaints.clear()  # the browser complains of the 400 itself
    page.get_by_label("Hours between two readings").fill("6")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("6 hours").is_visible()
    page.get_by_role("button", name="Compare and verify it").click()
    is_well()
    assert (row(store).paused, row(store).override, complaints) == (True, {"every_hours": 6.0}, [])
    context.close()
