"""What a search may tell about the person who saves it, and the search without that (design rule 12). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clearinghouse.search.criteria import Criteria
from clearinghouse.vacancies.vocabulary import Dbs, Flag


@dataclass(frozen=True)
class Telling:
    """One thing that a search may tell: its sentence, and the parameter's value or the words by which it does."""

    sentence: str
    parameter: str
    value: str
    words: re.Pattern[str]
    whole: bool = False  # without this value, the parameter's others would be another search


GAP = r"[\s“”\"–-]{0,3}"  # few: five hundred of them would take a fifth of a second
CHECKS = (
    rf"(?:(?:basic|standard|enhanced) )?(?:dbs|d\.b\.s\.?|crb|disclosure)(?:{GAP}(?:checks?|certificates?))?"
    r"|(?:criminal records?|background|police) checks?"
)
NEEDED = r"(?:required|needed|necessary)"
INTERVIEWS = r"g[aeru]{3,5}nt?ee?d?s?(?: (?:an?|job|the))? interv[ie]{2,3}ws?"  # as it is spelt and misspelt
AGO = r"(?:(?:with|for|a|any|criminal|past|previous|spent|unspent) ){0,3}"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)-?[\"“'‘]?(?:{pattern})[\"”'’]?(?!\w)", re.IGNORECASE)


TELLING: tuple[Telling, ...] = (
    Telling(
        "It asks for jobs without a criminal record check. Someone who sees it may think that you have a record.",
        "dbs", Dbs.NONE.value,
        _words(
            rf"(?:(?:no|not|non|without)(?: an?| any)?|[-–]){GAP}(?:{CHECKS})(?: (?:is )?{NEEDED})?"
            rf"|(?:{CHECKS})(?: (?:not|isn['’]?t) {NEEDED}|:?{GAP}(?:free|none))"
        ),
        whole=True,
    ),
    Telling(
        "It asks for a guaranteed interview. Someone who sees it may think that you are disabled.",
        "flag", Flag.GUARANTEED_INTERVIEW.value,
        _words(
            rf"{INTERVIEWS}(?: schemes?)?|interviews? guaranteed|disability[ -](?:confident|friendly)|two ticks"
            r"|disabled[ -](?:people|persons?|applicants?|friendly)|(?:jobs )?for (?:the )?disabled"
        ),
    ),
    Telling(
        "It asks for employers who consider convictions. Someone who sees it may think that you have one.",
        "flag", Flag.CONSIDERS_CONVICTIONS.value,
        _words(
            r"ex[ -]?(?:offenders?|prisoners?|convicts?|cons?)|offender[ -]friendly|prison leavers?|ban the box"
            rf"|{AGO}convictions?|(?:{AGO}criminal|no criminal) (?:records?|backgrounds?|history|past)"
        ),
    ),
)  # fmt: skip


def revealing(criteria: Criteria) -> tuple[str, ...]:
    """A sentence for each thing that the search may tell about whoever saves it; nothing for most searches."""
    return tuple(each.sentence for each in TELLING if _tells(each, criteria))


def without_private(criteria: Criteria) -> Criteria:
    """The search without what may tell something; the same one where there is nothing."""
    for each in TELLING:
        if _tells(each, criteria):
            kept = tuple(v for v in criteria.selected(each.parameter) if v != each.value)
            left = () if each.whole and len(kept) < len(criteria.selected(each.parameter)) else kept
            criteria = criteria.replace(**{each.parameter: left, "q": _without(each.words, criteria.q)})
    return criteria


def _without(told: re.Pattern[str], words: str) -> str:
    """The words without those; again where taking some away brought others together."""
    while told.search(words):
        words = " ".join(told.sub(" ", words).split())
    return words if re.search(r"\w", words) else ""


def _tells(telling: Telling, criteria: Criteria) -> bool:
    return telling.value in criteria.selected(telling.parameter) or bool(telling.words.search(criteria.q))
