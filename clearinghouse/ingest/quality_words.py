"""Where an advert's running text speaks of a fact that no source has a field for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from clearinghouse.normalise.text import mentions

REACH = 60  # characters to either side that make such words readable

HINTS: Mapping[str, tuple[str, ...]] = {
    "dbs": ("dbs", "disclosure and barring", "criminal record"),
    "driving": ("driving licen", "driver's licen", "driver’s licen", "able to drive", "ability to drive", "car driver"),
    "experience": ("experience",),
    "level": ("nvq", "gcse", "a level", "a-level", "degree", "diploma", "qualifi"),
    "when": (
        "term time",
        "term-time",
        "school hours",
        "evening",
        "weekend",
        " nights",
        " night shift",
        "shift",
        "rota",
    ),
}
"""What adverts say where they speak of it, in lower case: broad, so that what the reader misses is found."""

OTHERWISE = ("equivalent experience", "no qualif", "no formal qualif", "no specific qualif", "no particular qualif")
"""What has such a word and speaks of another fact: of a qualification, or of work that anybody may begin with."""


def about(fact: str) -> Callable[[Mapping[str, Any], Mapping[str, Any]], str]:
    """A function of a posting and its draft that finds the text's words around the first hint of that fact, or ""."""
    hints = HINTS[fact]

    def found(posting: Mapping[str, Any], draft: Mapping[str, Any]) -> str:  # noqa: ARG001  the shape of every rule
        text = draft.get("description_text") or ""
        return _around(text, hints) if mentions(text, *hints) else ""

    return found


def _around(text: str, hints: tuple[str, ...]) -> str:
    low = text.lower()
    for words in OTHERWISE:
        low = low.replace(words, " " * len(words))
    at = min((place for place in map(low.find, hints) if place >= 0), default=None)
    return "" if at is None else " ".join(text[max(0, at - REACH) : at + REACH].split())
