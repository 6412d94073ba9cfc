"""How long a job lasts and what kind of opportunity it is, from an advert's plain words."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re

from clearinghouse.normalise.text import around, kept, says
from clearinghouse.vacancies.vocabulary import Contract, Flag, Kind

_I = re.IGNORECASE
_CONTRACTS = (
    (Contract.SECONDMENT, re.compile(r"\bsecondment\b|\bseconded\b", _I)),
    (Contract.FIXED_TERM, re.compile(r"\bfixed[\s_-]{0,2}term\b|\bF\.?T\.?C\b|\b(?:\d{1,2}|six|nine|twelve|eighteen|two)[\s-](?:months?|years?)\s(?:fixed|contract|ftc)|\b(?:maternity|paternity|parental|adoption)[\s_-](?:cover|leave)|\bfixed\suntil\b|\bLTA\b", _I)),
    (Contract.TEMPORARY, re.compile(r"\btemporar(?:y|ily)\b(?!\s(?:accommodation|works\b|staffing|housing|traffic|event|structures))|\btemp\b|\binterim\b|\bseasonal\b|\blocum\b", _I)),
    (Contract.PERMANENT, re.compile(r"\bpermanent\b(?!\s(?:secretary|way\b))|\bperm\b|\bsubstantive\b|\bopen[\s-]ended\b|\bpermanently\b", _I)),
)  # fmt: skip
_KINDS = (
    (Kind.APPRENTICESHIP, re.compile(r"\b(?:foundation\s)?apprentice(?:ship)?s?\b|\bapprenticeship_?\b", _I)),
    (Kind.WORK_EXPERIENCE, re.compile(r"\bwork[\s_-]experience\s?(?:placements?|opportunit\w+|programme|week|scheme|student)?\s*$|^work[\s_-]experience\b(?!\s(?:co-?ordinator|manager|officer|lead|adviser|advisor|administrator|team|programme\smanager))|\bwork[\s_-]experience\s(?:placement|opportunit|programme|week|scheme)|\bT[\s-]level\s(?:industry\s)?placement|\bwork\splacement\b|\b(?:supported\s)?internships?\b|^\s*INTERN\s*$", _I)),
    (Kind.VOLUNTEER, re.compile(r"\bvolunteering\b(?=\W*$|\s(?:opportunit|role|position|placement)|\s?[:(–-])|\bvolunteers?\b(?!\s(?:hub|co-?ordinator|manager|officer|services|development|engagement|lead|recruit|support\sofficer|programme|centre|adviser|advisor))|\bunpaid\svoluntary\b|\bvoluntary\s(?:role|position|work)\b", _I)),
    (Kind.CASUAL, re.compile(r"\bcasual\b|\bzero[\s-]{0,2}hours?\b|(?<![\d.])\b0[\s-]?hours?\b|(?<!pain\s)(?<!rate\s)(?<!rates\s)(?<!humanitarian\s)(?<!debt\s)(?<!tax\s)\brelief\b(?!\sof)|\bas\s(?:and|&)\swhen\b|(?<!salaried\s)(?<!salaried\sgp\s)(?<!salaried\sgp\s\()\bsessional\b|(?<!food\s)(?<!blood\s)(?<!milk\s)(?<!data\s)(?<!south\s)(?<!west\s)(?<!eye\s)\bbank\b(?!\s(?:holiday|account|of\s|statement|detail|reconcil|manager|team\slead|coordinator|co-ordinator|administrator|officer|side))", _I)),
)  # fmt: skip
_KIND_HINTS = (
    "apprentice", "bank", "casual", "experience", "hour", "intern", "placement", "relief", "sessional", "volunt", "when",
)  # fmt: skip
"""What the pattern of some kind needs: a quick look before they search."""
_KIND_VALUES = {
    "job": Kind.JOB, "apprenticeship": Kind.APPRENTICESHIP, "casual": Kind.CASUAL, "bank": Kind.CASUAL,
    "volunteer": Kind.VOLUNTEER, "voluntary": Kind.VOLUNTEER, "work experience": Kind.WORK_EXPERIENCE,
    "work_experience": Kind.WORK_EXPERIENCE, "internship": Kind.WORK_EXPERIENCE,
}  # fmt: skip
_ROLE = r"(?:manager|co-?ordinator|officer|lead|leader|advis[eo]r|assessor|tutor|trainer|coach|mentor|lecturer|teacher|instructor|consultant|director|head|specialist|partner|levy|team|service|delivery|engagement|recruitment|compliance)s?\b"
_EMPLOYING = re.compile(
    rf"^(?!.*\blevel\s?\d)(?:.{{0,60}}[^\w\s]\s?)?apprenticeships?(?:\s(?:and|&|\w{{1,14}})){{0,3}}?\s{_ROLE}"
    r"|^apprentices?(?:hips?)?\s(?:manager|co-?ordinator|assessor|tutor|trainer|levy|delivery|engagement|recruitment|programmes?)\b"
    rf"|\bapprenticeships?\sadministrator\b|\bapprenticeships\s(?:\w{{1,14}}\s){{0,2}}?{_ROLE}"
    rf"|\b{_ROLE}.{{0,40}}\bapprenticeships\b|\b(?:assessor|tutor|trainer|lecturer|coach)s?\b.{{0,40}}\bapprenticeship\b"
    r"|\b(?:head|director|manager|lead)\s(?:of|for)\s(?:\w{1,12}\s){0,2}volunteer"
    r"|\bvolunteer(?:s|ing)?\s(?:and|&)\s(?:\w{1,12}\s){1,2}(?:officer|manager|lead|co-?ordinator)\b"
    r"|\bbank\s(?:and|&)\s(?:\w{1,12}\s){1,2}(?:officer|manager|lead|co-?ordinator|administrator)\b"
    r"|\b(?:work\s(?:experience|placements?)|internships?)\s(?:(?:and|&)\s\w{1,12}\s|job\s)?(?:officer|manager|lead|co-?ordinator|coach|tutor|advis[eo]r|administrator)\b",
    _I,
)
_FLAGS = (
    (Flag.PAY_AWARD_PENDING, ("award",), re.compile(r"\b(?:pay\s)?award\s(?:is\s)?pending\b|\bpending\s(?:the\s|a\s|national\s|\d{4}\s){0,2}pay\saward|\bsubject\sto\s(?:\w{1,12}\s){0,3}pay\saward", _I)),
    (Flag.GUARANTEED_INTERVIEW, ("interview",), re.compile(r"\bguarantee(?:d|s)?\s(?:an?\s|job\s)?interview|\bdisability\sconfident\b.{0,80}\binterview", _I | re.DOTALL)),
    (Flag.LEP, ("partnership",), re.compile(r"\blocal\semployment\spartnership", _I)),
)  # fmt: skip


def read_contract(*texts: str | None) -> Contract | None:
    """How long the job lasts, from the fields best placed to say, in order; None where none says.

    None too where one says both permanent and another ("Permanent / Fixed term": the advert leaves it open).
    """
    for text in texts:
        found = _contracts(text) if text else frozenset[Contract]()
        if len(found) == 1:
            return next(iter(found))
        if found:
            return (
                Contract.SECONDMENT if found <= {Contract.SECONDMENT, Contract.FIXED_TERM, Contract.TEMPORARY} else None
            )
    return None


@kept
def _contracts(text: str) -> frozenset[Contract]:
    found = frozenset(contract for contract, pattern in _CONTRACTS if pattern.search(text))
    return found - {Contract.TEMPORARY} if Contract.FIXED_TERM in found else found  # "temporary, fixed term" is one


def read_kind(kind: str | None, title: str, *texts: str | None) -> Kind:
    """What sort of opportunity it is: the source's own word, then the title, then the contract's fields.

    Silence is a job; so is a title such as "Apprenticeship Manager" or "Volunteer Co-ordinator".
    """
    own = _KIND_VALUES.get((kind or "").strip().casefold())
    if own is not None and own is not Kind.JOB:
        return own
    for text in (title, kind, *texts):
        if not text or not says(text.lower(), _KIND_HINTS) or _EMPLOYING.search(text):
            continue
        for value, pattern in _KINDS:
            if pattern.search(text):
                return value
    return Kind.JOB


def read_flags(*texts: str | None) -> tuple[Flag, ...]:
    """What is worth knowing beside the facts, where the advert says it in so many words."""
    line = around("\n".join(text for text in texts if text), "award", "guarantee", "confident", "partnership")
    low = line.lower()
    return tuple(flag for flag, hints, pattern in _FLAGS if says(low, hints) and pattern.search(line)) if line else ()
