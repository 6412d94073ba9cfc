"""The messages of a saved search, put into the outbox: was it you, and do you still want it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from clearinghouse.alerts import digest, words
from clearinghouse.alerts.digest import Confirmation, Renewal, Words
from clearinghouse.alerts.models import SavedSearch
from clearinghouse.alerts.queries import criteria_of
from clearinghouse.alerts.tokens import Purpose, token_for
from clearinghouse.errors import BadSettingError
from clearinghouse.mail.letter import one_click
from clearinghouse.mail.models import Channel, Mail, MailKind
from clearinghouse.mail.outbox import enqueue
from clearinghouse.settings import PREFIX, Settings
from clearinghouse.vacancies.draft import LONDON

OF_ALERT = "alert:"  # how the keys of a saved search's messages begin, before its public id


def ask(session: Session, settings: Settings, row: SavedSearch, now: dt.datetime) -> Mail | None:
    """Ask whether the search is wanted."""
    said, chips = _search(session, row)
    given = Confirmation(said, chips, row.often, link(settings, Purpose.CONFIRM, row.public_id, now))
    if row.channel is Channel.TEXT:
        return _text(session, MailKind.ALERT_CONFIRM, row, digest.confirmation_text(given), now)
    return _mail(session, MailKind.ALERT_CONFIRM, row, digest.confirmation(given, settings), {}, now)


def ask_again(session: Session, settings: Settings, row: SavedSearch, now: dt.datetime) -> Mail | None:
    """Ask whether the search is still wanted, a year on."""
    said, chips = _search(session, row)
    assert row.renew_by is not None  # noqa: S101 - whoever is asked again was confirmed
    ends = row.renew_by.astimezone(LONDON).date()
    renew, stop = (link(settings, purpose, row.public_id, now) for purpose in (Purpose.RENEW, Purpose.STOP))
    given = Renewal(said, chips, ends, renew, stop)
    key = f"{OF_ALERT}{row.public_id}:until {ends}"
    if row.channel is Channel.TEXT:
        return _text(session, MailKind.ALERT_RENEW, row, digest.renewal_text(given), now, key)
    return _mail(session, MailKind.ALERT_RENEW, row, digest.renewal(given, settings), one_click(stop), now, key)


def link(settings: Settings, purpose: Purpose, public_id: str, now: dt.datetime) -> str:
    """The address of a link in a message. Raises BadSettingError without SECRET_KEY."""
    if not settings.secret_key:
        raise BadSettingError(f"{PREFIX}SECRET_KEY: must be set, for it signs the links of alerts")
    path = "alerts/stop" if purpose is Purpose.STOP else "link"
    return f"{settings.public_url}/{path}/{token_for(settings.secret_key, purpose, public_id, now)}"


def _search(session: Session, row: SavedSearch) -> tuple[str, tuple[str, ...]]:
    criteria = criteria_of(row.query)
    return words.in_words(criteria), words.chips(criteria, words.labels(session, [criteria]))


def _mail(
    session: Session,
    kind: MailKind,
    row: SavedSearch,
    said: Words,
    headers: dict[str, str],
    now: dt.datetime,
    key: str | None = None,
) -> Mail | None:
    return enqueue(
        session, kind, row.address, said.subject, said.text, now, key, html=said.html, headers=headers or None
    )  # fmt: skip


def _text(
    session: Session, kind: MailKind, row: SavedSearch, said: str, now: dt.datetime, key: str | None = None
) -> Mail | None:
    return enqueue(session, kind, row.address, kind.label, said, now, key, channel=Channel.TEXT)
