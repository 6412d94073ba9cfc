"""An advert's title and employer, tidied but never reworded; and what is no advert at all."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re

from clearinghouse.normalise.text import tidy

LONGEST = 300

_NOUN = r"(?:vacanc(?:y|ies)|jobs?|posts?|positions?|opportunit(?:y|ies)|roles?|adverts?)"
_TOMBSTONE = re.compile(
    rf"""^\W*(?:
        (?:sorry\W+)?(?:this|the|our)\s(?:service|site|website|page|feed)\s(?:is|has|will)\b.{{0,60}}\b(?:clos\w+|unavailable|moved|down)\b.{{0,40}}
      | (?:sorry\W+)?(?:there\sare|we\s(?:currently\s)?have|we\sdo\snot\s(?:currently\s)?have|there\sare\snot)?\W*(?:currently|presently|at\spresent|at\sthe\smoment|unfortunately)?\W*
        (?:no|any)\s(?:current\s|live\s|open\s|new\s|available\s|job\s|suitable\s)*{_NOUN}(?:\s(?:available|advertised|open|found|listed|to\sdisplay))?
        (?:\W+(?:at\s(?:present|this\stime|the\s(?:moment|present\stime|current\stime))|currently|right\snow|today|available))*.{{0,30}}
      | (?:sorry\W+)?(?:this|the)\s{_NOUN}\s(?:is|has|was)\s(?:now\s|already\s|been\s|no\slonger\s)*(?:closed|expired|available|filled|removed|withdrawn).{{0,40}}
      | {_NOUN}\s(?:not\sfound|no\slonger\savailable|expired|has\sexpired)
      | (?:error\s)?(?:404|403|500|503)\b.{{0,40}} | page\snot\sfound.{{0,40}} | access\sdenied | service\sunavailable | not\sfound
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)


def read_title(text: str | None) -> str | None:
    """The title on one line, without tags or entities; capitals and wording stay the source's. None when empty."""
    words = tidy(text)
    return words[:LONGEST].strip() if words and re.search(r"\w", words) else None


def read_employer(*names: str | None) -> str | None:
    """The first name given, on one line: the posting's, else the source's organisation."""
    return next(
        (words for name in names if (words := tidy(name)) and words.casefold() not in ("n/a", "none", "null")), None
    )


def tombstone(title: str, description: str | None = None) -> str | None:
    """The words by which an entry says that it is no advert ("There are currently no vacancies"); None for an advert."""
    if len(title) <= 160 and _TOMBSTONE.match(title):
        return title
    words = (description or "").strip()
    generic = re.fullmatch(
        rf"(?:current\s|latest\s)?(?:{_NOUN}|recruitment|careers|closed|error|sorry)", title.strip(), re.IGNORECASE
    )
    return words if generic and len(words) <= 200 and _TOMBSTONE.match(words) else None
