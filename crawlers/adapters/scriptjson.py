"""JSON in the scripts of a page: a script that is data alone, or an object or list that a script gives to a variable.

Data alone is `<script type="application/json" id="x">`, as Next.js's `__NEXT_DATA__` is. What is given to a variable
(`window.x = {…};`, `var x = […]`, `x = JSON.parse("…")`) is read where it is JSON: an object as only JavaScript writes
it, with bare keys or functions, is passed over. JSON-LD is left to `jsonld`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from crawlers.adapters.jsonblocks import DECODER, Unread, read_json

MOST_SCRIPTS = 400
MOST_GIVEN = 200  # assignments of a page that are tried
LARGEST = 5_000_000  # characters of JSON that are read on one page: some 200 MB of memory where it is all of `{}`
SCRIPT = re.compile(r"<script\b([^<>]{0,2000})>", re.IGNORECASE)
SCRIPT_END = re.compile(r"</script\b", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\b(type|id)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
GIVEN = re.compile(
    r"""(?<![\w$.\]])(?:(?:window|self|globalThis)\s*+[.]\s*+|(?:window|self|globalThis)\[["'])?+"""
    r"""([A-Za-z_$][\w$]*+(?:\.[A-Za-z_$][\w$]*+)*+)(?:["']\])?+\s*+=\s*+(?:(JSON\.parse\(\s*+)(?=")|(?=[{\[]))"""
)


@dataclass(frozen=True)
class ScriptValue:
    """A JSON value, and the name that it goes by: the script's id, or the variable's name without `window.`."""

    name: str
    value: Any


def script_values(text: str, *names: str) -> Iterator[ScriptValue]:
    """The JSON values in the scripts of a page of HTML, in order; with `names`, those of these names alone.

    What is no JSON is passed over. At most MOST_SCRIPTS scripts and LARGEST characters are read.
    """
    left = LARGEST
    for number, (attributes, body) in enumerate(_scripts(text)):
        if number >= MOST_SCRIPTS or left <= 0:
            return
        kind = attributes.get("type", "").lower()
        if "json" not in kind:
            left = yield from _given(body, names, left)
        elif "ld+json" not in kind and len(body) <= left and _wanted(name := attributes.get("id", ""), names):
            left -= len(body)
            value = read_json(body)
            if not isinstance(value, Unread):
                yield ScriptValue(name, value)


def script_value(text: str, *names: str) -> Any | None:
    """The first of `script_values`; None when there is none."""
    return next((found.value for found in script_values(text, *names)), None)


def _scripts(text: str) -> Iterator[tuple[dict[str, str], str]]:
    """Each script's type and id, and what stands in it; an unclosed one runs to the page's end."""
    at = 0
    while opened := SCRIPT.search(text, at):
        closed = SCRIPT_END.search(text, opened.end())
        at = closed.end() if closed else len(text)
        told = ATTRIBUTE.finditer(opened[1])
        attributes = {each[1].lower(): html.unescape(each[2] or each[3] or each[4] or "") for each in told}
        yield attributes, text[opened.end() : closed.start() if closed else len(text)]


def _given(script: str, names: tuple[str, ...], left: int) -> Generator[ScriptValue, None, int]:
    """What a script gives to variables; returns how many characters may still be read after it."""
    at = 0
    for _ in range(MOST_GIVEN):
        found = GIVEN.search(script, at)
        if found is None or left <= 0:
            break
        at = found.end()
        if _wanted(found[1], names):
            value, end = _decoded(script[: at + left], at, quoted=found[2] is not None)
            left -= end - at
            if not isinstance(value, Unread):
                at = end
                yield ScriptValue(found[1], value)
    return left


def _decoded(script: str, at: int, *, quoted: bool) -> tuple[Any, int]:
    """The JSON value that begins there, or Unread, and how far it was read; a quoted one is JSON in a string."""
    try:
        value, end = DECODER.raw_decode(script, at)
    except json.JSONDecodeError as error:
        return Unread(error.msg, ""), max(at, error.pos)
    except RecursionError:
        return Unread("JSON nested too deep", ""), at
    return (read_json(value) if quoted else value), end


def _wanted(name: str, names: tuple[str, ...]) -> bool:
    return not names or name in names
