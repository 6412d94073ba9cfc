"""The mail server: what SMTP_URL says of it, a connection to it, and what its refusals mean."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from clearinghouse.errors import BadSettingError, ClearingHouseError
from clearinghouse.mail.letter import Outgoing, letter
from clearinghouse.mail.models import Channel
from clearinghouse.mail.refusals import refuses_recipient
from clearinghouse.settings import PREFIX, is_loopback

PATIENCE = 20.0  # seconds for each answer of the server
PORTS = {"smtp": 25, "smtps": 465}
SUBMISSION = 587  # where a server takes mail from people with a password
CLOSING = 421  # RFC 5321: "service not available, closing transmission channel"
ADDRESS = re.compile(r"[^\s<>,;:]+@[^\s<>,;:]+")


class MailNotTakenError(ClearingHouseError):
    """The server would not take this one mail; `for_good` says that it never will. Others may fare better.

    `refused` says that the address itself takes no mail, whatever we send there.
    """

    def __init__(self, reason: str, *, for_good: bool, refused: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good
        self.refused = refused


class MailServerError(ClearingHouseError):
    """The server takes no mail at all just now, or none from us."""


class Connection(Protocol):
    """What sends messages, one after another."""

    def send(self, mail: Outgoing) -> None:
        """Hand one message over. Raises MailNotTakenError or MailServerError."""


@dataclass(frozen=True)
class Server:
    """Where the mail server is. `tls` = encrypted from the first byte; else it is as soon as the server offers it."""

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False


def server_of(url: str) -> Server:
    """What SMTP_URL says. Raises BadSettingError, which doesn't show the value: it holds a password."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _bad() from None
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise _bad()
    user = unquote(parts.username) if parts.username else None
    usual = SUBMISSION if user and parts.scheme == "smtp" else PORTS[parts.scheme]
    password = unquote(parts.password) if parts.password is not None else None
    return Server(parts.hostname, port or usual, user, password, parts.scheme == "smtps")


def _bad() -> BadSettingError:
    return BadSettingError(f"{PREFIX}SMTP_URL: must be smtp://user:password@host:port, or smtps://… (not shown here)")


@contextmanager
def connected(server: Server, name: str) -> Iterator[Connection]:
    """A connection to the server, to which we call ourselves `name`. Raises MailServerError."""
    try:
        smtp = _opened(server, name)
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: a name no socket can ask for
        raise MailServerError(plain(error)) from error
    try:
        yield _Smtp(smtp)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
        smtp.close()


def _opened(server: Server, name: str) -> smtplib.SMTP:
    local = is_loopback(server.host)
    context = _unverified() if local else ssl.create_default_context()
    smtp: smtplib.SMTP
    if server.tls:
        smtp = smtplib.SMTP_SSL(server.host, server.port, name, timeout=PATIENCE, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, name, timeout=PATIENCE)
    try:
        smtp.ehlo_or_helo_if_needed()
        if not server.tls and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            smtp.ehlo()
        if server.user:
            if not (local or isinstance(smtp.sock, ssl.SSLSocket)):
                raise smtplib.SMTPException("it offers no encryption: the password was not sent")  # noqa: TRY301 - closed below
            smtp.login(server.user, server.password or "")
    except BaseException:
        smtp.close()
        raise
    return smtp


def _unverified() -> ssl.SSLContext:
    # A relay on this very machine has a certificate that it made itself; nobody stands between.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class _Smtp:
    """A connection that says what a refusal means."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp

    def send(self, mail: Outgoing) -> None:
        """Hand one mail over. Raises MailNotTakenError or MailServerError."""
        try:
            self._smtp.send_message(_letter(mail), to_addrs=[mail.to])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _not_taken(code, words) from error
        except smtplib.SMTPDataError as error:
            raise _not_taken(error.smtp_code, error.smtp_error, of_words=True) from error
        except (smtplib.SMTPNotSupportedError, UnicodeError, ValueError) as error:
            raise MailNotTakenError(plain(error), for_good=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerError(plain(error)) from error


def _letter(mail: Outgoing) -> EmailMessage:
    if mail.channel is not Channel.EMAIL:
        raise MailNotTakenError("a mail server sends no text messages", for_good=False)
    try:
        return letter(mail)
    except ValueError as error:
        raise MailNotTakenError("its address or subject can't stand in a mail", for_good=True) from error


def _not_taken(code: int, words: bytes | str, *, of_words: bool = False) -> ClearingHouseError:
    reason = f"{code} {shown(words)}"
    if code == CLOSING:
        return MailServerError(reason)
    refused = refuses_recipient(code, shown(words), of_words=of_words)
    return MailNotTakenError(reason, for_good=code >= 500, refused=refused)


def plain(error: Exception) -> str:
    """What went wrong, in the server's words where it had any; no address in them."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {shown(error.smtp_error)}"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return f"it did not answer for {PATIENCE:.0f} seconds"
    said = error.strerror if isinstance(error, OSError) else None
    return shown(said or str(error) or type(error).__name__)


def shown(words: bytes | str) -> str:
    """A server's words on one line, not too long, with no address in them."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return ADDRESS.sub("[address]", " ".join(text.split()))[:300]
