"""The members' pages: who sees what, what is told, and every form that changes it."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from lxml import html
from smalltown import COLLEGE, COUNCIL, NOW, TRUST, plain_draft, rich_draft, silent_draft
from staffing import staff_client

from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import AuditEvent, Organisation
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.search import generation
from clearinghouse.vacancies.models import SourceRow, Vacancy
from clearinghouse.vacancies.reports import AdvertReport, Outcome, report

SECRETARIAT, STEERING, ADVISER = (Hat(Role.SECRETARIAT), Hat(Role.STEERING), Hat(Role.ADVISER, 1))
HR, OTHER_HR = Hat(Role.EMPLOYER, 1), Hat(Role.EMPLOYER, 2)
MINE = f"/members/{COUNCIL}"
CHANGE = f"{MINE}/change"
ACTS = sa.select(AuditEvent).where(AuditEvent.tag.in_([tag for tag in Tag if tag.startswith(("member:", "report:"))]))


@pytest.fixture
def town(sqlite_site):
    """The town with a vacancy of the council, of the trust and of nobody, each with an open report."""
    add = sqlite_site.town.add
    sqlite_site.ids = {
        "council": add(rich_draft()),
        "trust": add(plain_draft(2), sources=("fenwick",), organisation=2),
        "nobody": add(silent_draft(), organisation=None, sources=("board",)),
    }
    sqlite_site.town.publish()
    for number, name in enumerate(sqlite_site.ids, 1):
        report(sqlite_site.town.store, number, "other", f"Words on {name}", NOW)
    return sqlite_site


def tree(answer) -> html.HtmlElement:
    assert answer.status_code in (200, 400), answer.text
    return html.fromstring(answer.text)


def text(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def organisation(site, number: int = 1) -> Organisation:
    with site.town.store.reading() as session:
        return session.get_one(Organisation, number)


def shown_mark(client, section: str) -> str:
    return tree(client.get(f"{CHANGE}/{section}")).xpath("//input[@name='was']/@value")[0]


def test_the_list_has_every_member_with_what_is_missing(town) -> None:
    with town.town.store.writing() as session:
        row = session.get_one(Organisation, 1)
        row.agreed_on, row.agreed_by, row.takedown_contact = dt.date(2026, 4, 1), "Ann Other", "web@sandby.example"
        row.terms, row.licence = "open_licence", "OGL v3.0"
    page = tree(staff_client(town.app(), SECRETARIAT).get("/members"))
    rows = {text(row.find("th")): text(row) for row in page.xpath("//tbody/tr")}
    assert list(rows) == ["Fenwick NHS Trust", "Harle College", "Sandby Borough Council"]
    assert "1 April 2026 Ann Other OGL v3.0 web@sandby.example" in rows["Sandby Borough Council"]
    assert "None recorded Not said Missing None 0" in rows["Harle College"]
    chips = [text(chip) for chip in page.find_class("chip")]
    assert chips == ["No agreement recorded: 2", "No takedown contact: 2", "No source: 1", "Open reports: 2"]


def test_the_list_can_be_narrowed_to_what_is_missing(town) -> None:
    client = staff_client(town.app(), STEERING)
    for show, count in {"no-agreement": 3, "no-source": 1, "reports": 2, "<b>": 3, "": 3}.items():
        assert len(tree(client.get("/members", params={"show": show})).xpath("//tbody/tr")) == count, show


def test_an_employer_sees_its_own_page_and_no_other(town) -> None:
    client = staff_client(town.app(), HR)
    page = tree(client.get(MINE))
    assert "Words on council" in text(page)
    assert "Words on trust" not in text(page)
    assert page.xpath("//a[@href='/sources/sandby']")
    assert [a.get("href") for a in page.xpath("//dd//a[starts-with(., 'Change')]")] == [
        f"{CHANGE}/{name}" for name in ("agreement", "terms", "promises", "contact", "links", "links")
    ]
    assert page.xpath("//a[.='All members']") == []
    for path in ("/members", f"/members/{TRUST}", "/members/nobody", f"/members/{TRUST}/change/terms"):
        assert client.get(path).status_code == 403


def test_the_steering_group_sees_without_words_and_buttons(town) -> None:
    page = tree(staff_client(town.app(), STEERING).get(MINE))
    assert "Something else" in text(page)
    assert "Words on council" not in text(page)
    assert page.xpath("//main//button") == []
    assert page.xpath("//main//a[starts-with(., 'Change')]") == []


def test_unknown_members_sections_and_reports_are_404_for_those_who_may_see_all(town) -> None:
    client = staff_client(town.app(), SECRETARIAT)
    for path in ("/members/nobody", "/members/nobody/change/terms", f"{CHANGE}/nothing", f"{CHANGE}/terms%00"):
        assert client.get(path).status_code == 404
    for number in ("0", "99", "-1", "1.0", "²", "9" * 30, str(2**31), "2"):  # the last is the trust's
        assert client.submit(f"{MINE}/reports/{number}", outcome="fixed").status_code == 404
    assert client.get("/members/tuxley-parish").status_code == 200, "employers that are no members have a page too"


TYPED = {
    "agreement": {"agreed_day": "1", "agreed_month": "4", "agreed_year": "2026", "agreed_by": "Ann Other"},
    "contact": {"takedown_contact": "web@sandby.example"},
    "links": {"recruitment_url": "https://new.example/jobs", "homepage": "https://new.example/"},
    "promises": {"guaranteed_interview": "https://sandby.example/confident", "considers_convictions": ""},
    "terms": {"terms": "open_licence", "licence": "OGL v3.0"},
}


@pytest.mark.parametrize("section", TYPED)
def test_what_is_saved_is_shown_and_written_down(town, section: str) -> None:
    client = staff_client(town.app(), HR)
    answer = client.submit(f"{CHANGE}/{section}", was=shown_mark(client, section), **TYPED[section])
    assert (answer.status_code, answer.headers["location"]) == (303, f"{MINE}?done={section}")
    page = tree(client.get(answer.headers["location"]))
    assert "saved" in text(page.xpath("//*[@role='alert']")[0])
    form = tree(client.get(f"{CHANGE}/{section}"))
    for name, value in TYPED[section].items():
        assert form.xpath(f"//input[@name='{name}' and @value='{value}' and (@type!='radio' or @checked)]"), name
    assert "Last changed by person" in text(form)
    with town.town.store.reading() as session:
        (event,) = session.scalars(ACTS)
        assert (event.user_id, event.about, event.organisation_id) == (client.user, COUNCIL, 1)


def test_only_our_own_sentences_are_said(town) -> None:
    client = staff_client(town.app(), HR)
    for done in ("nonsense", "<b>", ""):
        assert tree(client.get(MINE, params={"done": done})).xpath("//*[@role='alert']") == []


BAD = [
    ("agreement", {"agreed_day": "31", "agreed_month": "2", "agreed_year": "2026", "agreed_by": "A"}, "agreed_day"),
    ("contact", {"takedown_contact": "Jo <b>"}, "takedown_contact"),
    ("links", {"recruitment_url": "http://10.0.0.1/", "homepage": ""}, "recruitment_url"),
    ("promises", {"guaranteed_interview": "", "considers_convictions": "by phone"}, "considers_convictions"),
    ("terms", {"terms": "open_licence", "licence": ""}, "licence"),
    ("terms", {"terms": "everything", "licence": "x"}, "terms"),
]


@pytest.mark.parametrize(("section", "typed", "field"), BAD)
def test_what_cannot_be_is_said_at_its_field_and_stays_typed(town, section: str, typed, field: str) -> None:
    client = staff_client(town.app(), HR)
    answer = client.submit(f"{CHANGE}/{section}", was=shown_mark(client, section), **typed)
    page = tree(answer)
    assert answer.status_code == 400
    assert page.findtext(".//title").startswith("Error: ")
    (link,) = page.xpath("//*[contains(@class, 'govuk-error-summary')]//a")
    assert link.get("href") == f"#{field}"
    assert page.xpath(f"//*[@id='{field}']")
    assert link.text in text(page.xpath("//form//*[contains(@class, 'govuk-error-message')]")[0])
    for name in set(typed) - {"terms"}:
        assert page.xpath(f"//input[@name='{name}']/@value") == [typed[name]], name
    with town.town.store.reading() as session:
        assert session.scalars(ACTS).all() == []


def test_a_stale_form_shows_both_and_goes_through_when_sent_again(town) -> None:
    app = town.app()
    first, second = staff_client(app, HR), staff_client(app, SECRETARIAT)
    was = shown_mark(first, "contact")
    second.submit(f"{CHANGE}/contact", was=was, takedown_contact="theirs@x.example")
    answer = first.submit(f"{CHANGE}/contact", was=was, takedown_contact="mine@x.example")
    page = tree(answer)
    assert answer.status_code == 400
    assert page.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href") == ["#stale"]
    said = text(page.xpath("//*[@id='stale']")[0])
    assert "theirs@x.example mine@x.example" in said
    assert "@example.org changed this on 10 June 2026 at 10:30am" in said
    assert organisation(town).takedown_contact == "theirs@x.example"
    (again,) = page.xpath("//input[@name='was']/@value")
    assert first.submit(f"{CHANGE}/contact", was=again, takedown_contact="mine@x.example").status_code == 303
    assert organisation(town).takedown_contact == "mine@x.example"


def test_a_form_sent_twice_is_saved_once(town) -> None:
    client = staff_client(town.app(), HR)
    was = shown_mark(client, "contact")
    sent = [client.submit(f"{CHANGE}/contact", was=was, takedown_contact="a@x.example") for _ in range(2)]
    assert [one.headers["location"] for one in sent] == [f"{MINE}?done=contact", f"{MINE}?done=same"]
    with town.town.store.reading() as session:
        assert len(session.scalars(ACTS).all()) == 1


def test_terms_reach_the_api_and_the_words_of_an_advert_reach_nobody(town) -> None:
    client = staff_client(town.app(), HR)
    visitor = town.client()
    for terms in ("none", "open_licence", "facts_only", ""):
        client.submit(f"{CHANGE}/terms", was=shown_mark(client, "terms"), terms=terms, licence="OGL v3.0")
        town.town.publish()
        item = visitor.get(f"/api/v1/vacancies/{town.ids['council']}").json()
        assert item["reuse"] == (terms or "facts_only")
        listed = {one["slug"]: one for one in visitor.get("/api/v1/employers").json()["items"]}
        assert (listed[COUNCIL]["reuse"], listed[COUNCIL]["licence"]) == (
            terms or None, "OGL v3.0" if terms == "open_licence" else None
        )  # fmt: skip
        for path in ("/api/v1/vacancies", "/api/v1/changes", "/vacancies.atom", "/vacancies.csv", "/vacancies.ics"):
            assert "Bloggs" not in visitor.get(path).text, path
    assert "Bloggs" in town.page(f"/vacancies/{town.ids['council']}"), "our own page shows the advert"


def test_a_promise_stands_on_the_employers_pages_on_its_jobs_and_in_the_filter(town, monkeypatch) -> None:
    monkeypatch.setattr(generation, "EVERY", 0.0)  # a search sees at once what was published before it
    client = staff_client(town.app(), SECRETARIAT)
    link = "https://sandby.example/convictions"
    client.submit(f"{CHANGE}/promises", was=shown_mark(client, "promises"), considers_convictions=link)
    town.town.publish()
    visitor = town.client()
    for path in (f"/employers/{COUNCIL}", f"/vacancies/{town.ids['council']}"):
        page = tree(visitor.get(path, follow_redirects=True))
        assert "This employer looks at unspent convictions case by case." in text(page)
        assert "We checked this on 10 June 2026." in text(page)
        assert page.xpath(f"//a[@href='{link}' and @rel='nofollow noopener']")
        assert "Considers unspent convictions case by case" not in text(page), "the page says it once"
    assert "Considers unspent convictions case by case" in text(tree(visitor.get("/employers")))
    found = visitor.get("/api/v1/vacancies", params={"flag": "considers_convictions"}).json()
    assert [item["id"] for item in found["items"]] == [town.ids["council"]]
    client.submit(f"{CHANGE}/promises", was=shown_mark(client, "promises"))
    town.town.publish()
    assert visitor.get("/api/v1/vacancies", params={"flag": "considers_convictions"}).json()["total"] == 0


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_employer_closes_its_report_once(town, outcome: Outcome) -> None:
    app = town.app()
    client = staff_client(app, HR)
    sent = [client.submit(f"{MINE}/reports/1", outcome=outcome.value) for _ in range(2)]
    assert [one.headers["location"] for one in sent] == [f"{MINE}?done={outcome.value}", f"{MINE}?done=already"]
    assert "closed" in text(tree(client.get(sent[0].headers["location"])).xpath("//*[@role='alert']")[0])
    assert "Words on council" not in client.get(MINE).text
    with town.town.store.reading() as session:
        row = session.get_one(AdvertReport, 1)
        assert (row.outcome, row.words) == (outcome, None)
        assert len(session.scalars(ACTS).all()) == 1


def test_nobody_closes_what_is_not_theirs_or_with_an_answer_of_their_own(town) -> None:
    app = town.app()
    for hat, path, status in (
        (OTHER_HR, f"{MINE}/reports/1", 403),
        (OTHER_HR, "/operations/reports/1", 403),
        (OTHER_HR, "/operations/reports/3", 403),
        (STEERING, f"{MINE}/reports/1", 403),
        (ADVISER, "/operations/reports/1", 403),
    ):
        assert staff_client(app, hat).submit(path, outcome="fixed").status_code == status, (hat, path)
    assert staff_client(app, HR).submit(f"{MINE}/reports/1", outcome="whatever").status_code == 400
    assert staff_client(app, HR).post(f"{MINE}/reports/1", data={"outcome": "fixed"}).status_code == 403
    with town.town.store.reading() as session:
        assert session.scalars(sa.select(AdvertReport).where(AdvertReport.closed_at.is_not(None))).all() == []


def test_the_secretariats_list_has_all_of_them_also_those_without_an_employer(town) -> None:
    client = staff_client(town.app(), SECRETARIAT)
    page = tree(client.get("/operations/reports"))
    said = [text(one) for one in page.find_class("need")]
    assert len(said) == 3
    assert "Words on nobody" in said[2]
    assert "whose employer the advert does not name" in said[2]
    assert page.xpath(f"//a[@href='/members/{TRUST}']")
    for number in (1, 2, 3):
        answer = client.submit(f"/operations/reports/{number}", outcome="right")
        assert answer.headers["location"] == "/operations/reports?done=right"
    assert "No report is open." in client.get("/operations/reports").text


def test_an_employer_who_answers_there_comes_back_to_its_own_page(town) -> None:
    answer = staff_client(town.app(), HR).submit("/operations/reports/1", outcome="right")
    assert (answer.status_code, answer.headers["location"]) == (303, MINE)


def test_a_visitors_words_are_shown_as_words(town) -> None:
    report(town.town.store, 1, "pay", "<script>alert(1)</script>", NOW)
    page = tree(staff_client(town.app(), HR).get(MINE))
    assert page.xpath("//main//script") == []
    assert "<script>alert(1)</script>" in text(page)


def test_the_number_of_queries_does_not_grow_with_the_members(town) -> None:
    client = staff_client(town.app(), SECRETARIAT)
    sent: list[str] = []
    sa.event.listen(town.town.store.read_engine, "before_cursor_execute", lambda *event: sent.append(str(event[2])))
    counts = []
    for round_ in range(2):
        for path in ("/members", MINE, "/operations/reports"):
            sent.clear()
            assert client.get(path).status_code == 200
            counts.append(len([one for one in sent if one.lstrip().startswith("SELECT")]))
        if round_ == 0:
            _add_members(town.town.store, 50)
    assert counts[:3] == counts[3:]


def test_a_long_list_comes_in_pages_that_keep_its_filter(town) -> None:
    _add_members(town.town.store, 120)
    client = staff_client(town.app(), SECRETARIAT)
    pages = [tree(client.get(f"/members?show=no-contact&page={number}")) for number in (1, 2, 3)]
    names = [[text(name) for name in page.xpath("//tbody/tr/th")] for page in pages]
    assert [len(each) for each in names] == [100, 23, 0]
    assert names[0] + names[1] == sorted(names[0] + names[1], key=str.casefold)
    assert "123 members – page 2 of 2" in text(pages[1])
    assert pages[1].xpath("//a[@rel='prev']/@href") == ["/members?show=no-contact"]
    assert pages[2].xpath("//a[.='Go to the last page']/@href") == ["/members?show=no-contact&page=2"]


def _add_members(store, number: int) -> None:
    with store.writing() as session:
        for n in range(10, 10 + number):
            session.add(Organisation(id=n, slug=f"m{n}", name=f"Member {n}", member=True, listed=True))
            session.flush()
            facts = {"adapter": "feed", "terms": "facts_only"}
            session.add(SourceRow(slug=f"s{n}", organisation_id=n, facts=facts, override={}, public=True))
            vacancy = session.get_one(Vacancy, 1)
            session.add(AdvertReport(vacancy_id=vacancy.id, organisation_id=n, wrong="pay", at=NOW, last=NOW))


def test_a_member_without_anything_says_so(town) -> None:
    page = text(tree(staff_client(town.app(), SECRETARIAT).get(f"/members/{COLLEGE}")))
    for said in ("No report of a wrong advert is open.", "We read no site of this employer.", "None recorded"):
        assert said in page
