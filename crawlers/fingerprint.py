"""What a kept reading of a page depends on: when any of it changes, the reading and its validators are void."""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
from functools import cache
from pathlib import Path

from crawlers.source import Source


def fingerprint(source: Source) -> str:
    """A hash of the source as declared, its adapter's fields, and the code that reads for it.

    Stable between processes and machines: the code counts by its text, the fields by their representation.
    """
    adapter = type(source.adapter)
    parts = (f"{adapter.__module__}.{adapter.__qualname__}", repr(_fields(source)), _code(adapter))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _fields(source: Source) -> list[tuple[str, str]]:
    return [(field.name, repr(getattr(source, field.name))) for field in dataclasses.fields(source)]


@cache
def _code(adapter: type) -> str:
    """The text of every module beside the adapter's own: adapters of one package lean on each other."""
    try:
        folder = Path(inspect.getfile(adapter)).parent
    except (OSError, TypeError):
        return ""
    own = Path(__file__).parent / "adapters"
    files = sorted(own.glob("*.py")) if folder == own else [Path(inspect.getfile(adapter))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
