"""`clearinghouse run`: everything for one machine in one command, and nothing left of it afterwards.

A supervisor: it starts `schedule`, `serve` and in a demo `partners serve` as child processes, and ends them all.
"""

from __future__ import annotations

import math
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Annotated, Any

import typer

from clearinghouse.commands import demo
from clearinghouse.commands.awaiting import PATIENCE, Awaited
from clearinghouse.commands.migrate import upgrade
from clearinghouse.db import utc_now
from clearinghouse.errors import BadSettingError, ClearingHouseError
from clearinghouse.processes import command, start, stop
from clearinghouse.settings import PREFIX, Settings, settings

app = typer.Typer(add_completion=False, rich_markup_mode=None)

GRACE = 15.0  # seconds for the children to end by themselves
GLANCE = 0.4  # seconds between two looks at the children


class RunError(ClearingHouseError):
    """The site can't be run here, or one of its parts ended."""


@app.command()
def run(
    with_demo: Annotated[bool, typer.Option("--demo", help="Simulated partners, in a store of its own.")] = False,
    port: Annotated[int, typer.Option(help="The site's port.", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
) -> None:
    """Migrate, crawl on schedule and serve the site, until Ctrl-C or SIGTERM.

    The demo starts afresh each time, with simulated partners, in var/demo; what the environment says goes before that.
    It prints one sign-in a role.
    """
    os.environ.update(environment(os.environ, host, port, with_demo=with_demo))
    settings.cache_clear()
    setting = settings()
    _keys_are_set(setting)
    _port_is_free(host, port)
    supervisor = Supervisor()
    try:
        if with_demo:
            os.environ[demo.PARTNERS] = demo.partners(supervisor.start)
            demo.clear_store(os.environ)
        upgrade(setting.database_url)
        if with_demo:
            supervisor.watch(supervisor.start("crawl", "--all", "--json"))
            demo.publish(setting.database_url, utc_now)
        people = demo.sign_ins(setting.database_url, utc_now) if with_demo else ""
        supervisor.start("schedule")
        supervisor.start("serve", "--host", host, "--port", str(port))
        awaited = Awaited(port, host)
        supervisor.wait_until(awaited, PATIENCE, awaited.given_up)
        typer.echo(f"The site is at {setting.public_url}")
        if with_demo:
            typer.echo(people)
        supervisor.watch()
    finally:
        supervisor.end()


def environment(given: Mapping[str, str], host: str, port: int, *, with_demo: bool) -> dict[str, str]:
    """What our children find in their environment where it says nothing yet."""
    shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host  # noqa: S104  what a browser can open instead
    shown = f"[{shown}]" if ":" in shown else shown
    values = demo.environment() if with_demo else {}
    if PREFIX + "PUBLIC_URL" not in given and (with_demo or shown in ("127.0.0.1", "localhost", "[::1]")):
        values[PREFIX + "PUBLIC_URL"] = f"http://{shown}:{port}"
    return {name: value for name, value in values.items() if name not in given} | (
        {PREFIX + "DEMO": "true"} if with_demo else {}
    )


def _keys_are_set(setting: Settings) -> None:
    missing = [f"{PREFIX}{name.upper()}" for name in ("secret_key", "data_key") if not getattr(setting, name)]
    if missing:
        raise BadSettingError(f"{' and '.join(missing)} must be set (see docs/settings.md), or say --demo")


def _port_is_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise RunError(f"port {port} on {host} can't be used: {error.strerror}") from error


class Supervisor:
    """Our children. A signal ends the watch; a child that ends by itself does too."""

    def __init__(self) -> None:
        self._children: dict[str, subprocess.Popen[Any]] = {}
        self._told = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._tell)

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[Any]:
        """Start `clearinghouse` with `arguments`; what it prints goes to standard error unless `options` say else."""
        if self._told:
            raise typer.Exit(0)
        child = start(command(*arguments), env=dict(os.environ), **{"stdout": sys.stderr, **options})
        self._children[" ".join(arguments[:2] if arguments[0] == "partners" else arguments[:1])] = child
        return child

    def watch(self, until: subprocess.Popen[Any] | None = None) -> None:
        """Wait for a signal, or for `until` to end. Raises RunError when another child ends."""
        self.wait_until(lambda: until is not None and until.poll() is not None)

    def wait_until(
        self, done: Callable[[], bool], seconds: float = math.inf, given_up: Callable[[], str] = str
    ) -> None:
        """Wait for `done`. Raises RunError, which says `given_up`, after `seconds`; or when a child ends."""
        began = time.monotonic()
        while not done():
            if self._told:
                raise typer.Exit(0)
            self._all_are_well()
            if time.monotonic() - began > seconds:
                raise RunError(given_up())
            time.sleep(GLANCE)

    def _all_are_well(self) -> None:
        for name, child in self._children.items():
            code = child.poll()
            if code is not None and name != "crawl":
                raise RunError(f"`{name}` ended with status {code}")

    def end(self) -> None:
        """End every child, the last started first."""
        stop(list(reversed(self._children.values())), GRACE)

    def _tell(self, _number: int, _frame: FrameType | None) -> None:
        self._told = True
