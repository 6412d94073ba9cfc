"""An adapter as plain data and back: what the store keeps of a source that was added in the browser. Pure."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from clearinghouse.errors import BadSourceError
from crawlers.adapters.known import ADAPTERS
from crawlers.source import Adapter


def as_fields(adapter: Adapter) -> dict[str, Any]:
    """`adapter` by its name and its fields, in plain JSON values. Raises BadSourceError for one we don't ship."""
    if type(adapter) is not ADAPTERS.get(adapter.name):
        raise BadSourceError("", f"adapter {adapter.name!r} can't be told in data")
    fields = dataclasses.fields(adapter)
    return {"adapter": adapter.name, "fields": {f.name: _plain(getattr(adapter, f.name)) for f in fields}}


def adapter_from(values: object, slug: str = "") -> Adapter:
    """The adapter that `as_fields` told. Raises BadSourceError that names `slug`, and what is wrong with which value.

    Only the adapters of `adapters.known` are made, and only of text: nothing that the store holds is ever run.
    """
    kind, given = _parts(values, slug)
    hints = _hints(kind)
    for name, value in given.items():
        if name not in hints:
            raise BadSourceError(slug, f"adapter {kind.name} has no field {name!r}")
        if not _fits(_plain_to_field(value), hints[name]):
            raise BadSourceError(slug, f"{name} {value!r} is not what adapter {kind.name} takes")
    missing = [f.name for f in dataclasses.fields(kind) if f.default is dataclasses.MISSING and f.name not in given]
    if missing:
        raise BadSourceError(slug, f"adapter {kind.name} needs {', '.join(missing)}")
    return _made(kind, {name: _plain_to_field(value) for name, value in given.items()}, slug)


def at(adapter: Adapter, url: str, slug: str = "") -> Adapter:
    """`adapter` reading from `url` instead. Raises BadSourceError where it has no one address to replace."""
    whole: Any = adapter
    if not isinstance(getattr(whole, "url", None), str):
        raise BadSourceError(slug, f"its adapter {adapter.name} has no one address that another could replace")
    if not _is_address(url):
        raise BadSourceError(slug, f"url {url!r} is no http or https address")
    try:
        moved: Adapter = dataclasses.replace(whole, url=url)
    except (TypeError, ValueError) as error:
        raise BadSourceError(slug, f"its adapter {adapter.name} doesn't take {url!r}: {error}") from error
    return moved


def _parts(values: object, slug: str) -> tuple[type[Any], Mapping[str, Any]]:
    if not isinstance(values, Mapping) or not isinstance(values.get("fields"), Mapping):
        raise BadSourceError(slug, f"{values!r} is no adapter with its fields")
    name = values.get("adapter")
    if not isinstance(name, str) or name not in ADAPTERS:
        raise BadSourceError(slug, f"no adapter is called {name!r}: there are {', '.join(sorted(ADAPTERS))}")
    return ADAPTERS[name], values["fields"]


def _made(kind: type[Any], fields: Mapping[str, Any], slug: str) -> Adapter:
    addresses = fields.get("url", ())
    for address in (addresses,) if isinstance(addresses, str) else addresses:
        if not _is_address(address):
            raise BadSourceError(slug, f"url {address!r} is no http or https address")
    try:
        made: Adapter = kind(**fields)
    except (TypeError, ValueError) as error:
        raise BadSourceError(slug, f"adapter {kind.name}: {error}") from error
    return made


def _hints(kind: Any) -> dict[str, Any]:
    known = typing.get_type_hints(kind)
    return {f.name: known[f.name] for f in dataclasses.fields(kind)}


def _fits(value: object, hint: Any) -> bool:
    """True when `value` is of the type that the adapter's field declares: text, None, and tuples and unions of them."""
    if isinstance(hint, types.UnionType):
        return any(_fits(value, one) for one in typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        return isinstance(value, tuple) and bool(value) and all(_fits(each, typing.get_args(hint)[0]) for each in value)
    return type(value) is hint


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _plain_to_field(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
