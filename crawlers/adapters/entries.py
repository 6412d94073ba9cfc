"""One entry of a feed as a Posting."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from clearinghouse.vacancies.posting import Posting
from crawlers.adapters import jobwords as words
from crawlers.adapters.labels import labelled
from crawlers.adapters.pay import composed
from crawlers.adapters.text import absolute_links, joined, link, markup, plain
from crawlers.adapters.xmltree import Element, local, namespace

CORE = ("", "http://www.w3.org/2005/atom", "http://purl.org/atom/ns#", "http://purl.org/rss/1.0/")
DUBLIN_CORE = "purl.org/dc/"
OWN = frozenset(("title", "link", "guid", "id", "description", "summary", "content", "encoded", "pubdate", "published"))
FOREIGN = ("/mrss", "itunes", "slash", "wellformedweb")  # of pictures, podcasts and comments, never of the job
DATES = ("pubdate", "published", "issued", "date", "created")
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
WEB_ADDRESS = re.compile(r"\s*(?:https?:|www\.)", re.IGNORECASE)
TAG_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
NAMESPACE = re.compile(r' xmlns(?::[A-Za-z0-9_.-]{1,40})?="[^"<>]*"')
POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)[\s,]+(-?\d{1,3}(?:\.\d+)?)\s*")


@dataclass(frozen=True)
class Said:
    """What one entry states beside the feed format's own elements: squeezed name → values, and each name as it is."""

    values: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]

    def first(self, names: tuple[str, ...]) -> str | None:
        """The first stated value under the first of `names` that has one."""
        return next((self.values[name][0] for name in names if name in self.values), None)

    def all(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Every value under the first of `names` that is stated."""
        return next((self.values[name] for name in names if name in self.values), ())


def entry_posting(entry: Element, page_url: str) -> Posting:
    """What `entry` says of its job; unstated fields stay None."""
    base = _base(entry, page_url)
    core = _core(entry)
    texts = _descriptions(core)
    description = absolute_links(texts[0], base) if texts else None
    said = _said(entry, texts)
    guid = _guid(core)
    reference = _reference(said, guid)
    taken = {field: said.first(names) for field, names in words.NAMES.items()}
    pay, sums = _pay(said, taken["salary"])
    return Posting(
        reference=reference,
        url=_url(entry, core, base) or link(taken["url"], base),
        apply_url=link(taken["apply_url"], base),
        title=plain(_text(core, "title")) or taken["title"],
        employer=taken["employer"],
        locations=_locations(said),
        salary=pay,
        employment_type=joined(said.all(words.NAMES["employment_type"])),
        working_pattern=joined(said.all(words.NAMES["working_pattern"])),
        hours=taken["hours"],
        posted=next((v for v in (plain(_text(core, name)) for name in DATES) if v), None) or taken["posted"],
        closes=taken["closes"],
        starts=taken["starts"],
        description_html=description or markup(said.first(words.DESCRIPTIONS)),
        kind=taken["kind"],
        level=taken["level"],
        occupation=joined(said.all(words.NAMES["occupation"])),
        identifiers=_identifiers(said, guid),
        extra=_extra(said) | sums,
    )


def _base(entry: Element, page_url: str) -> str:
    """The address that relative links start from: the nearest xml:base, else the page's own."""
    stated = [e.get(XML_BASE) for e in (entry, *entry.iterancestors()) if e.get(XML_BASE)]
    base = page_url
    for value in reversed(stated):
        base = link(value, base) or base
    return base


def _core(entry: Element) -> dict[str, list[Element]]:
    """The feed format's own elements of an entry, by lower-case local name."""
    core: dict[str, list[Element]] = {}
    for child in entry:
        name, space = local(child.tag).lower(), namespace(child).lower()
        if name and (space in CORE or name == "encoded" or DUBLIN_CORE in space):
            core.setdefault(name, []).append(child)
    return core


def _text(core: Mapping[str, list[Element]], name: str) -> str | None:
    return next((text for e in core.get(name, ()) if (text := "".join(e.itertext())).strip()), None)


def _descriptions(core: Mapping[str, list[Element]]) -> list[str]:
    """The entry's descriptions, the fullest kind first."""
    elements = [e for name in ("encoded", "content", "description", "summary") for e in core.get(name, ())]
    texts = [markup(inner(element)) for element in elements if not _is_record(element)]
    return [text for text in texts if text]


def _is_record(element: Element) -> bool:
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


def _said(entry: Element, descriptions: list[str]) -> Said:
    values: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for name, text in _leaves(entry, top=True):
        value = _tidy(name, text)
        if value:
            values.setdefault(words.squeezed(name), []).append(value)
            names.setdefault(words.squeezed(name), name)
    printed = [fact for text in descriptions for fact in labelled(text).items()]
    for key, (label, value) in printed:
        if key not in values:
            values[key], names[key] = [value], label
    return Said({key: tuple(dict.fromkeys(found)) for key, found in values.items()}, names)


def _tidy(name: str, text: str) -> str | None:
    key = words.squeezed(name)
    if key in words.DESCRIPTIONS:
        return markup(text)
    value = plain(text)
    if value and key in words.LOCATIONS and "_" in value:
        return " ".join(value.replace("_", " ").split())
    return value


def _leaves(element: Element, *, top: bool) -> Iterator[tuple[str, str]]:
    """Each field of an entry, nested ones included: local name and text. The feed's own elements are left out."""
    for child in element:
        name = local(child.tag)
        key = words.squeezed(name)
        own = top and namespace(child).lower() in CORE and key in OWN
        if (
            not key
            or key in words.IGNORED
            or key in ("item", "entry")
            or any(part in namespace(child) for part in FOREIGN)
        ):
            continue
        if own and not _is_record(child):
            continue
        if key in words.DESCRIPTIONS:
            yield name, inner(child)
        elif len(child):
            yield from _leaves(child, top=False)
        elif not (own or key in DATES[:2] or key == "encoded" or (top and DUBLIN_CORE in namespace(child))):
            yield name, child.text or child.get("term") or ""


def _guid(core: Mapping[str, list[Element]]) -> tuple[str, bool] | None:
    """The entry's own identifier, and whether it is (also) a link."""
    for name in ("guid", "id"):
        for element in core.get(name, ()):
            value = plain(element.text)
            if value:
                permanent = (element.get("isPermaLink") or "true").strip().lower() != "false"
                return value, bool(permanent and WEB_ADDRESS.match(value))
    return None


def _reference(said: Said, guid: tuple[str, bool] | None) -> str | None:
    """A stated reference, else the guid where it is no link, else the number that the system gives the job."""
    own = guid[0] if guid and not guid[1] else None
    return said.first(words.NAMES["reference"]) or own or said.first(words.NUMBERS)


def _identifiers(said: Said, guid: tuple[str, bool] | None) -> dict[str, str]:
    known = (*words.NAMES["reference"], *words.NUMBERS)
    found = {said.names[key]: said.values[key][0] for key in known if key in said.values}
    return found | ({"guid": guid[0]} if guid and not guid[1] else {})


def _url(entry: Element, core: Mapping[str, list[Element]], base: str) -> str | None:
    """The advert's own page: RSS's link, Atom's alternate link, else a guid that is one."""
    links = core.get("link", ())
    stated = [e for e in links if e.get("rel", "alternate") == "alternate"]
    candidates = [value for e in stated for value in (e.text, e.get("href"))]
    guid = _guid(core)
    candidates += [guid[0]] if guid and guid[1] else []
    candidates += [entry.get(RDF_ABOUT)]
    return next((url for value in candidates if (url := link(value, base))), None)


def _locations(said: Said) -> tuple[str, ...]:
    """The places, each in the source's words; a single one with the town, county and postcode stated beside it."""
    places = [part for value in said.all(words.LOCATIONS) for part in value.split(" ,") if part.strip(" ,")]
    places = [place.strip(" ,") for place in places]
    if len(places) > 1:
        return tuple(dict.fromkeys(places))
    text = places[0] if places else ""
    for names in words.PLACE_PARTS:
        part = said.first(names)
        if part and part.casefold() not in text.casefold():
            text = f"{text}, {part}" if text else part
    return (text,) if text else ()


def _pay(said: Said, stated: str | None) -> tuple[str | None, dict[str, str]]:
    low, high = said.first(words.MINIMUM_PAY), said.first(words.MAXIMUM_PAY)
    sums = {
        "salary_minimum": low,
        "salary_maximum": high,
        "salary_unit": said.first(words.PAY_UNIT),
        "salary_currency": said.first(words.PAY_CURRENCY),
    }
    kept = {name: value for name, value in sums.items() if value}
    return stated or composed(low, high, None, sums["salary_unit"], sums["salary_currency"]), kept


def _extra(said: Said) -> dict[str, str]:
    """What no field has a place for, under the source's own names, and the stated position."""
    used = {name for names in words.NAMES.values() for name in names if name in said.values}
    used |= {*words.NUMBERS, *words.DESCRIPTIONS, *words.LATITUDES, *words.LONGITUDES, "point", *words.LOCATIONS}
    used |= {*words.MINIMUM_PAY, *words.MAXIMUM_PAY, *words.PAY_UNIT, *words.PAY_CURRENCY}
    used |= {name for names in words.PLACE_PARTS for name in names}
    extra = {said.names[key]: ", ".join(values) for key, values in said.values.items() if key not in used}
    point = POINT.fullmatch(said.first(("point",)) or "")
    latitude = said.first(words.LATITUDES) or (point[1] if point else None)
    longitude = said.first(words.LONGITUDES) or (point[2] if point else None)
    return extra | ({"latitude": latitude, "longitude": longitude} if latitude and longitude else {})
