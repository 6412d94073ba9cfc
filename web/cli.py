"""`clearinghouse serve`: the site on one port, with the child process that keeps this machine's search index."""

from __future__ import annotations

import base64
import binascii
import os
import signal
import socket
import subprocess
import sys
from typing import Annotated, Any

import structlog
import typer
import uvicorn

from clearinghouse import processes
from clearinghouse.accounts.demo import shut_all_out
from clearinghouse.commands.migrate import check
from clearinghouse.db import store, utc_now
from clearinghouse.errors import BadSettingError, ClearingHouseError
from clearinghouse.logs import configure
from clearinghouse.search.generation import Reader
from clearinghouse.settings import PREFIX, Settings, settings
from web.app import create_app

KEEPER = (sys.executable, "-m", "clearinghouse.search.keeper")
GRACE = 4  # seconds that running requests get, and as many for the keeper: together under ten
LOOK_EVERY = 10  # ticks of a tenth of a second between two looks at the keeper

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
log = structlog.get_logger("web")


class CannotListenError(ClearingHouseError):
    """The port is taken, or the address isn't this machine's."""


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on")] = 8000,
    host: Annotated[str, typer.Option(help="The address of this machine to listen on")] = "127.0.0.1",
) -> None:
    """Serve the site, and keep this machine's search index, until SIGINT or SIGTERM."""
    found = settings()
    keys_are_there(found)
    check(found.database_url)
    if not found.demo:
        shut_all_out(store(), utc_now())
    listening = bound(host, port)
    found = at_home(found, listening.getsockname()[1])
    configure(found.log_format)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    site = create_app(found, store(), Reader(found.index_dir))
    config = uvicorn.Config(
        site, log_config=None, access_log=False, server_header=False, proxy_headers=False, ws="none", lifespan="on",
        timeout_graceful_shutdown=GRACE,
    )  # fmt: skip
    server = Server(config)
    try:
        server.keeper = processes.start(KEEPER)
        log.info("serving", address=found.public_url)
        server.run(sockets=[listening])
    finally:
        processes.stop([server.keeper] if server.keeper else [], GRACE)
        store().close()


class Server(uvicorn.Server):
    """Uvicorn, with an eye on the keeper: one that ended is started again, from the main thread as it must be."""

    keeper: subprocess.Popen[Any] | None = None

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second."""
        ended = self.keeper.poll() if self.keeper and counter % LOOK_EVERY == 0 else None
        if ended is not None and not self.should_exit:
            log.warning("the keeper ended and is started again", exit=ended)
            self.keeper = processes.start(KEEPER)
        return await super().on_tick(counter)


def _leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def keys_are_there(found: Settings) -> None:
    """Raise BadSettingError, in one sentence, unless both keys are set and fit; the demo needs neither."""
    if found.demo:
        return
    for name in ("secret_key", "data_key"):
        if not getattr(found, name):
            raise BadSettingError(f"{PREFIX}{name.upper()}: must be set (only `run --demo` works without it)")
    if not all(_is_key(part) for part in (found.data_key or "").split(",")):
        raise BadSettingError(f"{PREFIX}DATA_KEY: must be the base64 of 32 bytes, or several of them by commas")


def _is_key(text: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(text.strip().encode())) == 32
    except (binascii.Error, ValueError):
        return False


def at_home(found: Settings, port: int) -> Settings:
    """The settings, with the port that we listen on in the public address where nobody set one."""
    if "public_url" in found.model_fields_set:
        return found
    return found.model_copy(update={"public_url": f"http://127.0.0.1:{port}"})


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises CannotListenError in one sentence when that can't be."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise CannotListenError(f"can't listen on {host} port {port}: {reason}") from error
    except UnicodeError as error:
        raise CannotListenError(f"can't listen on {host!r}: not an address") from error
