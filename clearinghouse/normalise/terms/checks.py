"""Which criminal record check a job asks for."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re

from clearinghouse.normalise.terms.clauses import Found, Words, hints
from clearinghouse.vacancies.vocabulary import Dbs

_HINTS = hints("dbs disclosure crb barred criminal")
_CHECK = r"(?:dbs|crb|disclosure|criminal\srecords?|record\schecks?)"
_REFUSED = re.compile(
    rf"\b(?:no|without\s(?:a|an)|(?:does|do)(?:n't|\snot)\s(?:need|require)(?:\sa|\san)?|not\srequire(?:\sa|\san)?|not\ssubject\sto\s(?:a|an))\s(?P<level>(?:enhanced|standard|basic)\s)?{_CHECK}\b"
    rf"|\b(?P<level2>(?:enhanced|standard|basic)\s)?{_CHECK}\s(?:check\s|clearance\s)?(?:is|are|will\sbe)?\s?(?:n't|not)\s(?:be\s)?(?:required|needed|necessary)"
)
_BARRED = re.compile(r"\benhanced\b.{0,100}\bbarred|\bbarred\b.{0,60}\benhanced\b")
_LEVELS = (
    (Dbs.ENHANCED, re.compile(rf"\benhanced\s(?:[\w()]{{1,16}}\s){{0,4}}?(?:{_CHECK}|check)|\b{_CHECK}\b.{{0,40}}\benhanced\b|^\W{{0,4}}enhanced\s{_CHECK}")),
    (Dbs.STANDARD, re.compile(rf"\bstandard\s{_CHECK}|\bdbs\s(?:check\s)?(?:at\s)?(?:the\s)?\(?standard")),
    (Dbs.BASIC, re.compile(rf"\bbasic\s(?:{_CHECK}|criminal|check\b)|\bdbs\s(?:check\s)?(?:at\s)?(?:the\s)?\(?basic")),
)  # fmt: skip


def read_check(said: Words) -> Found[Dbs] | None:
    """The strictest check that the advert names, or "no check" where it says so; None where it names no level.

    "A DBS check", "at the appropriate level" and the Rehabilitation of Offenders Act name none.
    """
    best: Found[Dbs] | None = None
    for clause in said.clauses(_HINTS, whole=True):
        found = _level(clause.low)
        if found is not None and (best is None or _RANK[found] > _RANK[best.value]):
            best = Found(found, clause.words)
    return best


def _level(low: str) -> Dbs | None:
    refused = _REFUSED.search(low)
    rest = _REFUSED.sub(" ", low) if refused else low
    if "barred" in rest and _BARRED.search(rest):
        return Dbs.ENHANCED_BARRED
    for level, pattern in _LEVELS:
        if level.value in rest and pattern.search(rest):
            return level
    return Dbs.NONE if refused and not (refused["level"] or refused["level2"]) else None


_RANK = {level: rank for rank, level in enumerate(Dbs)}
