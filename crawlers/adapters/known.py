"""Every adapter by its name: found in the modules of this package, so that a new one needs no list."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from crawlers import adapters
from crawlers.adapters.claim import Claim
from crawlers.source import Page

Recogniser = Callable[[Page], Claim | None]


def _modules() -> Iterator[Any]:
    """The package's modules in alphabetical order, this one left out."""
    for found in sorted(pkgutil.iter_modules(adapters.__path__), key=lambda each: each.name):
        name = f"{adapters.__name__}.{found.name}"
        if name != __name__:
            yield importlib.import_module(name)


def _adapters(module: Any) -> Iterator[type[Any]]:
    """The adapters that `module` itself defines: a dataclass with a name of its own that parses pages."""
    for value in vars(module).values():
        own = isinstance(value, type) and value.__module__ == module.__name__ and dataclasses.is_dataclass(value)
        if own and isinstance(vars(value).get("name"), str) and callable(getattr(value, "parse", None)):
            yield value


_FOUND = {kind.name: (kind, module) for module in _modules() for kind in _adapters(module)}

ADAPTERS: Mapping[str, type[Any]] = {name: kind for name, (kind, _) in sorted(_FOUND.items())}
RECOGNISERS: Mapping[str, Recogniser] = {
    name: module.recognise for name, (_, module) in sorted(_FOUND.items()) if hasattr(module, "recognise")
}
