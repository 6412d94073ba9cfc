"""The elements inside one, by their local names, found in one pass however they are nested."""

from __future__ import annotations

from collections import Counter, defaultdict

from lxml import etree

from crawlers.adapters.text import plain
from crawlers.adapters.xmltree import Element, local

Inside = defaultdict[str, list[Element]]


def inside_of(element: Element) -> Inside:
    """Every element inside by its local name; none that is itself inside another of its name."""
    found: Inside = defaultdict(list)
    depth: Counter[str] = Counter()
    for event, one in etree.iterwalk(element, events=("start", "end")):
        name = local(one.tag)
        if event == "end":
            depth[name] -= 1
        else:
            if not depth[name] and one is not element:
                found[name].append(one)
            depth[name] += 1
    return found


def word_of(inside: Inside, *names: str) -> str | None:
    """What the first of these elements that has words says."""
    return next((said for name in names for e in inside[name] if (said := plain("".join(e.itertext())))), None)


def word_within(inside: Inside, around: str, name: str) -> str | None:
    """What an element says inside another."""
    return next((said for e in inside[around] if (said := word_of(inside_of(e), name))), None)
