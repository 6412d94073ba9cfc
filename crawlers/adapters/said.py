"""What a feed's entry states beside the format's own elements: in job extensions, flat or nested, and in labels."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from crawlers.adapters import jobwords as words
from crawlers.adapters.labels import labelled
from crawlers.adapters.text import joined, markup, plain
from crawlers.adapters.xmltree import Element, local, namespace

CORE = (
    *("", "http://www.w3.org/2005/atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/"),
    *("http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/"),
)
DUBLIN_CORE = "purl.org/dc/"
FOREIGN = ("/mrss", "itunes", "slash", "wellformedweb")  # of pictures, podcasts and comments, never of the job
DATES = ("pubdate", "published", "issued", "date", "created")
TEXTS = ("description", "summary", "content", "encoded", "body", "fullitem")
OWN = frozenset(("title", "link", "guid", "id", *TEXTS, *DATES))
OWN_NAMES = ("name", "label", "text", "placename")
NAMED = frozenset((*words.NAMES["employer"], *words.NAMES["salary"]))  # whose parts, if any, are told by their name
TAG_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
NAMESPACE = re.compile(r' xmlns(?::[A-Za-z0-9_.-]{1,40})?="[^"<>]*"')


@dataclass(frozen=True)
class Said:
    """The stated facts: squeezed name → values, and each name as it is."""

    values: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]

    def first(self, names: tuple[str, ...]) -> str | None:
        """The first stated value under the first of `names` that has one."""
        return next((self.values[name][0] for name in names if name in self.values), None)

    def all(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Every value under the first of `names` that is stated."""
        return next((self.values[name] for name in names if name in self.values), ())

    def every(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Every value under any of `names`."""
        return tuple(value for name in names for value in self.values.get(name, ()))


def said_in(entry: Element, descriptions: list[str]) -> Said:
    """What `entry` states in elements of its own, and else in the labelled lines of its descriptions."""
    values: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for name, text in _leaves(entry, entry):
        value = _tidy(name, text)
        if value:
            values.setdefault(words.squeezed(name), []).append(value)
            names.setdefault(words.squeezed(name), name)
    printed = [fact for text in descriptions for fact in labelled(text).items()]
    for key, (label, value) in printed:
        if key not in values:
            values[key], names[key] = [value], label
    return Said({key: tuple(dict.fromkeys(found)) for key, found in values.items()}, names)


def is_core(element: Element, entry: Element) -> bool:
    """True for an element of the feed format's own vocabulary: a known one, or whatever the entry itself is in."""
    space = namespace(element)
    return space.lower() in CORE or space == namespace(entry)


def is_dublin_core(element: Element) -> bool:
    """True for an element of Dublin Core, which feeds use for what their own vocabulary lacks."""
    return DUBLIN_CORE in namespace(element).lower()


def is_record(element: Element) -> bool:
    """True for a content element that holds XML fields (networx) rather than words."""
    kind = (element.get("type") or "").lower()
    return len(element) > 0 and kind.endswith("xml") and "xhtml" not in kind


def inner(element: Element) -> str:
    """An element's content as HTML: its text where it has no children (then that text is the HTML), else its markup."""
    if len(element) == 0:
        return element.text or ""
    if len(element) == 1 and local(element[0].tag) == "div" and not (element.text or "").strip():
        element = element[0]  # Atom's wrapper, no part of the content
    for child in element.iterdescendants():
        if TAG_NAME.fullmatch(local(child.tag)):
            child.tag = local(child.tag)
    pieces = [html.escape(element.text or "", quote=False)]
    pieces += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return NAMESPACE.sub("", "".join(pieces))


def _tidy(name: str, text: str) -> str | None:
    key = words.squeezed(name)
    if key in words.DESCRIPTIONS:
        return markup(text)
    value = plain(text)
    if value and key in words.LOCATIONS and "_" in value:
        return " ".join(value.replace("_", " ").split())
    return value


def _leaves(element: Element, entry: Element) -> Iterator[tuple[str, str]]:
    """Each field of an entry, nested ones included: local name and text. The feed's own elements are left out."""
    for child in element:
        name = local(child.tag)
        key = words.squeezed(name)
        if _says_nothing(child, key):
            continue
        own = element is entry and key in OWN and (is_core(child, entry) or is_dublin_core(child))
        if own and not is_record(child):
            continue
        if key in words.DESCRIPTIONS:
            yield name, inner(child)
        elif key in words.LOCATIONS and (place := _place(child)):
            yield name, place
            yield from _beside(child)
        elif key in NAMED and (named := _own_name(_parts(child))):
            yield name, named
        elif len(child):
            yield from _leaves(child, entry)
        elif not own:
            yield name, child.text or child.get("label") or child.get("term") or ""


def _says_nothing(element: Element, key: str) -> bool:
    """True for what is no fact of the job, or is read with the feed's own elements."""
    outside = any(part in namespace(element) for part in FOREIGN)
    return outside or not key or key in words.IGNORED or key in ("item", "entry", "encoded", *DATES[:2])


def _place(element: Element) -> str | None:
    """A place told in parts, as one line: its name, street, town, county and postcode; None for any other element."""
    parts = _parts(element)
    rows = [next((parts[name] for name in names if name in parts), None) for names in words.PLACE_PARTS]
    address = joined(rows)
    name = _own_name(parts)
    if name is None or name.casefold() in (address or "").casefold():
        return address
    return address and joined((name, *(row for row in rows if row and row.casefold() not in name.casefold())))


def _own_name(parts: Mapping[str, str]) -> str | None:
    return next((parts[name] for name in OWN_NAMES if name in parts), None)


def _beside(element: Element) -> Iterator[tuple[str, str]]:
    """What a place told in parts says beside its address: its position and country."""
    parts = _parts(element)
    yield from ((key, parts[key]) for key in (*words.LATITUDES, *words.LONGITUDES, "point", "country") if key in parts)


def _parts(element: Element) -> dict[str, str]:
    """The fields inside an element; none where these are places of their own."""
    inside = [(words.squeezed(local(child.tag)), child) for child in element.iterdescendants()]
    if any(key in words.LOCATIONS and len(child) for key, child in inside):
        return {}
    texts = {key: plain(child.text) for key, child in reversed(inside) if key}
    return {key: text for key, text in texts.items() if text}
