"""A source as a Python file, laid out as ruff would, so that a person may go on with it by hand. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import textwrap
from collections.abc import Mapping

from crawlers.source import Adapter, Expect, Source

WIDTH = 120


def source_text(source: Source, why: str, today: dt.date) -> str:
    """The source as a Python file, laid out as ruff would."""
    made = f"Written by `sources new` on {today.isoformat()}; no person has compared it yet."
    doc = f"{source.organisation or 'A board of several employers'}.\n\n{_wrapped(f'{why} {made}')}\n"
    begin = 'r"""' if "\\" in doc else '"""'
    head = [begin + doc.replace('"""', "'''") + '"""', "", *_imports(source.adapter), ""]
    return "\n".join([*head, *_shown("source = ", source, 0, needed=("verified",))]) + "\n"


def _wrapped(words: str) -> str:
    return textwrap.fill(words, WIDTH, break_long_words=False, break_on_hyphens=False)


def _imports(adapter: Adapter) -> list[str]:
    """What the file needs, in the order of the alphabet."""
    parts = [adapter, *(value for value in vars(adapter).values() if dataclasses.is_dataclass(value))]
    names: dict[str, set[str]] = {"crawlers.source": {"Expect", "Source"}}
    for part in parts:
        names.setdefault(type(part).__module__, set()).add(type(part).__name__)
    return [f"from {module} import {', '.join(sorted(names[module]))}" for module in sorted(names)]


def _shown(begin: str, value: object, depth: int, *, needed: tuple[str, ...] = ()) -> list[str]:
    """Lines of Python that make `value` after `begin`: in one line where it fits, else an argument a line.

    Of a dataclass, the fields that have their default are left out, except the `needed` ones.
    """
    margin, whole = "    " * depth, begin + _code(value)
    parts = _parts(value, needed)
    if parts is None or (len(margin + whole) + 1 <= WIDTH and not needed):
        return [margin + whole]
    opening, items, closing = parts
    lines = [margin + begin + opening]
    for name, item in items:
        inside = _shown(name, item, depth + 1)
        lines += [*inside[:-1], inside[-1] + ","]
    return [*lines, margin + closing]


def _parts(value: object, needed: tuple[str, ...] = ()) -> tuple[str, list[tuple[str, object]], str] | None:
    """How a value that holds others opens, what is in it with the words before each, and how it closes."""
    if isinstance(value, Mapping):
        return "{", [(f"{_text(name)}: ", item) for name, item in value.items()], "}"
    if isinstance(value, tuple):
        return "(", [("", item) for item in value], ")"
    if dataclasses.is_dataclass(value):
        told = [
            (f.name, getattr(value, f.name)) for f in dataclasses.fields(value) if f.name in needed or _told(value, f)
        ]
        return f"{_name(type(value))}(", [(f"{name}=", item) for name, item in told], ")"
    return None


def _name(kind: type) -> str:
    return "Expect" if kind is Expect else kind.__name__


def _told(value: object, field: dataclasses.Field[object]) -> bool:
    default = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
    return bool(getattr(value, field.name) != default)


def _code(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    parts = _parts(value)
    if parts is None:
        return repr(value)
    opening, items, closing = parts
    inside = ", ".join(name + _code(item) for name, item in items)
    return opening + inside + ("," if isinstance(value, tuple) and len(items) == 1 else "") + closing


def _text(value: str) -> str:
    """A string between double quotes unless it holds some; a raw one where it holds backslashes, as expressions do."""
    if "\\" in value and '"' not in value and value.isprintable() and not value.endswith("\\"):
        return f'r"{value}"'
    if '"' in value and "'" not in value:
        return repr(value)
    return json.dumps(value, ensure_ascii=False)
