"""GOV.UK Notify instead of a mail server: its REST API, and what its refusals mean.

Its own client for Python wants two further packages for a signature of five lines, one of them unchanged since 2014
and only there as source: three kinds of request are written here instead.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import http.client
import json
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode

from clearinghouse.db import utc_now
from clearinghouse.mail.letter import UNSUBSCRIBE, Outgoing
from clearinghouse.mail.models import Channel
from clearinghouse.mail.server import PATIENCE, Connection, MailNotTakenError, MailServerError, plain, shown
from clearinghouse.settings import Settings

LARGEST = 5_000_000  # bytes of an answer
ADDRESSES = ("email_address", "phone_number")  # the fields of a request that a person typed
TYPES = {Channel.EMAIL: "email", Channel.TEXT: "sms"}
PLACEHOLDERS = {Channel.EMAIL: ("subject", "body"), Channel.TEXT: ("body",)}

Json = dict[str, Any]
Clock = Callable[[], dt.datetime]


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The key goes to no other address."""

    def redirect_request(self, *_: Any) -> None:
        """Never."""


@dataclass(frozen=True)
class Notify:
    """The service that the settings name. Not shown: the key."""

    url: str
    key: str = field(repr=False)
    templates: Mapping[Channel, str | None]
    agent: str
    proxy: str | None = None
    clock: Clock = utc_now

    def send(self, mail: Outgoing) -> None:
        """Hand one message over; the reference by which it is known there is its Message-ID.

        Raises MailNotTakenError for an address that can't be one, MailServerError for everything else.
        """
        template = self.templates[mail.channel]
        if template is None:
            raise MailNotTakenError(f"there is no template for {mail.channel.plural}", for_good=False)
        path, body = _request(mail, template)
        try:
            self.ask("POST", path, body)
        except NotifyError as error:
            if error.of_address:
                raise MailNotTakenError(str(error), for_good=True, refused=True) from error
            if error.status == 400 and mail.channel is Channel.TEXT:  # no mail waits for what is wrong with texts
                raise MailNotTakenError(str(error), for_good=False) from error
            raise

    def ask(self, method: str, path: str, body: Json | None = None) -> Json:
        """An answer of the API. Raises MailServerError, NotifyError where it says what is wrong."""
        data = json.dumps(body).encode() if body is not None else None
        headers = {
            "Authorization": f"Bearer {token(self.key, self.clock())}",
            "Content-Type": "application/json",
            "User-Agent": self.agent,
        }
        asked = urllib.request.Request(f"{self.url}{path}", data, headers, method=method)  # noqa: S310 - a setting
        proxies = urllib.request.ProxyHandler({"https": self.proxy} if self.proxy else {})
        try:
            with urllib.request.build_opener(_NoRedirects, proxies).open(asked, timeout=PATIENCE) as answer:
                return _json(_body(answer))
        except HTTPError as error:
            with error:
                raise _refusal(error.code, error.fp) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            why = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
            raise MailServerError(plain(why)) from error


class NotifyError(MailServerError):
    """Notify says what is wrong: with the address (`of_address`), or with the settings, the key or itself."""

    def __init__(self, status: int, words: str, *, of_address: bool) -> None:
        super().__init__(shown(f"{status} {words}"))
        self.status = status
        self.of_address = of_address


def notify_of(settings: Settings) -> Notify:
    """What the settings say of it."""
    templates = {Channel.EMAIL: settings.notify_email_template, Channel.TEXT: settings.notify_text_template}
    key = settings.notify_api_key or ""
    return Notify(settings.notify_url, key, templates, settings.user_agent, settings.https_proxy)


@contextmanager
def notify(settings: Settings) -> Iterator[Connection]:
    """Notify as the sender of mails and texts; nothing is asked before the first of them."""
    yield notify_of(settings)


def failures(service: Notify) -> Iterator[tuple[str, ...]]:
    """Message-IDs of what Notify could not deliver, for the addresses don't exist: newest first, a page at a time.

    It keeps them for seven days.
    """
    asked = {"status": "permanent-failure"}
    while True:
        found = service.ask("GET", f"/v2/notifications?{urlencode(asked)}").get("notifications")
        rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
        if not rows or not rows[-1].get("id") or rows[-1]["id"] == asked.get("older_than"):
            return
        yield tuple(row["reference"] for row in rows if isinstance(row.get("reference"), str))
        asked["older_than"] = str(rows[-1]["id"])


def missing(service: Notify) -> str | None:
    """What our templates there lack, in words; None when all is well. Asks Notify, sends nothing."""
    for channel, template in service.templates.items():
        if template is None:
            continue
        found = service.ask("GET", f"/v2/template/{template}")
        if found.get("type") != TYPES[channel]:
            return f"template {template} is not for {channel.plural}"
        said = f"{found.get('subject')} {found.get('body')}"
        lacking = [f"(({name}))" for name in PLACEHOLDERS[channel] if f"(({name}))" not in said]
        if lacking:
            return f"template {template} has no {' and no '.join(lacking)}"
    return None


def token(key: str, now: dt.datetime) -> str:
    """The signed token of a request made `now`: a JSON Web Token by the second id in the key, from the first."""
    service, secret = key[-73:-37], key[-36:]
    parts = ({"typ": "JWT", "alg": "HS256"}, {"iss": service, "iat": int(now.timestamp())})
    signed = ".".join(_base64(json.dumps(part).encode()) for part in parts)
    return f"{signed}.{_base64(hmac.digest(secret.encode(), signed.encode(), 'sha256'))}"


def _base64(words: bytes) -> str:
    return base64.urlsafe_b64encode(words).rstrip(b"=").decode()


def _request(mail: Outgoing, template: str) -> tuple[str, Json]:
    body: Json = {"template_id": template, "reference": mail.message_id}
    if mail.channel is Channel.TEXT:
        return "/v2/notifications/sms", {**body, "phone_number": mail.to, "personalisation": {"body": mail.text}}
    body |= {"email_address": mail.to, "personalisation": {"subject": mail.subject, "body": mail.text}}
    stop = mail.headers.get(UNSUBSCRIBE, "").strip("<>")
    if stop.startswith("https:"):  # it takes no other
        body["one_click_unsubscribe_url"] = stop
    return "/v2/notifications/email", body


def _body(answer: Any) -> bytes:
    """An answer's body, within our patience and up to a size. Raises OSError."""
    until, read = monotonic() + PATIENCE, b""
    while part := answer.read1(65536):
        read += part
        if len(read) > LARGEST:
            raise OSError("its answer is too long")
        if monotonic() > until:
            raise TimeoutError
    return read


def _json(body: bytes) -> Json:
    try:
        found = json.loads(body)
    except ValueError:  # whose own words say where in the answer
        found = None
    if not isinstance(found, dict):
        raise ValueError("its answer can't be read")  # noqa: TRY004 - of what was read, not of an argument
    return found


def _refusal(status: int, answer: Any) -> NotifyError:
    """What an answer other than 2xx means. Its words are shown; only its kind and the field that it names are used."""
    try:
        errors = [one for one in _json(_body(answer)).get("errors", []) if isinstance(one, dict)]
    except (OSError, http.client.HTTPException, ValueError, TypeError):
        errors = []
    said = "; ".join(str(one.get("message", "")) for one in errors)
    of_address = status == 400 and any(
        one.get("error") == "ValidationError" and str(one.get("message", "")).startswith(ADDRESSES) for one in errors
    )
    return NotifyError(status, said, of_address=of_address)
