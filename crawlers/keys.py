"""Keys of the APIs that want one: read from the environment, and sent to their own host over TLS and nowhere else.

They stand in no source, no stored page and no log: the fetcher adds them to a request on its way out. What stands on
this machine in such an API's place is a simulated one: it gets a made-up key.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from crawlers.addresses import is_local


@dataclass(frozen=True)
class Key:
    """The variable that holds a key, the header that takes it, where the API begins, and how the key is written."""

    variable: str
    header: str
    path: str
    written: Callable[[str], str] = str


def basic(key: str) -> str:
    """HTTP Basic with the key as user name and no password (RFC 7617)."""
    return f"Basic {base64.b64encode(f'{key}:'.encode()).decode()}"


FAA = Key("CLEARINGHOUSE_FAA_KEY", "Ocp-Apim-Subscription-Key", "/vacancies/vacancy")
REED = Key("CLEARINGHOUSE_REED_KEY", "Authorization", "/api/1.0/", basic)
KEYS: Mapping[str, Key] = {"api.apprenticeships.education.gov.uk": FAA, "www.reed.co.uk": REED}
MADE_UP = "simulated"


def headers_for(url: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The header with the key of the host of `url`; none for any other host, without TLS, or without a key."""
    parts = _parts(url)
    if parts is None:
        return {}
    if is_local(parts.hostname or ""):
        return {key.header: key.written(MADE_UP) for key in KEYS.values() if parts.path.startswith(key.path)}
    known = _known(parts)
    value = environment.get(known.variable, "").strip() if known else ""
    return {known.header: known.written(value)} if known and value else {}


def hint(url: str, environment: Mapping[str, str]) -> str:
    """What may be added to the refusal of `url`: the variable that would hold its host's key; nothing elsewhere."""
    parts = _parts(url)
    known = _known(parts) if parts else None
    lacks = known and not environment.get(known.variable, "").strip()
    return f", for want of a key: put yours into {known.variable}" if known and lacks else ""


def _parts(url: str) -> SplitResult | None:
    """The parts of an address; None when it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    return None if port == 0 else parts


def _known(parts: SplitResult) -> Key | None:
    return KEYS.get(parts.hostname or "") if parts.scheme == "https" and parts.port in (None, 443) else None
