"""What the machine needs of a person: mail that can't go out, a disk that is nearly full."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.mail import outbox, texts
from clearinghouse.operations.need import Need, NeedKind, counted, share
from clearinghouse.settings import PREFIX, Settings

MAIL_LATE = dt.timedelta(hours=4)  # that a mail may wait, for a server that is down for a while
GIGABYTE = 10**9
LITTLE = 1 * GIGABYTE  # free, whatever the size of the disk
LOW_SHARE, LOW = 0.1, 5 * GIGABYTE  # free of a disk that is small itself


@dataclass(frozen=True)
class Disk:
    """The disk that a folder is on: bytes in all, and free."""

    folder: Path
    total: int
    free: int

    @property
    def is_low(self) -> bool:
        """True when it will be full before long."""
        return self.free < LITTLE or (self.free < LOW and self.free < LOW_SHARE * self.total)


def disks(settings: Settings) -> tuple[Disk, ...]:
    """The disks that hold the store (where it is a file) and the search index."""
    folders = [settings.index_dir]
    with suppress(sa.exc.ArgumentError):  # of no URL at all, which is for others to say
        url = sa.make_url(settings.database_url)
        if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
            folders.append(Path(url.database).parent)
    found = [_disk(folder) for folder in folders]
    return tuple({(disk.total, disk.free): disk for disk in found}.values())


def _disk(folder: Path) -> Disk:
    here = folder.absolute()
    while not here.exists():
        here = here.parent
    usage = shutil.disk_usage(here)
    return Disk(folder, usage.total, usage.free)


def of_machine(session: Session, settings: Settings, now: dt.datetime) -> Iterator[Need]:
    """What the machine needs, in no order."""
    yield from _disk_full(settings)
    yield from _mail(outbox.state(session, texts.channels(session, settings, now)), settings, now)


def _disk_full(settings: Settings) -> Iterator[Need]:
    low = [disk for disk in disks(settings) if disk.is_low]
    if low:
        kind = NeedKind.DISK_FULL
        left = min(disk.free for disk in low) / GIGABYTE
        sentence = f"The disk is nearly full: {left:.1f} GB are left. Ask whoever runs the machine to make room."
        yield Need(kind, "disk", sentence, None, kind.minutes, "/operations#machine")


def _mail(state: outbox.State, settings: Settings, now: dt.datetime) -> Iterator[Need]:
    if state.waiting and state.oldest and state.oldest <= now - MAIL_LATE:
        kind = NeedKind.MAIL_WAITING
        waits = counted(state.waiting, "mail waits", "mails wait")
        sentence = f"{waits} to be sent: {why(state, settings)}."
        yield Need(kind, "outbox", sentence, state.oldest, kind.minutes, "/operations#mail")
    if state.given_up:
        kind = NeedKind.MAIL_GIVEN_UP
        minutes, rest = share(kind, state.given_up)
        sentence = f"{counted(state.given_up, 'mail')} could not be delivered.{rest}"
        yield Need(kind, "outbox", sentence, state.given_up_since, minutes, "/operations#mail")


def why(state: outbox.State, settings: Settings) -> str:
    """Why mail waits, in words."""
    if not settings.sends_mail:
        return no_way(settings)
    who = "GOV.UK Notify" if settings.notify_api_key else "the mail server"
    return f"{who} said “{state.error}”" if state.error else "nobody has tried yet"


def no_way(settings: Settings) -> str:
    """What is missing where mail has no way out."""
    if settings.notify_api_key:
        return f"{PREFIX}NOTIFY_EMAIL_TEMPLATE is not set, so GOV.UK Notify has no template for mails"
    return "no mail server is set up"
