"""The qualification levels that an advert asks for and wishes for, and whether experience counts instead."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re
from typing import NamedTuple

from clearinghouse.normalise.terms.clauses import Clause, Words, hints, soft
from clearinghouse.normalise.text import says
from clearinghouse.vacancies.draft import Level

_HINTS = hints(
    "degree degrees level levels gcse gcses nvq nvqs phd ph doctorate master masters msc pgce pgcert post postgraduate postgrad bachelor bachelors bsc b hnd hnc hn onc certhe btec access m"
)
_I = re.IGNORECASE
_L = r"\b(?:(?:nvqs?|qcf|rqf|aat|cipd|city\s(?:and|&)\sguilds)\s)?level\s"
_THING = r"(?:(?:[\w&'/-]{1,16}\s){0,3}?(?:diploma|qualif\w+|nvq|certificate|award|apprenticeship\squalification)\b|(?:or\s(?:above|equivalent|higher)|is\sessential|in\s(?!.{0,30}specialist)|energy|literacy|english|maths|such\sas|childcare|youth))"
QUALIFICATIONS = (
    (8, ("ph", "doctorate"), re.compile(r"\bph\.?d\b|\bdoctorate\b")),
    (7, ("master", "msc", "m.sc", "pgc", "post"), re.compile(r"\bmaster'?s\b(?:\sdegree|\slevel|\sin\b|\sequivalent)?(?!\sthesis)|\bmaster's\b|\bm\.?sc\b(?!\s(?:modules|programme|funding))|\bpgc(?:e|ert)\b|\bpost[\s-]?graduate\s(?:degree|(?:\w{1,12}\s)?qualification|diploma|management\squalification)")),
    (6, ("degree", "bachelor", "bsc", "b.sc"), re.compile(r"\bbachelor'?s\b|\bb\.?sc\b|\b(?:honours|hons|undergraduate|first|good|medical|relevant|radiography|psychology)\sdegrees?\b|\bdegree[\s-](?:level|educated)|\beducated\sto\s(?:a\s)?degree|\bdegree\s(?:in|recognised|or)\b|^\W{0,4}degree\b(?!\sapprentic)|\ba\s(?:[\w:()]{1,12}\s){0,3}degree\b(?!\s?(?:of\b|apprentic))|\bwith\sdegree\b")),
    (5, ("hnd", "degree", "5", "five"), re.compile(r"\bhnd\b|\bfoundation\sdegree\b|\bdegree\sor\sdiploma\b|" + _L + r"(?:5|five)\s" + _THING + r"|\bnvq\s(?:level\s)?5\b|\bcipd\slevel\s5\b")),
    (4, ("hnc", "certhe", "4", "four"), re.compile(r"\bhnc\b|\bcerthe\b|" + _L + r"(?:4|four)\s" + _THING + r"|\bnvq\s(?:level\s)?4\b")),
    (3, ("onc", "a level", "a-level", "t level", "t-level", "btec", "access", "3", "three"), re.compile(r"\bonc\b|\ba[\s-](?:levels\b(?!\sstudents)|level\b(?!\s(?:\d|two|three|four|five|of\b)))|\bt[\s-]levels?\b|\bbtec\snational\b|\baccess\sto\she\b|" + _L + r"(?:3|three)(?:\s" + _THING + r"|\b(?=[.,;]?$))|\bnvq\s(?:level\s)?3\b|\blevel\s(?:3|three)\snvq\b|\bfull\sand\srelevant\slevel\s3\b|\bjnc\slevel\s3\b")),
    (2, ("gcse", "o level", "o-level", "2", "two"), re.compile(r"\bgcses?\b|\bo[\s-]levels?\b|\bfunctional\sskills\s(?:at\s)?level\s2|" + _L + r"(?:2|two)\s" + _THING + r"|\bnvq\s(?:level\s)?2\b|\b(?:english|maths|literacy|numeracy)\b.{0,30}\bat\slevel\s2\b")),
)  # fmt: skip
"""Levels, highest first, by the names that sentences in lower case give them (gov.uk "What qualification levels mean")."""

_AND_YOU = re.compile(r"\band\syou(?:'ll|\swill)\b")
_BARE = re.compile(
    r"\blevel\s(?P<level>[2-8])\b(?!\s(?:services?|camhs|specialist|safeg|train))(?:(?!apprentic|assistant|administrator|officer|practitioner|teacher|technician).){0,40}\b(?:desirable|essential|required(?!\s(?:from|to\sstart|for|as\ssoon|at))|qualif\w+)\b"
)
_CIPD_7 = re.compile(r"\b(?:cipd|mba)\slevel\s7\b|\blevel\s7\s(?:qualification|is\sessential)")
_ESSENTIAL = re.compile(
    r"\bessential\b(?<!not\sessential)|\bmust\s(?:also\s)?(?:have|hold|be)\b|\brequired?\b(?<!not\srequired)|\brequires\b|\bneed(?:ed)?\b(?<!not\sneeded)|\bminimum\b|\byou(?:'ll|\swill|\sshould)\s(?:also\s)?(?:have|hold)\b|\bapplicants?\s(?:should|must)\b|\beducated\sto\b|\bto\s(?:have|hold)\b|\bqualified\b"
)
_DEMANDED_THING = re.compile(
    r"^\W{0,4}(?:an?\s|have\s(?:a\s|an\s|completed\s)?|holds?\s(?:a\s)?|to\shold\s)?(?:[\w'()&:+-]{1,14}\s){0,4}?(?:degrees?|gcses?|nvqs?|bsc|b\.sc|msc|pgcert|hn[cd]|a[\s-]levels|level\s\d|diploma)\b"
)
_OPEN = re.compile(
    r"\bor\s(?:(?:the|an?|substantial|significant|relevant|equivalent|proven|similar|work|working|considerable|practical|appropriate|field|leadership)\s){0,3}experiences?\b"
)
_LATER = re.compile(
    r"\bwork(?:ing)?\stowards\b|\bwilling(?:ness)?\sto\b|\bwe(?:'ll|\swill)\s(?:train|support|help)|\byou(?:'ll|\swill)\s(?:work\stowards|study|gain|achieve|complete)\b|\b(?:can|could|to)\sbe\sgained\b|\bgained\s(?:in\spost|within)|\bis\soffered\b|\b(?:training|study|lead(?:s|ing)?)\s(?:to|for|towards)\b|\boffered\sto\b|\bfunding\b|\beducational\sfunding\b|\bor\sexpect\sto\sget\s(?!.*degree)"
)
_NOT_THE_PERSONS = re.compile(
    r"\b(?:students?|pupils|courses|learners|trainees|assurance|tutoring|deliver\w*|teach(?:ing)?\s(?:on|to)|specialist\sprimary|camhs|services|ward|units?|practitioner\s\(level|apprenticeships?\s(?:in|offered)|modules)\b(?!.{0,60}\bessential)"
)
_OTHERS = (
    "student",
    "pupil",
    "course",
    "learner",
    "trainee",
    "assur",
    "tutor",
    "deliver",
    "teach",
    "specialist",
    "camhs",
    "services",
    "ward",
    "unit",
    "practitioner (",
    "apprentice",
    "modules",
)
_FIRM = re.compile(r"\b(?:essential|required|must)\b")
_NOS = ("no ", "not ", "n't", "without")
_NO = re.compile(
    r"\b(?:no|not|without|don't|n't)\b.{0,24}\b(?:degree|gcses?|qualifications?)\b(?!.{0,10}\bor\b)|\bdegree\s(?:is\s)?not\b"
)


class Asked(NamedTuple):
    """The levels, whether experience counts instead of one, and the words that decided each, by a draft's names."""

    level: Level
    or_experience: bool
    because: tuple[str | None, str | None]


def read_qualifications(said: Words) -> Asked:
    """The highest of the levels that are essential, and of those desirable; None where no sentence names one plainly.

    In one sentence the lowest that will do counts ("degree or HND" is met by the HND). With "or equivalent experience"
    the level is no bar, so it isn't essential; nor is one that may be gained later. Silence stays None.
    """
    essential: list[tuple[int, str]] = []
    desirable: list[tuple[int, str]] = []
    instead: str | None = None
    for clause in said.clauses(_HINTS):
        for part, wished in _parts(clause):
            level = _named_level(part)
            if (
                level is None
                or (says(part, _NOS) and _NO.search(part))
                or (not wished and says(part, _OTHERS) and _NOT_THE_PERSONS.search(part))
            ):
                continue
            if "experience" in part and _OPEN.search(part):
                instead = instead or clause.words
            elif wished:
                desirable.append((level, clause.words))
            elif not _LATER.search(part) and (
                clause.needed or _ESSENTIAL.search(clause.low) or _DEMANDED_THING.search(part)
            ):
                essential.append((level, clause.words))
    top, wish = max(essential, default=(None, None)), max(desirable, default=(None, None))
    return Asked(Level(top[0], wish[0]), instead is not None, (top[1] or instead, wish[1]))


def _parts(clause: Clause) -> list[tuple[str, bool]]:
    """The sentence, or its halves where one is essential and the other desirable; True for what is only wished for."""
    low = clause.low
    if clause.wished:
        return [(low, True)]
    if not soft(low):
        return [(part, False) for part in _AND_YOU.split(low)] if " and you" in low else [(low, False)]
    parts = re.split(r",|;|\band\b(?=.{0,60}\bdesirable)|\(desirable\)(?=.)", low)
    return [(part, _wished(part, low)) for part in parts]


def _wished(part: str, low: str) -> bool:
    return soft(part) or not _FIRM.search(low)


def _named_level(part: str) -> int | None:
    """The lowest level that the words name."""
    found = [level for level, parts, pattern in QUALIFICATIONS if says(part, parts) and pattern.search(part)]
    if "7" in part and _CIPD_7.search(part):
        found.append(7)
    if 6 in found and 5 in found and "foundation degree" in part and "or degree" not in part:
        found.remove(6)
    if not found and "level" in part and (bare := _BARE.search(part)):
        found.append(int(bare["level"]))
    return min(found, default=None)
