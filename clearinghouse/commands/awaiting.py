"""Waiting for the site that was just started, with patience for a slow or busy machine."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request

import typer

PATIENCE = 600.0  # seconds; two small cores shared by ten programs have taken over two minutes
TELL = 30.0  # seconds between two words on what is still missing


class Awaited:
    """The site on its way up. `missing` is what it still lacks, told on standard error every half minute."""

    def __init__(self, port: int, host: str) -> None:
        self.missing = ""
        self._port, self._host = port, host
        self._told = time.monotonic()

    def __call__(self) -> bool:
        """True when the site is ready."""
        self.missing = missing(self._port, self._host)
        if self.missing and time.monotonic() - self._told >= TELL:
            self._told = time.monotonic()
            typer.echo(f"Still starting: {self.missing}", err=True)
        return not self.missing

    def given_up(self) -> str:
        """The sentence for when patience has ended."""
        return f"the site on port {self._port} was not ready after {PATIENCE / 60:.0f} minutes: {self.missing}"


def missing(port: int, host: str) -> str:
    """Why /readyz of the site on this machine doesn't say 200; empty when it does."""
    name = "127.0.0.1" if host in ("", "0.0.0.0") else "[::1]" if host == "::" else host  # noqa: S104  to ask, not to bind
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{name}:{port}/readyz", timeout=5):
            return ""
    except urllib.error.HTTPError as error:
        with error:
            return _reasons(error)
    except (OSError, http.client.HTTPException):
        return "it does not answer yet"


def _reasons(error: urllib.error.HTTPError) -> str:
    try:
        return "; ".join(json.load(error)["reasons"])
    except (ValueError, KeyError, TypeError, OSError):
        return f"it answers {error.code}"
