"""Keys of the APIs that want one: read from the environment, and sent to their own host over TLS and nowhere else.

They stand in no source, no stored page and no log: the fetcher adds them to a request on its way out.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Key:
    """The variable that holds a key, the header that takes it, and how it is written there."""

    variable: str
    header: str
    written: Callable[[str], str] = str


def basic(key: str) -> str:
    """HTTP Basic with the key as user name and no password (RFC 7617)."""
    return f"Basic {base64.b64encode(f'{key}:'.encode()).decode()}"


KEYS: Mapping[str, Key] = {
    "api.apprenticeships.education.gov.uk": Key("CLEARINGHOUSE_FAA_KEY", "Ocp-Apim-Subscription-Key"),
    "www.reed.co.uk": Key("CLEARINGHOUSE_REED_KEY", "Authorization", basic),
}


def headers_for(url: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The header with the key of the host of `url`; none for any other host, without TLS, or without a key."""
    try:
        parts = urlsplit(url)
        known = KEYS.get(parts.hostname or "") if parts.scheme == "https" and parts.port in (None, 443) else None
    except ValueError:
        return {}
    value = environment.get(known.variable, "").strip() if known else ""
    return {known.header: known.written(value)} if known and value else {}
