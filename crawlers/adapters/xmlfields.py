"""An element's own fields by name: what its children say, whatever their order, letter case and namespace."""

from __future__ import annotations

from collections.abc import Iterator

from crawlers.adapters.said import inner
from crawlers.adapters.text import plain
from crawlers.adapters.xmltree import Element, local


def fields(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names (lower case): all of the first name before those of the second."""
    for name in names:
        yield from (child for child in element if local(child.tag).lower() == name)


def every_word(element: Element, *names: str) -> list[str]:
    """What each of the children of these names says, in one line of words each; empty ones left out."""
    return [said for child in fields(element, *names) if (said := plain("".join(child.itertext())))]


def word(element: Element, *names: str) -> str | None:
    """The first of `every_word`."""
    return next(iter(every_word(element, *names)), None)


def marked_up(element: Element, *names: str) -> str | None:
    """The content of the first of the children of these names that has any, as HTML."""
    return next((said for child in fields(element, *names) if (said := inner(child).strip())), None)
