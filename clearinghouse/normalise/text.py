"""Words as sources send them, made one readable line."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")
TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,2000}>")
INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
SHORT = 300  # characters of the texts whose reading is worth keeping: sources repeat their few words for a field
LONG = 400  # characters from which one lower-casing is worth keeping
_GARBLED = re.compile(r"[Â-ô][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}")


def tidy(text: str | None) -> str | None:
    """One line of plain words: entities read, tags and invisible characters off, spaces single; None when empty."""
    if not text:
        return None
    line = text
    if line.isascii() and line.isprintable() and "&" not in line and "<" not in line:  # as most are
        return " ".join(line.split()) or None
    for _ in range(2):  # feeds escape twice: &amp;amp;
        if "&" not in line:
            break
        line = html.unescape(line)
    if "<" in line:
        line = TAG.sub(" ", line)
    line = mended(line)
    if not line.isprintable():
        line = INVISIBLE.sub("", line)
    return " ".join(line.split()) or None


def mended(text: str) -> str:
    """The text with UTF-8 that was once read as Windows-1252 put right ("Â£9" becomes "£9")."""
    if text.isascii() or not ("Â" in text or "â" in text or "Ã" in text or "ï" in text):
        return text
    return _GARBLED.sub(_ungarbled, text)


def kept(read: Callable[[str], T]) -> Callable[[str], T]:
    """The reader of one text, with its answers to short ones kept."""
    known = lru_cache(maxsize=4096)(read)

    @wraps(read)
    def reader(text: str) -> T:
        return known(text) if len(text) <= SHORT else read(text)

    return reader


@lru_cache(maxsize=2)
def lowered(text: str) -> str:
    """The text in lower case, kept for the next reader of the same description: half of what a quick look costs."""
    return text.lower()


def mentions(text: str, *words: str) -> bool:
    """True when one of these lower-case words stands in the text: a quick look before a slow pattern's."""
    return says(lowered(text) if len(text) > LONG else text.lower(), words)


def says(low: str, parts: tuple[str, ...]) -> bool:
    """True when one of the parts stands in the words: a look before anything slow."""
    for part in parts:  # noqa: SIM110 - half as long as any() over a generator, and asked fifty times of an advert
        if part in low:
            return True
    return False


def around(text: str, *words: str, reach: int = 160) -> str:
    """The parts of a text within `reach` characters of lower-case words, a line each: where a slow pattern looks."""
    low = lowered(text) if len(text) > LONG else text.lower()
    starts = sorted(at for word in words for at in _starts(low, word))
    spans: list[tuple[int, int]] = []
    for at in starts:
        start = spans.pop()[0] if spans and at - reach <= spans[-1][1] else max(0, at - reach)
        spans.append((start, at + reach))
    return "\n".join(text[start:end] for start, end in spans)


def near(
    pattern: re.Pattern[str], text: str, *words: str, before: int = 16, after: int = 200
) -> Iterator[re.Match[str]]:
    """The matches of a pattern, searched for only around the lower-case words of which each match has one.

    One begins at most `before` characters before its first such word, and ends within `after` behind it.
    """
    low = lowered(text) if len(text) > LONG else text.lower()
    end = 0
    for at in sorted(at for word in words for at in _starts(low, word)):
        match = pattern.search(text, max(end, at - before), at + after) if at >= end else None
        if match and match.start() <= at:
            yield match
            end = match.end()


def _starts(low: str, word: str) -> Iterator[int]:
    at = low.find(word)
    while at >= 0:
        yield at
        at = low.find(word, at + len(word))


def _ungarbled(match: re.Match[str]) -> str:
    raw = b"".join(_byte(character) for character in match.group())
    for length in range(len(raw), 1, -1):
        try:
            return raw[:length].decode("utf-8") + match.group()[length:]
        except UnicodeDecodeError:
            continue
    return match.group()


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
