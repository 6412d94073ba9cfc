"""A process that sends what is due at each time that it reads, until somebody kills it: `STORE SMTP` as arguments."""

from __future__ import annotations

import datetime as dt
import sys

from clearinghouse.alerts import sending as alerts
from clearinghouse.db import Store
from clearinghouse.mail import sending as mail
from clearinghouse.settings import Settings


def main(url: str, smtp: str, secret: str) -> None:
    store = Store(url)
    settings = Settings(secret_key=secret, smtp_url=smtp, public_url="https://jobs.example.org")
    say("ready")
    for line in sys.stdin:
        now = dt.datetime.fromisoformat(line.strip())
        done = alerts.send_due(store, settings, now, pause=lambda _: None)
        sent = mail.send_due(store, settings, now)
        say("quiet" if done == alerts.Done() and sent == mail.Sent() else "busy")


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
