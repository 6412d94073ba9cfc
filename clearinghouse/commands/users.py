"""`clearinghouse users`: accounts from a shell, for the first administrator and for the day nobody can sign in."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import sqlalchemy as sa
import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from clearinghouse.accounts import codes, links, people
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import LinkPurpose, Organisation
from clearinghouse.accounts.organisations import slug_of
from clearinghouse.accounts.people import Person, State
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.typed import tidy_email
from clearinghouse.commands.migrate import upgrade
from clearinghouse.db import Store, utc_now
from clearinghouse.errors import BadFormError, ClearingHouseError
from clearinghouse.sealing import seal
from clearinghouse.settings import settings
from clearinghouse.vacancies.draft import london

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

BY = "users command"
WIDE = 300  # characters of a line where standard output is no terminal
LISTED = ("email", "name", "roles", "state", "signed in", "codes")
Email = Annotated[str, typer.Argument(metavar="EMAIL", show_default=False)]


class UserError(ClearingHouseError):
    """An account, or an organisation for one, can't be found or changed."""


@app.callback()
def users() -> None:
    """Accounts: make, list and disable them, and let somebody choose a new password."""


@app.command()
def add(
    email: Email,
    role: Annotated[Role, typer.Option(help="What the person is here for.", show_default=False)],
    name: Annotated[str, typer.Option(help="The person's name; without it, what the address says.")] = "",
    organisation: Annotated[str, typer.Option(help="Whose, by slug or name, where the role is for one.")] = "",
) -> None:
    """Make an account, queue its invitation by mail, and print the link, which works once within 7 days."""
    with _writing() as session:
        if people.by_email(session, email):
            raise UserError(f"{tidy_email(email)} has an account already")
        number = _organisation(session, organisation) if organisation else None
        try:
            user = people.add_user(session, email, name or _name_in(email), [Hat(role, number)], BY, utc_now())
        except BadFormError as error:
            given = {"email": email, "name": name, "organisation": organisation, "role": role.value}
            problems = (f"{given[field]!r}: {sentence}" for field, sentence in error.errors.items())
            raise typer.BadParameter("; ".join(problems)) from error
        link = links.send_link(session, user, LinkPurpose.INVITATION, BY, utc_now(), settings().public_url)
    typer.echo(link)


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a person.")] = False) -> None:
    """Everybody with an account, by name."""
    with _store().reading() as session:
        slugs = {row.id: row.slug for row in session.execute(sa.select(Organisation.id, Organisation.slug))}
        found = [_shown(person, slugs) for person in people.people(session)]
    if as_json:
        for row in found:
            typer.echo(json.dumps(row, ensure_ascii=False))
        return
    table = Table(*LISTED, box=None, pad_edge=False)
    for row in found:
        roles = "\n".join(" ".join(filter(None, hat.values())) for hat in row["roles"])
        table.add_row(
            row["email"], row["name"], roles, row["state"], row["signed_in_at"] or "", "yes" if row["codes"] else "no"
        )
    console = Console()
    (console if console.is_terminal else Console(width=WIDE)).print(table)


@app.command()
def disable(email: Email) -> None:
    """Let somebody in no more, at once: their sessions end, their links die."""
    with _writing() as session, _told():
        people.disable(session, _person(session, email).id, BY, utc_now())
    typer.echo(f"{tidy_email(email)}: disabled")


@app.command()
def reset(
    email: Email,
    with_codes: Annotated[bool, typer.Option("--codes", help="Take the one-time codes away too.")] = False,
) -> None:
    """Print, and mail, a link to choose a new password; it works once within an hour, an invitation within 7 days."""
    with _writing() as session, _told():
        person = _person(session, email)
        if with_codes:
            codes.take_away(session, person.id, BY, utc_now(), "users reset --codes")
        purpose = LinkPurpose.INVITATION if person.state == State.INVITED else LinkPurpose.RESET
        link = links.send_link(session, person.id, purpose, BY, utc_now(), settings().public_url)
    typer.echo(link)


@contextmanager
def _writing() -> Iterator[Session]:
    seal("")  # a missing DATA_KEY is said before anything is done
    with _store().writing() as session:
        yield session


@contextmanager
def _told() -> Iterator[None]:
    """What a person may not do to an account, in the words that a page would use."""
    try:
        yield
    except BadFormError as error:
        raise UserError(str(error)) from error


def _store() -> Store:
    upgrade(settings().database_url)
    return Store(settings().database_url)


def _person(session: Session, email: str) -> Person:
    found = people.by_email(session, email)
    if found is None:
        raise UserError(f"{email}: nobody has an account with this address")
    return found


def _organisation(session: Session, called: str) -> int:
    """The number of the organisation of that slug or name. Raises UserError, with the nearest that there are."""
    rows = session.execute(sa.select(Organisation.id, Organisation.slug, Organisation.name)).all()
    by_slug = {row.slug: row.id for row in rows}
    if slug_of(called) in by_slug:
        return int(by_slug[slug_of(called)])
    near = difflib.get_close_matches(slug_of(called), by_slug, n=3)
    raise UserError(f"{called}: no such organisation" + (f"; there is {', '.join(near)}" if near else ""))


def _shown(person: Person, slugs: dict[int, str]) -> dict[str, Any]:
    hats = sorted((hat.role.value, slugs.get(hat.organisation or 0)) for hat in person.hats)
    return {
        "email": person.email,
        "name": person.name,
        "roles": [{"role": role, "organisation": slug} for role, slug in hats],
        "state": person.state.value,
        "signed_in_at": london(person.signed_in_at) if person.signed_in_at else None,
        "codes": person.codes,
    }


def _name_in(email: str) -> str:
    """A name as the address says it: jo.smith@… is Jo Smith."""
    return email.partition("@")[0].replace(".", " ").replace("_", " ").title()
