"""Telling running partners, in whatever process they are, what to do next."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from crawlers.partners.errors import PartnersError

STATE = Path("var/partners.json")
PATIENCE = 30  # seconds


def remember(control: str, state: Path = STATE) -> None:
    """Write down where the control endpoint is. Raises PartnersError when the file can't be written."""
    try:
        state.parent.mkdir(parents=True, exist_ok=True)
        state.write_text(json.dumps({"control": control}) + "\n", encoding="utf-8")
    except OSError as error:
        raise PartnersError(f"{state} can't be written: {error}") from error


def forget(control: str, state: Path = STATE) -> None:
    """Remove that note, unless another set of partners has written its own since."""
    if state.exists() and json.loads(state.read_text("utf-8")).get("control") == control:
        state.unlink()


def control_url(port: int | None, state: Path = STATE) -> str:
    """The control endpoint: on `port`, or where the last set of partners wrote that it is."""
    if port is not None:
        return f"http://127.0.0.1:{port}"
    try:
        return str(json.loads(state.read_text("utf-8"))["control"])
    except (OSError, ValueError, KeyError) as error:
        raise PartnersError(f"no simulated partners run from here (no {state}): say --port") from error


def tick(control: str, days: int) -> dict[str, Any]:
    """Move the clock on; the state after it."""
    return _call(f"{control}/tick", {"days": days})


def fault(control: str, name: str, kind: str) -> dict[str, Any]:
    """Make one partner fail, or stop failing; the state after it."""
    return _call(f"{control}/fault", {"name": name, "kind": kind})


def state_of(control: str) -> dict[str, Any]:
    """The clock and every partner."""
    return _call(f"{control}/state", None)


def _call(url: str, body: dict[str, Any] | None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})  # noqa: S310 - our own http://
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            told: dict[str, Any] = json.load(answer)
            return told
    except urllib.error.HTTPError as error:
        with error:
            raise PartnersError(json.load(error)["error"]) from error
    except (OSError, ValueError) as error:
        raise PartnersError(f"the simulated partners do not answer at {url}: {error}") from error
