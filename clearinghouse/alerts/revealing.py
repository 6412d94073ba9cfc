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


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf'(?<!\w)["“]?(?:{pattern})["”]?(?!\w)', re.IGNORECASE)


TELLING: tuple[Telling, ...] = (
    Telling(
        "It asks for jobs without a criminal record check. Someone who sees it may think that you have a record.",
        "dbs", Dbs.NONE.value, _words(r"(?:no|without(?: an?)?|-) ?(?:dbs|crb)(?: checks?)?"), whole=True,
    ),
    Telling(
        "It asks for a guaranteed interview. Someone who sees it may think that you are disabled.",
        "flag", Flag.GUARANTEED_INTERVIEW.value,
        _words(r"guaranteed interviews?(?: scheme)?|disability confident|disabled (?:people|persons?|applicants?)"),
    ),
    Telling(
        "It asks for employers who consider convictions. Someone who sees it may think that you have one.",
        "flag", Flag.CONSIDERS_CONVICTIONS.value,
        _words(r"ex[- ]?offenders?|prison leavers?|(?:with )?(?:a )?(?:criminal )?(?:convictions?)|criminal records?"),
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
            words = " ".join(each.words.sub(" ", criteria.q).split())
            criteria = criteria.replace(**{each.parameter: left, "q": words})
    return criteria


def _tells(telling: Telling, criteria: Criteria) -> bool:
    return telling.value in criteria.selected(telling.parameter) or bool(telling.words.search(criteria.q))
