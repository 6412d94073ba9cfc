"""Accounts in the browser: who invites whom, and what may be done to an account."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from staffing import Staff, add_person, staff_client

from clearinghouse.accounts import codes, people, sessions
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import AuditEvent, Organisation, User
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.accounts.trail import Question, events
from clearinghouse.db import Store
from clearinghouse.mail.models import Mail

if TYPE_CHECKING:
    from conftest import Town

SECRETARIAT = Hat(Role.SECRETARIAT)
LEAD, ADVISER, ELSEWHERE = Hat(Role.TEAM_LEAD, 1), Hat(Role.ADVISER, 1), Hat(Role.ADVISER, 2)
MINUTE = dt.timedelta(minutes=1)
SMTP = "smtp://mail.example"
ANN: dict[str, Any] = {"name": "Ann Lee", "email": " Ann@Example.org ", "role": ["employer"], "organisation": "1"}


@pytest.fixture
def two(town: Town) -> Town:
    """A site with two members."""
    town.source("fenwick", "Fenwick Trust")
    return town


def client(town: Town, *hats: Hat, mails: bool = True) -> Staff:
    return staff_client(town.app(smtp_url=SMTP if mails else None), *hats)


def person(store: Store, email: str) -> people.Person:
    with store.reading() as session:
        found = people.by_email(session, email)
    assert found
    return found


def count(store: Store, table: type[Any]) -> int:
    with store.reading() as session:
        return session.scalars(sa.select(sa.func.count()).select_from(table)).one()


def tags(store: Store, about: str) -> list[Tag]:
    with store.reading() as session:
        return [event.tag for event in events(session, Question(about=about))]


def add(town: Town, *hats: Hat, email: str, answered: bool = True) -> int:
    number = add_person(town.store, town.now, *hats, email=email)
    with town.store.writing() as session:
        session.execute(sa.update(User).where(User.id == number).values(password="set" if answered else None))
    return number


def test_somebody_is_invited_by_mail(two: Town) -> None:
    browser = client(two, SECRETARIAT)
    answer = browser.submit("/users/new", **ANN | {"role": ["employer", "adviser"]})
    ann = person(two.store, "ann@example.org")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/users/{ann.id}?done=invited")
    assert (ann.name, ann.state, ann.hats) == ("Ann Lee", "invited", {Hat(Role.EMPLOYER, 1), ADVISER})
    page = browser.get(answer.headers["location"]).text
    assert "The invitation is sent." in page
    assert "/link/" not in page
    with two.store.reading() as session:
        mail = session.scalars(sa.select(Mail)).one()
    assert mail.to == "ann@example.org"
    assert set(tags(two.store, "ann@")) == {Tag.USER_ACCOUNT_ADDED, Tag.USER_ROLE_GIVEN, Tag.ACCOUNT_LINK_SENT}


def test_two_clicks_make_one_account_and_one_mail(two: Town) -> None:
    browser = client(two, SECRETARIAT)
    first, second = (browser.submit("/users/new", **ANN) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert (count(two.store, Mail), count(two.store, User)) == (1, 2)
    two.now += 2 * MINUTE
    late = browser.submit("/users/new", **ANN)
    assert late.status_code == 400
    assert "ann@example.org has an account already" in late.text
    assert browser.submit("/users/new", **ANN | {"role": ["adviser"]}).status_code == 400, "another wish is no replay"
    assert (count(two.store, Mail), count(two.store, User)) == (1, 2)


def test_where_no_mail_can_be_sent_the_link_is_shown_this_once(two: Town, capsys) -> None:
    browser = client(two, SECRETARIAT, mails=False)
    answer = browser.submit("/users/new", **ANN)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert "This site can't send mail yet" in answer.text
    link = link_in(answer.text)
    assert "Choose a password" in browser.get(link).text
    page = browser.get(f"/users/{person(two.store, 'ann@example.org').id}").text
    assert "/link/" not in page
    assert link.rpartition("/")[2] not in capsys.readouterr().out, "nor in a log"
    again = link_in(browser.submit("/users/new", **ANN).text)
    assert again != link
    assert browser.get(link).status_code in (404, 410), "the newest link works, the older one no more"
    assert count(two.store, User) == 2


def link_in(page: str) -> str:
    found = re.search(r"<code>http://127\.0\.0\.1:8000(/link/[\w-]{40,})</code>", page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"name": " "}, "name", "Enter a name"),
        ({"name": "A" * 101}, "name", "100 characters or fewer"),
        ({"email": "ann"}, "email", "Enter an email address"),
        ({"email": "a\u0000b@example.org"}, "email", "Enter an email address"),
        ({"role": []}, "role", "Choose at least one role"),
        ({"role": ["emperor"]}, "role", "There is no role “emperor”"),
        ({"role": ["administrator"]}, "role", "may not give the role “Administrator”"),
        ({"role": ["steering", "data_protection"]}, "role", "may not give the role “Data protection officer”"),
        ({"organisation": ""}, "organisation", "Choose the organisation"),
        ({"organisation": "999"}, "organisation", "There is no such organisation"),
        ({"organisation": "x"}, "organisation", "Choose the organisation"),
        ({"new_organisation": "New Body"}, "new_organisation", "not both"),
        ({"new_organisation": "N" * 201, "organisation": ""}, "new_organisation", "200 characters or fewer"),
        ({"new_organisation": "New Body", "role": ["steering"]}, "new_organisation", "leave this empty"),
    ],
)
def test_an_invitation_that_can_not_be_sent_is_named_and_kept(
    two: Town, typed: dict[str, Any], field: str, sentence: str
) -> None:
    page = client(two, SECRETARIAT).submit("/users/new", **ANN | typed)
    assert page.status_code == 400
    assert "<title>Error: Invite somebody" in page.text
    assert page.text.count(sentence) == 2, "at the top, and beside the field"
    assert f'href="#{field}"' in page.text
    assert f'id="{field}"' in page.text
    assert 'value="Ann Lee"' in page.text or field == "name"
    assert (count(two.store, User), count(two.store, Mail), tags(two.store, "ann")) == (1, 0, [])
    assert count(two.store, Organisation) == 2


def test_everything_that_is_wrong_is_said_at_once(two: Town) -> None:
    page = client(two, SECRETARIAT).submit("/users/new").text
    for field in ("name", "email", "role"):
        assert f'href="#{field}"' in page


def test_an_organisation_that_is_not_on_the_list_is_put_there(two: Town) -> None:
    browser = client(two, SECRETARIAT)
    browser.submit("/users/new", **ANN | {"organisation": "", "new_organisation": " Careers  Hub "})
    browser.submit(
        "/users/new", **ANN | {"email": "bo@example.org", "organisation": "", "new_organisation": "careers hub"}
    )
    assert person(two.store, "ann@example.org").hats == person(two.store, "bo@example.org").hats
    assert "Careers Hub" in browser.get("/users/new").text
    with two.store.reading() as session:
        made = session.scalars(sa.select(Organisation).where(Organisation.slug == "careers-hub")).one()
    assert (made.name, made.member) == ("Careers Hub", False)


def test_a_team_lead_invites_advisers_of_the_own_organisation_alone(two: Town) -> None:
    browser = client(two, LEAD)
    form = browser.get("/users/new").text
    assert 'value="adviser"' in form
    assert not re.search(r'value="(employer|administrator|secretariat)"', form)
    assert "Fenwick" not in form
    assert "new_organisation" not in form
    assert browser.submit("/users/new", **ANN | {"role": ["adviser"]}).status_code == 303
    for typed in ({"organisation": "2", "role": ["adviser"]}, {"role": ["employer"]}, {"role": ["team_lead"]},
                  {"role": ["adviser"], "organisation": "", "new_organisation": "My own body"}):  # fmt: skip
        assert browser.submit("/users/new", **ANN | typed | {"email": "bo@example.org"}).status_code == 400
    assert count(two.store, User) == 2


def test_the_list_shows_everybody_to_the_keepers_and_colleagues_to_a_team_lead(two: Town) -> None:
    add(two, ADVISER, Hat(Role.EMPLOYER, 2), email="cy@example.org")
    add(two, ELSEWHERE, email="dee@example.org")
    add(two, email="eve@example.org")
    everybody = client(two, SECRETARIAT).get("/users").text
    for words in ("cy@example.org", "dee@example.org", "eve@example.org", "Adviser, Fenwick Trust", "4 people"):
        assert words in everybody
    colleagues = client(two, LEAD).get("/users").text
    assert "cy@example.org" in colleagues
    for hidden in ("dee@", "eve@", "Fenwick"):
        assert hidden not in colleagues, "nor which roles a colleague has elsewhere"


def test_the_list_is_searched_by_name_address_and_role(two: Town) -> None:
    add(two, ADVISER, email="cy@example.org")
    add(two, ELSEWHERE, Hat(Role.STEERING), email="dee@example.org")
    browser = client(two, SECRETARIAT)
    assert "cy@" not in browser.get("/users?q=DE").text
    assert "dee@" in browser.get("/users?q=DE&role=steering").text
    assert "Nobody is called that" in browser.get("/users?q=cy&role=steering").text
    assert browser.get("/users?q=%00&role=zz&page=-1").status_code == 200


def test_a_long_list_comes_in_pages(two: Town) -> None:
    for number in range(105):
        add_person(two.store, two.now, ADVISER, email=f"p{number:03}@example.org")
    browser = client(two, SECRETARIAT)
    first, second = browser.get("/users?q=p").text, browser.get("/users?q=p&page=2").text
    assert (first.count("@example.org</span>"), second.count("@example.org</span>")) == (100, 6)
    assert 'href="/users?q=p&amp;page=2"' in first
    assert browser.get("/users?page=99999999999").status_code == 200


def test_roles_are_given_and_taken_away(two: Town) -> None:
    number = add(two, ADVISER, email="cy@example.org")
    browser = client(two, SECRETARIAT)
    given = browser.submit(f"/users/{number}/roles/give", role=["employer", "steering"], organisation="2")
    assert given.headers["location"] == f"/users/{number}?done=given"
    assert person(two.store, "cy@example.org").hats == {ADVISER, Hat(Role.EMPLOYER, 2), Hat(Role.STEERING)}
    for _ in range(2):
        assert browser.submit(f"/users/{number}/roles/take", role="adviser", organisation="1").status_code == 303
    assert person(two.store, "cy@example.org").hats == {Hat(Role.EMPLOYER, 2), Hat(Role.STEERING)}
    assert tags(two.store, "cy@") == [Tag.USER_ROLE_TAKEN, Tag.USER_ROLE_GIVEN, Tag.USER_ROLE_GIVEN]


@pytest.mark.parametrize(
    ("path", "fields", "field"),
    [
        ("roles/give", {"role": ["administrator"]}, "role"),
        ("roles/give", {"role": ["adviser"]}, "organisation"),
        ("roles/give", {}, "role"),
        ("roles/take", {"role": "data_protection"}, "role"),
        ("codes", {"reason": " "}, "reason"),
        ("name", {"name": "", "was": "Cy"}, "name"),
        ("name", {"name": "Cyril", "was": "Cyrus"}, "name"),
    ],
)
def test_what_can_not_be_done_is_said_on_the_page(two: Town, path: str, fields: dict[str, Any], field: str) -> None:
    number = add(two, ADVISER, email="cy@example.org")
    with two.store.writing() as session:
        session.execute(sa.update(User).where(User.id == number).values(code_secret="JBSWY3DPEHPK3PXP"))
    officer = add(two, Hat(Role.DATA_PROTECTION), email="dot@example.org")
    about = officer if path == "roles/take" else number
    secretary = client(two, SECRETARIAT)
    before = count(two.store, AuditEvent)
    page = secretary.submit(f"/users/{about}/{path}", **fields)
    assert page.status_code == 400
    assert "<title>Error: " in page.text
    assert f'href="#{field}"' in page.text
    assert count(two.store, AuditEvent) == before


def test_nobody_raises_themself(two: Town) -> None:
    browser = client(two, SECRETARIAT)
    refused = browser.submit(f"/users/{browser.user}/roles/give", role=["steering"])
    assert refused.status_code == 400
    assert "ask somebody else" in refused.text
    for path in ("codes", "disable", "enable", "link", "name", "sessions"):
        assert browser.submit(f"/users/{browser.user}/{path}", reason="x", name="x").status_code == 403, path
    page = browser.get(f"/users/{browser.user}").text
    assert "This is you." in page
    assert "Disable the account" not in page


def test_the_last_administrator_stays_one(two: Town) -> None:
    browser = client(two, Hat(Role.ADMINISTRATOR))
    with two.store.writing() as session:
        session.execute(sa.update(User).values(password="set"))
    for _ in range(2):
        answer = browser.submit(f"/users/{browser.user}/roles/take", role="administrator")
        assert answer.status_code == 400
        assert "The last administrator must stay one" in answer.text


def test_the_secretariat_does_not_touch_administrators(two: Town) -> None:
    number = add(two, Hat(Role.ADMINISTRATOR), email="ada@example.org")
    browser = client(two, SECRETARIAT)
    page = browser.get(f"/users/{number}").text
    assert "Administrator" in page
    assert "Take away" not in page
    for path in ("codes", "disable", "link", "name", "sessions"):
        assert browser.submit(f"/users/{number}/{path}", reason="x", name="x").status_code == 403, path


def test_an_account_is_disabled_and_enabled(two: Town) -> None:
    number = add(two, ADVISER, email="cy@example.org")
    with two.store.writing() as session:
        token = sessions.start(session, number, "a browser", two.now, strong=True)
    browser = client(two, SECRETARIAT)
    for _ in range(2):
        assert browser.submit(f"/users/{number}/disable").headers["location"].endswith("?done=disabled")
    assert person(two.store, "cy@example.org").state == "disabled"
    assert sessions.actor_of(two.store, token, two.now) is None
    refused = browser.submit(f"/users/{number}/link")
    assert refused.status_code == 400
    assert "This account is disabled" in refused.text
    assert browser.submit(f"/users/{number}/enable").status_code == 303
    assert person(two.store, "cy@example.org").state == "active"
    assert tags(two.store, "cy@").count(Tag.USER_ACCOUNT_DISABLED) == 1


def test_a_new_link_is_sent_once_a_minute(two: Town) -> None:
    active = add(two, ADVISER, email="cy@example.org")
    invited = add(two, ADVISER, email="dee@example.org", answered=False)
    browser = client(two, SECRETARIAT)
    for _ in range(2):
        assert browser.submit(f"/users/{active}/link").headers["location"].endswith("?done=reset")
        assert browser.submit(f"/users/{invited}/link").headers["location"].endswith("?done=invited")
    assert count(two.store, Mail) == 2
    two.now += 2 * MINUTE
    browser.submit(f"/users/{active}/link")
    assert count(two.store, Mail) == 3
    shown = client(two, SECRETARIAT, mails=False).submit(f"/users/{active}/link").text
    assert link_in(shown)
    assert "for 1 hour" in shown


def test_lost_codes_are_taken_away_with_a_reason(two: Town) -> None:
    number = add(two, ADVISER, email="cy@example.org")
    with two.store.writing() as session:
        session.execute(sa.update(User).where(User.id == number).values(code_secret="JBSWY3DPEHPK3PXP"))
    browser = client(two, SECRETARIAT)
    assert "The authenticator and the recovery codes are lost" in browser.get(f"/users/{number}").text
    browser.submit(f"/users/{number}/codes", reason="Rang me from the office; knew last week's case")
    with two.store.reading() as session:
        assert not codes.are_set(session, number)
        (event,) = events(session, Question(about="cy@"))
    assert (event.tag, event.details) == (
        Tag.ACCOUNT_CODES_OFF, {"reason": "Rang me from the office; knew last week's case"},
    )  # fmt: skip
    assert "are lost" not in browser.get(f"/users/{number}").text


def test_sessions_are_ended_everywhere(two: Town) -> None:
    number = add(two, ADVISER, email="cy@example.org")
    with two.store.writing() as session:
        tokens = [sessions.start(session, number, "a browser", two.now, strong=True) for _ in range(2)]
    browser = client(two, SECRETARIAT)
    assert "2 browsers" in browser.get(f"/users/{number}").text
    browser.submit(f"/users/{number}/sessions")
    assert [sessions.actor_of(two.store, token, two.now) for token in tokens] == [None, None]
    assert "0 browsers" in browser.get(f"/users/{number}").text


def test_a_name_is_changed_unless_somebody_else_did(two: Town) -> None:
    number = add(two, ADVISER, email="cy@example.org")
    browser = client(two, SECRETARIAT)
    browser.submit(f"/users/{number}/name", name=" Cy  Young ", was="Cy")
    assert browser.submit(f"/users/{number}/name", name="Cy Young", was="Cy").status_code == 303, "the same click again"
    stale = browser.submit(f"/users/{number}/name", name="Cyril", was="Cy")
    assert stale.status_code == 400
    assert "Somebody has changed the name to “Cy Young” meanwhile. You typed “Cyril”" in stale.text
    assert person(two.store, "cy@example.org").name == "Cy Young"


def test_a_team_lead_who_takes_the_last_role_away_is_led_back_to_the_list(two: Town) -> None:
    number = add(two, ADVISER, email="cy@example.org")
    browser = client(two, LEAD)
    taken = browser.submit(f"/users/{number}/roles/take", role="adviser", organisation="1")
    assert (taken.status_code, taken.headers["location"]) == (303, "/users")
    assert browser.get(f"/users/{number}").status_code == 403


def test_nothing_of_the_address_is_said_as_done(two: Town) -> None:
    number = add(two, ADVISER, email="cy@example.org")
    page = client(two, SECRETARIAT).get(f"/users/{number}?done=<script>alert(1)</script>").text
    assert "alert(1)" not in page
    assert "notification-banner" not in page
