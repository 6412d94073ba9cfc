"""Long lists, page by page: the links under them, and the part that one page has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

Item = TypeVar("Item")
PER_PAGE = 100  # lines of a list that staff read


@dataclass(frozen=True)
class Page:
    """The link to one page of a list; `href` None stands for those left out."""

    number: int
    href: str | None = None
    current: bool = False


@dataclass(frozen=True)
class Paging:
    """The links under a list."""

    links: tuple[Page, ...]
    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True)
class Part(Generic[Item]):
    """What one page has of a list of `total`; nothing when there is no such page, whose `number` it keeps."""

    items: tuple[Item, ...]
    total: int
    number: int
    last: int
    paging: Paging
    last_href: str

    @property
    def place(self) -> str:
        """Which page it is, to stand after the list's name; empty where there is one alone."""
        return f" – page {self.number:,} of {self.last:,}" if 1 < self.last >= self.number else ""


def around(here: int, last: int, href: Callable[[int], str]) -> Paging:
    """The links to the first page, the last and those around this one."""
    wanted = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
    links: list[Page] = []
    for number in wanted:
        if links and number > links[-1].number + 1:
            links.append(Page(links[-1].number + 1))
        links.append(Page(number, href(number), current=number == here))
    before, after = here - 1 if 1 < here <= last else None, here + 1 if here < last else None
    return Paging(tuple(links), href(before) if before else None, href(after) if after else None)


def part(found: Sequence[Item], page: str, path: str, asked: Mapping[str, str]) -> Part[Item]:
    """That page of the list at `path`, as the address gives its number; words that are no number are the first.

    `asked` are the filters in force, which every link keeps.
    """
    kept = {name: value for name, value in asked.items() if value}

    def href(number: int) -> str:
        query = urlencode(kept | ({"page": str(number)} if number > 1 else {}))
        return f"{path}?{query}" if query else path

    here = max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 10 else 1
    last = max(1, -(-len(found) // PER_PAGE))
    items = tuple(found[(here - 1) * PER_PAGE : here * PER_PAGE])
    return Part(items, len(found), here, last, around(here, last, href), href(last))
