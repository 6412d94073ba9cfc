"""An iTrent advert as a page tells it: the profile that its script lays out, read where a page comes with it.

`.Mhr-jobProfile[vac-id]` holds title, place and closing date (dd/mm/yyyy) under names of their own, and the rest as
labelled entries. A page's template is a profile too, with names in double brackets in place of values.
"""

from __future__ import annotations

from dataclasses import replace

from crawlers.adapters.markup import inner_html
from crawlers.adapters.picks import elements, text_of, words
from crawlers.adapters.records import MOST, read_record
from crawlers.adapters.text import absolute_links, markup
from crawlers.adapters.webpage import read_page
from crawlers.adapters.xmltree import Element
from crawlers.source import Page, Posting

MARKS = (b"Mhr-jobProfile", b"vac-id")
PROFILE = ".Mhr-jobProfile[vac-id]"
TEMPLATE = "(("
LABEL, TEXT = ".Mhr-jobDetailEntry--label", "Mhr-jobDetailEntry--text"
DESCRIPTION = ".Mhr-jobProfile--description | .Mhr-jobProfile--jobDescription"
PROSE = 300  # characters; a longer entry is a part of the text


def profiles(page: Page) -> list[Posting]:
    """Each advert that a page lays out, its number as its identifier `vacancy_id`; its link is for others to know."""
    if not all(mark in page.body for mark in MARKS):
        return []
    web = read_page(page)
    found = [element for element in elements(web.root, PROFILE) if TEMPLATE not in (element.get("vac-id") or "")]
    return [_posting(element, web.base) for element in found]


def _posting(profile: Element, base: str) -> Posting:
    facts, texts = _entries(profile)
    described = next(iter(elements(profile, DESCRIPTION)), None)
    if described is not None:
        texts.append(inner_html(described))
    told, number = read_record(facts, base), profile.get("vac-id") or ""
    place = words(profile, ".Mhr-jobProfile--locationText")
    return replace(
        told,
        reference=told.reference or number,
        title=words(profile, ".Mhr-jobProfile--title") or told.title,
        locations=(place,) if place else told.locations,
        closes=words(profile, ".Mhr-jobProfile--closingDate") or told.closes,
        description_html=absolute_links(markup("\n".join(texts)), base),
        identifiers={**told.identifiers, "vacancy_id": number},
    )


def _entries(profile: Element) -> tuple[dict[str, str], list[str]]:
    """The labelled entries, and those that are a text."""
    facts: dict[str, str] = {}
    texts: list[str] = []
    for label in elements(profile, LABEL)[:MOST]:
        around = label.getparent()
        inside = around.iter() if around is not None else ()
        value = next((each for each in inside if TEXT in (each.get("class") or "").split()), None)
        name, said = text_of(label), text_of(value) if value is not None else None
        if value is None or not name or not said:
            continue
        if len(said) > PROSE or name.casefold().rstrip(": ") == "job description":
            texts.append(inner_html(value))
        else:
            facts.setdefault(name.rstrip(": "), said)
    return facts, texts
