"""What visitors, members and invited people need of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import AccountLink, AuditEvent, LinkPurpose, Membership, Organisation, User
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.operations.need import Need, NeedKind, counted, monday, share
from clearinghouse.vacancies.models import Vacancy
from clearinghouse.vacancies.reports import AdvertReport
from clearinghouse.vacancies.vocabulary import Status

MEMBERS_TIME = dt.timedelta(days=7)  # to answer a report, before the secretariat is asked
MEMBERS_A_WEEK = 2  # that one person writes to
RECORDED = (Tag.MEMBER_AGREEMENT_SET, Tag.MEMBER_CONTACT_SET)


def of_people(session: Session, now: dt.datetime) -> Iterator[Need]:
    """What people need, in no order."""
    yield from _reports(session, now)
    yield from _invitations(session, now)
    yield from _members(session, now)


def _reports(session: Session, now: dt.datetime) -> Iterator[Need]:
    """Reports of wrong adverts that are still open, by employer; those that it can answer itself only after a week.

    Looking at an advert once answers all that visitors said of it, so the minutes go by adverts.
    """
    has_account = (
        sa.select(Membership.id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id == AdvertReport.organisation_id,
            Membership.role == Role.EMPLOYER,
            User.password.is_not(None),
            User.disabled_at.is_(None),
        )
        .exists()
    )
    ours = sa.or_(AdvertReport.at <= now - MEMBERS_TIME, sa.not_(has_account))
    found = (
        sa.select(
            Organisation.slug,
            Organisation.name,
            sa.func.count(AdvertReport.vacancy_id.distinct()),
            sa.func.min(AdvertReport.at),
        )
        .select_from(AdvertReport)
        .join(Vacancy, Vacancy.id == AdvertReport.vacancy_id)
        .outerjoin(Organisation, Organisation.id == AdvertReport.organisation_id)
        .where(AdvertReport.closed_at.is_(None), ours, *_is_shown(now))
        .group_by(Organisation.slug, Organisation.name)
    )
    for slug, name, number, since in session.execute(found):
        kind = NeedKind.ADVERTS_REPORTED
        minutes, rest = share(kind, number)
        adverts = counted(number, "advert has", "adverts have")
        sentence = f"{name or 'No employer named'}: visitors say that {adverts} something wrong.{rest}"
        href = f"/members/{slug}" if slug else "/operations/reports"
        yield Need(kind, slug or "", sentence, since, minutes, href)


def _is_shown(now: dt.datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions on a vacancy that is still open: what was wrong with another one hurts nobody any more."""
    return Vacancy.status != Status.WITHDRAWN, sa.or_(Vacancy.closes_at.is_(None), Vacancy.closes_at > now)


def _invitations(session: Session, now: dt.datetime) -> Iterator[Need]:
    """People who were invited, never chose a password, and whose last link has expired."""
    last = (
        sa.select(AccountLink.user_id, sa.func.max(AccountLink.expires).label("expires"))
        .join(User, User.id == AccountLink.user_id)
        .where(AccountLink.purpose == LinkPurpose.INVITATION, User.password.is_(None), User.disabled_at.is_(None))
        .group_by(AccountLink.user_id)
        .subquery()
    )
    expired = sa.select(sa.func.count(), sa.func.min(last.c.user_id), sa.func.min(last.c.expires))
    number, user, since = session.execute(expired.where(last.c.expires <= now)).one()
    if number:
        kind = NeedKind.INVITATION_EXPIRED
        people = counted(number, "person has", "people have")
        minutes, rest = share(kind, number)
        sentence = f"{people} not answered the invitation in time. Invite them again, or disable the account.{rest}"
        href = f"/users/{user}" if number == 1 else "/users"
        yield Need(kind, str(user), sentence, since, minutes, href)


def _members(session: Session, now: dt.datetime) -> Iterator[Need]:
    """Members that never said that we may read them, or whom to ask to take something down: one need for all."""
    no_agreement = sa.func.count(sa.case((Organisation.agreed_on.is_(None), 1)))
    no_contact = sa.func.count(sa.case((sa.func.coalesce(Organisation.takedown_contact, "") == "", 1)))
    members = sa.select(no_agreement, no_contact).where(Organisation.member.is_(True))
    agreement, contact = session.execute(members).one()
    this_week = sa.select(sa.func.count(AuditEvent.organisation_id.distinct())).where(
        AuditEvent.tag.in_(RECORDED), AuditEvent.at >= monday(now)
    )
    most = min(MEMBERS_A_WEEK - (session.scalar(this_week) or 0), max(agreement, contact))
    if most > 0:
        kind = NeedKind.MEMBERS_INCOMPLETE
        sentence = (
            f"No agreement to be read is on record for {counted(agreement, 'member')}, and no contact for taking "
            f"something down for {counted(contact, 'member')}. Ask {'one' if most == 1 else 'two'} of them this week."
        )
        yield Need(kind, "members", sentence, None, kind.minutes * most, "/members")
