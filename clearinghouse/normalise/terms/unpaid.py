"""Work without pay or without promised hours, and the kinds of their own that it makes of an advert."""

from __future__ import annotations

import re

from clearinghouse.normalise.terms.clauses import Found, Words, hints
from clearinghouse.normalise.text import says
from clearinghouse.vacancies.vocabulary import Flag, Kind

_HINTS = hints("unpaid voluntary volunteer volunteers pay zero guaranteed casual when sessional bank internship hours")
_UNSURE = hints("unpaid zero guaranteed")
_MORE = hints("pay paid hours")
_PARTS = ("no pay", "not a paid", " 0 h", " 0-h")
_UNPAID = re.compile(
    r"(?<!\bpaid\sor\s)(?<!\bor\s)\bunpaid\b(?!\s(?:leave|carer|break|lunch|overtime|work\sby)|\W{1,3}carer)|\b(?:with|is|there\sis)\sno\spay\b|\bnot\sa\spaid\s(?:role|position|post)\b"
)
_BREAK = re.compile(
    r"\b(?:lunch\w{0,8}|(?:half[\s-]|\d{2}[\s-]|one[\s-]|an\s)(?:an\s)?(?:hours?|minutes?|mins?)|breaks?|meals?|holidays?|travel\stime)\b"
)
"""What is unpaid in paid work."""
_ZERO = re.compile(
    r"\bzero[\s-]{0,2}hours?\b|(?<![\d.])\b0[\s-]hours?\scontract\b|\bno\sguaranteed\shours\b|\bhours\s(?:are|is)\snot\sguaranteed\b"
)
_VOLUNTEER = re.compile(
    r"\bvoluntary\s(?:role|position|post)\b|\b(?:is|as)\sa\s(?:volunteer|voluntary)\s(?:role|position|post|opportunity)\b|\b(?:\w{1,14}s)\sare\svolunteers\b"
)
_UNPAID_ROLE = re.compile(r"\bunpaid\s(?:\w{1,12}\s)?(?:role|position|post)\b|^\W{0,4}unpaid\W{0,3}$")
_PLACEMENT = re.compile(
    r"\bunpaid\s(?:\w{1,12}\s)?(?:placement|internship|work\sexperience)\b|\bplacement\b.{0,40}\bunpaid\b"
)
_CASUAL = re.compile(
    r"\bcasual\s(?:contract|basis|role|post|position|work|hours|staff)\b|^\W{0,4}(?:bank|casual)\W{0,3}$|\b(?:bank|zero[\s-]hours)\s(?:contract|role|post|position)\b|\bwork\s(?:is\soffered\s)?as\s(?:and|&)\swhen\b|\bas\s(?:and|&)\swhen\srequired\sworking\b|\bcalled\sas\s(?:and|&)\swhen\b|\bsessional\s(?:staff|work|basis)\b"
)
_LASTING = re.compile(
    r"\bpermanent\b|\bfixed[\s-]term\b|\bcasual\s(?:staff|work\s(?:force|er))\b.{0,40}\bmanag|\bmanag\w{1,5}\b.{0,40}\bcasual"
)


def read_unpaid(said: Words) -> tuple[Found[Flag], ...]:
    """The flags "unpaid" and "no hours promised", where the advert says so."""
    found: dict[Flag, str] = {}
    for clause in said.clauses(_UNSURE | _MORE if says(said.low, _PARTS) else _UNSURE):
        for flag, pattern in ((Flag.UNPAID, _UNPAID), (Flag.ZERO_HOURS, _ZERO)):
            if pattern.search(clause.low) and not (flag is Flag.UNPAID and _only_a_break(clause.low)):
                found.setdefault(flag, clause.words)
    return tuple(Found(flag, words) for flag, words in found.items())


def _only_a_break(low: str) -> bool:
    return _BREAK.search(low) is not None and not (_UNPAID_ROLE.search(low) or _PLACEMENT.search(low))


def read_kind_said(said: Words) -> Found[Kind] | None:
    """Casual, voluntary or work experience, where a sentence says it of this job; None where none does.

    For adverts whose title and fields say nothing. One that offers lasting and casual contracts alike isn't casual.
    """
    for clause in said.clauses(_HINTS):
        low = clause.low
        if _PLACEMENT.search(low):
            return Found(Kind.WORK_EXPERIENCE, clause.words)
        if _VOLUNTEER.search(low) or _UNPAID_ROLE.search(low):
            return Found(Kind.VOLUNTEER, clause.words)
        if _CASUAL.search(low) and not _LASTING.search(low):
            return Found(Kind.CASUAL, clause.words)
    return None
