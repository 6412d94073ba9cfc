"""Which part of a document that no adapter knows is its list of jobs: told by names, and by what its elements state.

Elements that stand under the same names are one list, wherever in the document they are (jobs within departments).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from crawlers.adapters import jobnames as names
from crawlers.adapters import jobwords as words
from crawlers.adapters.records import facts_of, record_of
from crawlers.adapters.xmltree import Element, local

MOST_VALUES = 300_000  # of a document that are looked at
DEEPEST = 40
DIGITS = "0123456789"
SAMPLE = 5  # elements by which a list is judged
MOST_FACTS = 120  # of each
LIKELY = 0.5  # the share of a list's elements that must look like jobs
# Names of lists of jobs; `role`, `post` and `opening` are not among them for whatever else they may be alone.
JOBLIKE = re.compile(
    r"job|vacanc|career|recruit|position|opportunit|opening|apprentice|requisition|posting|posts?$|^roles?$"
    r"|emploi|offre|annonce|stelle|vacature|oferta|empleo|offert[ae]|ledig|stilling|praca|annunci",
    re.IGNORECASE,
)
# Names of lists of what stands beside jobs.
OTHERS = re.compile(
    r"aggregat|article|author|award|benefit|blog|breadcrumb|categor|compan|countr|course|department|document|event|facet"
    r"|faq|file|filter|image|industr|language|link|locat|logo|media|menu|nav|news|office|option|page|people|person|photo"
    r"|product|question|recommend|region|related|review|similar|skill|social|tag|team|testimonial|translation|user|video|widget",
    re.IGNORECASE,
)
# Names that say nothing: the name of what they stand in counts.
NEUTRAL = frozenset(
    {
        *("children", "content", "data", "docs", "edges", "element", "elements", "entries", "entry", "hit", "hits"),
        *("item", "items", "list", "node", "nodes", "object", "objects", "record", "records", "result", "results"),
        *("row", "rows"),
        *("d", "hydra:member", "payload", "root", "rowset", "source", "value", "values"),
    }
)
TELLING = frozenset({*words.NAMES["url"], *words.NAMES["reference"], *names.NUMBERS, "link", *words.NAMES["apply_url"]})
OF_A_JOB = ("closes", "employer", "employment_type", "hours", "salary", "working_pattern")  # and of little else
STRONG = frozenset({name for row in OF_A_JOB for name in words.NAMES[row]} | {*words.LOCATIONS, *words.MINIMUM_PAY})
STRONG |= {name for row in words.PLACE_PARTS for name in row}
STRONG -= {"enddate", "expires", "expiry"}  # events and offers have these
WEAK = frozenset({*words.NAMES["posted"], *words.NAMES["occupation"], *names.TEXTS})
WEAK |= {"country", "department", "experiencelevel", "remote", "seniority", "worklocationoption", "workplacetype"}
TOTALS = (
    *("totalhits", "totaljobs", "totalcount", "totalresults", "totalrecords", "totalitems", "totalelements"),
    "total",
)
Path = tuple[str, ...]


@dataclass
class Found:
    """The elements that stand under one path of names, and the objects around the first of them, nearest first."""

    path: Path
    elements: list[Any] = field(default_factory=list)
    around: tuple[Mapping[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """Its path as one word."""
        return "/".join(self.path)

    @property
    def is_named_so(self) -> bool:
        """True for a list that is called one of jobs; one of an empty name is judged by what it stands in."""
        telling = [name for name in self.path if name.lower() not in NEUTRAL]
        own = telling[-1] if telling else ""
        return JOBLIKE.search(own) is not None and not (OTHERS.search(own) and not re.search("job|vacanc", own, re.I))

    @property
    def is_of_others(self) -> bool:
        """True for a list that is called one of something else."""
        own = next((name for name in reversed(self.path) if name.lower() not in NEUTRAL), "")
        return OTHERS.search(own) is not None and not self.is_named_so

    def likeness(self) -> float:
        """The share of its first elements that look like jobs."""
        sample = [_names_in(element) for element in self.elements[:SAMPLE]]
        return sum(self._is_job(stated) for stated in sample) / len(sample) if sample else 0

    def fullness(self) -> int:
        """How many facts its first element states: a part of a job (job/details) has fewer than the job."""
        return len(_names_in(self.elements[0]) & (STRONG | WEAK | TELLING))

    def _is_job(self, stated: frozenset[str]) -> bool:
        if not (stated & frozenset(names.TITLES) and stated & TELLING):
            return False
        strong, all_of_it = len(stated & STRONG), len(stated & (STRONG | WEAK))
        return all_of_it > 0 if self.is_named_so else strong > 0 and all_of_it > 1

    def total(self) -> int | None:
        """The number of jobs that is stated beside the list."""
        for distance, around in enumerate(self.around[:3]):
            stated = {names.folded(str(name)): value for name, value in around.items()}
            for name in TOTALS if distance else (*TOTALS, "count"):
                text = str(stated.get(name, ""))
                if text.isascii() and text.isdigit() and len(text) < 10:
                    return int(text)
        return None


def best_of(lists: Mapping[Path, Found]) -> Found | None:
    """The likeliest list of jobs: called so before others, then the longest, the fullest, the innermost."""
    sized = [found for found in lists.values() if found.elements and not found.is_of_others]
    likely = [found for found in sized if (len(found.elements) > 1 or found.is_named_so) and found.likeness() >= LIKELY]
    return max(
        likely, key=lambda one: (one.is_named_so, len(one.elements), one.fullness(), len(one.path)), default=None
    )


def lists_of_json(value: Any, name: str = "") -> dict[Path, Found]:
    """Every list in a JSON value, by the names that it stands under; an empty one too, and an object of objects."""
    found: dict[Path, Found] = {}
    waiting: list[tuple[Any, Path, tuple[Mapping[str, Any], ...]]] = [(value, (name,) if name else (), ())]
    seen = 0
    while waiting and seen < MOST_VALUES:
        item, path, around = waiting.pop()
        seen += 1
        if isinstance(item, dict) and len(path) < DEEPEST:
            inside = (item, *around[:3])
            if len(item) > 1 and all(isinstance(each, dict) for each in item.values()):  # jobs by their numbers
                found.setdefault(path, Found(path, around=around)).elements += item.values()
            waiting += [(each, (*path, str(key)), inside) for key, each in reversed(item.items())]
        elif isinstance(item, list):
            objects = [each for each in item if isinstance(each, dict)]
            if objects or not item:
                found.setdefault(path, Found(path, around=around)).elements += objects
            waiting += [(each, path, around) for each in reversed(item) if isinstance(each, (dict, list))]
    return found


def lists_of_xml(root: Element) -> dict[Path, Found]:
    """Every set of elements of one name that hold others or attributes, by the names that they stand under.

    A number at the end of a name (item0, item1) is none of it.
    """
    found: dict[Path, Found] = {}
    waiting: list[tuple[Element, Path]] = [(root, (local(root.tag),))]
    seen = 0
    while waiting and seen < MOST_VALUES:
        element, path = waiting.pop()
        children = [(child, (*path, name)) for child in element if (name := local(child.tag).rstrip(DIGITS))]
        seen += len(children)
        for child, own in children:
            if len(child) or child.attrib:
                found.setdefault(own, Found(own)).elements.append(child)
        if len(path) < DEEPEST:
            waiting += [(child, own) for child, own in reversed(children) if len(child)]
    return found


def _names_in(element: Any) -> frozenset[str]:
    """What an element states, by the names that the tables have for it."""
    record = element if isinstance(element, dict) else record_of(element)
    return frozenset(fact.key for fact in islice(facts_of(record), MOST_FACTS))
