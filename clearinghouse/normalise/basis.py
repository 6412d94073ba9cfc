"""Whether sums of pay are what the job pays or the full-time rate, and which of them is the reading."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re
from dataclasses import dataclass, replace

from clearinghouse.normalise.sums import Group
from clearinghouse.normalise.text import says
from clearinghouse.vacancies.vocabulary import Basis

_WORD = re.compile(
    r"(?P<actual>\bactual(?!\s(?:hours|start\b|days|date)|\s(?:salary|pay)\sdepend|\s(?:\w{1,10}\s)?(?:salary|pay)\s(?:(?:will|would|to|is)\s){1,2}(?:be\s)?(?:paid|calculated|confirmed|determined|depend|pro\b|pro-|subject|adjusted))(?:\s(?:pro[\s.-]{0,2}r[ao]t\w{0,4}))?)"
    r"|(?P<fte>\bf\.?t\.?e\b\.?|\bw\.?t\.?e\b\.?|\b(?:full|whole)[\s-]{0,2}time[\s-]{0,2}(?:equivalent|salary|rate|pay)"
    r"|\bfull[\s-]time\sannual|\bequivalent\sfull[\s-]time"
    r"|\bpro[\s-]?rat(?:a|ed)\s(?:of|from)(?=\s£)|\bequivalent\sto(?=\s£?\s?\d[^()]{0,30}\bfull[\s-]time)|(?<=\()full[\s-]time(?=\W{0,3}£))"
    r"|(?P<prorata>\bpro[\s.-]{0,3}r[ao]t\w{0,4}|\bpro\W{0,3}$)",
    re.IGNORECASE,
)
_HINTS = ("actual", "equivalent", "f.t", "ft.", "fte", "pro", "time", "w.t", "wt.", "wte")
"""What such a word has: a quick look before they are searched for."""
_PART = re.compile(
    r"\bfor\s\d{1,2}(?:\.\d{1,2})?\s?(?:hours|hrs)|\b0?\.\d{1,2}\s?(?:fte|wte)|\bhours\sworked|\bpart[- ]time|\bterm[- ]time|\bequat\w{1,5}\sto\b",
    re.IGNORECASE,
)


_AT_ONCE = re.compile(r"(?:\s?(?:per\sannum|p\.?\s?a\.?|annually|a\syear|pro[\s-]?rata))?[\s(]{0,3}", re.IGNORECASE)
"""What may stand between a sum and the word that says what it is."""
_ASIDE = re.compile(r"\((?:pro[\s-]?rat\w{1,2}\s(?:of\s|from\s)?)?\s*$", re.IGNORECASE)
_PRO_RATA_OF = re.compile(
    r"\bpro[\s-]{0,3}rat\w{1,2}(?:\s(?:salary|pay|to|equivalent|is|of))*[\s:=–-]{0,4}$", re.IGNORECASE
)


@dataclass(frozen=True)
class Marked:
    """The sums that are the reading, in order, and their basis."""

    groups: tuple[Group, ...]
    basis: Basis


@dataclass(frozen=True)
class _Tagged:
    group: Group
    tags: frozenset[str]


def marked(found: tuple[Group, ...], text: str, words_said: str) -> Marked:
    """Which sums are the reading: actual pay before the full-time rate where both are given.

    `text` is the masked words that `found` points into, `words_said` the same unmasked.
    """
    named = _WORD.finditer(text) if says(text.lower(), _HINTS) else ()
    words = [(match.lastgroup or "", match.start(), match.end()) for match in named]
    if not words:
        paid = _lower(found) if _PART.search(words_said) else ()
        part = re.search(r"\d\s?(?:fte|wte)\b", words_said, re.IGNORECASE)  # "0.6 FTE £24,294"
        basis = Basis.FULL_TIME_EQUIVALENT if part else Basis.UNKNOWN
        return Marked(paid, Basis.ACTUAL) if paid else Marked(found, basis)
    tagged = _tagged(found, text, words)
    actual = _paid(tagged)
    if actual:
        return Marked(actual, Basis.ACTUAL)
    return _beside(tagged, text) if any("fte" in item.tags for item in tagged) else _pro_rata(tagged, text)


def _tagged(found: tuple[Group, ...], text: str, words: list[tuple[str, int, int]]) -> list[_Tagged]:
    prefixed = words[0][1] < found[0].start and words[0][0] != "prorata"
    tags: dict[int, set[str]] = {index: set() for index in range(len(found))}
    for place, (kind, start, end) in enumerate(words):
        siblings = [other for other in words if other is not words[place]]
        owned = tags[_owner(found, text, (start, end, kind), siblings, prefixed)]
        if not (owned and {kind, *owned} >= {"actual", "fte"}):
            owned.add(kind)  # "£33,143 (actual) full-time equivalent:": the first counts, the other has lost its sum
    return _merged([_Tagged(group, frozenset(tags[index])) for index, group in enumerate(found)])


def _owner(
    found: tuple[Group, ...],
    text: str,
    word: tuple[int, int, str],
    others: list[tuple[str, int, int]],
    prefixed: bool,  # noqa: FBT001 - one private caller
) -> int:
    """The index of the sum that a word such as "FTE" is about: the one before it or the one after it."""
    start, end, kind = word
    left = max((index for index, group in enumerate(found) if group.start < start), default=None)
    right = min((index for index, group in enumerate(found) if group.start >= end), default=None)
    if left is None or right is None or start < found[left].end:
        return left if left is not None else right or 0
    before, after = text[found[left].end : start], text[end : found[right].start]
    equals = kind == "fte" and "=" in after[:3] and not before.strip(" ()")  # "£24,294 FTE = £12,147"
    each = after.lstrip()[:1] in ("(", ",", "/", ";") and _AT_ONCE.fullmatch(before)
    if equals or (each and _told_of(found[right], kind, others)):
        return left  # "£12,147 p.a. actual (£24,294 FTE)": each has its own
    stands_for_next = re.fullmatch(r"\s*\)?\s*[:=]\s*", after)
    if stands_for_next or before.rfind("(") > before.rfind(")"):
        return right if stands_for_next or ")" not in after else left
    higher = kind == "fte" and not before.strip(" ()") and _below(found[left], [found[right]])
    if prefixed or higher:  # "£12,147 (18.5 hours) FTE £24,294": the full-time rate is the higher of the two
        return right
    gap = range(found[left].end, found[right].start)
    if any(other_start in gap for _, other_start, _ in others):
        return left if any(other_start in gap and other_start > start for _, other_start, _ in others) else right
    return right if re.search(r"[,;:.|–—=-]|\b(?:and|or)\b", before) else left


def _told_of(group: Group, kind: str, others: list[tuple[str, int, int]]) -> bool:
    """Whether words of another kind stand beside this sum, in front of it or behind."""
    return any(
        name != kind and (0 <= start - group.end <= 20 or 0 <= group.start - end <= 3) for name, start, end in others
    )


def _merged(tagged: list[_Tagged]) -> list[_Tagged]:
    """The same sums said twice count once, with the marks and the period of both."""
    result: list[_Tagged] = []
    for item in tagged:
        twin = next((i for i, kept in enumerate(result) if _same(kept.group, item.group)), None)
        if twin is None:
            result.append(item)
        else:
            kept = result[twin]
            group = replace(kept.group, period=kept.group.period or item.group.period)
            result[twin] = _Tagged(group, kept.tags | item.tags)
    return result


def _same(one: Group, other: Group) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _paid(tagged: list[_Tagged]) -> tuple[Group, ...]:
    """What is marked as actual pay, with the end of a range that has a bracket in it: "£18,684 (point 10) - £19,682"."""
    rates = [item.group for item in tagged if "fte" in item.tags]
    first = next((index for index, item in enumerate(tagged) if "actual" in item.tags and "fte" not in item.tags), None)
    if first is None or not rates:
        return tuple(item.group for item in tagged if "actual" in item.tags and (not rates or "fte" not in item.tags))
    lead, highest = tagged[first].group, max(rate.high for rate in rates)
    return tuple(
        item.group
        for item in tagged[first:]
        if "fte" not in item.tags
        and ("actual" in item.tags or (lead.high <= item.group.low and item.group.high * 100 < highest * 97))
    )


def _beside(tagged: list[_Tagged], text: str) -> Marked:
    """Where some sums are marked as the full-time rate, lower ones of the same period beside them are the actual pay."""
    rates = [item.group for item in tagged if "fte" in item.tags]
    others = [item.group for item in tagged if "fte" not in item.tags]
    paid = tuple(
        group
        for group in others
        if (_below(group, rates) or _said_pro_rata(group, rates, text)) and not _elsewhere(group, rates[0])
    )
    if paid:
        return Marked(paid, Basis.ACTUAL)
    lead = tagged[0]
    if "fte" in lead.tags or not _elsewhere(lead.group, rates[0]):
        return Marked(tuple(item.group for item in tagged), Basis.FULL_TIME_EQUIVALENT)
    return Marked(tuple(others), Basis.UNKNOWN)


def _below(group: Group, rates: list[Group]) -> bool:
    """Term-time pay is 0.82 to 0.88 of the full-time rate; the grade below it is 0.93 or more."""
    return all(group.high * 100 < rate.high * 97 and group.low * 100 < rate.low * 92 for rate in rates)


def _said_pro_rata(group: Group, rates: list[Group], text: str) -> bool:
    """True for a lower sum with "pro rata" right before it, which may be close to the rate: "pro rata £29,530"."""
    low, high = min(rate.low for rate in rates), min(rate.high for rate in rates)
    return (
        group.low < low
        and group.high < high
        and _PRO_RATA_OF.search(text[max(0, group.start - 40) : group.start]) is not None
    )


def _elsewhere(group: Group, rate: Group) -> bool:
    """True when the two are for different periods."""
    if group.period and rate.period:
        return group.period is not rate.period
    return group.low * 20 < rate.low


def _pro_rata(tagged: list[_Tagged], text: str) -> Marked:
    """Where "pro rata" is all that is said, a much lower sum after the first is the actual pay."""
    found = tuple(item.group for item in tagged)
    paid = _lower(found) or tuple(
        group for group in found[1:] if _said_pro_rata(group, [found[0]], text) and not _elsewhere(group, found[0])
    )
    if paid:
        return Marked(paid, Basis.ACTUAL)
    first, last = tagged[0], tagged[-1]
    if "prorata" not in first.tags and all(_elsewhere(first.group, item.group) for item in tagged[1:] if item.tags):
        return Marked((first.group,), Basis.UNKNOWN)  # "£14.36 per hour (£27,709 pro rata)"
    aside = "prorata" in last.tags and "prorata" not in first.tags and _ASIDE.search(text[: last.group.start])
    if aside and _below(first.group, [last.group]) and not _elsewhere(first.group, last.group):
        return Marked((first.group,), Basis.ACTUAL)
    return Marked(found, Basis.FULL_TIME_EQUIVALENT)


def _lower(found: tuple[Group, ...]) -> tuple[Group, ...]:
    """The sums after the first that can be part-time pay beside its full-time rate."""
    rate = found[0]
    return tuple(group for group in found[1:] if _below(group, [rate]) and not _elsewhere(group, rate))
