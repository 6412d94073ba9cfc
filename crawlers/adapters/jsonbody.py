"""JSON bodies: read with bounds, and their values found by paths.

A path names keys by dots: `location.name`; `jobs[]` = each of a list, `items[0]` = one of it; `a & b` = both, `a | b` =
the first that says anything. Numbers stay as they were written; nothing is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import decoded, is_html, what_it_is
from crawlers.adapters.jsonblocks import Unread, read_json
from crawlers.adapters.text import joined, plain, whole_number
from crawlers.source import Page

STEP = re.compile(r"([^.\[\]]+)|\[(\d*)\]")
ERRORS = ("error.message", "errors[].message", "error_description", "error", "errors[]", "message", "detail")
Object = Mapping[str, Any]


def json_body(page: Page) -> Any:
    """The JSON value that the page is. Raises BadBodyError that says what it is instead, an HTML page above all."""
    text = decoded(page)
    if text[0] not in "{[":
        raise BadBodyError(page.url, f"{'an HTML page' if is_html(text) else what_it_is(text)}, not JSON")
    value = read_json(text)
    if isinstance(value, Unread):
        raise BadBodyError(page.url, value.reason)
    return value


def list_at(value: Any, path: str) -> list[Any] | None:
    """The list at `path` ("" = the value itself), empty or not; None when there is none."""
    found = [value] if not path else [one for part in path.split("|") for one in _walk([value], _steps(part.strip()))]
    return next((one for one in found if isinstance(one, list)), None)


def objects_at(value: Any, path: str) -> list[Object] | None:
    """The objects of the list at `path` ("" = the value itself); None when there is no list."""
    found = list_at(value, path)
    return None if found is None else [item for item in found if isinstance(item, dict)]


def error_in(value: Any) -> str | None:
    """What an answer that is an error object says: `an error ("Job not found")`; None for any other."""
    said = next((text for path in ERRORS if (text := words(value, path))), None)
    return f'an error ("{said[:100]}")' if said else None


def values(value: Any, path: str) -> Iterator[Any]:
    """What stands at `path`, null left out; of alternatives the first that has anything."""
    for alternative in path.split("|"):
        walks = (_walk([value], _steps(part.strip())) for part in alternative.split("&"))
        found = [one for walk in walks for one in walk if one is not None and one not in ("", [])]
        if found:
            yield from found
            return


def words(value: Any, path: str) -> str | None:
    """What stands at `path` in one line of words, several joined by commas; True and False as "true" and "false"."""
    return joined(word(one) for one in values(value, path))


def raw(value: Any, path: str) -> str | None:
    """The first text at `path` as it stands, markup included."""
    return next((one for one in values(value, path) if isinstance(one, str) and one.strip()), None)


def count(value: Any, path: str) -> int | None:
    """The whole number at `path`; None for anything else, or for one that no list could have."""
    return whole_number(words(value, path))


def word(value: Any) -> str | None:
    """One JSON value in words; None for lists, objects and null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return plain(value)


def _walk(found: list[Any], steps: tuple[str | int | None, ...]) -> list[Any]:
    for step in steps:
        if step is None:
            found = [one for each in found if isinstance(each, list) for one in each]
        elif isinstance(step, int):
            found = [each[step] for each in found if isinstance(each, list) and len(each) > step]
        else:
            found = [each[step] for each in found if isinstance(each, dict) and step in each]
    return found


@cache
def _steps(path: str) -> tuple[str | int | None, ...]:
    return tuple(key or (int(number) if number else None) for key, number in STEP.findall(path))
