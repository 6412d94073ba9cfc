"""The staff pages of adverts: what they show, what their forms do and refuse, and who finds what."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from staffing import Staff, staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.roles import Role
from clearinghouse.ingest.correctable import FIELDS
from clearinghouse.ingest.corrections import drop_reworded
from clearinghouse.ingest.models import Correction
from clearinghouse.vacancies.models import Sighting, Vacancy

KEEPER, HR, OTHERS = Hat(Role.SECRETARIAT), Hat(Role.EMPLOYER, 1), Hat(Role.EMPLOYER, 2)
JULY = {"day": "1", "month": "7", "year": "2027", "time": "5pm", "reason": "it was wrong"}
BAD: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("title", {"value": " "}, "Enter what the job is called"),
    ("closes_at", {**JULY, "day": "32"}, "“32 7 2027” is not a date"),
    ("closes_at", {**JULY, "time": "late"}, "“late” is no time"),
    ("starts_at", {"day": "x", "month": "7", "year": "2027"}, "“x 7 2027” is not a date"),
    ("salary", {"minimum": "plenty", "period": "year", "basis": "actual"}, "“plenty” is no sum of money"),
    ("hours_per_week", {"value": "some"}, "“some” is no number of hours"),
    ("min_age", {"value": "old"}, "“old” is no such age"),
    ("contract", {"value": "eternal"}, "“eternal” is no choice here"),
    ("occupation", {"value": ""}, "Choose one"),
    ("pattern", {"chosen": ["part_time", "odd"]}, "“odd” is no choice here"),
    ("level", {"essential": "9"}, "“9” is no level"),
    ("places", {"value": "Mansfield\nXyzzyville"}, "We know no place called “Xyzzyville”"),
)


@pytest.fixture
def somebody(town: Any) -> Callable[..., Staff]:
    """Somebody who has signed in, by what they are."""
    town.source("othertown", "Othertown Council")
    app = town.app()
    return lambda *hats: staff_client(app, *hats)


def text(page: str) -> str:
    """A page's words in one line."""
    main = re.sub(r"\s+", " ", page[page.index("<main") : page.index("</main>")])
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def was(page: str) -> str:
    found = re.search(r'name="was" value="([^"]*)"', page)
    assert found
    return found[1]


def put_right(person: Staff, advert: str, field: str, **typed: Any) -> Any:
    """The form of that field as the person opens and sends it."""
    path = f"/adverts/{advert}/reading/{field}"
    return person.submit(path, was=was(person.get(path).text), **typed)


def test_an_advert_stands_beside_what_its_source_says(town: Any, somebody: Any) -> None:
    advert = town.vacancy("Cook", because={"dbs": "an enhanced check is needed"}, dbs="enhanced")
    page = text(somebody(KEEPER).get(f"/adverts/{advert}").text)
    said = ("Anytown Council Cook", "Open See its public page", "Title Cook Correct Title", "Kind Job Correct Kind",
            "Criminal record check Enhanced check", "The advert says: an enhanced check is needed",
            "Pay The advert doesn’t say Correct Pay", "Source anytown", "Reference R1", "None so far")  # fmt: skip
    assert [words for words in said if words not in page] == []


def test_every_field_has_a_page_that_shows_its_reading(town: Any, somebody: Any) -> None:
    advert, person = town.vacancy("Cook"), somebody(KEEPER)
    for field in FIELDS.values():
        page = person.get(f"/adverts/{advert}/reading/{field.name}")
        assert page.status_code == 200
        assert f"{field.label} Cook" in text(page.text), field
        assert (field.silent is None) == ('value="not_stated"' not in page.text and "not_stated" not in page.text), (
            field
        )


def test_a_reading_is_put_right_shown_to_all_and_taken_back(town: Any, somebody: Any) -> None:
    advert, person = town.vacancy("Cook"), somebody(HR)
    town.publish()
    answer = put_right(person, advert, "closes_at", **JULY)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/adverts/{advert}?done=corrected")
    page = text(person.get(answer.headers["location"]).text)
    assert "It is put right" in page
    assert "Closing date 1 July 2027 at 5pm Put right" in page
    assert "We read: nothing" in page
    town.publish()
    public = text(town.client().get(f"/vacancies/{advert}-cook").text)
    assert "Closes 1 July 2027 at 5pm" in public
    assert "Closing date: the employer put this right on 21 November 2026." in public
    item = town.client().get(f"/api/v1/vacancies/{advert}").json()
    assert item["closes_at"] == "2027-07-01T17:00:00+01:00"
    assert "corrected" not in item
    undone = person.submit(f"/adverts/{advert}/reading/closes_at/undo")
    assert undone.headers["location"].endswith("?done=undone")
    town.publish()
    assert "put this right" not in text(town.client().get(f"/vacancies/{advert}-cook").text)


def test_a_new_title_leads_old_addresses_to_the_page(town: Any, somebody: Any) -> None:
    advert = town.vacancy("Cook")
    assert (
        put_right(somebody(KEEPER), advert, "title", value="Receptionist", reason="so it is called").status_code == 303
    )
    town.publish()
    visitor = town.client()
    assert visitor.get(f"/vacancies/{advert}-cook").headers["location"] == f"/vacancies/{advert}-receptionist"
    page = text(visitor.get(f"/vacancies/{advert}-receptionist").text)
    assert "Title: we put this right on 21 November 2026. The advert says: Cook" in page
    assert visitor.get("/api/v1/vacancies?q=receptionist").json()["total"] == 1
    assert visitor.get("/api/v1/vacancies?q=cook").json()["total"] == 0


def test_what_can_not_be_is_told_at_its_field_and_nothing_typed_is_lost(town: Any, somebody: Any) -> None:
    advert, person = town.vacancy("Cook"), somebody(KEEPER)
    for field, typed, sentence in BAD:
        answer = put_right(person, advert, field, **{**typed, "reason": "a <b>good</b> reason"})
        page = answer.text
        assert answer.status_code == 400, field
        assert page.count(html.escape(sentence, quote=False)) >= 2, (field, "at the top and at the field")
        assert "<title>Error: " in page, field
        assert "a &lt;b&gt;good&lt;/b&gt; reason" in page, field
        if field not in ("contract", "level"):  # a choice that there isn't can't be shown chosen
            kept = [value for name, value in typed.items() if isinstance(value, str) and name != "reason"]
            assert [value for value in kept if value not in page] == [], field
        summary = page[page.index("error-summary") : page.index("<h1")]
        named = re.findall(r'href="#([^"]+)"', summary)
        assert named, field
        assert [name for name in named if f'id="{name}"' not in page] == [], field
    with town.store.reading() as session:
        assert session.scalar(sa.select(Correction.id)) is None


def test_a_stale_form_says_what_is_so_now_and_saves_when_it_is_sent_again(town: Any, somebody: Any) -> None:
    advert, person = town.vacancy("Cook"), somebody(KEEPER)
    path = f"/adverts/{advert}/reading/hours_per_week"
    old = was(person.get(path).text)
    put_right(somebody(HR), advert, "hours_per_week", value="20", reason="ours")
    stale = person.submit(path, was=old, value="30", reason="theirs")
    assert stale.status_code == 400
    assert "It is “20 hours a week” now" in text(stale.text)
    assert person.submit(path, was=was(stale.text), value="30", reason="theirs").status_code == 303


def test_that_the_advert_does_not_say_it_needs_no_clearing_of_what_the_form_came_with(town: Any, somebody: Any) -> None:
    advert, person = town.vacancy("Cook"), somebody(KEEPER)
    path, typed = f"/adverts/{advert}/reading/hours_per_week", {"not_stated": "yes", "reason": "it says nothing"}
    put_right(person, advert, "hours_per_week", value="20", reason="ours")
    shown = was(person.get(path).text)
    assert person.submit(path, was=shown, value="30", **typed).status_code == 400
    assert person.submit(path, was=shown, value="20", **typed).status_code == 303
    assert "Hours a week The advert doesn’t say Correct" in text(person.get(f"/adverts/{advert}").text)


def test_what_we_could_not_read_is_not_called_silence(town: Any, somebody: Any) -> None:
    advert = town.vacancy("Cook")
    with town.store.writing() as session:
        row = session.scalars(sa.select(Vacancy).where(Vacancy.public_id == advert)).one()
        row.draft = {**row.draft, "salary": None}
        said = session.scalars(sa.select(Sighting).where(Sighting.vacancy_id == row.id)).one()
        said.posting = {**said.posting, "salary": "Craft, points to be settled"}
    page = text(somebody(KEEPER).get(f"/adverts/{advert}").text)
    assert "Pay Not known We could not read this The advert says: Craft, points to be settled" in page


def test_hiding_asks_why_and_takes_the_vacancy_from_everyone(town: Any, somebody: Any) -> None:
    advert, person = town.vacancy("Cook"), somebody(KEEPER)
    town.publish()
    refused = person.submit(f"/adverts/{advert}/hide", reason="")
    assert refused.status_code == 400
    assert "Say why" in text(refused.text)
    hidden = person.submit(f"/adverts/{advert}/hide", reason="filled")
    assert hidden.headers["location"].endswith("?done=hidden")
    town.publish()
    visitor = town.client()
    gone = {
        f"/vacancies/{advert}-cook": 404, f"/vacancies/{advert}/apply": 404, f"/vacancies/{advert}/report": 404,
        f"/api/v1/vacancies/{advert}": 404,
    }  # fmt: skip
    assert {path: visitor.get(path).status_code for path in gone} == gone
    assert visitor.get("/api/v1/changes").json()["items"][-1]["op"] == "delete"
    for path in ("/api/v1/vacancies", "/vacancies", "/vacancies.atom", "/vacancies.csv", "/sitemap.xml"):
        assert advert not in visitor.get(path).text, path
    page = text(person.get(f"/adverts/{advert}").text)
    assert "Hidden Nobody outside Anytown Council sees it." in page
    assert "filled" in page
    assert person.get(f"/vacancies/{advert}-cook").status_code == 404, "other staff don't see it either"
    assert somebody(HR).get(f"/vacancies/{advert}-cook").status_code == 200
    person.submit(f"/adverts/{advert}/show")
    town.publish()
    assert visitor.get(f"/vacancies/{advert}-cook").status_code == 200


def test_another_employer_finds_nothing_and_learns_nothing(town: Any, somebody: Any) -> None:
    advert, stranger = town.vacancy("Cook"), somebody(OTHERS)
    somebody(KEEPER).submit(f"/adverts/{advert}/hide", reason="filled")
    assert advert not in stranger.get("/adverts?words=cook").text
    assert advert not in stranger.get("/adverts?show=hidden").text
    answers = {stranger.get(f"/adverts/{one}").text for one in (advert, "nosuchpost")}
    assert len({answer[answer.index("<main") :] for answer in answers}) == 1
    with town.store.reading() as session:
        assert session.scalars(sa.select(Vacancy.hidden)).one()


def test_the_list_finds_hidden_and_corrected_ones_and_whatever_is_looked_for(town: Any, somebody: Any) -> None:
    cook, nurse, clerk = (town.vacancy(title) for title in ("Cook", "Nurse", "Clerk"))
    person = somebody(HR)
    assert "No advert is hidden or put right." in text(person.get("/adverts").text)
    person.submit(f"/adverts/{cook}/hide", reason="filled")
    put_right(person, nurse, "contract", value="permanent", reason="as it says")

    def found(query: str) -> set[str]:
        return set(re.findall(r'<a class="govuk-link" href="/adverts/(\w{10})"', person.get(f"/adverts?{query}").text))

    assert found("") == {cook, nurse}
    assert found("show=hidden") == {cook}
    assert found("show=corrected") == {nurse}
    assert found("words=clerk") == found("words=R3") == {clerk}
    assert found("source=anytown") == {cook, nurse, clerk}
    assert found("show=nonsense&employer=nobody&page=x&words=%00") == {cook, nurse}
    assert "There is no page 9" in text(person.get("/adverts?page=9").text)


def test_what_a_run_dropped_waits_until_a_person_has_seen_it(town: Any, somebody: Any) -> None:
    advert, person = town.vacancy("Cook"), somebody(KEEPER)
    put_right(person, advert, "contract", value="permanent", reason="as it says")
    with town.store.writing() as session:
        drop_reworded(session, "anytown", "run 7", [town.key(advert)], town.now)
    page = text(person.get(f"/adverts/{advert}").text)
    assert "The source’s words changed So these count no more." in page
    assert "Contract The advert doesn’t say" in page
    assert "Waiting for you" in text(person.get("/adverts").text)
    assert "1 advert has new words at the source." in text(somebody(HR).get("/members/anytown").text)
    assert advert in person.get("/adverts?show=dropped&employer=anytown").text
    assert "What people had put right was dropped" in text(person.get("/sources/anytown").text)
    assert person.submit(f"/adverts/{advert}/restore").headers["location"].endswith("?done=back")
    page = text(person.get(f"/adverts/{advert}").text)
    assert "So these count no more" not in page
    assert "new words at the source" not in text(somebody(HR).get("/members/anytown").text)
    assert "Contract Permanent Put right" in page


def test_whoever_may_correct_an_advert_finds_its_page(town: Any, somebody: Any) -> None:
    advert = town.vacancy("Cook")
    town.publish()
    link = f'href="/adverts/{advert}"'
    pages = [somebody(hat).get(f"/vacancies/{advert}-cook").text for hat in (KEEPER, HR, OTHERS)]
    assert [link in page for page in pages] == [True, True, False]
    assert link not in town.client().get(f"/vacancies/{advert}-cook").text
    assert 'href="/adverts?source=anytown"' in somebody(HR).get("/sources/anytown").text
