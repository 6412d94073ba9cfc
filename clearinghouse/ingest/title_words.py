"""What a title says of the work, apart from what it says of grade, hours, number of posts, term and how it is advertised.

"RE-ADVERT: Staff Nurse x2 (Band 5, 30hrs)" and "Staff Nurses" have the same words; their marks differ.
"""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SPELT = (
    (re.compile(r"\bc of e\b|\bcofe\b|\bchurch of england\b"), "ce"),
    (re.compile(r"\bco[- ]ordinat"), "coordinat"),
    (re.compile(r"\bhead ?teacher\b|(?<=deputy )head\b(?! of)|(?<=assistant )head\b(?! of)"), "headteacher"),
    (re.compile(r"\bmid[- ]day\b"), "midday"),
    (re.compile(r"\bhome ?care(?:r|rs)?\b(?: worker\w?| assistant\w?)?"), "home care worker"),
    (re.compile(r"\bhome carers?\b"), "home care worker"),
    (re.compile(r"\bfire ?fighter"), "firefighter"),
    (re.compile(r"\bon call\b"), "on-call"),
    (re.compile(r"\bhealth ?care\b"), "healthcare"),
    (re.compile(r"\bday ?time\b"), "days"),
    (re.compile(r"\bnight ?time\b"), "nights"),
    (re.compile(r"\bact?ing up\b"), " "),
    (re.compile(r"\bpsychiatric nurse"), "mental health nurse"),
    (re.compile(r"\by(?:ea)?r? ?(\d{1,2})\b"), r"year \1"),
    (re.compile(r"\b(?:and|&) head of paid service\b"), " "),
    (re.compile(r"\bks ?(\d)\b"), r"key stage \1"),
    (re.compile(r"\ba ?(?:&|and) ?e\b|\baccident (?:&|and) emergency\b|\bemergency medicine\b"), "emergency department"),
    (re.compile(r"\bd ?& ?t\b"), "design technology"),
    (re.compile(r"\b(?:clinical|healthcare) support worker"), "healthcare support worker"),
    (re.compile(r"\bwaste\b|\brefuse collect\w*"), "refuse"),
    (re.compile(r"\brefuse collect\w*"), "refuse"),
    (re.compile(r"\bcat(?:egory)? ?c\b(?! ?\+)"), "class 2"),
    (re.compile(r"\bpremises(?= (?:manager|officer|supervisor))"), "site"),
    (re.compile(r"\bpost-? ?doc(?:toral)?\b"), "postdoctoral"),
    (re.compile(r"\bchild ?care\b"), "child care"),
    (re.compile(r"\bcleaning (?:assistant|operative|worker)s?\b|\bdomestics?\b(?! abuse| violence)(?: (?:assistant|operative|worker|staff)s?\b)?"), "cleaner"),
    (re.compile(r"\blooked after child(?:ren)?\b"), "children in care"),
    (re.compile(r"\bolder (?:adult|person)s?\b|\b(?:care of (?:the )?)?elderly(?: people| care)?\b"), "older people"),
    (re.compile(r"\b(?:lunch ?time|dinner(?: ?time)?|meal ?time|lunch)(?= (?:\w+ )?(?:supervisor|assistant))"), "midday"),
    (re.compile(r"\bretained(?: \(?on-call\)?)?(?= fire)"), "on-call"),
    (re.compile(r"\b1[:-]1\b|\bone[- ]to[- ]one\b"), "onetoone"),
)  # fmt: skip
_SHORT = {
    "admin": "administrator", "administration": "administrator", "advisor": "adviser", "asst": "assistant",
    "cpn": "community mental health nurse", "ict": "information technology", "lawyer": "solicitor",
    "senco": "special educational need coordinator", "sendco": "special educational need coordinator",
    "physio": "physiotherapist", "rgn": "registered nurse", "rmn": "registered mental health nurse",
    "rn": "registered nurse",
    "b": "band", "dept": "department", "dev": "development", "ed": "emergency department",
    "carer": "care assistant", "comms": "communication", "exam": "examination", "exams": "examination", "msa": "midday supervisor",
    "pdra": "postdoctoral research associate", "rc": "catholic", "salt": "speech language therapist", "slt": "speech language therapist",
    "eyfs": "early year", "lgv": "hgv", "nndr": "business rate", "paralegal": "legal assistant", "sen": "special educational need",
    "send": "special educational need", "nq": "newly qualified", "eho": "environmental health officer", "electric": "electrical", "eng": "engineer", "gp": "general practitioner",
    "hca": "healthcare assistant", "hcsw": "healthcare support worker", "it": "information technology",
    "hr": "human resources", "mgr": "manager", "maths": "mathematics", "nqp": "newly qualified paramedic",
    "nqn": "newly qualified nurse", "ot": "occupational therapist", "pcso": "police community support officer",
    "prof": "professor", "snr": "senior", "sr": "senior", "sw": "social worker", "ta": "teaching assistant",
    "tas": "teaching assistant", "tech": "technician", "paediatrics": "paediatric", "aseptics": "aseptic",
    "apprenticeship": "apprentice", "supervisory": "supervisor", "volunteering": "volunteer", "lecturing": "lecturer",
    "teaching": "teaching", "nursing": "nursing", "services": "service",
}  # fmt: skip
_EMPTY = frozenset(
    {"a", "an", "and", "are", "at", "based", "by", "for", "from", "in", "is", "new", "of", "on", "or", "our", "post",
     "posts", "role", "roles", "the", "to", "up", "vacancy", "vacancies", "with", "x", "amp", "job", "jobs", "team"}
)  # fmt: skip
_COUNT = re.compile(
    r"\b(?:x ?\d{1,2}|\d{1,2} ?x|\d{1,2} (?:posts?|positions?|vacancies)|(?:two|three|four|five|six|multiple|various) (?:posts|positions|vacancies))\b"
)
_HOURS = re.compile(
    r"\b\d{1,2}(?:\.\d{1,2})? ?(?:hours?|hrs?|h)\b(?: ?(?:per|a|/) ?(?:week|wk)| ?pw)?|\b(?:full|part)[- ]time\b|\b(?:ft|pt|f/t|p/t)\b|\bterm[- ]time(?: only)?\b|\btto\b|\bjob[- ]share\b|\bhybrid\b|\bflexible\b"
)
_TERM = re.compile(
    r"\b(?:(?:\d{1,2}|six|nine|twelve|eighteen)[- ]months?(?: (?:ftc|fixed[- ]term))?|fixed[- ]term(?: contract)?|ftc|temporary|temp|permanent|perm|secondment|maternity cover|hourly[- ]paid)\b"
)
_AGAIN = re.compile(r"\bre-? ?advert(?:ise(?:d|ment)|isement)?\b")
_BAND = re.compile(r"\b(?:afc )?(?:band|b|pay band) ?(\d[a-d]?)\b")
_LEVEL = re.compile(r"\b(?:level|lvl|l) ?([2-7])\b")
_GRADE = re.compile(
    r"\b(?:grade|scale|scp|spine point) ?[a-z]?\d{0,2}\b|\((?:aa|ao|eo|heo|seo|g6|g7)\)|\b(?:intermediate|advanced|higher)\b(?= \(level)"
)
_NUMBERED = re.compile(r"(?<![\w/-])(?!\d{1,2}-\d{1,2}\b)(?=(?:[^\s\d]*\d){4})[\w/-]+")
_SHOUTED = re.compile(
    r"\b(?:closing soon|apply now|immediate start|urgent(?:ly)?|wanted|closing date extended|(?:exciting )?opportunit(?:y|ies))\b|\b(?:required )?(?:for|from|start(?:ing)?|required) (?:january|february|march|april|may|june|july|august|september|october|november|december|asap|immediately)\b(?: 20\d\d)?|\brequired\b"
)
_NUMBER = re.compile(r"^\W*\d{4,7}\W+")
_CASUAL = re.compile(r"\b(?:bank|casual|relief|zero[- ]hours?|sessional|as and when)\b")
_WHEN = {
    "day": re.compile(r"\bdays\b|\bday (?:shifts?|posts?|staff)\b"),
    "evening": re.compile(r"\bevenings?\b"),
    "night": re.compile(r"\bnights?\b"),
}
_PART = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
LONGEST_INITIALS = 5
RANKS = frozenset(
    {"apprentice", "assisting", "associate", "chief", "consultant", "deputy", "director", "executive", "graduate", "head", "lead",
     "locum", "manager", "newly", "principal", "seasonal", "senior", "supervisor", "trainee", "volunteer"}
)  # fmt: skip
"""Words that make it another job when only one of two titles has them."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A title taken apart. `words` name the work, `marks` what tells two posts of one name apart ("band 5", "nights").

    `order` has the words as they follow each other, for the initials of several.
    """

    words: frozenset[str]
    order: tuple[str, ...]
    band: str | None
    level: str | None
    marks: frozenset[str]
    again: bool


@lru_cache(maxsize=8192)
def taken_apart(title: str) -> Titled:
    """The title's parts, whatever its capitals, spelling and abbreviations."""
    line = plain(title)
    again = bool(_AGAIN.search(line))
    line = _NUMBER.sub(" ", _AGAIN.sub(" ", line))
    for pattern, word in _SPELT:
        line = pattern.sub(word, line)
    band, level = _BAND.search(line), _LEVEL.search(line)
    marks = {"casual"} if _CASUAL.search(line) else set()
    marks |= {mark for mark, pattern in _WHEN.items() if pattern.search(line)}
    for pattern in (_SHOUTED, _NUMBERED, _GRADE, _BAND, _LEVEL, _COUNT, _HOURS, _TERM, _CASUAL):
        line = pattern.sub(" ", line)
    order = tuple(word for word in words_of(line) if word not in marks)
    if order[:1] == ("assistant",) and len(order) > 1:  # to a cook, as against a teaching assistant
        order = ("assisting", *order[1:])
    return Titled(
        frozenset(order), order, band[1] if band else None, level[1] if level else None, frozenset(marks), again
    )


def plain(text: str) -> str:
    """Small letters without accents, dashes and quotation marks of one kind."""
    folded = unicodedata.normalize("NFKD", text.replace("–", "-").replace("—", "-").replace("’", "'"))
    return folded.encode("ascii", "ignore").decode().casefold()


def words_of(line: str) -> list[str]:
    """The telling words of plain text in order: singular, abbreviations spelt out."""
    return [word for part in _PART.findall(line) for word in _whole(part) if word not in _EMPTY]


def in_initials(short: str, order: tuple[str, ...]) -> frozenset[str]:
    """The words in a row whose initials `short` is ("amu" of an acute medical unit); none where there are no such."""
    size = len(short)
    for at in range(len(order) - size + 1) if 2 <= size <= LONGEST_INITIALS else ():
        run = order[at : at + size]
        if all(map(str.startswith, run, short)):
            return frozenset(run)
    return frozenset()


def _whole(part: str) -> list[str]:
    part = part.removesuffix("'s").replace("'", "")
    return [_singular(word) for word in _SHORT.get(part, part).split(" ")]


def _singular(word: str) -> str:
    if word in ("children", "childrens"):
        return "child"
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ics")):
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-1]
