"""Facts printed in a description as "Label: value" lines, definition lists or two-column tables."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from crawlers.adapters.jobwords import LABELS, squeezed
from crawlers.adapters.text import TAG, plain

TAG_SPLIT = re.compile(r"(</?[A-Za-z][^<>]*>)")
TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
BREAKS = frozenset(
    ("br", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "section", "table", "tr", "ul")
)
CELLS = frozenset(("dd", "td", "th"))
LINE = re.compile(r"([^:\t]{2,40}?)[ ]*[:\t][\s:]*(.*)", re.DOTALL)
DASH = re.compile(r"([A-Za-z][A-Za-z /&()]{2,39}?) [-–—] (.+)")
NEXT_LABEL = re.compile(r"[,;.][ ]+(?=([A-Z][A-Za-z /&()]{1,39}?) ?: )")
BRACKETS = re.compile(r"\([^()]*\)")
LONGEST_LABEL = 60
LONGEST = 300  # characters of a value; longer ones are prose after a colon


def labelled(description: str) -> dict[str, tuple[str, str]]:
    """The labelled facts of a description: squeezed label → (label as printed, value). First statement wins.

    Only known labels count, unless every line of three or more is labelled: such a description is a table.
    """
    lines = list(_lines(description))
    facts = [_fact(line, lines[n + 1] if n + 1 < len(lines) else "") for n, line in enumerate(lines)]
    table = len(facts) >= 3 and all(fact is not None for fact in facts)
    found: dict[str, tuple[str, str]] = {}
    for fact in facts:
        if fact and (table or _key(fact[0]) in LABELS) and len(fact[1]) <= LONGEST:
            found.setdefault(_key(fact[0]), fact)
    return found


def beside(description: str, labels: Iterable[str]) -> str | None:
    """What a description prints beside the first of these labels (squeezed) that it has, or on the line under it."""
    facts = _printed(description)
    return next((facts[label] for label in labels if label in facts), None)


@lru_cache(maxsize=2)  # one description is asked for a dozen labels in turn
def _printed(description: str) -> Mapping[str, str]:
    """Whatever stands beside or under whatever may be a label. First statement wins."""
    lines = list(_lines(description))
    found: dict[str, str] = {}
    for line, under in zip(lines, [*lines[1:], ""], strict=False):
        for part in dict.fromkeys((line, *line.split("\t"))):
            match = LINE.fullmatch(part)
            key = _key(match[1] if match else part) if match or len(part) <= LONGEST_LABEL else ""
            value = key and key not in found and (plain(match[2] if match else "") or plain(under))
            if value:
                found[key] = value
    return found


def _fact(line: str, following: str) -> tuple[str, str] | None:
    """A line's label and value; a line that is a known label alone takes the next line as its value."""
    match = LINE.fullmatch(line)
    dash = None if match else DASH.fullmatch(line)
    match = dash if dash and _key(dash[1]) in LABELS else match
    if match is None:
        return None
    label, value = plain(match[1]), plain(match[2])
    if label and not value and _key(label) in LABELS and not LINE.fullmatch(following):
        value = plain(following)
    return (label, value) if label and value and _key(value) not in LABELS else None  # else a row of headings


def _key(label: str) -> str:
    """A label as the tables have it, what stands in brackets left out."""
    return squeezed(BRACKETS.sub("", label))


def _lines(description: str) -> Iterator[str]:
    """The description's lines as a reader sees them; a tab stands between two cells."""
    text = _laid_out(description) if TAG.search(description) else description
    for line in text.replace(" | ", "\n").split("\n"):
        kept = line.strip()
        if kept:
            yield from _facts_in_a_row(kept)


def _facts_in_a_row(line: str) -> Iterator[str]:
    """A line or table row of several facts ("Location: Arnold, Salary: £1") as a line each; any other as it is."""
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    if len(cells) > 2 and len(cells) % 2 == 0:
        yield from ("\t".join(pair) for pair in zip(cells[::2], cells[1::2], strict=True))
        return
    start = 0
    if _key(line.partition(":")[0]) in LABELS:
        for found in NEXT_LABEL.finditer(line):
            if _key(found[1]) in LABELS:
                yield line[start : found.start()]
                start = found.end()
    yield line[start:]


def _laid_out(description: str) -> str:
    parts: list[str] = []
    for piece in TAG_SPLIT.split(description):
        tag = TAG_NAME.match(piece)
        if tag is None:
            parts.append(" ".join(html.unescape(piece).split()) + " " if piece.strip() else "")
        elif tag[1].lower() in CELLS:
            parts.append("" if piece.startswith("</") else "\t")
        elif tag[1].lower() in BREAKS and piece.lower() != "</dt>":
            parts.append("\n")
    return "".join(parts)
