"""One entry of a feed as a Posting."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clearinghouse.vacancies.posting import Posting
from crawlers.adapters import jobwords as words
from crawlers.adapters.facts import pay, places, position
from crawlers.adapters.said import DATES, Said, inner, is_core, is_dublin_core, is_record, said_in
from crawlers.adapters.text import absolute_links, joined, link, markup, plain
from crawlers.adapters.xmltree import Element, local

TEXTS = ("encoded", "content", "fullitem", "body", "description", "summary")  # the fullest first
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
WEB_ADDRESS = re.compile(r"\s*(?:https?:|www\.)", re.IGNORECASE)


def entry_posting(entry: Element, page_url: str) -> Posting:
    """What `entry` says of its job; unstated fields stay None."""
    base = _base(entry, page_url)
    core = _core(entry)
    texts = _descriptions(core)
    description = absolute_links(texts[0], base) if texts else None
    said = said_in(entry, texts)
    guid = _guid(core)
    reference = _reference(said, guid)
    taken = {field: said.first(names) for field, names in words.NAMES.items()}
    salary, sums = pay(said, taken["salary"])
    return Posting(
        reference=reference,
        url=_url(entry, core, base) or link(taken["url"], base),
        apply_url=link(taken["apply_url"], base),
        title=plain(_text(core, "title")) or taken["title"],
        employer=taken["employer"],
        locations=places(said),
        salary=salary,
        employment_type=joined(said.every(words.NAMES["employment_type"])),
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
        name = local(child.tag).lower()
        if name and (is_core(child, entry) or name in ("encoded", "body") or is_dublin_core(child)):
            core.setdefault(name, []).append(child)
    return core


def _text(core: Mapping[str, list[Element]], name: str) -> str | None:
    return next((text for e in core.get(name, ()) if (text := "".join(e.itertext())).strip()), None)


def _descriptions(core: Mapping[str, list[Element]]) -> list[str]:
    """The entry's descriptions, the fullest kind first."""
    elements = [e for name in TEXTS for e in core.get(name, ())]
    texts = [markup(inner(element)) for element in elements if not is_record(element)]
    return [text for text in texts if text]


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
    links = [e for e in core.get("link", ()) if (e.get("rel") or "alternate").lower().endswith("alternate")]
    stated = sorted(links, key=lambda e: "html" not in (e.get("type") or "html"))
    candidates = [value for e in stated for value in (e.text, e.get("href"))]
    guid = _guid(core)
    candidates += [guid[0]] if guid and guid[1] else []
    candidates += [entry.get(RDF_ABOUT)]
    return next((url for value in candidates if (url := link(value, base))), None)


def _extra(said: Said) -> dict[str, str]:
    """What no field has a place for, under the source's own names, and the stated position."""
    fields = [[name for name in names if name in said.values] for names in (*words.NAMES.values(), words.LOCATIONS)]
    used = {name for stated in fields for name in stated[:1]} | {*words.NAMES["title"], *words.NAMES["url"]}
    used |= {*words.NAMES["reference"], *words.NAMES["employment_type"]}  # every one of them is told there
    used |= {*words.NUMBERS, *words.DESCRIPTIONS, *words.LATITUDES, *words.LONGITUDES, "point"}
    used |= {*words.MINIMUM_PAY, *words.MAXIMUM_PAY, *words.PAY_UNIT, *words.PAY_CURRENCY}
    used |= {name for names in words.PLACE_PARTS for name in names}
    extra = {said.names[key]: ", ".join(values) for key, values in said.values.items() if key not in used}
    return extra | position(said)
