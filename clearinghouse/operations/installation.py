"""What `doctor` says of the machine and its settings, without asking the store."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from clearinghouse.errors import BadSettingError
from clearinghouse.mail.notify import missing, notify_of
from clearinghouse.mail.sending import smtp
from clearinghouse.mail.server import MailServerError
from clearinghouse.operations.check import Check, bad, ok, warn
from clearinghouse.operations.of_machine import GIGABYTE, disks, no_way
from clearinghouse.sealing import seal
from clearinghouse.settings import PREFIX, Settings, is_loopback
from clearinghouse.vacancies.draft import LONDON

REACH = 5.0  # seconds to reach the proxy


def of_settings(settings: Settings) -> Iterator[Check]:
    """Keys and addresses."""
    missing = [f"{PREFIX}{name.upper()}" for name in ("secret_key", "data_key") if not getattr(settings, name)]
    if missing and not settings.demo:
        yield bad("keys", f"{' and '.join(missing)} must be set: see docs/settings.md.")
    elif settings.data_key:
        yield _data_key()
    else:
        yield ok("keys", "This is the demo: it needs no keys.")
    if is_loopback(urlsplit(settings.public_url).hostname or ""):
        level = ok if settings.demo else warn
        yield level("address", f"The site's address is {settings.public_url}: only this machine can open it.")
    else:
        yield ok("address", f"The site's address is {settings.public_url}.")
    if settings.contact_email.endswith(".example") and not settings.demo:
        yield warn("contact", f"{PREFIX}CONTACT_EMAIL is {settings.contact_email}, which nobody reads.")


def _data_key() -> Check:
    try:
        seal("")
    except BadSettingError as error:
        return bad("keys", f"{error}.")
    return ok("keys", "The keys are set, and fit.")


def of_zone(_settings: Settings) -> Iterator[Check]:
    """Whether this machine knows London's summer time."""
    summer = dt.datetime(2026, 7, 1, tzinfo=LONDON).utcoffset() == dt.timedelta(hours=1)
    winter = dt.datetime(2026, 1, 1, tzinfo=LONDON).utcoffset() == dt.timedelta()
    if summer and winter:
        yield ok("zone", "London's time is known, in summer and winter.")
    else:
        yield bad("zone", "This machine's data of time zones is wrong for Europe/London.")


def of_disk(settings: Settings) -> Iterator[Check]:
    """Whether there is room."""
    for disk in disks(settings):
        sentence = f"{disk.free / GIGABYTE:.1f} GB of {disk.total / GIGABYTE:.1f} GB are free for {disk.folder}."
        yield bad("disk", f"The disk is nearly full: {sentence}") if disk.is_low else ok("disk", sentence)


def of_mail_server(settings: Settings) -> Iterator[Check]:
    """Whether the mail server, or GOV.UK Notify, lets us in. Nothing is sent."""
    if settings.notify_api_key:
        yield from _of_notify(settings)
        return
    if not settings.smtp_url:
        yield warn("mail", f"Neither {PREFIX}SMTP_URL nor {PREFIX}NOTIFY_API_KEY is set: mail waits in the outbox.")
        return
    try:
        with smtp(settings):
            yield ok("mail", "The mail server answers, and lets us in.")
    except (MailServerError, BadSettingError) as error:
        yield bad("mail", f"The mail server can't be used: {error}.")


def _of_notify(settings: Settings) -> Iterator[Check]:
    if not settings.sends_mail:
        yield warn("mail", f"{no_way(settings)}: mail waits in the outbox.")
    if settings.notify_text_template and not settings.texts_a_month:
        yield warn("texts", f"{PREFIX}TEXTS_A_MONTH is not set: no text message is sent.")
    if settings.texts_a_month and not settings.notify_text_template:
        yield warn("texts", f"{PREFIX}NOTIFY_TEXT_TEMPLATE is not set: no text message is sent.")
    try:
        lacking = missing(notify_of(settings))
    except MailServerError as error:
        yield bad("mail", f"GOV.UK Notify can't be used: {error}.")
        return
    if lacking:
        yield bad("mail", f"GOV.UK Notify answers, but {lacking}.")
    elif settings.sends_mail:
        yield ok("mail", "GOV.UK Notify answers, and lets us in.")


def of_proxies(settings: Settings) -> Iterator[Check]:
    """The proxy before us, and the one that the crawlers go out through."""
    if settings.public_url.startswith("https:") and not settings.trusted_proxies:
        consequence = "all visitors count as one address, which is soon asking too often"
        yield warn("proxy", f"{PREFIX}TRUSTED_PROXIES is not set: behind a proxy {consequence}.")
    if settings.https_proxy:
        yield _outward(settings.https_proxy)


def _outward(proxy: str) -> Check:
    try:
        parts = urlsplit(proxy if "://" in proxy else f"//{proxy}")
        host, port = parts.hostname or "", parts.port or 3128
    except ValueError:
        return bad("outward", f"{PREFIX}HTTPS_PROXY is no address.")
    try:
        socket.create_connection((host, port), REACH).close()
    except (OSError, UnicodeError) as error:
        return bad("outward", f"The crawlers' proxy {host}:{port} can't be reached: {error}.")
    return ok("outward", f"The crawlers' proxy {host}:{port} can be reached.")
