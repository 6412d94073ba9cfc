"""`clearinghouse alerts`: what is new to saved searches, queued and sent now; how they stand."""

from __future__ import annotations

from typing import Annotated

import typer

from clearinghouse.alerts import outdated, sending
from clearinghouse.alerts.standing import standing
from clearinghouse.commands import migrate
from clearinghouse.commands.bounced import bounced
from clearinghouse.db import store, utc_now
from clearinghouse.mail import outbox
from clearinghouse.mail.models import Channel
from clearinghouse.operations.need import counted
from clearinghouse.operations.of_machine import no_way
from clearinghouse.settings import settings

app = typer.Typer(
    help="Saved searches and their messages.", add_completion=False, rich_markup_mode=None, no_args_is_help=True
)
app.command()(bounced)


@app.command()
def send(
    *,
    early: Annotated[
        bool, typer.Option("--now", help="Tell everyone what is new by now, whatever the hour of their next message")
    ] = False,
) -> None:
    """Queue what is new for the saved searches that are due, and send what waits. `schedule` does it all the time.

    Prints one line of what was done; exit 1 when the mail server takes none. Without one it all waits, which is said.
    """
    migrate.check(settings().database_url)
    now = utc_now()
    done = sending.send_due(store(), settings(), now, early=early)
    mail = outdated.send_due(store(), settings(), now)
    typer.echo(f"{done}; {mail.sent} mails sent, {mail.put_off} put off, {mail.given_up} given up")
    if mail.trouble:
        typer.echo(f"mail waits: {mail.trouble}", err=True)
        raise typer.Exit(1)
    if not settings().sends_mail:
        _say_what_waits()


def _say_what_waits() -> None:
    with store().reading() as session:
        waiting = outbox.state(session, (Channel.EMAIL,)).waiting
    if waiting:
        typer.echo(f"{counted(waiting, 'mail')} to be sent: {no_way(settings())}", err=True)


@app.command()
def status() -> None:
    """Say how many saved searches there are, and whether they are told in time; exit 1 when some are a day late."""
    migrate.check(settings().database_url)
    with store().reading() as session:
        found = standing(session, utc_now())
    typer.echo(
        f"{counted(found.on, 'saved search', 'saved searches')} of {counted(found.people, 'person', 'people')} on, "
        f"{found.asked} to be confirmed, {found.due} due, {found.late} of them over a day late"
    )
    raise typer.Exit(1 if found.late else 0)
