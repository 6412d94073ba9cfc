"""The youngest that may do a job, where an advert says it of the people who apply."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re

from clearinghouse.normalise.terms.clauses import Found, Words, hints
from clearinghouse.normalise.text import says

_HINTS = hints("over overs least aged age ages minimum must older above old")
_AGES = ("14", "15", "16", "17", "18", "21", "25")
_YEARS = r"(?P<age>1[4-8]|21|25)"
_NOT_YEARS = r"(?!\s?(?:-|–)?\s?(?:months?|hours?|hrs|days?|weeks?|years'?\s(?:of\s)?(?:exp|post|serv)|points|%|staff|:|\.\d|[ap]m|miles|per|x\b|grade))"
_TOLD = re.compile(
    rf"\b(?:must|need\sto|should|have\sto|required\sto)\s(?:\w{{1,12}}\s){{0,4}}?be\s(?:aged\s|over\s|at\sleast\s|over\sthe\sage\sof\s|a\sminimum\sof\s)?{_YEARS}\b{_NOT_YEARS}"
    rf"|\b(?:be|are)\s(?:over|at\sleast)\s(?:the\sage\sof\s)?{_YEARS.replace('age', 'age2')}\b{_NOT_YEARS}"
    rf"|\bto\sbe\sover\s{_YEARS.replace('age', 'age3')}\b{_NOT_YEARS}|\b(?:minimum|lower)\sage\s?(?:of|is|limit\sis|:)?\s?{_YEARS.replace('age', 'age4')}\b"
    rf"|\bover[\s-]{_YEARS.replace('age', 'age5')}s\b(?!\s(?:service|team|group))|\bmust\sbe\s{_YEARS.replace('age', 'age6')}\+"
    rf"|\bages?\sover\s{_YEARS.replace('age', 'age7')}\b"
)
_AGED = re.compile(
    rf"\b(?:aged\s)?{_YEARS}\s?(?:years?\s(?:old\s|of\sage\s)?)?(?:\+|(?:and|or)\s(?:over|above|older)\b)|\baged\s(?:between\s)?{_YEARS.replace('age', 'age2')}\s?(?:-|–|to|and)\s?\d\d\b"
)
_APPLYING = re.compile(
    r"^\W{0,4}(?:open\sto|for\s(?:people|anyone|young|those|students)|aged|you\b|applicants|candidates|this\s(?:job|post|role|placement))|\b(?:applicants?|placement|to\sapply|you\smust|must\sbe|internship|may\sapply|can\sapply)\b"
)
_OTHERS = re.compile(r"\b(?:support(?:ing)?|assess\w*|work(?:ing)?\swith|patients|clients|customers|deliver\w*|care\sfor|service\susers|caring\sfor)\b")  # fmt: skip


def read_min_age(said: Words) -> Found[int] | None:
    """The lowest age in years that applicants must have; None where none is stated.

    The ages of those whom the work is for ("children under 18", "pupils aged 16 to 18") are no such thing.
    """
    for clause in said.clauses(_HINTS):
        if not says(clause.low, _AGES):
            continue
        match = _TOLD.search(clause.low)
        if match is None and _APPLYING.search(clause.low) and not _OTHERS.search(clause.low):
            match = _AGED.search(clause.low)
        if match:
            return Found(int(next(age for age in match.groups() if age)), clause.words)
    return None
