"""The pages that add a source by its web address."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from staffing import Staff, staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.roles import Role
from clearinghouse.vacancies.models import CrawlRequest, SourceRow

EXAMPLE = json.loads((Path(__file__).parent / "trial_example.json").read_text("utf-8"))
URL = "https://jobs.newtown.example/"
FORM = {
    "slug": "newtown", "owner": "new:", "name": "Newtown Council", "homepage": "", "every_hours": "4", "minimum": "1",
    "maximum": "", "compared": "", "do": "add",
}  # fmt: skip


@pytest.fixture
def jo(town) -> Staff:
    return staff_client(town.app(), Hat(Role.SECRETARIAT))


def ask(client: Staff, url: str = URL, **fields: str) -> str:
    """Where the form for an address leads."""
    answer = client.submit("/sources/new", url=url, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def finish(town, path: str, **changes: Any) -> None:
    """What the crawlers do with a trial."""
    with town.store.writing() as session:
        row = session.get_one(CrawlRequest, int(path.rpartition("/")[2]))
        row.taken_at = row.done_at = town.now
        row.result = {**EXAMPLE, **changes}


def found(town, client: Staff, **changes: Any) -> str:
    path = ask(client)
    finish(town, path, **changes)
    return path


def rows(town, table: type[Any]) -> list[Any]:
    with town.store.reading() as session:
        return list(session.scalars(sa.select(table)))


def test_an_address_leads_to_its_trial_which_waits(town, jo: Staff) -> None:
    assert "Web address of the job page" in jo.get("/sources/new").text
    path = ask(jo)
    assert ask(jo) == path
    page = jo.get(path)
    assert page.status_code == 200
    assert "up to 90 seconds" in page.text
    assert "data-waiting" in page.text
    assert "clearinghouse doctor" not in page.text
    assert re.search(rf'href="{path}"[^>]*>Check again', page.text)
    town.now += dt.timedelta(minutes=3)
    assert "clearinghouse doctor" in jo.get(path).text
    assert path in jo.get("/sources/new").text


def test_a_trial_behind_others_is_not_taken_for_crawlers_that_stand_still(town, jo: Staff) -> None:
    first, second = (ask(jo, f"https://jobs.newtown.example/{number}") for number in (1, 2))
    assert "We read 1 other address first." in jo.get(second).text
    town.now += dt.timedelta(minutes=3)
    with town.store.writing() as session:
        session.get_one(CrawlRequest, int(first.rpartition("/")[2])).taken_at = town.now
    for path in (first, second):
        assert "We are reading it now." in jo.get(path).text
        assert "clearinghouse doctor" not in jo.get(path).text


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "http://10.0.0.1/", "http://127.0.0.1:1/", "https://x.example/" + "a" * 10_000]
)
def test_a_bad_address_is_told_beside_the_field_and_nothing_is_asked(town, jo: Staff, url: str) -> None:
    answer = jo.submit("/sources/new", url=url)
    assert answer.status_code == 400
    assert "<title>Error: " in answer.text
    assert 'href="#url"' in answer.text
    assert "url-error" in answer.text
    assert f'value="{url}"' in answer.text or not url
    assert rows(town, CrawlRequest) == []


def test_an_address_that_is_read_already_leads_to_its_source(town, jo: Staff) -> None:
    answer = jo.submit("/sources/new", url="https://anytown.example/")
    assert answer.status_code == 400
    assert 'href="/sources/anytown"' in answer.text


def test_ten_adverts_stand_beside_the_originals(town, jo: Staff) -> None:
    path = found(town, jo)
    text = jo.get(path).text
    assert text.count('class="pair"') == len(EXAMPLE["sample"]) == 10
    for one in EXAMPLE["sample"]:
        assert one["posting"]["url"].replace("&", "&amp;") in text
    assert text.count('target="_blank" rel="noopener noreferrer') == 10
    assert "We found 52 vacancies." in text
    assert 'value="sherwood-vale-district-council"' in text
    assert 'value="Sherwood Vale District Council"' in text


def test_what_a_site_says_is_never_run(town, jo: Staff) -> None:
    bad = "<script>alert(1)</script>"
    sample = [
        {
            "posting": {**one["posting"], "title": bad, "salary": bad, "url": "javascript:alert(1)"},
            "draft": {**one["draft"], "title": bad, "description_html": bad + "<p onclick=alert(1)>Hello</p>"},
        }
        for one in EXAMPLE["sample"]
    ]
    refused = [{"title": bad, "reason": "no_title", "value": bad}]
    text = jo.get(found(town, jo, sample=sample, refused=refused, why=bad, message=bad, organisation=bad)).text
    assert "<script>alert" not in text
    assert "onclick" not in text
    assert "javascript:" not in text
    assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize(
    ("state", "advice"), [("nothing", "RSS, feed or sitemap"), ("refused", "way round it"), ("failed", "Try it again")]
)
def test_a_trial_that_brought_nothing_says_why_and_what_to_try(town, jo: Staff, state: str, advice: str) -> None:
    path = found(town, jo, state=state, message="The site said no.", sample=[], facts=None, adapter=None)
    text = jo.get(path).text
    assert "The site said no." in text
    assert advice in text
    assert 'name="do"' not in text
    assert jo.submit(path, **FORM).status_code == 400
    again = ask(jo, again="yes")
    assert again != path
    assert [row.slug for row in rows(town, SourceRow)] == ["anytown"]


def test_an_old_trial_must_be_run_again(town, jo: Staff) -> None:
    path = found(town, jo)
    town.now += dt.timedelta(hours=25)
    jo = staff_client(jo.app, Hat(Role.SECRETARIAT))
    assert "over a day old" in jo.get(path).text
    assert 'name="do"' not in jo.get(path).text
    answer = jo.submit(path, **FORM)
    assert answer.status_code == 400
    assert "over a day old" in answer.text


@pytest.mark.parametrize(("do", "public"), [("add", False), ("approve", True)])
def test_the_form_makes_a_source_once(town, jo: Staff, do: str, *, public: bool) -> None:
    path = found(town, jo)
    for _ in range(2):
        answer = jo.submit(path, **{**FORM, "do": do, "compared": "All ten"})
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sources/newtown?done={'approved' if public else 'added'}"
    sources = {row.slug: row.public for row in rows(town, SourceRow)}
    assert sources == {"anytown": True, "newtown": public}
    text = jo.get(path).text
    assert 'href="/sources/newtown"' in text
    assert 'name="do"' not in text


def test_sent_twice_with_the_other_button_nobody_is_told_that_it_was_approved(town, jo: Staff) -> None:
    path = found(town, jo)
    for do, compared in (("add", ""), ("approve", "all ten")):
        answer = jo.submit(path, **{**FORM, "do": do, "compared": compared})
        assert answer.headers["location"] == "/sources/newtown?done=added"
    assert not rows(town, SourceRow)[-1].public


def test_mistakes_keep_what_was_typed(town, jo: Staff) -> None:
    path = found(town, jo)
    typed = {
        **FORM,
        "slug": "Bad Name",
        "every_hours": "often",
        "maximum": "7,5x",
        "name": "Old & New",
        "do": "approve",
    }
    answer = jo.submit(path, **typed)
    assert answer.status_code == 400
    assert "<title>Error: " in answer.text
    for field in ("slug", "every_hours", "maximum", "compared"):
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}-error"' in answer.text
    for value in ("Bad Name", "often", "7,5x", "Old &amp; New"):
        assert f'value="{value}"' in answer.text
    assert len(rows(town, SourceRow)) == 1


@pytest.mark.parametrize("number", ["0", "999", "999999999999999999999", "x", "-1", "١", "1.0"])
def test_a_trial_that_never_was_is_not_found(jo: Staff, number: str) -> None:
    assert jo.get(f"/sources/trials/{number}").status_code == 404
    assert jo.submit(f"/sources/trials/{number}", **FORM).status_code == 404


def test_a_crawl_is_no_trial(town, jo: Staff) -> None:
    with town.store.writing() as session:
        row = CrawlRequest(kind="crawl", about="anytown", asked_at=town.now)
        session.add(row)
        session.flush()
        number = row.id
    assert jo.get(f"/sources/trials/{number}").status_code == 404
    assert jo.submit(f"/sources/trials/{number}", **FORM).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.SECRETARIAT, Role.ADMINISTRATOR)])
def test_only_the_keepers_add_sources(town, jo: Staff, role: Role) -> None:
    path = found(town, jo)
    other = staff_client(jo.app, Hat(role, 1 if role.bound else None))
    for way in ("/sources/new", path, "/sources/trials/999"):
        assert other.get(way).status_code == 403
        assert other.submit(way, **FORM, url="https://other.example/").status_code == 403
    assert len(rows(town, SourceRow)) == 1
    assert len(rows(town, CrawlRequest)) == 1


def test_looking_changes_nothing_and_a_form_needs_its_token(town, jo: Staff) -> None:
    path = found(town, jo)
    for way in ("/sources/new", f"/sources/new?url={URL}", path, f"{path}?do=approve&slug=newtown"):
        jo.get(way)
        jo.head(way)
    assert jo.post(path, data=FORM).status_code == 403
    assert jo.post("/sources/new", data={"url": "https://other.example/"}).status_code == 403
    assert len(rows(town, SourceRow)) == 1
    assert len(rows(town, CrawlRequest)) == 1
