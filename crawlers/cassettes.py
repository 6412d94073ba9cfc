"""Recorded conversations as test libraries save them: VCR (Ruby) and vcrpy (Python), https://vcrpy.readthedocs.io.

YAML with the request and the answer of each exchange, so that a body comes with the address that it was got from.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from clearinghouse.errors import ClearingHouseError
from crawlers.source import Page

EXCHANGES = (b"http_interactions:", b"interactions:")  # VCR's key, and vcrpy's
BEGINNING = 200  # bytes in which one of them stands
MOST = 4 * 1024**2  # bytes: some ten seconds' work


def is_cassette(body: bytes) -> bool:
    """True for a file that begins as these libraries write it."""
    lines = body[:BEGINNING].splitlines()
    return any(line.startswith(EXCHANGES) for line in lines)


def pages_in(body: bytes, url: str | None) -> list[Page]:
    """The answers that a cassette holds, each as the page of its own address, or of `url`.

    Raises ClearingHouseError for a cassette that can't be read.
    """
    if len(body) > MOST:
        raise ClearingHouseError(f"a cassette of over {MOST // 1024**2} MB")
    import yaml  # seldom wanted, and slow to load

    class Loader(yaml.SafeLoader):
        """Plain values, and bytes as Ruby writes them."""

    def packed(loader: Loader, node: yaml.ScalarNode) -> bytes:
        return base64.b64decode(loader.construct_scalar(node))

    Loader.add_constructor("!binary", packed)
    try:
        held = yaml.load(body, Loader)  # noqa: S506  a SafeLoader that knows one more way to write bytes
        exchanges = held.get("http_interactions") or held.get("interactions") or []
        return [_page(each, url) for each in exchanges]
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError, binascii.Error, RecursionError) as error:
        problem = " ".join(str(error).split()) or type(error).__name__
        raise ClearingHouseError(f"a cassette that can't be read: {problem}") from error


def _page(exchange: Any, url: str | None) -> Page:
    request, response = exchange["request"], exchange["response"]
    held = response["body"]["string"]
    headers = {str(name).lower(): _first(value) for name, value in (response.get("headers") or {}).items()}
    content = held if isinstance(held, bytes) else str(held).encode("utf-8", "surrogatepass")
    return Page(url or str(request["uri"]), content, int(response["status"]["code"]), headers)


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) and value else value)
