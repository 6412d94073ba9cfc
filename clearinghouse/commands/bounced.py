"""`clearinghouse alerts bounced`: mails that came back, as the mail server pipes them in."""

from __future__ import annotations

from typing import Annotated

import typer

from clearinghouse.commands import migrate
from clearinghouse.db import store, utc_now
from clearinghouse.mail.bounces import LARGEST
from clearinghouse.mail.refused import bounced as read
from clearinghouse.settings import settings


def bounced(
    files: Annotated[list[typer.FileBinaryRead], typer.Argument(metavar="FILE…", show_default=False)],
) -> None:
    """Read mails that came back, one a file (`-`: standard input): an address that takes no mail gets none any more.

    Prints a line for each. What is no delivery status notification, or isn't about a mail of ours, changes nothing and
    is no failure: other mail reaches the same address.
    """
    migrate.check(settings().database_url)
    for file in files:
        name = getattr(file, "name", "-")  # standard input needs none
        typer.echo(f"{name}: {read(store(), file.read(LARGEST + 1), utc_now())}")
