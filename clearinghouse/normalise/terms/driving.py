"""Whether a job asks for a driving licence or the use of a vehicle."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re

from clearinghouse.normalise.terms.clauses import Found, Words, hints, soft
from clearinghouse.vacancies.vocabulary import Driving

_HINTS = hints("drive driver drivers driving licence license car vehicle transport b e")
_LICENCE = re.compile(
    r"\b(?:driving|driver'?s?'?)\slicen[cs]e\b|\blicen[cs]e\sto\sdrive\b|\b(?:full|clean|valid|current|uk)\s(?:[\w,]{1,10}\s){0,2}licen[cs]e\b(?!\sto\spractice)"
    r"|\b(?:lgv|hgv|pcv|psv|c1|d1|b\+e|c\+e|category\s[bcd]\w?\d?)\b(?:\s[\w/]{1,10}){0,3}?\s(?:driving\s)?(?:licen[cs]e|entitlement)\b|\b(?:c1|d1)\son\s(?:your|the)\slicen[cs]e|\bmust\s(?:have|hold)\s(?:c1|d1|b\+e)\b"
    r"|\bdriving\s(?:licen[cs]e|entitlement)\b|\blicen[cs]e\s(?:held|with\sfewer)|\bdriving:\slicen[cs]e\b|\bcar\b.{0,20}\blicen[cs]e\sis\srequired"
)
_ON_THE_ROAD = (
    r"\bdrive(?=\W{0,3}$|\s?\(|,\s(?:and\s)?(?:have|hold|own|with|as|or)\b|\s(?:is|as|or|between|around|across|to|from|within|throughout|during|legally|daily|yourself)\b"
    r"|\sand\s(?:have|has|hold|own|use|be|travel|with|access)\b|\s(?:for|in|on|at)\s(?:work|business|your|this|the\s(?:role|job|post|uk|course|public|roads?|area|county))\b"
    r"|\s(?:[\w'-]{1,14}\s){0,4}?(?:cars?|vans?|vehicles?|mini-?bus(?:es)?|bus(?:es)?|coach(?:es)?|lorr(?:y|ies)|trucks?|tractors?|tippers?|hgvs?|lgvs?|ambulances?|sweepers?|mowers?)\b)"
)
"""To drive what has wheels: "drive standards", "drive change" and "drive our programme" are other things."""
_CAR = re.compile(
    rf"\bcar[\s-](?:driver|owner|user\spost)s?\b|\b(?:able|ability|need|willing|flexible)\s(?:\w{{1,10}}\s){{0,3}}?to\s(?:work\sand\s)?{_ON_THE_ROAD}"
    rf"|\byou\swill\s{_ON_THE_ROAD}"
    r"|\bneed\sto\sbe\sa\sdriver\b|\bdrivers?\sonly\b"
    r"|\b(?:own|use\sof\s(?:a|an|your\sown)|access\sto\s(?:a|an|their\sown|your\sown)|with\sa|have\sa)\s(?:car|vehicle)\b|\bvehicle\sfor\s(?:business|work)\b|\b(?:use|using)\s(?:a\s|your\s)?car\s(?:at|for|during)\swork"
)
_NOT_NEEDED = re.compile(
    r"\b(?:need\snot|(?:do|does)(?:n't|\snot)\s(?:need|have)\sto|(?:do|does)(?:n't|\snot)\sneed\s(?:a|to\shold\sa))\s(?:\w{1,10}\s){0,3}?(?:drive|licen[cs]e)\b"
    r"|\blicen[cs]e\s(?:is|are)(?:n't|\snot)\s(?:needed|required|necessary|essential)|\bno\s(?:driving\slicen[cs]e|driving)\s(?:is\s)?(?:needed|required|necessary|involved)|\bno\sneed\sto\sdrive\b|\bdriving\sis\snot\s(?:required|needed|part)"
)
_OTHERWISE = re.compile(
    r"\bor\s(?:have\s|be\sable\s|other\s|access\s|able\s|use\s|an?\s|the\s){0,3}(?:access\sto\s|means\sof\s|alternative\s|public\s|suitable\s|reliable\s|use\sof\s)*(?:transport|travel)|\bor\s(?:a\s)?willing|\bor\s(?:can\s)?be\smobile\b|\bor\s(?:\w{1,12}\s){0,4}(?:alternative|other)\s(?:\w{1,12}\s)?(?:transport|travel|means)|\bor\sbe\s(?:learning|working)|\b(?:driver|licen[cs]e)s?\s(?:is\s)?prefer"
)
_PERHAPS = re.compile(
    r"^\W*(?:where|if|when|should)\s(?:a\s|the\s|your\s|this\s)?(?:driving|role|post|job|car|vehicle)\b|\b(?:where|if)\s(?:the|this|your)\s(?:role|post|job)\srequires\b"
    r"|\bwhere\sdriving\sis\b|\b(?:many|some|most)\sof\sour\s(?:roles|jobs|posts)\b"
)
"""What an employer writes below every advert: "where driving is a requirement of the role, ..."."""
_ESSENTIAL = re.compile(r"\bessential\b(?<!not\sessential)")
_APART = (",", " and the ")
"""What parts a demand from a wish in one sentence."""

_FIRM = re.compile(r"\blicen[cs]e\b.{0,40}\b(?:required|needed)\b|\b(?:must|essential)\b|\bable\sto\sdrive\b")
_DUTY = re.compile(
    r"\bdriv(?:er|ing)s?'?\slicences\b|\bcompany\scar\b|\bcar\s(?:leas|allowance|park|scheme|salary)|\blease\scar|\bdriving\s(?:test|lesson)s?\b"
)
_DRIVER = re.compile(r"\bdrivers?\b(?!\s(?:train|manag|supervis|licen|co-?ord|liaison|compliance|assess|mate))", re.I)


def read_driving(title: str, said: Words) -> Found[Driving] | None:
    """Needed where a licence, driving or a car is a demand; not needed where the advert says so; None otherwise.

    "A licence or access to transport", "able to travel" and "a licence is desirable" demand none; a job whose title is a
    driver's needs one.
    """
    refused: Found[Driving] | None = None
    for clause in said.clauses(_HINTS):
        low = clause.low
        if _NOT_NEEDED.search(low) and not soft(low):
            refused = refused or Found(Driving.NOT_NEEDED, clause.words)
        elif clause.wished or _OTHERWISE.search(low) or _PERHAPS.search(low):
            continue
        elif (match := _LICENCE.search(low) or _CAR.search(low)) and not _wish(low, match) and not _only_duty(low):
            return Found(Driving.NEEDED, clause.words)
    if refused is None and "river" in title and _DRIVER.search(title):
        return Found(Driving.NEEDED, title)
    return refused


def _wish(low: str, match: re.Match[str]) -> bool:
    """True when the licence itself is what the sentence calls desirable, not something named after a comma."""
    start = max(low.rfind(apart, 0, match.start()) for apart in _APART)
    ends = [at for apart in _APART if (at := low.find(apart, match.end())) >= 0]
    part = low[max(start, 0) : min(ends, default=len(low))]
    return soft(part) and not _ESSENTIAL.search(part)


def _only_duty(low: str) -> bool:
    """True when the sentence is about others' licences or a car that comes with the job."""
    return bool(_DUTY.search(low)) and not _FIRM.search(low)
