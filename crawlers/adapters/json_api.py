"""A JSON API whose shape is declared as data: where its list stands, what each value is, how its pages follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from clearinghouse.errors import BadBodyError
from crawlers.adapters.body import MOST_ENTRIES
from crawlers.adapters.jsonbody import Object, count, error_in, json_body, list_at, raw, values, word, words
from crawlers.adapters.shortfall import ILL_FORMED, because
from crawlers.adapters.text import absolute_links, link, markup
from crawlers.source import Follow, Page, Parsed, Posting

LINKS = ("url", "apply_url")
MAPPINGS = ("identifiers", "extra")
PLAIN = frozenset(f.name for f in fields(Posting)) - {*LINKS, *MAPPINGS, "locations", "description_html"}


@dataclass(frozen=True)
class Paging:
    """How the pages of a list follow one another.

    `next` is the path of the next page's address in the body; `parameter` the query parameter that counts pages from
    `first`, or rows when `rows` says how many a page has. A page without items ends the list.
    """

    next: str | None = None
    parameter: str | None = None
    first: int = 1
    rows: int | None = None


@dataclass(frozen=True)
class JsonApi:
    """A list of jobs at `url`.

    `items` is the path of the list ("" = the body is the list). `fields` maps the names of Posting (and `extra.NAME`,
    `identifiers.NAME`) to paths inside an item; a link may be a pattern with a path in braces:
    `https://jobs.example/{slug}`. `total` is the path of the number of jobs that the source claims.
    """

    url: str
    items: str
    fields: Mapping[str, str] = field(hash=False)
    total: str | None = None
    paging: Paging | None = None
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)

    name: ClassVar[str] = "json_api"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The first page of the list."""
        return (Follow(self.url, role="listing", headers=self.headers),)

    def parse(self, page: Page) -> Parsed:
        """Each item as a Posting. Raises BadBodyError for a body that isn't JSON, or has no list at `items`."""
        return self.read(json_body(page), page)

    def read(self, body: Any, page: Page) -> Parsed:
        """What the JSON value `body` of `page` says. Raises BadBodyError when it has no list at `items`."""
        listed = list_at(body, self.items)
        if listed is None:
            raise BadBodyError(page.url, f"{error_in(body) or 'JSON'}, without a list at {self.items or 'its root'}")
        if len(listed) > MOST_ENTRIES:
            raise BadBodyError(page.url, f"a list of over {MOST_ENTRIES} entries")
        items = [item for item in listed if isinstance(item, dict)]
        odd = len(listed) - len(items)
        if odd and not items:
            raise BadBodyError(page.url, f"JSON whose list at {self.items or 'its root'} holds no objects")
        return Parsed(
            postings=tuple(posting_of(item, self.fields, page.url) for item in items),
            follows=self._next(body, page, len(listed)),
            shortfall=because(ILL_FORMED, f"{odd} of {len(listed)} entries are no objects") if odd else None,
            stated_total=count(body, self.total) if self.total else None,
        )

    def _next(self, body: Any, page: Page, listed: int) -> tuple[Follow, ...]:
        paging = self.paging
        if paging is None or not listed:
            return ()
        url = link(raw(body, paging.next), page.url) if paging.next else None
        carried: dict[str, Any] = {}
        if paging.parameter:
            seen = int(page.carried.get("seen", 0)) + listed
            number = int(page.carried.get("page", paging.first)) + 1
            total = count(body, self.total) if self.total else None
            short = paging.rows is not None and listed < paging.rows  # a total says better: some cap their pages' rows
            whole = short if total is None else seen >= total
            url = with_parameter(self.url, paging.parameter, seen if paging.rows else number)
            url = None if whole else link(url, "")
            carried = {"seen": seen, "page": number}
        return (Follow(url, role="listing", carried=carried, headers=self.headers),) if url and url != page.url else ()


def posting_of(item: Object, paths: Mapping[str, str], base: str) -> Posting:
    """The item as a Posting; what its paths don't find stays unknown.

    Its links are relative to `base`, those in its description to its own page.
    """
    known: dict[str, Any] = {name: words(item, path) for name, path in paths.items() if name in PLAIN}
    known |= {name: _link(item, paths[name], base) for name in LINKS if name in paths}
    if "locations" in paths:
        known["locations"] = tuple(dict.fromkeys(said for v in values(item, paths["locations"]) if (said := word(v))))
    if "description_html" in paths:
        parts = (markup(part) for part in values(item, paths["description_html"]) if isinstance(part, str))
        known["description_html"] = absolute_links(
            "\n".join(part for part in parts if part) or None, known.get("url") or base
        )
    for mapping in MAPPINGS:
        told = [(name, words(item, path)) for name, path in _inside(paths, mapping)]
        known[mapping] = {name: text for name, text in told if text}
    return Posting(**known)


def with_parameter(url: str, name: str, value: object) -> str:
    """`url` with that query parameter set to that value."""
    parts = urlsplit(url)
    kept = [(key, said) for key, said in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*kept, (name, str(value))])))


def _inside(paths: Mapping[str, str], mapping: str) -> list[tuple[str, str]]:
    return [(name.partition(".")[2], path) for name, path in paths.items() if name.startswith(f"{mapping}.")]


def _link(item: Object, path: str, base: str) -> str | None:
    if "{" not in path:
        return link(raw(item, path), base)
    before, _, rest = path.partition("{")
    inside, _, after = rest.partition("}")
    said = words(item, inside)
    return link(f"{before}{said}{after}", base) if said else None
