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

UNFIT = object()


def as_fields(adapter: Adapter) -> dict[str, Any]:
    """`adapter` by its name and its fields, in plain JSON values. Raises BadSourceError for one we don't ship."""
    if type(adapter) is not ADAPTERS.get(adapter.name):
        raise BadSourceError("", f"adapter {adapter.name!r} can't be told in data")
    return {"adapter": adapter.name, "fields": _plain(adapter)}


def adapter_from(values: object, slug: str = "") -> Adapter:
    """The adapter that `as_fields` told. Raises BadSourceError that names `slug`, and what is wrong with which value.

    Only the adapters of `adapters.known` are made, and only of plain values: nothing that the store holds is ever run.
    """
    kind, given = _parts(values, slug)
    return _made(kind, _fields_of(kind, given, f"adapter {kind.name}", slug), slug)


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
    if addresses == () and "url" in fields:
        raise BadSourceError(slug, f"url [] is not what adapter {kind.name} takes")
    for address in (addresses,) if isinstance(addresses, str) else addresses:
        if not _is_address(address):
            raise BadSourceError(slug, f"url {address!r} is no http or https address")
    try:
        made: Adapter = kind(**fields)
    except (TypeError, ValueError) as error:
        raise BadSourceError(slug, f"adapter {kind.name}: {error}") from error
    return made


def _fields_of(kind: Any, given: Mapping[str, Any], what: str, slug: str) -> dict[str, Any]:
    """The values of `kind`'s fields. Raises BadSourceError for one that it hasn't, that doesn't fit, or that lacks."""
    known = typing.get_type_hints(kind)
    hints = {f.name: known[f.name] for f in dataclasses.fields(kind)}
    read = {}
    for name, value in given.items():
        if name not in hints:
            raise BadSourceError(slug, f"{what} has no field {name!r}")
        read[name] = _read(value, hints[name])
        if read[name] is UNFIT:
            raise BadSourceError(slug, f"{name} {value!r} is not what {what} takes")
    missing = [f.name for f in dataclasses.fields(kind) if _is_needed(f) and f.name not in given]
    if missing:
        raise BadSourceError(slug, f"{what} needs {', '.join(missing)}")
    return read


def _is_needed(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _read(value: object, hint: Any) -> Any:
    """The plain JSON `value` as the type that a field declares; UNFIT when it is none of that.

    Text, numbers, None, and unions, tuples and mappings of them; parts of an adapter that are dataclasses themselves.
    """
    inside = typing.get_args(hint)
    kind = typing.get_origin(hint) or hint
    if kind in (types.UnionType, typing.Union):
        return next((read for one in inside if (read := _read(value, one)) is not UNFIT), UNFIT)
    if kind is typing.Literal:
        return value if value in inside else UNFIT
    if kind is tuple:
        return _all([_read(each, inside[0]) for each in value]) if isinstance(value, list) else UNFIT
    if kind is Mapping:
        return _mapping(value, inside[1])
    if dataclasses.is_dataclass(kind):
        return _part(value, kind)
    return value if type(value) is kind or (kind is float and type(value) is int) else UNFIT


def _mapping(value: object, hint: Any) -> Any:
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        return UNFIT
    read = {name: _read(each, hint) for name, each in value.items()}
    return UNFIT if any(each is UNFIT for each in read.values()) else read


def _part(value: object, kind: Any) -> Any:
    if not isinstance(value, Mapping):
        return UNFIT
    try:
        return kind(**_fields_of(kind, value, kind.__name__, ""))
    except (BadSourceError, TypeError, ValueError):
        return UNFIT


def _all(read: list[Any]) -> Any:
    return UNFIT if any(each is UNFIT for each in read) else tuple(read)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
