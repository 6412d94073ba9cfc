"""A person is asked about what lasts and only they can do, and else told that nothing needs them."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa
from fakenotify import EMAIL_TEMPLATE, KEY, TEXT_TEMPLATE

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.ingest.models import Doubt, Issue, IssueKind, RunStatus
from clearinghouse.operations import of_machine
from clearinghouse.operations.need import Need, NeedKind
from clearinghouse.operations.needs import Week, fitting, this_week
from clearinghouse.operations.of_machine import GIGABYTE, Disk
from clearinghouse.vacancies.reports import AdvertReport, Wrong

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
REFUSED, FAILED = RunStatus.REFUSED, RunStatus.FAILED


def test_when_all_is_well_nothing_needs_anyone(office) -> None:
    assert office.needs() == ()


@pytest.mark.parametrize(
    ("status", "doubt", "counted", "hours", "kind"),
    [
        (FAILED, Doubt.NO_ANSWER, 0, (1,), None),
        (FAILED, Doubt.NO_ANSWER, 0, (40, 24, 3), None),  # a bad night, and the night after it
        (FAILED, Doubt.NO_ANSWER, 0, (49,), None),  # one run alone is no news
        (FAILED, Doubt.NO_ANSWER, 0, (49, 25, 1), "source_failing"),
        (RunStatus.ABANDONED, None, 0, (49, 1), "source_failing"),
        (REFUSED, Doubt.INCOMPLETE, 20, (40, 24, 3), None),
        (REFUSED, Doubt.INCOMPLETE, 20, (49, 1), "source_failing"),
        (REFUSED, Doubt.CUT_SHORT, 20, (49, 1), "source_failing"),
        (REFUSED, Doubt.UNDER_HALF, 0, (8, 1), None),
        (REFUSED, Doubt.UNDER_HALF, 0, (24, 16, 1), "source_empty"),
        (REFUSED, Doubt.UNDER_MINIMUM, 0, (49,), "source_empty"),
        (REFUSED, Doubt.UNDER_MINIMUM, 3, (8, 1), None),
        (REFUSED, Doubt.UNDER_MINIMUM, 3, (24, 16, 1), "source_refused"),
        (REFUSED, Doubt.OVER_MAXIMUM, 300, (24, 16, 1), "source_refused"),
        (REFUSED, Doubt.UNDER_HALF, 9, (24, 16, 1), None),  # three runs that agree settle it
        (REFUSED, Doubt.UNDER_HALF, 9, (71, 48, 24, 1), None),
        (REFUSED, Doubt.UNDER_HALF, 9, (73, 48, 24, 1), "source_refused"),
    ],
)
def test_a_bad_run_needs_a_person_only_when_it_lasts(office, status, doubt, counted, hours, kind: str | None) -> None:
    for ago in hours:
        office.run("anytown", office.now - ago * HOUR, status, doubt, counted)
    # The good run of an hour ago came before all of them.
    with office.store.writing() as session:
        session.execute(
            sa.text("update crawl_run set started = '2026-11-20', ended = '2026-11-20' where status = 'ok'")
        )
    found = office.needs()
    assert [need.kind.value for need in found] == ([kind] if kind else [])
    if kind:
        assert found[0].since == office.now - hours[0] * HOUR
        assert found[0].href == "/sources/anytown"
        assert found[0].sentence.startswith("Anytown Council: ")


def test_a_good_run_ends_the_need_and_so_does_a_persons_word_at_once(office_on_both) -> None:
    office = office_on_both
    for ago in (60, 30, 2):
        office.run("anytown", office.now - ago * HOUR, REFUSED, Doubt.UNDER_MINIMUM, 3)
    assert office.kinds() == ["source_refused"]
    office.run("anytown", office.now - HOUR, REFUSED, Doubt.UNDER_MINIMUM, 3, accepted_at=office.now, accepted_by="Ann")
    assert office.needs() == ()
    office.run("anytown", office.now)
    assert office.needs() == ()


def test_a_paused_or_retired_source_needs_nobody(office) -> None:
    office.source("one", paused=True, problem="broken")
    office.source("two", retired=True)
    for slug in ("one", "two"):
        for ago in (90, 60, 30):
            office.run(slug, office.now - ago * HOUR, FAILED, Doubt.NO_ANSWER)
    assert office.needs() == ()


def test_sources_that_nobody_has_compared_are_one_need_however_many_cannot_be_read(office_on_both) -> None:
    office = office_on_both
    for number in range(25):
        office.source(f"new{number:02}", office.member(f"Member {number:02}"), last_good_run=None)
        for ago in (60 - number, 30, 2):
            office.run(f"new{number:02}", office.now - ago * HOUR, *((REFUSED, Doubt.INCOMPLETE, 0) if number % 2 else
                                                                     (FAILED, Doubt.NO_ANSWER, 0)))  # fmt: skip
    with office.store.writing() as session:
        session.execute(sa.text("delete from crawl_run where status = 'ok' and source <> 'anytown'"))
    (need,) = office.needs()
    assert (need.kind.value, need.minutes, need.href) == ("sources_unread", 10, "/sources")
    assert need.since == office.now - 60 * HOUR
    assert need.sentence.startswith(
        "13 sources that only staff see can't be read: Member 00, Member 01, Member 02 and 10 more."
    )


def test_one_that_the_public_sees_is_told_apart_from_those_that_only_staff_see(office) -> None:
    for slug, verified in (("seen", dt.date(2026, 10, 1)), ("unseen", None)):
        office.source(slug, verified=verified, last_good_run=None)
        for ago in (60, 30, 2):
            office.run(slug, office.now - ago * HOUR, FAILED, Doubt.NO_ANSWER)
    assert [(need.kind.value, need.about) for need in office.needs()] == [
        ("source_failing", "seen"),
        ("sources_unread", "sources"),
    ]


def test_a_file_that_cannot_be_used_needs_a_person(office) -> None:
    office.source("broken", problem="line 3: SyntaxError", verified=dt.date(2026, 10, 1))
    office.issue("broken", office.now - DAY)
    (need,) = office.needs()
    assert (need.kind.value, need.since, need.href) == ("source_problem", office.now - DAY, "/sources/broken")


def test_only_two_sources_a_week_are_to_be_compared_new_ones_first(office_on_both) -> None:
    office = office_on_both
    for number in range(48):
        office.source(f"old{number:02}", verified=dt.date(2025, 11, 1) + number * dt.timedelta(days=1 / 4))
    office.source("new")
    first, second = office.needs()
    assert [first.kind.value, second.kind.value] == ["source_unverified", "check_overdue"]
    assert [first.about, second.about] == ["new", "old00"]
    assert second.sentence.endswith("Please do so again (47 more can wait).")
    office.check("old00", office.now)
    assert [need.about for need in office.needs()] == ["new"]
    office.check("old01", office.now - 2 * DAY)
    assert office.needs() == ()
    office.now += 7 * DAY
    office.run("anytown", office.now)
    assert [need.about for need in office.needs()] == ["new", "old02"]


def test_a_check_holds_for_a_year(office) -> None:
    office.source("far", verified=dt.date(2024, 1, 1))
    office.check("far", office.now - 364 * DAY)
    assert office.needs() == ()
    office.now += 2 * DAY
    office.run("anytown", office.now)
    assert office.kinds() == ["check_overdue"]


def test_what_the_files_author_answers_for_is_no_check_that_can_be_overdue(office) -> None:
    office.source("own", public=True)
    assert office.needs() == ()


def test_a_day_without_any_crawl_needs_a_person_once(office) -> None:
    office.source("other", verified=dt.date(2026, 10, 1))
    office.now += 30 * HOUR
    (need,) = office.needs()
    assert (need.kind.value, need.href) == ("crawling_stopped", "/sources")


def test_slow_sources_are_not_taken_for_stopped(office) -> None:
    office.now += 30 * HOUR
    with office.store.writing() as session:
        session.execute(sa.text("update source set next_due = '2026-12-20'"))
    assert office.needs() == ()


def test_a_report_is_the_members_own_for_a_week_if_it_has_somebody_to_read_it(office_on_both) -> None:
    office = office_on_both
    with_people, without, invited = (office.member(name) for name in ("Able", "Bereft", "Coming"))
    office.person(Hat(Role.EMPLOYER, with_people))
    office.invitation(office.person(Hat(Role.EMPLOYER, invited), password=None).user, office.now + DAY)
    for organisation in (with_people, without, without, invited, None):
        office.report(organisation, office.now - DAY)
    office.report(with_people, office.now - 6.9 * DAY)
    found = {need.about: need for need in office.needs()}
    assert {about: need.minutes for about, need in found.items()} == {"bereft": 6, "coming": 3, "": 3}
    assert found["bereft"].href == "/members/bereft"
    assert found[""].href == "/operations/reports"
    office.now += DAY
    office.run("anytown", office.now)
    office_able = next(need for need in office.needs() if need.about == "able")
    assert office_able.minutes == 3


def test_many_reports_of_one_advert_are_one_look_and_many_adverts_no_more_than_a_week(office_on_both) -> None:
    office = office_on_both
    bereft = office.member("Bereft")
    office.report(bereft, office.now - DAY)
    with office.store.writing() as session:
        first = session.query(AdvertReport).one()
        session.add(AdvertReport(vacancy_id=first.vacancy_id, organisation_id=bereft, wrong=Wrong.LINK,
                                 at=office.now, last=office.now))  # fmt: skip
    (one,) = office.needs()
    assert (one.minutes, one.sentence) == (3, "Bereft: visitors say that 1 advert has something wrong.")
    for _ in range(19):
        office.report(bereft, office.now)
    (many,) = office.needs()
    assert (many.minutes, "20 adverts" in many.sentence, "9 of them" in many.sentence) == (27, True, True)


def test_an_invitation_that_nobody_answered_in_time_needs_a_person(office_on_both) -> None:
    office = office_on_both
    late = office.person(Hat(Role.STEERING), password=None)
    office.invitation(late.user, office.now - DAY)
    fresh = office.person(Hat(Role.STEERING), password=None)
    office.invitation(fresh.user, office.now - 10 * DAY)
    office.invitation(fresh.user, office.now + DAY)
    gone = office.person(Hat(Role.STEERING), password=None, disabled_at=office.now)
    office.invitation(gone.user, office.now - DAY)
    (need,) = office.needs()
    assert (need.kind.value, need.href, need.since) == (
        "invitation_expired",
        f"/users/{late.user}",
        office.now - DAY,
    )


def test_members_without_agreement_are_one_need_and_two_a_week(office_on_both) -> None:
    office = office_on_both
    members = [office.member(f"Member {number}", agreed_on=None, takedown_contact=None) for number in range(48)]
    (need,) = office.needs()
    assert (need.kind.value, need.minutes, need.href) == ("members_incomplete", 10, "/members")
    assert "for 48 members" in need.sentence
    for member in members[:2]:
        with office.store.writing() as session:
            audit.record(session, Tag.MEMBER_AGREEMENT_SET, "Ann", "x", office.now, organisation=member)
    assert office.needs() == ()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "1 mail waits to be sent: nobody has tried yet."),
        ({"smtp_url": None}, "1 mail waits to be sent: no mail server is set up."),
        (
            {"smtp_url": None, "notify_api_key": KEY},
            "NOTIFY_EMAIL_TEMPLATE is not set, so GOV.UK Notify has no template",
        ),
        (
            {"smtp_url": None, "notify_api_key": KEY, "notify_email_template": EMAIL_TEMPLATE},
            "1 mail waits to be sent: nobody has tried yet.",
        ),
    ],
)
def test_mail_that_waits_for_hours_needs_a_person(office, values, said: str) -> None:
    office.settings = office.settings.model_copy(update=values)
    office.mail(office.now - 3 * HOUR)
    assert office.needs() == ()
    office.mail(office.now - 5 * HOUR)
    office.mail(office.now, "later@example.org")
    (need,) = office.needs()
    assert need.kind.value == "mail_waiting"
    assert said.replace("1 mail waits", "3 mails wait") in need.sentence


def test_texts_that_wait_for_the_next_month_need_nobody_and_others_do(office) -> None:
    way = {"notify_api_key": KEY, "notify_email_template": EMAIL_TEMPLATE, "notify_text_template": TEXT_TEMPLATE}
    office.settings = office.settings.model_copy(update={"smtp_url": None, **way, "texts_a_month": 1})
    for hours in (6, 5):
        office.mail(office.now - hours * HOUR)
    with office.store.writing() as session:
        session.execute(sa.text("update mail set channel = 'text'"))
    (need,) = office.needs()
    assert need.kind.value == "mail_waiting"
    with office.store.writing() as session:
        session.execute(sa.text("update mail set sent_at = made_at where id = 1"))
    assert office.needs() == ()


def test_a_mail_that_was_given_up_needs_a_person_until_somebody_leaves_it(office_on_both) -> None:
    office = office_on_both
    office.mail(office.now)
    with office.store.writing() as session:
        session.execute(sa.text("update mail set given_up_at = made_at"))
    assert [(need.kind.value, need.minutes) for need in office.needs()] == [("mail_given_up", 3)]
    with office.store.writing() as session:
        session.execute(sa.text("update mail set seen_at = made_at"))
    assert office.needs() == ()


@pytest.mark.parametrize(
    ("total", "free", "low"),
    [(20, 0.9, True), (2000, 0.9, True), (20, 1.5, True), (20, 4, False), (2000, 6, False), (60, 5.5, False)],
)
def test_a_disk_is_nearly_full_by_what_is_left(office, tmp_path, monkeypatch, total, free, *, low: bool) -> None:
    disk = Disk(tmp_path, int(total * GIGABYTE), int(free * GIGABYTE))
    monkeypatch.setattr(of_machine, "disks", lambda _: (disk,))
    assert office.kinds() == (["disk_full"] if low else [])


def test_the_most_urgent_comes_first_and_the_minutes_add_up(office) -> None:
    office.report(None, office.now - DAY)
    office.source("broken", problem="x", verified=dt.date(2026, 10, 1))
    office.source("new")
    assert office.kinds() == ["source_problem", "adverts_reported", "source_unverified"]
    assert Week(office.needs()).minutes == 23


def need(kind: NeedKind, minutes: int | None = None) -> Need:
    return Need(kind, "x", "words", None, minutes or kind.minutes, "/")


@pytest.mark.parametrize(
    ("found", "already", "fits"),
    [
        ((), 0, 0),
        ((10, 10, 9), 0, 3),
        ((10, 10, 10), 0, 2),
        ((10, 10), 10, 1),
        ((10,), 20, 0),
    ],
)
def test_a_weeks_list_takes_less_than_half_an_hour(found, already: int, fits: int) -> None:
    week = fitting([need(NeedKind.SOURCE_FAILING, minutes) for minutes in found], already)
    assert (len(week.needs), len(week.later)) == (fits, len(found) - fits)


def test_what_stops_everything_never_can_wait() -> None:
    found = [need(kind) for kind in (NeedKind.CRAWLING_STOPPED, NeedKind.DISK_FULL, NeedKind.MAIL_WAITING)]
    assert fitting(found, 60).needs == tuple(found)


def test_what_was_done_this_week_counts_and_other_peoples_work_does_not(office_on_both) -> None:
    office = office_on_both
    secretary, employer = office.secretary(), office.person(Hat(Role.EMPLOYER, office.member("Able")))
    office.source("broken", problem="x", verified=dt.date(2026, 10, 1))

    def week() -> tuple[int, int]:
        with office.store.reading() as session:
            found = this_week(session, office.settings, office.now)
        assert found.headline == ("What needs you this week" if found.needs else "You have done enough for this week")
        return len(found.needs), len(found.later)

    def do(by: Actor, at: dt.datetime, about: str = "x") -> None:
        with office.store.writing() as session:
            audit.record(session, Tag.SOURCE_VERIFIED_ON, by, about, at)

    for by, at in ((employer, office.now), (employer, office.now), (secretary, office.now - 3 * DAY)):
        do(by, at)
    assert week() == (1, 0)
    for _ in range(2):
        do(secretary, office.now - 2 * DAY)  # the same thing twice
    assert week() == (1, 0)
    do(secretary, office.now - 2 * DAY, "y")
    assert week() == (0, 1)


def test_a_report_of_an_advert_that_is_over_needs_nobody(office) -> None:
    office.report(None, office.now - DAY)
    assert office.kinds() == ["adverts_reported"]
    for change in ("closes_at = '2026-11-25 11:00:00'", "closes_at = null, status = 'withdrawn'"):
        with office.store.writing() as session:
            session.execute(sa.text(f"update vacancy set {change}"))  # noqa: S608 - from the line above
        assert office.kinds() == []


def test_as_many_queries_however_much_there_is(office) -> None:
    office.source("s")
    office.run("s", office.now, FAILED)
    office.report(None, office.now)
    few = office.statements(office.needs)
    for number in range(20):
        slug = f"s{number}"
        office.source(slug, office.member(f"M {number}", agreed_on=None), verified=dt.date(2026, 10, 1))
        office.run(slug, office.now - 50 * HOUR, FAILED, Doubt.NO_ANSWER)
        office.run(slug, office.now - HOUR, FAILED, Doubt.NO_ANSWER)
        office.report(None, office.now)
        office.mail(office.now - DAY)
    assert len(office.needs()) > 20
    assert office.statements(office.needs) == few < 20


def test_a_public_source_whose_adverts_say_less_than_they_did_needs_a_look(office) -> None:
    said = "Its 40 adverts say less than they did. Pay: 20%, before 95%. Its site may have changed."
    for slug, public in (("loud", True), ("quiet", False)):
        office.source(slug, public=public, last_good_run=office.now - HOUR)
        office.issue(slug, office.now - DAY, IssueKind.FILL_FALLEN, said)
    [need] = [need for need in office.needs() if need.kind is NeedKind.SOURCE_SAYS_LESS]
    assert need.sentence == f"Loud: i{said[1:]} Compare a few adverts with the originals."
    assert (need.since, need.href) == (office.now - DAY, "/sources/loud")
    with office.store.writing() as session:
        session.execute(sa.update(Issue).values(closed=office.now))
    assert NeedKind.SOURCE_SAYS_LESS not in office.kinds()
