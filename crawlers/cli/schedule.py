"""`clearinghouse schedule`: crawl each source when it is due, until told to stop."""

from __future__ import annotations

import signal

import typer

from clearinghouse.db import utc_now
from clearinghouse.logs import configure
from clearinghouse.settings import settings
from crawlers.opening import open_store
from crawlers.schedule import Schedule

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def schedule() -> None:
    """Crawl each source when it is due, and keep house at night, until SIGTERM or Ctrl-C."""
    setting = settings()
    configure(setting.log_format)
    store, _ = open_store(setting, utc_now())
    Schedule(store, setting, utc_now).run(_until_told)
    store.close()


class _ToldError(BaseException):
    """We were told to stop. No Exception, so that nothing on its way takes it for a failure."""


def _until_told() -> None:
    def tell(*_: object) -> None:
        raise _ToldError

    before = {number: signal.signal(number, tell) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        while True:
            signal.pause()
    except _ToldError:
        for number in before:
            signal.signal(number, signal.SIG_IGN)  # told once is enough
