"""Finds and starts the real Chromium that the page tests use. `python tests/chromium.py` installs one where it can.

In this order: CHROMIUM, Debian's or another system Chromium, Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SORRY = "No Chromium: install Debian's package chromium, run `playwright install chromium`, or set CHROMIUM to one."


def on_this_machine() -> str | None:
    """The path of a Chromium that can be started, or None."""
    return next((path for path in _candidates() if path and Path(path).exists()), None)


def _candidates() -> Iterator[str | None]:
    """One after another: to ask Playwright takes a second."""
    yield os.environ.get("CHROMIUM")
    yield from map(shutil.which, NAMES)
    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def install() -> None:
    """Install Debian's Chromium as root with apt, else Playwright's own; one sentence and exit 1 when neither works."""
    if on_this_machine():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
        subprocess.run([*apt, "update"], check=False, stdout=sys.stderr)
        subprocess.run([*apt, "install", "-y", "--no-install-recommends", "chromium"], check=False, stdout=sys.stderr)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, stdout=sys.stderr)
    if not on_this_machine():
        sys.exit(SORRY)


@contextmanager
def launched() -> Iterator[Browser]:
    """A running headless browser."""
    path = on_this_machine()
    if path is None:
        raise RuntimeError(SORRY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


if __name__ == "__main__":
    install()
