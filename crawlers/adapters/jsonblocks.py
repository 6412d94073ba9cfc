"""JSON-LD as pages really hold it: comments around it, control characters in it, commas too many."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

AROUND = re.compile(
    r"\A(?>\s|<!--|//[^\n]{0,20}<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[|\ufeff)*+"
    r"|(?://[ \t]*)?(?:\]\]>|-->)\s*\Z|/\*\s*\]\]>\s*\*/\s*\Z"
)
STRING = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
STRING_OR_COMMENT = re.compile(STRING + r"|/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
STRING_OR_COMMA = re.compile(STRING + r"|,(?=\s*+[\]}])", re.DOTALL)
NEXT = re.compile(r"[; \t\r\n]*+.", re.DOTALL)
MOST_MEMORY = 150_000_000  # bytes
STRAY_ESCAPE = re.compile(r'\\(?:(["\\/bfnrtu])|(.))', re.DOTALL)
# Numbers come as they were written, as text; nothing is rounded.
DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)


@dataclass(frozen=True)
class Unread:
    """A block that is no JSON even when mended, and why."""

    reason: str
    text: str


def read_json(text: str) -> Any:
    """The value that `text` holds, or Unread. Numbers come as they were written, as text; nothing is rounded."""
    if _memory(text) > MOST_MEMORY:
        return Unread("JSON of too many values", text)
    bare = _bare(text)
    for mend in (str, _mended, html.unescape):
        try:
            return _loads(mend(bare))
        except RecursionError:
            return Unread("JSON nested too deep", text)
        except ValueError as error:
            reason = str(error)
    return Unread(f"not JSON ({reason})", text)


def _memory(text: str) -> int:
    """How many bytes the values in `text` may take at most, its own length left out: told from its punctuation."""
    named = 240 * text.count("{") + 60 * text.count("[") + 30 * text.count('"')
    return named + 45 * text.count(",") + 60 * text.count("\\")


def _loads(text: str) -> Any:
    """The JSON value in `text`, or the list of those that stand one after another in it.

    Only semicolons and white space may stand between and after them.
    """
    value, end = DECODER.raw_decode(text)
    values = [value]
    while following := NEXT.match(text, end):
        if following[0][-1] not in "{[":
            raise ValueError(f"{text[following.end() - 1 :][:40]!r} after the end")
        value, end = DECODER.raw_decode(text, following.end() - 1)
        values.append(value)
    return values if len(values) > 1 else values[0]


def _bare(text: str) -> str:
    """The text without the HTML comment or CDATA marks that shield it from old browsers."""
    for _ in range(3):
        shorter = AROUND.sub("", text.strip())
        if shorter == text:
            break
        text = shorter
    return text.strip()


def _mended(text: str) -> str:
    """Script comments and trailing commas off, and backslashes that JSON doesn't know taken as themselves."""
    text = STRING_OR_COMMENT.sub(lambda m: "" if m[0][0] == "/" else m[0], text).strip()
    return STRING_OR_COMMA.sub(lambda m: "" if m[0] == "," else _escapes(m[0]), text)


def _escapes(string: str) -> str:
    if "\\" not in string:
        return string
    return STRAY_ESCAPE.sub(lambda m: m[0] if m[1] else m[2] if m[2] == "'" else "\\\\" + m[2], string)


def objects(value: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Every object inside `value`, outermost first and in order, with the object that directly encloses it."""
    waiting: list[tuple[Any, dict[str, Any] | None]] = [(value, None)]
    while waiting:
        item, around = waiting.pop()
        if isinstance(item, dict):
            yield item, around
            waiting += [(inside, item) for inside in reversed(item.values()) if isinstance(inside, (dict, list))]
        elif isinstance(item, list):
            waiting += [(inside, around) for inside in reversed(item) if isinstance(inside, (dict, list))]
