"""The command group that finds its members among the entry points, and imports one only when it is called.

Each entry point of the group `clearinghouse.commands` is named after a command and points at a typer.Typer: with one
command it becomes that command, with several a group.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

GROUP = "clearinghouse.commands"


class LazyGroup(TyperGroup):
    """A command group whose members are imported when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command's name, in alphabetical order."""
        return sorted(entry.name for entry in entry_points(group=GROUP))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, imported now; None when there is none."""
        for entry in entry_points(group=GROUP, name=cmd_name):
            command = get_command(entry.load())
            command.name = cmd_name
            return command
        return None


app = typer.Typer(cls=LazyGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback()
def clearinghouse() -> None:
    """One clearing house for every public-sector vacancy of a region."""
