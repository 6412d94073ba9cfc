"""Whether an advert asks for experience of such work."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re

from clearinghouse.normalise.terms.clauses import Found, Words, hints, soft
from clearinghouse.normalise.text import says
from clearinghouse.vacancies.vocabulary import Experience

_HINTS = hints(
    "experience experienced experiences newly recently ects record led supervised worked managed used run no"
)
_NEWLY = re.compile(r"\b(?:newly|recently)[\s-](?:qualified|registered)\b\b(?!\s(?:patients?|famil|users?|customers?|voters?|children\b(?!')|births?|colleagues|staff\b(?!\snurse)|vehicles?|software)|.{0,40}\bwho\shave\scompleted)|\bects\s(?:are\s)?(?:also\s)?(?:welcome|may|can|encouraged)")  # fmt: skip
_OTHERS_NEWLY = re.compile(
    r"\b(?:support|supervis|mentor|coach|guid|train|precept)(?:e|ing|or|ors)?\s(?:[\w,-]{1,14}\s){0,5}(?:newly|recently)[\s-]"
)
_REFUSED = re.compile(
    r"\bno\s(?:\w{1,14}\s){0,3}?(?:or\s)?experience\b(?:\s(?:is|at\sall))?|\bexperience\s(?:[\w'-]{1,14}\s){0,6}?(?:is|are|be)?\s?(?:n't|not)\s(?:\w{1,12}\s){0,2}?(?:need(?:ed)?|necessary|required|essential)\b"
    r"|\bexperience\b.{0,70}\b(?:is|are|but)(?:n't|\snot)\s(?:\w{1,12}\s)?(?:needed|necessary|required|essential)\b"
    r"|\b(?:do|does)(?:n't|\snot)\sneed\s(?:to\shave\s)?(?:any\s)?(?:\w{1,12}\s)?experience\b|\bneed\sno\s(?:\w{1,12}\s)?experience\b|\bwithout\s(?:any\s)?(?:previous\s)?experience\b"
)
_TRAINED = re.compile(r"\bfull\s(?:\w{1,12}\s){0,2}?training\b")
_EXPERIENCED = re.compile(
    r"\b(?:looking\sfor|seeking|recruit|wanted|need|require|if\syou(?:\sare)?|as|are|for)\s(?:[\w,-]{1,14}\s){0,4}?experienced\s(?!team|staff|coll|ment|people\sacross|and\ssupport)"
    r"|^\W{0,4}experienced\b(?!\steam)|\bexperienced\s(?:in|with)\b|\b(?:an|confident)\s(?:\w{1,12}\s)?experienced\b|\bexperienced\s(?:\w{1,14}\s){1,3}(?:wanted|needed|required|who|to)\b"
)
_NOT_THE_PERSONS = re.compile(
    r"\b(?:patients?|customers?|users?|visitors?|student|life|staff|great|positive|excellent|memorable|better|by)\sexperience\b(?!\sof\sworking)|\bexperiences\b|\bexperience\s(?:for|delivering\sbest)\b|\b(?:to\s|can\s|will\s)(?:gain|get|develop|broaden|build)\s(?:\w{1,14}\s){0,4}?experience\b|\bgain(?:ing)?\s(?:\w{1,12}\s){0,3}experience\b|\b(?:giving|detailing|outlining|listing|stating|describing)\s(?:[\w/]{1,12}\s){0,6}experience\b|^\W{0,4}what\b.{0,60}\bexperience\b.*|\bdevelop\s(?:your|their)\s(?:\w{1,12}\s){0,3}experience\b.*|^\W{0,4}(?:(?:skills|qualifications?|knowledge|training|and|&|your|education)[\s,]{1,2}){1,4}experience\W{0,3}$"
    r"|\bexperience\s(?:gained|can\sbe|you\s(?:bring|are\slooking)|from\sworking)\b|\b(?:depend(?:ing|ent)|according|based)\s(?:up)?on?\s?(?:to\s)?(?:\w{1,12}\s){0,3}?experience\b|\bdepend(?:ing|ent)\son\s(?:skills\sand\s)?experience\b"
    r"|\b(?:by|with|alongside|part\sof|from|join(?:ing)?|within|under)\s(?:(?:an?|our|other|highly|very|more|your)\s){0,3}experienced\b(?!\s(?:in|with)\b)(?:[\s,]{1,2}[\w-]{1,16}){0,3}"
    r"|\blived\sexperience\b|\b(?:wealth|programme|variety|range)\sof\sexperience\b|\bexperience\s(?:difficult|a\sfirst|mental|and\soutcomes)|\bwho\s(?:may\salso\s)?experience\b|\b(?:broaden|develop|further)\syour\s(?:\w{1,12}\s(?:and\s)?){0,3}experience\b"
    r"|\bwork\sexperience\s(?:for|placement|week|student|programme|opportunit)|\btraining\sexperience\b|\b(?:over|with)\s(?:over\s)?\d{2}\syears'?\sexperience\b|\bwhether\syou\shave\b.{0,60}\bexperience\b.*|\bopportunit\w+\sto\s(?:\w{1,12}\s){0,3}experience\b|\bincluding\sexperience\b|\b(?:skills|qualifications?)\sand\sexperience\sfurther\b"
)
_OR = re.compile(
    r"\b(?:degree|qualif\w*|gcses?|nvqs?|hn[cd]|level|stage|diploma|a[\s-]levels?|btec|membership|npqh|maths|subject)\b.{0,60}\bor\b(?:\s[\w'-]{1,14}){0,3}\sexperiences?\b(?:\s(?:of|in|at)\b.{0,40})?|\bexperience\b.{0,50}\bor\s(?:a\s|an\s|the\s|is\s)?(?:keen|strong|will|interest|willing|genuine)|\bor\s(?:the\s)?equivalent\s(?:work\s)?experience"
)
_QUALITY = r"(?:previous|prior|proven|substantial|significant|extensive|considerable|relevant|recent|sound|broad|demonstrable|strong|good|solid|appropriate|practical|some|leadership|management|supervisory|industry|clinical|generalist|payroll|post[\s-]?(?:registration|qualif\w+)|years?'?s?'?|year\+|months'?s?|administration|trade|reporting)"
_ASKED = re.compile(
    rf"\b{_QUALITY}(?:\s[\w/-]{{1,16}}){{0,5}}?\sexperience\b|\bexperience\b(?:\s[\w'-]{{1,14}}){{0,9}}?\s(?:is|are)\s(?:also\s)?(?:essential|required|necessary|needed|paramount|a\smust)\b|\bexperience\s(?:essential|required|needed)\b"
    r"|^\W{0,4}(?:have\s|has\s|having\s)?(?:\w{1,14}\s){0,2}?experience\s(?:of|in|with|within|working|as|using|managing|dealing|supporting|delivering|and\s(?:knowledge|expertise)|at|across|relevant|to)\b|^\W{0,4}(?!skills|your|qualif|knowledge|what|and)(?:\w{1,14}[\s-]){1,2}experience\W{0,3}$"
    r"|\b(?:have|has|having|with|hold|need|needs|requires?|demonstrate|possess|bring|must|requiring|qualifications?\sand|knowledge\sand|skills\sand|including|'ll)\s(?:[\w,/'’-]{1,16}\s){0,9}?experience\b(?!\sin\sour)"
    r"|\bexperience\s(?:of|in|with|working)\b.{0,90}\b(?:essential|required|necessary|needed|must)\b|\bknowledge\s(?:and|or)\sexperience\b"
)
_DONE = re.compile(
    r"^\W{0,4}(?:an?\s)?(?:\w{1,14}\s)?(?:track|proven)\srecord\b|\b(?:you|your|must|candidates?|applicants?|proven|demonstrable)\b(?:(?!hospital|trust|company|team).){0,60}\b(?:track\s|proven\s)record\b|\brecord\sof\s(?:achiev|deliver|success)|\byou(?:'ll|\swill|\sshould)\s(?:need\sto\s)?have\s(?:already\s)?(?:led|supervised|worked|managed|used|run)\b"
)

_DONE_PARTS = ("record", "have")


def read_experience(said: Words) -> Found[Experience] | None:
    """None asked for where the advert says so, or takes newly qualified people; asked for where it's a need; else None.

    A wish ("desirable", "an advantage") is neither. Experience that people gain, that a firm has, that pay depends on or
    that counts instead of a qualification isn't asked for.
    """
    newly = asked = refused = None
    for clause in said.clauses(_HINTS):
        low = clause.low
        if ("ly " in low or "ly-" in low or "ects" in low) and _NEWLY.search(low) and not _OTHERS_NEWLY.search(low):
            newly = newly or Found(Experience.NONE_ASKED, clause.words)
            continue
        rest = _REFUSED.sub(" ", low) if "no" in low or "n't" in low or "without" in low else low
        if rest != low:
            refused = refused or Found(Experience.NONE_ASKED, clause.words)
        if _trained_instead(low):
            refused = refused or Found(Experience.NONE_ASKED, clause.words)
        elif not asked and not clause.wished and _is_asked(rest):
            asked = Found(Experience.ASKED, clause.words)
    return newly or asked or refused


def _trained_instead(low: str) -> bool:
    """True for "experience is an advantage, but full training is given"."""
    return "training" in low and bool(_TRAINED.search(low)) and soft(low)


def _is_asked(low: str) -> bool:
    if "xperience" not in low:
        return says(low, _DONE_PARTS) and bool(_DONE.search(low)) and not soft(low)
    if not (_ASKED.search(low) or _EXPERIENCED.search(low) or _DONE.search(low)):
        return False
    rest = _NOT_THE_PERSONS.sub(" ", low)
    rest = _OR.sub(" ", rest) if " or " in rest else rest
    if "xperience" not in rest and not _DONE.search(rest):
        return False
    if soft(rest):
        rest = _unwished(rest)
    return bool(_ASKED.search(rest) or _EXPERIENCED.search(rest) or _DONE.search(rest))


def _unwished(low: str) -> str:
    """The parts between commas that aren't wishes: "two years' experience, ideally in schools"."""
    return ",".join(part for part in re.split(r",|\bbut\b|\(", low) if not soft(part))
