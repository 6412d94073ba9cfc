"""A record of named facts, flat or nested, as a Posting: an element of XML, an object of JSON, a row of a table.

Names are understood by the tables in `jobwords` and `jobnames`. What stands inside something else is known by both
names: `company.name`, `salary.min`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from crawlers.adapters import jobnames as names
from crawlers.adapters import jobwords as words
from crawlers.adapters.board import moment
from crawlers.adapters.facts import pay, places, position
from crawlers.adapters.jsonbody import word
from crawlers.adapters.said import Said, inner
from crawlers.adapters.text import HTML_TAGS, TAG, absolute_links, joined, link, markup, plain
from crawlers.adapters.xmltree import Element, local
from crawlers.source import Posting

DEEPEST = 6
MOST = 400  # facts of one record
LONGEST_EXTRA = 300  # characters; longer ones are prose
TERMS = re.compile(
    r"apprentic|bank|cas[ui]al|cd[di]\b|contract|fixed|full|intern|part|perman|relief|second|temp|time|volunt|zeit",
    re.IGNORECASE,
)
NOUGHTS = re.compile(r"(?<=\d)\.0+(?=\D|$)")
MARKED_UP = frozenset({*names.TEXTS, *(name for row in names.TEXT_PARTS for name in row)})
WRAPPERS = MARKED_UP | {*names.TITLES, *names.NUMBERS, "link"}  # names that a whole advert may stand under, too


@dataclass(frozen=True)
class Fact:
    """One stated value: its name as the source has it, and the folded names of what it stands in, outermost first."""

    name: str
    text: str
    around: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is: a name of jobnames.KNOWN, else a name of the source's own."""
        own = names.folded(self.name)
        for outer in reversed(self.around):
            if (both := names.meant(outer + own)) in names.KNOWN:
                return both
        if not self.around or own.startswith(self.around[-1]):  # company: {company_name}
            return names.meant(own)
        outer = names.meant(self.around[-1])
        inside = outer in names.KNOWN and outer not in WRAPPERS
        if own in names.OWN_NAMES and (inside or self.around[-1] in names.TOLD_PARTS):
            return outer
        part = any(each in names.PARTS for each in self.around)
        return f"{self.around[-1]}{own}" if part or (own in names.VAGUE and inside) else names.meant(own)


def record_of(element: Element, depth: int = 0) -> dict[str, list[Any]]:
    """An element as an object: its attributes and children by local name, each a list of text or of objects."""
    found: dict[str, list[Any]] = {}
    if depth == 0:
        for name, value in element.attrib.items():
            found.setdefault(local(name), []).append(value)
    for child in element:
        name = local(child.tag)
        if not name:
            continue
        if len(child) and depth < DEEPEST and not _is_markup(child):
            found.setdefault(name, []).append(record_of(child, depth + 1))
            continue
        label = child.get("label") or ""
        shown = label if label and names.meant(names.folded(name)) not in names.KNOWN else name
        said = inner(child) if len(child) else child.text or child.get("href") or child.get("url") or ""
        found.setdefault(shown, []).append(said)
    return found


def facts_of(record: Mapping[str, Any], around: tuple[str, ...] = ()) -> Iterator[Fact]:
    """Each stated value of a record, those of nested ones too."""
    for name, stated in record.items():
        key = names.folded(str(name))
        if not key or key in names.UNTOLD:
            continue
        for value in stated if isinstance(stated, list) else (stated,):
            if not isinstance(value, Mapping):
                text = value if isinstance(value, str) else word(value)
                if text and text.strip():
                    yield Fact(str(name), text, around)
            elif (names.meant(key) in names.PLACES) and (place := _place(value)):
                yield from place
            elif len(around) < DEEPEST:
                yield from facts_of(value, (*around, key))


def read_record(record: Mapping[str, Any], base: str) -> Posting:
    """The record as a Posting; what it doesn't say stays unknown. Relative links start from `base`."""
    said, texts = _said(record)
    taken = {field: said.first(known) for field, known in words.NAMES.items()}
    numbers = [one for known in (*words.NAMES["reference"], *names.NUMBERS) if (one := said.first((known,)))]
    reference = next((one for one in numbers if link(one, "") is None), None)
    links = [link(said.first((name,)), base) for name in ("link", *words.NAMES["url"], "linkshref")]
    url = next(filter(None, (*links, *(link(one, "") for one in numbers))), None)
    titles = said.every(names.TITLES)
    stated = said.every(names.PAY)
    salary, sums = pay(said, next((one for one in stated if any(c.isdigit() for c in one)), said.first(names.PAY)))
    known = [*words.NAMES["reference"], *names.NUMBERS]
    return Posting(
        reference=reference,
        url=url,
        apply_url=link(taken["apply_url"], base),
        title=next((one for one in titles if not one.isdigit()), None),  # "position": 7 may be its place in the list
        employer=taken["employer"],
        locations=places(said),
        salary=NOUGHTS.sub("", salary) if salary and not stated else salary,
        employment_type=joined(said.every(words.NAMES["employment_type"])) or _terms(said),
        working_pattern=joined(said.all(words.NAMES["working_pattern"])),
        hours=taken["hours"],
        posted=moment(taken["posted"]),
        closes=moment(taken["closes"]),
        starts=moment(taken["starts"]),
        description_html=absolute_links(_description(texts), url or base),
        kind=taken["kind"],
        level=taken["level"],
        occupation=joined(said.all(words.NAMES["occupation"])),
        identifiers={said.names[key]: said.values[key][0] for key in known if key in said.values},
        extra=_extra(said) | (sums if salary else {}) | position(said),
    )


def _said(record: Mapping[str, Any]) -> tuple[Said, dict[str, str]]:
    """What a record says in plain words, and its texts with their markup."""
    values: dict[str, list[str]] = {}
    stated: dict[str, str] = {}
    texts: dict[str, str] = {}
    where: dict[str, str] = {}  # one place under several names is one place: the first name counts
    for number, fact in enumerate(facts_of(record)):
        if number >= MOST:
            break
        key = fact.key
        if key in MARKED_UP:
            if text := markup(fact.text):
                texts.setdefault(key, text)
        elif (said := plain(fact.text)) and (key != "location" or fact.name == where.setdefault(key, fact.name)):
            values.setdefault(key, []).append(said)
            if not fact.around or key in names.KNOWN or key in names.TOLD_PARTS:
                stated.setdefault(key, fact.name if not fact.around else key)
    _with_most_places(values)
    return Said({key: tuple(dict.fromkeys(found)) for key, found in values.items()}, stated), texts


def _with_most_places(values: dict[str, list[str]]) -> None:
    """Of several names for places, the one with most of them is the one that counts."""
    stated = [values[name] for name in words.LOCATIONS if name in values]
    if stated and len(most := max(stated, key=len)) > 1:
        values[words.LOCATIONS[0]] = most


def _terms(said: Said) -> str | None:
    """A `type` that is one of contracts; of what else it is, names differ."""
    return next((one for one in said.values.get("type", ()) if TERMS.search(one)), None)


def _is_markup(element: Element) -> bool:
    """True for a text whose markup was not escaped."""
    if names.meant(names.folded(local(element.tag))) not in MARKED_UP:
        return False
    return all(local(child.tag).lower() in HTML_TAGS for child in element.iterdescendants())


def _place(value: Mapping[str, Any]) -> list[Fact]:
    """A place told in parts as one fact, with its position and country beside it; none for any other object."""
    parts: dict[str, str] = {}
    for name, text in _leaves(value):
        parts.setdefault(names.meant(names.folded(name)), text)
    for street in ("streetaddress", "street"):
        if street in parts and "streetnumber" in parts:
            parts[street] = f"{parts.pop('streetnumber')} {parts[street]}"
    called = next((parts[known] for known in names.PLACE_NAMES if known in parts), None)
    rows = [next((parts[known] for known in row if known in parts), None) for row in words.PLACE_PARTS]
    address = joined(rows) or ""
    beside_it = [row for row in rows if row and row.casefold() not in (called or "").casefold()]
    whole = address if called and called.casefold() in address.casefold() else joined((called, *beside_it))
    beside = (*words.LATITUDES, *words.LONGITUDES, "point", "country")
    return (
        [Fact("location", whole), *(Fact(known, parts[known]) for known in beside if known in parts)] if whole else []
    )


def _leaves(value: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, str]]:
    """The values inside an object in plain words, each with its name; the outermost first."""
    inside = [
        (str(name), one) for name, stated in value.items() for one in (stated if isinstance(stated, list) else [stated])
    ]
    yield from ((name, said) for name, one in inside if not isinstance(one, Mapping) and (said := word(one)))
    if depth < DEEPEST:
        for name, one in inside:
            if isinstance(one, Mapping):
                yield from ((name if own in names.OWN_NAMES else own, said) for own, said in _leaves(one, depth + 1))


def _description(texts: Mapping[str, str]) -> str | None:
    """The fullest text, and what is said in parts of their own; plain words among markup become paragraphs."""
    whole = next((texts[name] for name in names.TEXTS if name in texts), None)
    rows = [next((texts[name] for name in row if name in texts), None) for row in names.TEXT_PARTS]
    parts = [part for part in dict.fromkeys((whole, *rows)) if part]
    if len(parts) > 1:
        parts = [part if TAG.search(part) else _paragraph(part) for part in parts]
    return "\n".join(parts) or None


def _paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>".replace("\n", "<br>")


def _extra(said: Said) -> dict[str, str]:
    """What no field has a place for, under the source's own names."""
    known = names.KNOWN | words.IGNORED
    kept = {key: ", ".join(found) for key, found in said.values.items() if key not in known}
    kept |= {"country": said.values["country"][0]} if "country" in said.values else {}
    told = {said.names[key]: text for key, text in kept.items() if key in said.names and text != _terms(said)}
    return {name: text for name, text in told.items() if len(text) <= LONGEST_EXTRA and not link(text, "")}
