"""Where the work of an advert may be done: at home, partly so, or at the workplace only."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re

from clearinghouse.normalise.terms.clauses import Found, Words, hints
from clearinghouse.normalise.text import says
from clearinghouse.vacancies.vocabulary import Remote

_HINTS = hints("hybrid home homeworking homebased remote remotely blended office telecommute")
_PARTS = ("hybrid", "home", "remote", "blended", "telecommute")
_NOT = re.compile(
    r"\b(?:not|isn't|cannot|can't|unable)\b(?:\s[\w-]{1,12}){0,5}?\s(?:home|remote|hybrid|home[\s-]?working)\b|\bwork(?:ing)?\sfrom\shome\sis(?:n't|\snot)\b|\bno\s(?:home|remote|hybrid)[\s-]?working\b"
    r"|\boffice[\s-]based\s(?:role|post|position|job)\b"
)
_FIELD = (
    (Remote.HYBRID, re.compile(r"\bhybrid\b(?!\s(?:theatre|vehicle|car|mail|cloud|simulat|maths|imaging))|\bblended\sworking\b|\bpart(?:ly)?[\s-]home|\b(?:mix|combination|split|balance)\s(?:\w{1,10}\s){0,4}(?:home|remote)")),
    (Remote.HOME, re.compile(r"\bhome[\s-]{0,1}based\b|\b(?:fully|100%|entirely|permanently)[\s-](?:remote|home)|\bhome[\s-]?working\b|\bwork(?:ing)?[\s-]from[\s-]home\b|\btelecommute\b|\bremote[\s-](?:working|role|position|job|first)\b|^\s*remote\b")),
)  # fmt: skip
_TITLE = re.compile(
    r"\bremote\s(?:counsel|psych|work|role|\d)|\(remote\b|[-–|,]\sremote\b|^remote\b|\bhome[\s-]?based\b|\bhome[\s-]?worker\b"
)
_SAID = (
    (
        Remote.HYBRID,
        re.compile(
            r"\bhybrid\s(?:working|role|model|position|basis|post|contract|arrangements?|work)\b|^\W{0,3}hybrid\W{0,3}$|\bblended\sworking\b"
            r"|\b(?:mix|combination|split|balance)\s(?:\w{1,10}\s){0,4}(?:home|remote)|\bfrom\shome\sand\s(?:in\s)?(?:the\s|our\s)?office|\bbetween\s(?:your\s)?home,?\s(?:and\s)?(?:the\s|our\s)?office|\bhome\sand\soffice\b"
            r"|\bwork(?:ing)?\sfrom\shome\s(?:for\s)?(?:up\sto\s)?(?:one|two|three|four|\d|some)\b|\b(?:days?|part\sof\sthe)\s(?:a\s|per\s|each\s)?(?:week\s)?(?:working\s)?(?:at|from)\shome\b|\bhome[\s-]?working\s(?:for\s)?(?:up\sto\s)?(?:one|two|three|four|\d|considered|available|possible|is\s(?:available|possible|considered))"
            r"|\b(?:some|partial|part)\shome[\s-]?working\b|\buse\sof\sremote\sworking\b|\bworking\sremotely\swith\s(?:the\s|a\s)?(?:need|requirement)"
        ),
    ),
    (
        Remote.HOME,
        re.compile(
            r"\b(?:fully|100%|entirely|permanently)[\s-](?:remote|home)|\bhome[\s-]?based\s(?:role|post|position|contract|job)|\b(?:is|be|are)\s(?:remote|home)[\s-]?based\b|\b(?:is|be|are)\sbased\s(?:at|from)\s(?:your\s)?home\b|\blocation\s?:\s?(?:remote|home)"
            r"|\bworked\sfrom\s(?:your\s)?home\b|\bwork(?:ing)?\sfrom\shome\swith\s(?:some|occasional)\b|\bwork\sis\sdone\s(?:at|from)\s(?:your\s)?home\b|\bpredominantly\sworking\sfrom\shome\b|\bthis\sis\sa\sremote\s(?:role|post|job|position)"
        ),
    ),
)


def read_place_of_work(title: str, said: Words, *fields: str | None) -> Found[Remote] | None:
    """At home, partly at home or at the workplace only, where plainly said; None otherwise.

    The source's own fields lead, then the title, then the sentences. Part at home beats at home where both are said. A
    description says it only in so many words: "the ability to work from home at times" is no home-based job.
    """
    for text in fields if says(" ".join(filter(None, fields)).lower(), _PARTS) else ():
        if text and (found := _said(_FIELD, Words(text))):
            return found
    if says(title.lower(), _PARTS):
        if _TITLE.search(title.lower()):
            return Found(Remote.HOME, title)
        if found := _said(_FIELD[:1], Words(title)):
            return found
    return _said(_SAID, said)


def _said(patterns: tuple[tuple[Remote, re.Pattern[str]], ...], said: Words) -> Found[Remote] | None:
    best: Found[Remote] | None = None
    for clause in said.clauses(_HINTS):
        rest = _NOT.sub(" ", clause.low)
        if rest != clause.low:
            best = best or Found(Remote.NONE, clause.words)
        for value, pattern in patterns if says(rest, _PARTS) else ():
            if pattern.search(rest):
                if value is Remote.HYBRID:
                    return Found(value, clause.words)
                best = Found(value, clause.words) if best is None or best.value is Remote.NONE else best
                break
    return best
