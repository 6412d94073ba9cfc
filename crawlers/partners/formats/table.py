"""Every format by the key that a partner names: found in this package's modules, so that a new one needs no list."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

from crawlers.partners import formats
from crawlers.partners.formats.base import Format


def _constants() -> Iterator[Format]:
    """The formats that the package's modules hold, this one left out."""
    for found in pkgutil.iter_modules(formats.__path__):
        name = f"{formats.__name__}.{found.name}"
        if name != __name__:
            yield from (each for each in vars(importlib.import_module(name)).values() if isinstance(each, Format))


def _by_key() -> Mapping[str, Format]:
    """The formats by key. Raises LookupError where two have one."""
    found: dict[str, Format] = {}
    for each in _constants():
        if found.setdefault(each.key, each) is not each:
            raise LookupError(f"two formats are called {each.key!r}")
    return dict(sorted(found.items()))


FORMATS = _by_key()
