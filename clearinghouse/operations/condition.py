"""What `doctor` reads from the store: clock, scheduler, index, crawls, mail, accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import AuditEvent, Membership, User
from clearinghouse.accounts.roles import Role
from clearinghouse.errors import BadSettingError
from clearinghouse.ingest import health
from clearinghouse.ingest.health import State
from clearinghouse.ingest.models import CrawlRun
from clearinghouse.leases import Lease
from clearinghouse.mail import outbox, texts
from clearinghouse.operations.check import Check, bad, ok, warn
from clearinghouse.operations.need import counted
from clearinghouse.operations.of_machine import MAIL_LATE, why
from clearinghouse.publish.models import Change
from clearinghouse.sealing import unseal
from clearinghouse.search.generation import Reader
from clearinghouse.settings import PREFIX, Settings
from clearinghouse.vacancies.draft import london

SKEW = dt.timedelta(minutes=2)  # by which two machines' clocks may differ
BEHIND = dt.timedelta(minutes=1)  # that an index may be behind the store
DAY = dt.timedelta(days=1)
JOBS = {
    "schedule": "crawls and sends mail (`clearinghouse schedule`)",
    "publisher": "publishes (`clearinghouse serve`)",
}


def of_clock(session: Session, _settings: Settings, now: dt.datetime) -> Iterator[Check]:
    """Whether the clock goes right, as far as the store can tell."""
    columns = (CrawlRun.started, AuditEvent.at, Change.at)
    last = max((at for at in (session.scalar(sa.select(sa.func.max(column))) for column in columns) if at), default=now)
    if last > now + SKEW:
        yield bad("clock", f"The clock says {london(now)}, but the store's newest row is of {london(last)}.")
    else:
        yield ok("clock", f"The clock says {london(now)}, after everything in the store.")


def of_keys(session: Session, settings: Settings, _now: dt.datetime) -> Iterator[Check]:
    """Whether our key opens what the store holds. The audit trail has of everything, from the first day on."""
    sealed = sa.select(sa.type_coerce(AuditEvent.details, sa.Text)).where(AuditEvent.details.is_not(None)).limit(1)
    newest, oldest = (session.scalar(sealed.order_by(order)) for order in (AuditEvent.id.desc(), AuditEvent.id))
    if not settings.data_key or newest is None or oldest is None:
        return
    if not _opens(newest):
        yield bad("keys", f"{PREFIX}DATA_KEY is not the key with which this store was encrypted.")
    elif not _opens(oldest):
        yield warn("keys", f"{PREFIX}DATA_KEY lacks an older key: what that one encrypted can't be read.")


def _opens(sealed: str) -> bool:
    try:
        unseal(sealed)
    except BadSettingError:
        return False
    return True


def of_jobs(session: Session, _settings: Settings, now: dt.datetime) -> Iterator[Check]:
    """Whether somebody crawls and somebody publishes."""
    found = {lease.name: lease for lease in session.scalars(sa.select(Lease).where(Lease.name.in_(JOBS)))}
    for name, words in JOBS.items():
        lease = found.get(name)
        if lease is None:
            yield warn(name, f"No process that {words} has run yet.")
        elif lease.until > now:
            yield ok(name, f"A process that {words} is at work.")
        else:
            yield bad(name, f"No process that {words} is at work, since {london(lease.until)}.")


def of_index(session: Session, settings: Settings, now: dt.datetime) -> Iterator[Check]:
    """Whether this machine's search index is level with the store."""
    current = Reader(settings.index_dir).current()
    if current is None:
        yield warn("index", f"There is no search index in {settings.index_dir} yet: `clearinghouse serve` makes it.")
        return
    waits = session.scalar(sa.select(sa.func.min(Change.at)).where(Change.id > current.change_id))
    if waits is not None and waits < now - BEHIND:
        yield bad("index", f"The search index is behind the store, since {london(waits)}.")
    else:
        yield ok("index", f"The search index is of {london(current.built_at)}, and level with the store.")


def of_crawls(session: Session, _settings: Settings, now: dt.datetime) -> Iterator[Check]:
    """When a source was last read well, and which are not."""
    sources = [one for one in health.sources(session, now) if one.state not in (State.PAUSED, State.RETIRED)]
    last = max((one.last_good_run for one in sources if one.last_good_run), default=None)
    if last is None:
        yield warn("crawls", "No source has been read well yet.")
    elif last < now - DAY:
        yield bad("crawls", f"The last source was read well on {london(last)}, over a day ago.")
    else:
        yield ok("crawls", f"The last source was read well on {london(last)}.")
    for state in (State.PROBLEM, State.REFUSED, State.FAILING):
        slugs = [one.slug for one in sources if one.state is state]
        if slugs:
            yield warn("sources", f"{counted(len(slugs), 'source')}: {state.label.lower()} ({_some(slugs)}).")


def _some(names: Collection[str]) -> str:
    shown = sorted(names)[:5]
    return ", ".join(shown) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")


def of_outbox(session: Session, settings: Settings, now: dt.datetime) -> Iterator[Check]:
    """Whether mail gets out."""
    state = outbox.state(session, texts.channels(session, settings, now))
    yield from _texts(texts.month(session, settings, now))
    if state.given_up:
        yield warn(
            "outbox", f"{counted(state.given_up, 'mail')} could not be delivered: see {settings.public_url}/operations."
        )
    if not state.waiting or state.oldest is None:
        yield ok("outbox", "No mail waits to be sent.")
    else:
        sentence = f"{counted(state.waiting, 'mail')} to be sent since {london(state.oldest)}: {why(state, settings)}."
        yield (bad if settings.sends_mail and state.oldest <= now - MAIL_LATE else warn)("outbox", sentence)


def _texts(month: texts.Month) -> Iterator[Check]:
    if said := texts.in_words(month):
        yield (warn if month.held else ok)("texts", said)


def of_accounts(session: Session, settings: Settings, _now: dt.datetime) -> Iterator[Check]:
    """Whether somebody can keep the clearing house going, and signs in safely."""
    active = (User.password.is_not(None), User.disabled_at.is_(None))
    held = sa.select(Membership.role).join(User, User.id == Membership.user_id).where(*active).distinct()
    roles = set(session.scalars(held))
    if Role.ADMINISTRATOR not in roles:
        yield bad("accounts", "There is no administrator who can sign in: see `clearinghouse users add --help`.")
    if Role.SECRETARIAT not in roles:
        yield warn("accounts", "There is nobody of the secretariat who can sign in.")
    plain = sa.select(sa.func.count()).select_from(User).where(*active, User.code_secret.is_(None))
    without = 0 if settings.demo else session.scalar(plain) or 0
    if without:
        yield warn("accounts", f"{counted(without, 'person has', 'people have')} not set up one-time codes yet.")
    elif {Role.ADMINISTRATOR, Role.SECRETARIAT} <= roles:
        yield ok("accounts", "Administrator and secretariat can sign in.")
