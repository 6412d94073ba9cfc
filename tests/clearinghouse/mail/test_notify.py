"""GOV.UK Notify sends what a mail server would, and its faults are told apart as a mail server's are."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from fakenotify import EMAIL_TEMPLATE, KEY, SECRET, SERVICE, TEXT_TEMPLATE, WRONG_KEY, FakeNotify, running

from clearinghouse.errors import BadSettingError
from clearinghouse.mail import texts
from clearinghouse.mail.letter import one_click
from clearinghouse.mail.models import Channel, MailKind
from clearinghouse.mail.notify import missing, notify_of, token
from clearinghouse.mail.sending import Sent
from clearinghouse.mail.server import MailServerError
from clearinghouse.mail.undelivered import ask_for_failures
from clearinghouse.settings import Settings, settings

STOP = "https://jobs.example.org/alerts/stop/x"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def notify() -> Iterator[FakeNotify]:
    """Notify, at its best."""
    with running() as fake:
        yield fake


def way(notify: FakeNotify, **more: Any) -> dict[str, Any]:
    return {"notify_api_key": KEY, "notify_url": notify.url, "notify_email_template": EMAIL_TEMPLATE, **more}


def texting(notify: FakeNotify, month: int) -> dict[str, Any]:
    return way(notify, notify_text_template=TEXT_TEMPLATE, texts_a_month=month)


def test_a_mail_goes_out_by_the_template_under_its_own_reference(post, notify) -> None:
    number = post.add(subject="3 new jobs", text="Hello\n", html="<p>Hello</p>", headers=one_click(STOP))
    assert post.send(None, **way(notify)) == Sent(sent=1)
    assert notify.taken == [
        (
            "/v2/notifications/email",
            {
                "template_id": EMAIL_TEMPLATE,
                "reference": post.mail(number).message_id,
                "email_address": "ann@example.org",
                "personalisation": {"subject": "3 new jobs", "body": "Hello\n"},
                "one_click_unsubscribe_url": STOP,
            },
        )
    ]
    assert post.send(None, **way(notify)) == Sent()


def test_an_unsubscribe_that_is_not_https_is_left_out(post, notify) -> None:
    post.add(headers=one_click("http://127.0.0.1:8000/alerts/stop/x"))
    assert post.send(None, **way(notify)) == Sent(sent=1)
    assert "one_click_unsubscribe_url" not in notify.taken[0][1]


def test_an_address_that_is_none_is_refused_and_stops_no_other(post, notify) -> None:
    number, other = post.add(to="ann@nowhere", kind=MailKind.ALERT), post.add()
    notify.wrong_address = "ann@nowhere"
    assert post.send(None, **way(notify)) == Sent(sent=1, given_up=1)
    assert post.mail(number).refused_at == post.now
    assert post.mail(number).error == "400 email_address Not a valid address"
    assert post.mail(other).sent_at


SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"
FAULTS = [
    ((429, "RateLimitError", "Exceeded rate limit"), "429 Exceeded rate limit"),
    ((429, "TooManyRequestsError", "Exceeded send limits (50) for today"), "429 Exceeded send limits (50) for today"),
    (WRONG_KEY, "403 Invalid token: API key not found"),
    ((400, "BadRequestError", "Template not found"), "400 Template not found"),
    (
        (400, "BadRequestError", "Can't send to ann@example.org in trial mode"),
        "400 Can't send to [address] in trial mode",
    ),
    ((400, "ValidationError", "template_id is not a valid UUID"), "400 template_id is not a valid UUID"),
    ((500, "Exception", "Internal server error"), "500 Internal server error"),
    (b"HTTP/1.1 503 Unavailable\r\nContent-Length: 2\r\n\r\n[]", "503"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull", "its answer can't be read"),
    (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "302"),
    (b"not HTTP at all\r\n\r\n", "not HTTP at all"),
    (SHORT, "its answer can't be read"),
    (b"", "Remote end closed connection without response"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_of_notify_lets_everything_wait(post, notify, fault, said: str) -> None:
    numbers = [post.add(), post.add(to="bob@example.org")]
    notify.fault = fault
    done = post.send(None, **way(notify))
    assert (done.sent, done.given_up) == (0, 0)
    assert done.trouble is not None
    assert said in done.trouble
    assert SECRET not in done.trouble
    for number in numbers:
        assert post.mail(number).error == done.trouble
        assert post.mail(number).refused_at is None
    notify.fault = None
    post.now += dt.timedelta(minutes=10)
    assert post.send(None, **way(notify)) == Sent(sent=2)


def test_notify_that_is_away_or_silent_lets_everything_wait(post, notify, monkeypatch) -> None:
    monkeypatch.setattr("clearinghouse.mail.notify.PATIENCE", 0.1)
    post.add()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        away = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert post.send(None, **way(notify, notify_url=away)).trouble == "Connection refused"
    notify.pause = 0.4
    post.now += dt.timedelta(minutes=10)
    assert (post.send(None, **way(notify)).trouble or "").startswith("it did not answer")


def test_what_could_not_be_delivered_is_asked_for_once_an_hour(post, notify) -> None:
    numbers = [post.add(to=f"p{n}@example.org", kind=MailKind.ALERT) for n in range(5)]
    post.send(None, **way(notify))
    ids = [post.mail(number).message_id for number in numbers]
    notify.failed = [ids[4], "another's", ids[3], ids[1]]
    here = Settings(**way(notify))
    assert ask_for_failures(post.store, here, post.now) == 3
    assert [bool(post.mail(number).refused_at) for number in numbers] == [False, True, False, True, True]
    assert ask_for_failures(post.store, here, post.now + HOUR / 2) == 0
    asked = len(notify.asked)
    notify.failed.insert(0, ids[0])
    assert ask_for_failures(post.store, here, post.now + HOUR) == 1
    assert len(notify.asked) == asked + 2  # the page with the new one, and one whose are all known
    assert ask_for_failures(post.store, Settings(), post.now + 2 * HOUR) == 0


def test_texts_go_out_up_to_the_months_limit_and_then_wait_for_the_next(post, notify) -> None:
    number = post.add(to="+447700900123", text="3 new jobs", channel=Channel.TEXT, kind=MailKind.ALERT)
    post.add(to="+447700900124", channel=Channel.TEXT, kind=MailKind.ALERT)
    mail = post.add()
    assert post.send(None, **texting(notify, 1)) == Sent(sent=2)
    assert post.mail(mail).sent_at
    assert notify.taken[1] == (
        "/v2/notifications/sms",
        {
            "template_id": TEXT_TEMPLATE,
            "reference": post.mail(number).message_id,
            "phone_number": "+447700900123",
            "personalisation": {"body": "3 new jobs"},
        },
    )
    here = Settings(**texting(notify, 1))
    with post.store.reading() as session:
        month = texts.month(session, here, post.now)
        assert texts.in_words(month) == "1 of this month's 1 text messages are sent. 1 more waits until 1 December."
        assert texts.channels(session, here, post.now) == (Channel.EMAIL,)
    post.now = dt.datetime(2026, 11, 30, 23, 59, tzinfo=dt.UTC)
    assert post.send(None, **texting(notify, 1)) == Sent()
    post.now += dt.timedelta(minutes=1)
    assert post.send(None, **texting(notify, 1)) == Sent(sent=1)


def test_no_mail_waits_for_a_template_of_texts_that_is_not_there(post, notify) -> None:
    text = post.add(to="+447700900123", channel=Channel.TEXT)
    mail = post.add()
    del notify.templates[TEXT_TEMPLATE]
    assert post.send(None, **texting(notify, 5)) == Sent(sent=1, put_off=1)
    assert post.mail(mail).sent_at
    assert post.mail(text).error == "400 Template not found"


@pytest.mark.parametrize("off", [{"texts_a_month": 0}, {"notify_text_template": None}])
def test_texts_are_off_unless_both_are_set(post, notify, off) -> None:
    post.add(to="+447700900123", channel=Channel.TEXT)
    assert post.send(None, **{**texting(notify, 5), **off}) == Sent()
    with post.store.reading() as session:
        month = texts.month(session, Settings(**{**texting(notify, 5), **off}), post.now)
        assert texts.in_words(month) == "Text messages are off, and 1 of them wait."


def test_a_mail_server_gets_no_texts(post, server) -> None:
    post.add(to="+447700900123", channel=Channel.TEXT)
    assert post.send(server.url) == Sent()


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ({"type": "email", "subject": "((subject))", "body": "((body))"}, None),
        ({"type": "email", "subject": "Jobs", "body": "Hello"}, "has no ((subject)) and no ((body))"),
        ({"type": "sms", "body": "((subject)) ((body))"}, "is not for mails"),
    ],
)
def test_the_template_is_looked_at(notify, template, said: str | None) -> None:
    notify.templates[EMAIL_TEMPLATE] = template
    found = missing(notify_of(Settings(**way(notify))))
    assert (found is None) if said is None else said in (found or "")


def test_a_template_that_is_not_there_is_told(notify) -> None:
    notify.templates.clear()
    with pytest.raises(MailServerError, match="404 No result found"):
        missing(notify_of(Settings(**way(notify))))


def test_the_key_is_not_shown_and_signs_for_its_service() -> None:
    assert SECRET not in repr(notify_of(Settings(notify_api_key=KEY)))
    assert token(KEY, dt.datetime(2026, 11, 23, tzinfo=dt.UTC)).count(".") == 2
    assert SERVICE not in token(KEY, dt.datetime(2026, 11, 23, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"NOTIFY_API_KEY": f"hunter2-{SERVICE}"}, "CLEARINGHOUSE_NOTIFY_API_KEY: must be a key of GOV.UK Notify"),
        ({"NOTIFY_EMAIL_TEMPLATE": "Jobs"}, "CLEARINGHOUSE_NOTIFY_EMAIL_TEMPLATE 'Jobs': must be the id of a template"),
        ({"NOTIFY_URL": "http://notify.example"}, "CLEARINGHOUSE_NOTIFY_URL 'http://notify.example': must be https"),
        ({"TEXTS_A_MONTH": "-1"}, "CLEARINGHOUSE_TEXTS_A_MONTH '-1'"),
        ({"NOTIFY_API_KEY": KEY, "SMTP_URL": "smtp://x:hunter2@relay"}, "SMTP_URL and NOTIFY_API_KEY are both set"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_without_a_secret(monkeypatch, values, said: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"CLEARINGHOUSE_{name}", value)
    settings.cache_clear()
    with pytest.raises(BadSettingError) as refused:
        settings()
    assert said in str(refused.value)
    assert SECRET not in str(refused.value)
    assert "hunter2" not in str(refused.value)
    settings.cache_clear()
