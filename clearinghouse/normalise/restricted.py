"""Who may apply: adverts for people who work there already, or for those at risk of redundancy alone.

An advert is for everyone unless it plainly says otherwise of this post: "internal audit" and "internal candidates must
tell their manager" restrict nothing. Its sentences are judged one at a time, and only those with a telling word.
"""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clearinghouse.normalise.text import lowered, mentions
from clearinghouse.vacancies.vocabulary import Restriction

LONGEST = 20_000
SENTENCE = 400

# Every pattern below reads lower-case words.
_CANDIDATES = r"(?:applicants?|candidates?|applications?)"
_PEOPLE = rf"(?:staff|employees?|workers?|personnel|officers?|colleagues|civil\sservants?|teachers|{_CANDIDATES})"
_FEW = r"(?:[\w'’(),/-]{1,20}\s){0,4}?"  # a few words between two that belong together
_RISK = r"(?:redeploye\w{1,3}|redeployment|at[\s-]risk\b(?!\sof\s(?!redundancy))|notice\sof\sredundancy)"
_AT_RISK = re.compile(_RISK)
_AFFECTED = re.compile(rf"{_RISK}|\baffected\b")
_INSIDERS = re.compile(
    rf"\b(?:internal\s{_FEW}{_PEOPLE}|(?:existing|current|present|serving)\s{_FEW}{_PEOPLE}|(?:currently|already)\semployed"
    rf"|employed\sby|employees\sof|(?:staff|officers)\s(?:and\s\w{{1,20}}\s)?(?:of|at|from)\b|staff\s(?:who\sare\s)?working\s(?:in|for|within|at)\b"
    rf"|(?:trust|council|college|university|school|force|service|bank)\s(?:staff|employees|colleagues|workers))",
)
_ALONE = re.compile(r"\b(?:only|solely|exclusively|restricted|limited|confined|in\sthe\sfirst\sinstance)\b(?!\sonce)")
_POST = r"(?:post|vacancy|role|position|job|opportunity|advert|posting|process|secondment|apprenticeship|applications?|appointment)"
_OPEN = r"(?:open|available|restricted|limited|confined|accepted|considered|invited)"
_ENTRY = re.compile(
    rf"\b{_POST}\s{_FEW}{_OPEN}\b|\b{_POST}\sis\sfor\b|\bthis\sis\s(?:only\s)?open\b|^\W*(?:only\s)?(?:exclusively\sfor|{_OPEN}\s(?:only\s)?to|for)\b"
    r"|\baccept(?:ing)?\s(?:\w{1,20}\s)?applications\b|^\W*(?:eligibility|who\s(?:can|may)\sapply)\b|\b(?:may|can)\sapply\b"
    r"|\bonly\b.{0,80}\bbe\s(?:considered|accepted)\b",
)
_INTERNAL_SAID = (
    re.compile(rf"\binternal\s(?:\w{{1,20}}\s)?(?:staff|employees|{_CANDIDATES})\s(?:\([^)]{{1,40}}\)\s)?only\b(?!\sonce)"),
    re.compile(r"\b(?:is|as)\s(?:an?\s)?internal[\s-](?:only\b|(?:\w{1,20}\s)?(?:vacancy|advert(?:isement)?|posting|appointment|opportunity)\b)"),
    re.compile(r"\badvertised\sinternally\b"),
    re.compile(rf"\b(?:external\s{_CANDIDATES}|non-?employees)\s(?:(?:will|are|is|may|can|need)\s?not|cannot)\s(?:be\s)?(?:considered|shortlisted|accepted|eligible|interviewed|apply)"),
    re.compile(rf"\bnot\sopen\sto\sexternal\b|\bno\sexternal\s{_CANDIDATES}"),
    re.compile(rf"\bmust\s(?:already|currently)\sbe\semployed\sby\b|\bmust\sbe\s(?:an?\s)?(?:existing|current|serving)\s{_FEW}{_PEOPLE}"),
    re.compile(r"^\W*who\s(?:can|may)\sapply\W{1,3}internal\b(?!.*\bexternal)|\b(?:open|advertised|available|broadcast)\W{1,2}(?:\w{1,10}\s)?across\sgovernment\sonly(?=\W*$)"),
    re.compile(rf"\bexpressions?\sof\sinterest\b.{{0,60}}\b(?:existing|current)\s{_FEW}(?:staff|employees|workers)"),
    re.compile(r"\bsecondment\sis\s(?:only\s)?open\s(?:only\s)?to\s(?:staff|employees)\b|\bsecondment\sopen\s(?:only\s)?to\s(?:staff|employees)\b"),
)  # fmt: skip
_DUTY = re.compile(r"\W*(?:you(?:'ll|’ll|\swill)|to)\s(?!need|be\b|have|already|currently|apply)\w+")
"""How a sentence about the work begins, not about who may do it: "You will advertise to internal staff only"."""
_RING_FENCED_SAID = (
    re.compile(r"\bring[\s-]?fenced\s(?:to|for)\s(?:[\w'’-]{1,20}\s){0,4}?(?:staff|employees|colleagues|those\saffected|redeploy\w{0,6}|at[\s-]risk)\b"),
    re.compile(rf"\b(?:redeployees|redeployment(?:\s(?:pool|register|list|{_CANDIDATES}))?|at[\s-]risk\s(?:staff|employees|{_CANDIDATES}))\sonly\b"),
)  # fmt: skip
_TITLE_INTERNAL = re.compile(
    r"\binternal\s(?:only|advert(?:isement)?|vacancy|secondment|posting|opportunity|applicants?|candidates?|applications?)\b"
    r"|[(\[*–-]\s?internal\s?(?:[)\]*]|$)"
    r"|\b(?:trust|council|college|university|school|bank|current|existing|internal)\s(?:\w{1,20}\s)?(?:staff|employees?|workers)\sonly\b"
    r"|\((?:current|existing)\s(?:staff|employees)\)",
)
_TITLE_RING_FENCED = re.compile(r"^\W*ring[\s-]?fenced\s?(?:[:–-]|to\b|for\b)|\(ring[\s-]?fenced\b")
_PUBLIC = re.compile(
    rf"\bexternal\s(?:and\sinternal\s)?{_CANDIDATES}\s(?:are\s)?(?:now\s|also\s)?(?:welcome|invited)|\binternal(?:ly)?\s(?:and|&|or)\sexternal"
    rf"|\band\s(?:from\s)?external\s{_CANDIDATES}|\bnot\s(?:only|just|restricted|limited)\s(?:to\s)?(?:internal|current|existing|our\sown)\b"
    r"|\b(?:previously|first|originally)\sadvertised\s(?:as\s)?internal|\bopen\sto\s(?:everyone|all\b(?!\s(?:\w{1,20}\s){0,3}?(?:staff|employees|colleagues)))",
)
_FIRST = re.compile(r"\bpriority\b|\bprior\sconsideration\b|\bpreference\b|\bconsidered\s(?:first|before)\b|\bfirst\sconsideration\b")  # fmt: skip
_HINTS = (
    "internal", "external", "redeploy", "fenced", "at risk", "only", "solely", "exclusive", "restricted", "limited to", "first instance",
    "be a current", "be an existing", "already be emp", "non-employ", "of interest", "secondment",
)  # fmt: skip
_PEOPLE_HINTS = (
    "staff",
    "employ",
    "internal",
    "external",
    "risk",
    "redeploy",
    "affected",
    "current",
    "existing",
    "serving",
    "government",
)
_PUBLIC_HINTS = ("external", "not ", "advertised", "open to")
_RISK_HINTS = ("risk", "redeploy", "fenced", "affected", "redundancy")
_TITLE_HINTS = ("internal", "only", "fenced", "(current", "(existing")


@dataclass(frozen=True)
class Applicants:
    """Who may apply: `restricted` is None where everyone may, `redeployees` that people at risk are considered first.

    `words` are the advert's own that say so.
    """

    restricted: Restriction | None = None
    redeployees: bool = False
    words: str | None = None


EVERYONE = Applicants()


def read_applicants(title: str, text: str | None) -> Applicants:
    """Who may apply, from the title and then the first sentence of the description that limits it.

    Words that ask people outside too ("internal and external applicants") outweigh what stands elsewhere in the text.
    """
    in_title = _of_title(title)
    if in_title.restricted:
        return in_title
    found = [one for words, low in _sentences((text or "")[:LONGEST]) if (one := _of_sentence(words, low)) is not None]
    limits = [one for one in found if one.restricted]
    if limits and EVERYONE not in found:
        return next((one for one in limits if one.restricted is Restriction.RING_FENCED), limits[0])
    return next((one for one in found if one.redeployees and not one.restricted), EVERYONE)


def _of_title(title: str) -> Applicants:
    low = title.lower()
    if not mentions(low, *_TITLE_HINTS):
        return EVERYONE
    if _TITLE_RING_FENCED.search(low) or _RING_FENCED_SAID[1].search(low):
        return Applicants(Restriction.RING_FENCED, _AT_RISK.search(low) is not None, title)
    return Applicants(Restriction.INTERNAL, words=title) if _TITLE_INTERNAL.search(low) else EVERYONE


def _sentences(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence or line with a telling word, once, in the text's order, as it stands and in lower case.

    A very long one loses its far ends.
    """
    low = lowered(text)
    spans: set[tuple[int, int]] = set()
    for hint in _HINTS:
        at = low.find(hint)
        while at >= 0:
            start = max(low.rfind("\n", 0, at), low.rfind(". ", 0, at), at - SENTENCE) + 1
            ends = (low.find("\n", at), low.find(". ", at), at + SENTENCE)
            end = min(stop for stop in ends if stop >= 0)
            if mentions(low[start:end], *_PEOPLE_HINTS):
                spans.add((start, end))
            at = low.find(hint, end)
    for start, end in sorted(spans):
        yield text[start:end].strip(), low[start:end].strip()


def _of_sentence(words: str, low: str) -> Applicants | None:
    """What one sentence says of who may apply: EVERYONE where it asks all, None where it is about something else."""
    if mentions(low, *_PUBLIC_HINTS) and _PUBLIC.search(low):
        return EVERYONE
    alone = _ALONE.search(low) is not None and _ENTRY.search(low) is not None
    if mentions(low, *_RISK_HINTS):
        at_risk = _AT_RISK.search(low) is not None
        if any(pattern.search(low) for pattern in _RING_FENCED_SAID) or (alone and _AFFECTED.search(low)):
            return Applicants(Restriction.RING_FENCED, at_risk, words)
        if at_risk and _FIRST.search(low):
            return Applicants(redeployees=True, words=words)
    if (any(pattern.search(low) for pattern in _INTERNAL_SAID) and not _DUTY.match(low)) or (
        alone and _INSIDERS.search(low)
    ):
        return Applicants(Restriction.INTERNAL, words=words)
    return None
