"""At what times the work of an advert is done."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re

from clearinghouse.normalise.terms.clauses import Clause, Found, Words
from clearinghouse.normalise.terms.times import times
from clearinghouse.vacancies.vocabulary import When

_HINTS = ("term", "weeks", "school", "evening", "night", "weekend", "saturday", "sunday", "seven days", "7 days", "7 day ", "out of 7", "shift", "rota", "office hours", "four off", "lates", " late ", "365", "24 hour", "monday", "mon-", "mon ", "mon–", "weekday", "am-", "am –", "am -", "am to", "pm to", "pm-", "pm and", "pm on", "00 to", "00-", "30-", "30 to", "between 7", " until ", "meetings at")  # fmt: skip
_NOT = r"(?<!\bno\s)(?<!\bnot\s)(?<!\bno\sregular\s)(?<!\bwithout\s)(?<!\bno\sevening\sor\s)(?<!\bno\sweekend\sor\s)(?<!\bno\snight\sor\s)(?<!\bno\sevenings\sor\s)(?<!\bno\sweekends\sor\s)(?<!\bno\snights\sor\s)(?<!\bnot\swork\s)"
_SAID = (
    (When.TERM_TIME, re.compile(r"\bterm[\s-]?time\b(?!\s(?:hours\s)?(?:could|can|may|would|might|considered|contracts?\s(?:available|considered)))|\b(?:36|37|38|39|40|41)\sweeks\b(?:\s(?:a|per|each)\syear)?(?!\s(?:pregnan|gestation|notice))|\bschool\sdays\b|\bterm[\s-]only\b")),
    (When.SCHOOL_HOURS, re.compile(r"\b(?:within|during|fit|in)\s(?:\w{1,8}\s){0,2}?school\shours\b|\bschool\shours\s(?:only|contract|available)")),
    (When.DAYTIME, re.compile(r"\b(?:normal\s)?office\shours\b(?<!outside\soffice\shours)(?<!outside\sof\soffice\shours)|\bdaytime\s(?:hours|shifts?|only|role|post)\b")),
    (When.EVENING, re.compile(_NOT + r"\bevenings?\b(?!\swear)|\b(?:early|earlies|day)(?:,|\sand|\sor)?\s(?:and\s|or\s)?(?:late\b|lates\b)|\blate\s(?:shifts?|evenings?|duty|and\sweekend)\b|\bone\slate\b|\btwilight\b")),
    (When.NIGHT, re.compile(_NOT + r"\bnights?\b(?!\s?\*|\sout\b|\soff\b)|\bnight[\s-]?time\b|\bovernight\sshifts?\b|\b(?:over|cover(?:ing)?|across)\s(?:our\s|a\s)?24[\s-]hours?\b")),
    (When.WEEKEND, re.compile(_NOT + r"\b(?:weekends?|saturdays?|sundays?)\b(?!\s(?:off|free)\b)|\b(?:seven|7)[\s-]days?\b(?!\s(?:of|from|after|notice|before|to\s(?:apply|respond)|prior))|\b(?:5|five)\s(?:days\s)?(?:over|out\sof|in)\s(?:7|seven)\b|\bfour\sdays\sin\sseven\b|\bmon(?:day)?\s?(?:-|–|to)\s?sun(?:day)?\b")),
    (When.SHIFTS, re.compile(r"(?<!no\s)(?<!per\s)\bshifts?\b(?!\spattern:|\s(?:in\s(?:culture|attitude|focus|the\s(?:culture|way))|towards|away))|(?<!on\scall\s)(?<!on-call\s)(?<!call-out\s)(?<!hours\s)(?<!24\shour\s)\b(?:rota|rota\ssystem)\b(?!\s(?:one\sin|1\sin\s\d\son))|\bfour\son,?\sfour\soff\b|\binternal\srotation\b(?=.{0,4}$|\son|\sto\snight)|\brotating\b.{0,12}\b(?:shift|days)|\brotation\sof\sdays\b|\bearlies\b|\blates\b")),
)  # fmt: skip
_ON_CALL = re.compile(r"\b(?:on[\s-]call|call[\s-]out|stand-?by)\b")
_OTHERS = re.compile(
    r"\b(?:social|open|information|awards|parents'?|quiz)\s(?:evenings?|nights?)\b|\b(?:good|every)\snight\b|\bover(?:night)\s(?:stays?|on)\b|\bbank\sholidays?\b|\bout\sof\shours\b.{0,3}\brota|\b(?:shift|night|weekend|evening)\s(?:allowance|premium|enhancement)s?\b|\bpart\sof\sthe\sweekend\b|\bschool\sholidays\b"
)
_SERVICE = re.compile(
    r"\b(?:bus|parking|closing|interviews?|advert|helpline|employee\sassistance|assistance\s(?:line|programme)|mobile|tel|telephone|free\sadvice|unit\sis|tickets?|transfers?|days'?\snotice|support\swhen|respond|service\soperates|provides?\san\semergency|enhanced\srate)\b|\b(?:units?|centre|hospital|ward|surgery|team)s?\s(?:operates?|is\sopen|are\sopen)\b(?!.{0,80}\b(?:shifts?|staff)\b)(?=.{0,30}\b(?:7|seven|24)\b)"
)
_WEEKDAYS = re.compile(r"\b(?:mon|monday|weekdays?|week|plus|including|alternate|days)\b")


def read_when(said: Words, *fields: str | None) -> tuple[Found[When], ...]:
    """Each time that the work is said to be done at, with the words that say so, in the vocabulary's order.

    Hours within about 8.30 to 15.30 are school hours, others by day daytime, those to 19.00 or later evenings. Being on
    call, "no weekends" and the hours of a bus or a telephone line say nothing.
    """
    found: dict[When, str] = {}
    for text in fields:
        if text:
            for clause in Words(text).clauses(*_HINTS):
                _read(clause, found)
    for clause in said.clauses(*_HINTS):
        _read(clause, found)
    if (
        When.WEEKEND in found
        and found.get(When.DAYTIME) == found[When.WEEKEND]
        and not _WEEKDAYS.search(found[When.WEEKEND].lower())
    ):
        del found[When.DAYTIME]  # Saturdays and Sundays alone
    return tuple(Found(when, found[when]) for when in When if when in found)


def _read(clause: Clause, found: dict[When, str]) -> None:
    low = clause.low
    if _SERVICE.search(low):
        return
    rest = _OTHERS.sub(" ", low)
    for when in times(rest) if any(digit in rest for digit in "0123456789") else ():
        found.setdefault(when, clause.words)
    if (
        _ON_CALL.search(rest)
        and "week" not in rest.replace("weekend", " ")
        and "shift" not in rest
        and not rest.startswith("on call, ")
    ):
        rest = rest if "be on call" in rest else " "
    for when, pattern in _SAID:
        if pattern.search(rest):
            found.setdefault(when, clause.words)
