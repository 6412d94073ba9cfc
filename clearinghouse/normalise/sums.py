"""Groups of sums in an advert's words about pay, each with its period; allowances and bonuses are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from clearinghouse.normalise.money import Amount
from clearinghouse.normalise.periods import (
    other_period,
    period_by_size,
    period_first,
    period_last,
    plausible,
)
from clearinghouse.vacancies.vocabulary import Period

_EXTRA = (
    r"allowances?|bonus(?:es)?|supplements?|weighting|enhancements?|premi(?:a|um)s?|rrp|r\s?&\s?r|hcas?|lwa|relocation|"
    r"retention|commission|ote|on[- ]target|welcome|golden|joining|referral|mileage|sleep[- ]?ins?|stand[- ]?by|"
    r"on[- ]call|sra|tlr|sen\s(?:point|allowance)|fringe|vouchers?|budgets?|turnover|grants?|car\suser|car\sallowance|"
    r"overtime|holiday\spay|incentives?|bursar(?:y|ies)|scholarships?|market\s(?:factor|forces|supplement|premium)|contribution|uplift|registration\sfee|per\smile"
)
_EXTRA_AFTER = re.compile(rf"^.{{0,60}}?\b(?:{_EXTRA})\b", re.IGNORECASE | re.DOTALL)
_EXTRA_BEFORE = re.compile(
    rf"\b(?:{_EXTRA}|expenses)\b(?:\s(?!salary|pay|basic)[\w&]{{1,14}}){{0,4}}[\s:=–—-]{{0,5}}\(?$", re.IGNORECASE
)
_WITH_HOLIDAY = re.compile(
    r"^\W{0,3}(?:(?:per|an)\shour\s|p/?h\s)?(?:with|inc\w{0,8})\.?\s(?:of\s)?(?:accrued\s)?holiday", re.IGNORECASE
)
_WITH_MORE = re.compile(r"\+[^£]{0,24}=\s?$")  # "£12.50 + 12.07% = £14.01"
_WHEN_AWARDED = re.compile(
    r"^[^()]{0,40}\b(?:when|once|following|after|if|subject\sto|pending|under)\b[^()]{0,40}\baward\b", re.IGNORECASE
)
_ADDED = re.compile(
    r"(?:(?<![\s(]\d\d)\+|\bplus|\bincluding|\binclusive\sof|\binc\.?|\bincl\.?|\bwith|\bas\swell\sas|\badditional)"
    r"(?:\s(?!salary|pay|basic|days\b|weeks\b)[\w&-]{1,16}){0,3}[\s(:]{0,3}$"
    r"|\bplus[\s(:]{0,12}$",  # the name of an allowance blanked out: "plus SEN1 (£2,787)"
    re.IGNORECASE,
)
_NOT_PAY = re.compile(
    r"(?:\b(?:tlr|ote|on[- ]target\searnings|bonus|allowance|bursary|hello|supplement|relocation|expenses)\b[^#]{0,12}#"
    r"|#\W{0,3}(?:\w{1,12}\s){0,2}(?:tlr|ote|on[- ]target|bonus|allowance|hello|supplement|relocation|bursary)\b)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[+;|()\[\],]|\bplus\b|\band\b|\bwith\b|\binc|\bexc|[.:]\s|\bor\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[;|]|[.]\s+[A-Z]|\bplus\b|\+|\bor\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """Sums that belong together: one figure, or the ends of a range. `start` and `end` are places in the text."""

    low: Decimal
    high: Decimal
    start: int
    end: int
    marked: bool
    period: Period | None = None
    bare: bool = False

    @property
    def single(self) -> bool:
        """True when it is one figure."""
        return self.low == self.high


def groups(found: tuple[Amount, ...], text: str) -> tuple[Group, ...]:
    """The sums that may be this job's pay, in order, with their periods."""
    joined = _gathered(found, text)
    if any(group.marked for group in joined):
        joined = [group for group in joined if group.marked]
    kept = _without_extras(joined, text)
    timed = [_timed(group, index, joined, text) for index, group in enumerate(joined) if group in kept]
    return tuple(group for group in timed if group and (group.marked or _pay_like(group)))


def _gathered(found: tuple[Amount, ...], text: str) -> list[Group]:
    result: list[Group] = []
    for amount in found:
        single = Group(amount.value, amount.value, amount.start, amount.end, amount.marked)
        if result and (amount.joined or _paired(result[-1], amount, text)):
            last = result[-1]
            low, high = min(last.low, single.low), max(last.high, single.high)
            result[-1] = Group(low, high, last.start, single.end, last.marked or single.marked)
        else:
            result.append(single)
    return result


def _paired(last: Group, amount: Amount, text: str) -> bool:
    """Whether two sums are the ends of one range, as in "between £20,000 and £25,000"."""
    gap = text[last.end : amount.start]
    return bool(re.fullmatch(r"\s*(?:and|&)\s*", gap) and _BETWEEN.search(text[max(0, last.start - 12) : last.start]))


def _without_extras(joined: list[Group], text: str) -> list[Group]:
    after = [_extra_after(index, joined, text) for index in range(len(joined))]
    before = [_extra_before(index, joined, text) for index in range(len(joined))]
    kept = [group for group, late, early in zip(joined, after, before, strict=True) if not late and not early]
    likely = [group for group, late in zip(joined, after, strict=True) if not late and not _never(group, text)]
    return kept or likely[:1]


def _never(group: Group, text: str) -> bool:
    """True for a sum that can't be the job's pay even where it is the only one: "TLR 2b (£5,647)", "£40,000 OTE"."""
    around = f"{text[max(0, group.start - 24) : group.start]}#{text[group.end : group.end + 24]}"
    return _NOT_PAY.search(around) is not None


def _extra_after(index: int, joined: list[Group], text: str) -> bool:
    words = _after(index, joined, text)
    if index + 1 < len(joined) and _EXTRA_BEFORE.search(words[-80:]):
        return False
    words = _until(_STOP, words[:80])
    return _EXTRA_AFTER.search(words) is not None


def _extra_before(index: int, joined: list[Group], text: str) -> bool:
    words = _before(index, joined, text)[-80:]
    if _EXTRA_BEFORE.search(words) or _said_again(index, joined, text):
        return True
    paid = re.match(r"\s{0,2}(?:salary|basic|base)\b", _after(index, joined, text), re.IGNORECASE)
    return index > 0 and paid is None and _ADDED.search(words) is not None


def _said_again(index: int, joined: list[Group], text: str) -> bool:
    """True for the same pay later or with more in it: "(£15.10 including holiday pay)", "(£26,427 once awarded)"."""
    if len(joined) == 1:
        return False
    later = _after(index, joined, text)[:100]
    bracket = index > 0 and "(" in _before(index, joined, text)
    if index and _WITH_MORE.search(_before(index, joined, text)):
        return True
    return _WITH_HOLIDAY.match(later) is not None or (bracket and _WHEN_AWARDED.match(later) is not None)


def _after(index: int, joined: list[Group], text: str) -> str:
    end = joined[index + 1].start if index + 1 < len(joined) else len(text)
    return text[joined[index].end : end]


def _before(index: int, joined: list[Group], text: str) -> str:
    start = joined[index - 1].end if index else 0
    return text[start : joined[index].start]


def _until(stop: re.Pattern[str], words: str) -> str:
    match = stop.search(words)
    return words[: match.start()] if match else words


def _timed(group: Group, index: int, joined: list[Group], text: str) -> Group | None:
    """The sum with its period; None for one like "£32 per annum", which may lack its thousands."""
    inside = text[group.start : group.end]
    following = _until(_SENTENCE, _after(index, joined, text)[:80])
    leading = re.split(r"[;|+]|\.\s", _before(index, joined, text)[-60:])[-1]
    if index:
        leading = leading.rpartition(",")[2].rpartition("(")[2]
    stated = period_first(following) or period_first(inside) or _led(index, leading)
    if stated is None:
        bare = not (other_period(following) or other_period(inside))
        return replace(group, period=None, bare=bare)
    if stated is Period.YEAR and group.high < 100 and "." not in inside:
        return None
    fits = plausible(group.low, stated)  # else the words belong to something else, or are a slip: size decides
    return replace(group, period=stated if fits else None, bare=not fits)


def _led(index: int, leading: str) -> Period | None:
    """The period that the words before a sum name ("Hourly rate: £13"), when they don't belong to the sum before."""
    if index and not re.search(r"(?:rate|salary|pay|wage|:)\W{0,3}\w{0,4}\W{0,3}$", leading, re.IGNORECASE):
        return None
    return period_last(leading)


def _pay_like(group: Group) -> bool:
    """Whether figures without a pound sign are pay: a period we know, a yearly size, or pounds with pence an hour."""
    if group.period is not None:
        least = {Period.WEEK: 100, Period.DAY: 40, Period.MONTH: 300, Period.YEAR: 1000, Period.HOUR: 3}
        return group.low >= least.get(group.period, 30)
    if not group.bare:
        return False
    if group.low >= 10_000:
        return group.high < 1_000_000
    return period_by_size(group.low) is Period.HOUR and group.low.as_tuple().exponent == -2 and group.high < 100
