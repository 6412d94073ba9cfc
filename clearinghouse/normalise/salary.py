"""How an advert's words about pay are read (design §6, "How pay is read")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from clearinghouse.normalise.basis import Marked, marked
from clearinghouse.normalise.money import amounts, foreign, masked, sterling
from clearinghouse.normalise.periods import pence, period_by_size, period_of_unit, plausible, to_year
from clearinghouse.normalise.sums import Group, groups
from clearinghouse.normalise.text import tidy
from clearinghouse.vacancies.draft import Salary
from clearinghouse.vacancies.vocabulary import Basis, Period

LONGEST = 600
"""Characters of a salary field that are read; real ones have under 200."""

_NOT_OVER = re.compile(
    r"(?:\bup\s?to(?:\sand\sincluding)?(?:\sa)?|^\W*(?:rising\s|progressing\s)?to|\bmax(?:imum)?\.?(?:\ssalary|\spay)?|\bno\smore\sthan|\bnot\sexceeding|(?<!on\s)\btop\sof)[\s:(]*(?:of\s|a\s|circa\s|c\.?\s?|approx\w{0,8}\.?\s)*$",
    re.IGNORECASE,
)
_NOT_UNDER = re.compile(
    r"(?:\bfrom|\bstart(?:s|ing)?(?:\s(?:salary|pay|rate|wage))?(?:\s(?:at|from|of|is))?|\bstarts\s(?:at|from|on)|\bmin(?:imum)?\.?(?:\s(?:salary|pay|of))?|\bat\sleast|\bin\sexcess\sof|\bover|\bmore\sthan|\bupwards\sof|\bnot?\sless\sthan)"
    r"[\s:(–-]*(?:of\s|a\s|circa\s|c\.?\s?|approx\w{0,8}\.?\s)*$",
    re.IGNORECASE,
)
_OR_LESS = re.compile(r"\s{0,2}(?:max(?:imum)?\b|or\s(?:less|below)\b)", re.IGNORECASE)
_OR_MORE = re.compile(
    r"\s{0,2}(?:(?:pa|p\.a\.|per\sannum|ph|per\shour)?\+(?!\s{0,2}[\w£(])|\+\s?(?=pa\b|per\b|p\.a)|upwards|(?:and|&)\s(?:above|up\b)|or\smore|or\sabove|plus\s*$|min(?:imum)?\b|(?:per\sannum\s|pa\s|per\shour\s|ph\s)?starting\s(?:salary|pay|wage|rate)\b)",
    re.IGNORECASE,
)
_FOR_A_WEEK = re.compile(r"\sfor\san?\s\d{1,2}(?:\.\d{1,2})?[\s-]?(?:hour|hr)\sweek\b", re.IGNORECASE)
_ALONE = re.compile(r"(?:\d{2,7}|\d{1,3}(?:,\d{3})+|\d{1,3}\.\d{2}(?:\s?hour)?)", re.IGNORECASE)


def read_salary(text: str | None, hours: Decimal | None = None) -> Salary | None:
    """The pay that these words state; None without words, figures null where they state none in pounds.

    `hours` are the advert's own hours a week: they serve the annual equivalents only.
    """
    words = tidy(text)
    if words is None:
        return None
    salary = _read(words[:LONGEST])
    return with_annual(salary, hours) if stated(salary) else salary


@lru_cache(maxsize=2048)
def _read(shown: str) -> Salary:
    """The pay without its annual equivalents: employers give one grade the same words again and again."""
    line = sterling(f"£{shown}" if _ALONE.fullmatch(shown) else shown)
    if foreign(line):
        return Salary(text=shown)
    blank = masked(line)
    found = groups(amounts(blank), blank)
    if not found:
        return Salary(text=shown)
    return replace(_reading(marked(found, blank, line), line), text=shown)


def _reading(choice: Marked, text: str) -> Salary:
    lead = choice.groups[0]
    period = lead.period or _shared_period(lead, choice.groups) or _sized(lead, choice.basis, text)
    mates = [group for group in choice.groups if _alike(group, lead, period)]
    low, high = min(group.low for group in mates), max(group.high for group in mates)
    minimum: Decimal | None = low
    maximum: Decimal | None = high
    if low == high:
        minimum, maximum = _bounded(lead, text)
    return Salary(
        minimum=pence(minimum) if minimum is not None else None,
        maximum=pence(maximum) if maximum is not None else None,
        period=period,
        basis=choice.basis,
    )


def _shared_period(lead: Group, found: tuple[Group, ...]) -> Period | None:
    """The period where the same sums stand again with one: "£24,907 - £30,615 Band 5 £24,907 - £30,615 per annum"."""
    if not lead.bare:
        return None
    same = (
        group.period for group in found if group.period and plausible(lead.low, group.period) and _near(group, lead)
    )
    return next(same, None)


def _sized(lead: Group, basis: Basis, text: str) -> Period | None:
    if not lead.bare:
        return None
    if basis is not Basis.UNKNOWN and lead.low >= 1000:
        return Period.YEAR  # "£8,900 actual": part-time pay under 10,000
    if 100 <= lead.low < 2000 and _FOR_A_WEEK.match(text, lead.end):
        return Period.WEEK
    return period_by_size(lead.low)


def _alike(group: Group, lead: Group, period: Period | None) -> bool:
    """Whether a further sum is another point or grade of the same pay, rather than another thing."""
    if group is lead:
        return True
    if group.period is not period and not (group.bare and group.period is None):
        return False
    return _near(group, lead)


def _near(group: Group, lead: Group) -> bool:
    return group.low * 3 >= lead.low and group.high <= lead.high * 3


def _bounded(lead: Group, text: str) -> tuple[Decimal | None, Decimal | None]:
    before, after = text[max(0, lead.start - 40) : lead.start], text[lead.end : lead.end + 20]
    if _NOT_OVER.search(before) or _OR_LESS.match(after):
        return None, lead.high
    if _NOT_UNDER.search(before) or _OR_MORE.match(after):
        return lead.low, None
    return lead.low, lead.high


def with_annual(salary: Salary, hours: Decimal | None) -> Salary:
    """The salary with its yearly equivalents, which are for filter and sort only."""
    return replace(
        salary,
        annual_minimum=to_year(salary.minimum, salary.period, hours),
        annual_maximum=to_year(salary.maximum, salary.period, hours),
    )


def stated(salary: Salary | None) -> bool:
    """True when the advert's words gave a figure."""
    return salary is not None and (salary.minimum is not None or salary.maximum is not None)


def structured_salary(extra: Mapping[str, str], hours: Decimal | None, text: str | None) -> Salary | None:
    """Pay from a source's sums as numbers: used only when its words give nothing, and never against their size.

    The unit is believed where the sums can be that; else size decides ("YEAR" with 13.26 is an hour).
    """
    low, high = _number(extra.get("salary_minimum")), _number(extra.get("salary_maximum"))
    currency = (extra.get("salary_currency") or "GBP").strip().upper()
    if (low is None and high is None) or currency not in ("GBP", "£", ""):
        return None
    if low is not None and high is not None and (high < low or high > 10 * low):
        return None  # glued figures and bonuses
    least = low if low is not None else high
    assert least is not None  # noqa: S101 - one of the two is there, for mypy
    unit = period_of_unit(extra.get("salary_unit"))
    period = unit if unit and plausible(least, unit) else period_by_size(least)
    return with_annual(Salary(minimum=low, maximum=high, period=period, text=text), hours)


def _number(text: str | None) -> Decimal | None:
    try:
        value = Decimal((text or "").replace(",", "").replace("£", "").strip())
    except InvalidOperation:
        return None
    return pence(value) if value.is_finite() and 0 < value < 10_000_000 else None
