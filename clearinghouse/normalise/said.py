"""What a description's sentences say of the contract, the hours and the pattern, where they say it of this job.

A description speaks of much else (a team's permanent staff, the hours on which a salary is based), so each reader
takes only clauses that can hardly mean anything but the job, and none where two of them differ.
"""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re
from decimal import Decimal

from clearinghouse.normalise.contract import read_contract
from clearinghouse.normalise.hours import read_hours, read_patterns
from clearinghouse.normalise.text import around
from clearinghouse.vacancies.vocabulary import Contract, Pattern

LONGEST = 20_000
"""Characters of a description that are read."""

_I = re.IGNORECASE
_HOURS = re.compile(r"\d\s?(?:hours?|hrs?)\b\.?\s?(?:(?:per|a|each|p|/)[\s/]?(?:week|wk)|weekly|pw)\b", _I)
_NOT_THIS_JOBS = re.compile(
    r"\bbased\s(?:up)?on\b|\bfull[\s-]time\s(?:equivalent|salary|rate|hours|is)\b|\bFTE\b|\bpro[\s-]?rata|\bwhole\stime\b|\bwhere\b|\b(?:students?|visa|provision|open|overtime|additional|extra|funded|free|children)\b",
    _I,
)
_LIMITED = re.compile(r"^[\s(]{0,2}(?:maximum|minimum|max|min|or\s(?:more|less|over))\b", _I)
_NOUN = r"(?:full|part|posts?|positions?|roles?|contracts?|vacanc(?:y|ies)|basis|appointments?|opportunit(?:y|ies)|jobs?|band)\b"
_CONTRACTS = re.compile(
    rf"\b(?:permanent|substantive)\b[\s,/(]{{1,3}}(?:[\w.]{{1,12}}[\s-]){{0,2}}?{_NOUN}"
    r"|\((?:permanent|substantive)(?:\s?/\s?(?:permanent|substantive))?\)|^[ \t•*-]{0,4}permanent[ .]{0,3}$|\bthis\spermanent\s[A-Z]|\bjoin(?:ing)?\sour\spermanent\steam\b"
    rf"|\b(?:duration|contract(?:\stype)?)\s?[:–-]\s?(?:permanent|fixed[\s-]term|temporary)\b|{_NOUN}[ ][-–(]?[ ]?permanent\b"
    rf"|\b(?:an?|as|type:|time)\s(?:\d{{1,2}}[\w\s-]{{1,10}})?(?:fixed[\s-]term|permanent)\b|\bfixed[\s-]term\s(?:or|contract|post|position|role|basis|until|for\s\d)|\b(?:\d{{1,2}}|one|two)[\s-](?:months?|years?)[\s-]fixed[\s-]term"
    rf"|\bfixed\speriod\sof\s\d|\b(?:is\sa|this)\stemporary\s(?:[\w.]{{1,10}}\s){{0,2}}?{_NOUN}|\bcover\s(?:for\s)?(?:a\s)?maternity\b|\bmaternity\scover\b"
    r"|\b(?:bank|casual)(?:/casual)?\s(?:roles?|contracts?|posts?)\b",
    _I | re.MULTILINE,
)
_FIXED_PERIOD = re.compile(r"\bfixed\speriod\b|\bcover\s(?:for\s)?(?:a\s)?maternity\b", _I)
_CUT = re.compile(r"[\n;!?]|\.\s")
_BANK = re.compile(r"\b(?:bank|casual)\b", _I)
_SECONDMENT = re.compile(r"\bsecondment\b", _I)
_BOTH = re.compile(
    r"\bfull(?:[\s-]?time)?\s?(?:hours\s)?(?:and/or|and|or|&|/)\s?(?:both\s)?part[\s-]?time\b|\bpart(?:[\s-]?time)?\s?(?:and/or|and|or|&|/)\s?full[\s-]?time\b",
    _I,
)
_PART_TOO = re.compile(
    r"\bpart[\s-]?time\s(?:[\w-]{1,10}\s){0,5}?(?:also\savailable|considered|available|encouraged|supported|open\sfor\sdiscussion)\b|\b(?:consider|considered|welcome)\s(?:\w{1,12}\s){0,4}?part[\s-]?time\b"
    r"|\bless\sthan\sfull[\s-]time\s(?:\w{1,12}\s){0,6}?(?:supported|considered|welcome|favourably|please)|\breduced\shours\s(?:will\sbe\s)?considered\b",
    _I,
)
_PART_ONLY = re.compile(r"\b(?:is\sa|on\sa|a)\spart[\s-]?time\s(?:role|post|position|basis|job|\(\d)|\bpart[\s-]?time\srole\sat\b|\b(?:a|permanent|temporary)\s0\.[1-8]\d?\s?(?:WTE|FTE|whole\stime)\b", _I)  # fmt: skip
_FLEXIBLE = re.compile(
    r"\bhours\scan\sbe\sflexible\b|\bflexible\son\s(?:the\s)?hours\b|\bflexible\shours\s(?:are\s)?(?:available|offered|considered)\b",
    _I,
)
_LABELLED = re.compile(r"\b(?:job\stype|working\spattern|hours)\s?[:–-]\s?(?:full|part)[\s-]?time\b", _I)
_CONTRACT_HINTS = ("ermanent", "PERMANENT", "ubstantive", "fixed", "Fixed", "FIXED", "maternity", "Maternity", "temporary", "Temporary")  # fmt: skip
_PATTERN_HINTS = ("art time", "art-time", "art Time", "art-Time", "ART", "ull time", "ull-time", "ull Time", "less than", "educed hours", "WTE", "FTE")  # fmt: skip
"""What each pattern needs somewhere, as a sentence may write it: a look before anything slow."""

PART_TIME_HOURS = Decimal(30)
"""Hours a week up to which a job is part time, as the Department for Work and Pensions has it."""


def hours_said(text: str | None) -> Decimal | None:
    """The weekly hours that the description states for the job; None for several, a limit or a range."""
    words = (text or "")[:LONGEST]
    if "week" not in words and "pw" not in words:
        return None
    said = set()
    for match in _HOURS.finditer(words):
        clause = _CUT.split(words[max(0, match.start() - 45) : match.end()])[-1]
        if not _NOT_THIS_JOBS.search(clause):
            said.add(None if _LIMITED.match(words[match.end() : match.end() + 20]) else read_hours(clause))
    return said.pop() if len(said) == 1 else None


def contract_said(text: str | None) -> Contract | None:
    """How long the description says that this job lasts; None where it offers several kinds or says nothing."""
    words = (text or "")[:LONGEST]
    if not any(hint in words for hint in _CONTRACT_HINTS):
        return None
    near = around(words, "permanent", "substantive", "fixed", "temporary", "maternity", "bank", "casual", reach=80)
    clauses = [_clause(near, match) for match in _CONTRACTS.finditer(near)]
    if any(_BANK.search(clause) for clause in clauses):
        return None
    line = "\n".join(_SECONDMENT.sub(" ", clause) for clause in clauses)
    return read_contract("fixed term" if _FIXED_PERIOD.search(line) else None, line)


def _clause(words: str, match: re.Match[str]) -> str:
    before = _CUT.split(words[max(0, match.start() - 40) : match.start()])[-1]
    return before + words[match.start() : match.end() + 12].partition("\n")[0]


def patterns(
    own: tuple[Pattern, ...], title: tuple[Pattern, ...], text: str | None, hours: Decimal | None
) -> tuple[Pattern, ...]:
    """The patterns where the source names them only with its kind of employment, whose "full time" is often a default.

    The title's full or part time leads, then what the description offers, then thirty hours a week or fewer are part time.
    """
    named = {*title} & {Pattern.FULL_TIME, Pattern.PART_TIME}
    said = (*named,) if len(named) == 1 else patterns_said(text)
    if not said and hours is not None and hours <= PART_TIME_HOURS and Pattern.FULL_TIME in own:
        said = (Pattern.PART_TIME,)
    if text and "flexible" in text and _FLEXIBLE.search(around(text[:LONGEST], "flexible", reach=40)):
        own = (*own, Pattern.FLEXIBLE)
    kept = {*own} - ({Pattern.FULL_TIME, Pattern.PART_TIME} if said else set())
    return tuple(pattern for pattern in Pattern if pattern in {*kept, *said})


def patterns_said(text: str | None) -> tuple[Pattern, ...]:
    """The patterns that the description offers the job in; none where it says no more than the fields."""
    words = (text or "")[:LONGEST]
    if not any(hint in words for hint in _PATTERN_HINTS):
        return ()
    words = around(words, "part", "full", "less than", "reduced", "0.", "hours", reach=100)
    if _BOTH.search(words) or _PART_TOO.search(words):
        shared = "job share" in words or "job-share" in words
        shared = shared and not re.search(r"\bnot\ssuitable\sfor\sjob", words)
        return (Pattern.FULL_TIME, Pattern.PART_TIME, *((Pattern.JOB_SHARE,) if shared else ()))
    if _PART_ONLY.search(words):
        return (Pattern.PART_TIME,)
    labelled = _LABELLED.search(words)
    return read_patterns(labelled.group()) if labelled else ()
