"""At what times the work of an advert is done."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re

from clearinghouse.normalise.terms.clauses import Found, Words, hints
from clearinghouse.normalise.terms.times import times
from clearinghouse.normalise.text import says
from clearinghouse.vacancies.vocabulary import When

_REFUSED = re.compile(
    r"\b(?:no|not|without|n't)\s(?:(?:regular|evenings?|weekends?|nights?|work|or|and)[\s,]{1,2}){0,3}$"
)
_SAID = (
    (When.TERM_TIME, hints("term termtime weeks school"), re.compile(r"\bterm[\s-]?time\b(?!\s(?:hours\s)?(?:could|can|may|would|might|considered|contracts?\s(?:available|considered)))|\b(?:36|37|38|39|40|41)\sweeks\b(?:\s(?:a|per|each)\syear)?(?!['\s]{1,2}(?:pregnan|gestation|notice))|\bschool\sdays\b|\bterm[\s-]only\b")),
    (When.SCHOOL_HOURS, hints("school"), re.compile(r"\b(?:within|during|fit|in)\s(?:\w{1,8}\s){0,2}?school\shours\b|\bschool\shours\s(?:only|contract|available)")),
    (When.DAYTIME, hints("office daytime"), re.compile(r"\b(?:normal\s)?office\shours\b(?<!outside\soffice\shours)(?<!outside\sof\soffice\shours)|\bdaytime\s(?:hours|shifts?|only|role|post)\b")),
    (When.EVENING, hints("evening evenings late lates earlies twilight"), re.compile(r"\bevenings?\b(?!\swear)|\b(?:early|earlies|day)(?:,|\sand|\sor)?\s(?:and\s|or\s)?(?:late\b|lates\b)|\blate\s(?:shifts?|evenings?|duty|and\sweekend)\b|\bone\slate\b|\btwilight\b")),
    (When.NIGHT, hints("night nights nighttime overnight"), re.compile(r"\bnights?\b(?!\s?\*|\sout\b|\soff\b)|\bnight[\s-]?time\b|\bovernight\sshifts?\b|\b(?:over|cover(?:ing)?|across)\s(?:our\s|a\s)?24[\s-]hours?\b")),
    (When.WEEKEND, hints("weekend weekends saturday saturdays sunday sundays seven sun"), re.compile(r"\b(?:weekends?|saturdays?|sundays?)\b(?!\s(?:off|free)\b)|\b(?:seven|7)[\s-]days?\b(?!\s(?:service\steams|of|from|after|notice|before|to\s(?:apply|respond)|prior))|\b(?:5|five)\s(?:days\s)?(?:over|out\sof|in)\s(?:7|seven)\b|\bfour\sdays\sin\sseven\b|\bmon(?:day)?\s?(?:-|–|to)\s?sun(?:day)?\b")),
    (When.SHIFTS, hints("shift shifts rota rotating rotation four earlies lates"), re.compile(r"(?<!no\s)(?<!per\s)\bshifts?\b(?!\spattern:|\s(?:in\s(?:culture|attitude|focus|the\s(?:culture|way))|towards|away))|(?<!on\scall\s)(?<!on-call\s)(?<!call-out\s)(?<!hours\s)(?<!24\shour\s)\b(?:rota|rota\ssystem)\b(?!\s(?:one\sin|1\sin\s\d\son))|\bfour\son,?\sfour\soff\b|\binternal\srotation\b(?=.{0,4}$|\son|\sto\snight)|\brotating\b.{0,12}\b(?:shift|days)|\brotation\sof\sdays\b|\bearlies\b|\blates\b")),
)  # fmt: skip
_ROUND = (" 7 d", " 7-d", "of 7", "over 7", "in 7", "24 h", "24-h")
"""What a sentence about every day or hour of the week may have only digits for."""

_DAYS = hints("day days hour hours over out in")
_NO_MORE = hints("")
_CLOCK_FACE = (":00", ":30", ":15", ":45")
_BETWEEN = hints("to until and hours shift shifts")
_ON_CALL = re.compile(r"\b(?:on[\s-]call|call[\s-]out|stand-?by)\b")
_OTHERS = re.compile(
    r"\b(?:social|open(?:ing)?|information|awards|parents?'?s?|quiz|induction|options?|celebration)\s(?:evenings?|nights?)\b|\b(?:secur|lock)(?:e|ing)?\s(?:[\w']{1,12}\s){0,4}at\snight\b"
    r"|\brota\s(?:co-?ord|manag|admin|planner|support)|\b(?:produc|manag|prepar|plan|co-?ordinat|maintain|organis|creat|updat)\w{0,4}\s(?:[\w'-]{1,14}\s){0,4}?rota\b"
    r"|\b(?:saturday|sunday),?\s(?:the\s)?\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:good|every)\snight\b|\bover(?:night)\s(?:stays?|on)\b|\bbank\sholidays?\b|\bout\sof\shours\b.{0,3}\brota|\b(?:shift|night|weekend|evening)\s(?:allowance|premium|enhancement)s?\b|\bpart\sof\sthe\sweekend\b|\bschool\sholidays\b"
)
_SERVICE = re.compile(
    r"\b(?:bus|parking|closing|interviews?|advert|helpline|employee\sassistance|assistance\s(?:line|programme)|mobile|tel|telephone|free\sadvice|unit\sis|tickets?|transfers?|days'?\snotice|support\swhen|respond|service\soperates|provides?\san\semergency|enhanced\srate)\b|\b(?:units?|centre|hospital|ward|surgery|team)s?\s(?:operates?|is\sopen|are\sopen)\b(?!.{0,80}\b(?:shifts?|staff)\b)(?=.{0,30}\b(?:7|seven|24)\b)"
)
_CLOCKS = hints("am pm m hrs monday mon weekday weekdays")
_WEEKDAYS = re.compile(r"\b(?:mon|monday|weekdays?|week|plus|including|alternate|days)\b")


def read_when(said: Words) -> tuple[Found[When], ...]:
    """Each time that the work is said to be done at, with the words that say so, in the vocabulary's order.

    Hours within about 8.30 to 15.30 are school hours, others by day daytime, those to 19.00 or later evenings. Being on
    call, "no weekends" and the hours of a bus or a telephone line say nothing.
    """
    found: dict[When, str] = {}
    more = _DAYS if says(said.low, _ROUND) else _NO_MORE
    for when, needed, pattern in _SAID:
        for clause in said.clauses(needed | more if more else needed, whole=True):
            if pattern.search(clause.low) and _said(pattern, _of_the_work(clause.low)):
                found[when] = clause.words
                break
    more = _BETWEEN if says(said.low, _CLOCK_FACE) else _NO_MORE
    for clause in said.clauses(_CLOCKS | more if more else _CLOCKS, whole=True):
        for when in times(clause.low):
            if not _SERVICE.search(clause.low):
                found.setdefault(when, clause.words)
    weekend = found.get(When.WEEKEND)
    if weekend and found.get(When.DAYTIME) == weekend and not _WEEKDAYS.search(weekend.lower()):
        del found[When.DAYTIME]  # Saturdays and Sundays alone
    return tuple(Found(when, found[when]) for when in When if when in found) if found else ()


def _said(pattern: re.Pattern[str], low: str) -> bool:
    """True where the words stand without a "no" before them."""
    return any(not _REFUSED.search(low[max(0, match.start() - 30) : match.start()]) for match in pattern.finditer(low))


def _of_the_work(low: str) -> str:
    """What a sentence says of the hours of work; nothing where it is about a service, or only about being on call."""
    if _SERVICE.search(low):
        return ""
    rest = _OTHERS.sub(" ", low)
    if not _ON_CALL.search(rest) or "be on call" in rest or "shift" in rest or rest.startswith("on call, "):
        return rest
    return rest if "week" in rest.replace("weekend", " ") else ""
