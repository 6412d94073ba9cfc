"""Sums of money in an advert's words about pay: found, with everything that only looks like one masked."""

# ruff: noqa: E501 - a pattern reads better on one line than broken by length
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

DASH = r"(?:-|–|—|‐|‑|‒|−|~)"
RANGE = rf"(?:{DASH}+|/|\\|→|>|to|until|rising\s+to|progressing\s+to|increasing\s+to|up\s+to|through\s+to)"

_ORDINAL_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_NOISE = re.compile(
    r"(?:(?=[\d£+(h\s])|\b)(?:"  # where some of these may begin: few places inside a word
    + "|".join(
        (
            r"https?://\S{1,300}|\b[\w.+-]{1,60}@[\w.-]{1,60}",
            r"(?<![\d£.,])\+?\(?0\d{2,4}\)?[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)|\+44[\s\d]{9,14}",  # telephone numbers
            r"\b(?:ref|reference|job|vacancy|post|requisition|id|no|number|code)(?:\s+(?:ref|reference|id|no|number|code))?\.?\s{0,2}[:#]?\s{0,2}[A-Z/-]{0,6}\d{3,10}\b",
            r"\b[A-Z]{2,6}[/-]\d{2,4}[/-]\d{3,6}\b",  # references: NHS/26-1234
            r"\b[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}\b",  # postcodes
            r"(?<![\d£.,])\d{1,2}\s{0,1}[/.]\s{0,1}\d{1,2}\s{0,1}[/.]\s{0,1}(?:20)?\d{2}(?![\d,])",  # dates
            r"(?<![\d£.,])(?:19|20)\d{2}-\d{2}-\d{2}",
            rf"(?<![\d£.,])\d{{1,2}}(?:st|nd|rd|th)?\s{{0,2}}(?:of\s)?{_ORDINAL_MONTH}(?:\s{{0,2}},?\s?(?:19|20)\d{{2}})?\b",
            rf"\b{_ORDINAL_MONTH}\s{{1,2}}(?:19|20)\d{{2}}\b",
            rf"(?<![\d£.,])(?:19|20)\d{{2}}\s?(?:/|{DASH})\s?(?:20)?\d{{2}}(?![\d,])",  # financial years
            r"(?<![\d£.,])(?:19|20)\d{2}(?:\s{1,2}(?:pay|scale|rate|award))",
            (  # hours, weeks, days, posts
                rf"(?<![\d£.,])\d{{1,3}}(?:\.\d{{1,2}})?(?:\s?(?:{DASH}|to)\s?\d{{1,3}}(?:\.\d{{1,2}})?)?\s?(?:-\s?)?"
                r"(?:contracted\s|contractual\s|working\s)?(?:hours?|hrs?|mins?|minutes|weeks?|wks?|days?|months?|mths?|years?|yrs?|sessions?|nights?|shifts?|pa'?s|PA’s|programmed|posts?|positions?|vacancies|x)\b"
                r"(?:\s{0,2}(?:per|a|each|every|/|p)\s{0,2}(?:week|wk|w|month|year|annum|day|fortnight)\b)?"
            ),
            r"\b(?:paid|payable|pay\s?day|calculated|reviewed)\s(?:hourly|daily|weekly|fortnightly|monthly|four[- ]weekly|annually)\b",
            r"(?<![\d£.,])\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\b\.?|\b\d{1,2}:\d{2}\b",  # times of day
            (  # a share of a sum is another sum: "70% of £46,580"
                r"\d{1,3}(?:\.\d{1,2})?\s?(?:%|percent|per\s?cent)\sof\s(?:(?:the|a|of|top|bottom|maximum|max|point|band|grade|qualified|full|afc|scp|\d{1,2}[a-d]?)\s){0,6}"
                rf"\(?£\s?\d[\d,.]{{2,10}}(?:\s?{DASH}\s?£?\d[\d,.]{{2,10}})?"
            ),
            r"\d{1,3}(?:\.\d{1,3})?\s?(?:%|percent\b|per\s?cent\b)",
            r"(?<![\d£.,])[01](?:\.\d{1,12})?\s?(?:fte|wte)\b",
            r"£?\s?\d[\d,.]{0,9}\s?(?:m|mn|million|bn|billion)\b(?:\s\w{1,12}){0,2}?\s(?:budgets?|turnover|grants?|fund|programme|portfolio|contribution)\b",
            r"\btlrs?\s?\d\.\d(?![\d,])",
            (  # bands, grades, points
                r"\b(?:job\s?)?(?:bands?|grades?|grd|gr|scales?|scp|sp|spinal(?:\scolumn)?\spoints?|spine(?:\spoints?)?|scale\spoints?|points?|pts?|levels?|njc|afc|tier|step|spot|tlr)"
                rf"\.?s?\s{{0,2}}[:#]?\s{{0,2}}(?:{DASH}\s?)?[a-z]{{0,4}}\d{{1,2}}[a-d]?(?![\d.,]?\d|\s?k\b|\s?{DASH}\s?\d{{1,3}}k)"
                rf"(?:\s?(?:{DASH}|to|/|,|and|&|or)\s?[a-z]{{0,4}}\d{{1,2}}[a-d]?(?![\d.,]?\d|k\b|\s?(?:ph|hours?|hrs?|days?|weeks?|months?|posts?|%)\b))*"
            ),
            rf"\b[A-Z]{{1,4}}\d{{1,3}}[a-d]?(?:\s?(?:{DASH}|to|/)\s?[A-Z]{{0,4}}\d{{1,2}}[a-d]?)?\b(?!,\d)",  # M1 - M6, PO3
        )
    )
    + ")",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<mark>£\s{0,2}|(?<![\w.,]))"
    r"(?P<digits>\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?(?!\d)"
    r"|(?<=£)\d{1,3}(?:,\s|\s,)\d{3}(?![\d,])"
    r"|(?<=£)\d{2,3}[\s]\d{3}(?![\d,])|(?<=£\s)\d{2,3}\s\d{3}(?![\d,])"
    r"|\d{1,3},\d{2}(?![\d,])|\d{1,9}(?:\.\d{1,4})?(?!,?\d))"
    r"(?P<unit>\s?k(?![a-z])|\s?(?:m|mn|million|bn|billion)\b|(?:p|\s?pence)(?![a-z./]))?",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"[$€¥₹]|\b(?:USD|EUR|euros?|dollars?|CHF|AUD|CAD|NZD|INR|AED|SAR|SEK|NOK|DKK|PLN|JPY|CNY|HKD|SGD|ZAR|Rs\.?|kr\.?)(?![a-z])",
    re.IGNORECASE,
)
_POUNDS = (
    (re.compile(r"\b(?:GBP|UKP)\s?(?=\d)", re.IGNORECASE), "£"),
    (re.compile("(?:\ufffd|\\?)(?=\\d{2,3},?\\d{3}|\\d{1,2}\\.\\d\\d)"), "£"),
)
_POUNDS_AFTER = re.compile(
    r"(?<![\d,.£])(\d[\d,]{0,10}(?:\.\d{1,2})?)\s?(?:GBP|UKP|pounds(?:\ssterling)?)\b", re.IGNORECASE
)
_JOIN = re.compile(
    rf"[\s)]*(?:(?:(?:per|an?)\s[a-z]{{1,10}}|/\s?[a-z]{{1,6}}|p\.?[ah]\.?|p/[ah]|fte|pro\srata|annually|hourly|min(?:imum)?)[\s,.)]*)?"
    rf"{RANGE}[\s(]*(?:(?:fte|circa|c\.|about|max(?:imum)?|a\smaximum\sof|up\sto|to)\s*)?",
    re.IGNORECASE,
)


_SPANS = ("week", "weeks", "day", "days")


@dataclass(frozen=True)
class Amount:
    """One sum in pounds and where it stands in the text. `marked`: it has a pound sign, or is in pence."""

    value: Decimal
    start: int
    end: int
    marked: bool
    thousands: bool = False
    joined: bool = False


def sterling(text: str) -> str:
    """The text with every way of writing pounds as a pound sign."""
    for pattern, sign in _POUNDS:
        text = pattern.sub(sign, text)
    return _POUNDS_AFTER.sub(r"£\1", text)


def foreign(text: str) -> bool:
    """True when the sums are in another currency than pounds."""
    return "£" not in text and _FOREIGN.search(text) is not None


def masked(text: str) -> str:
    """The text with what looks like a sum but isn't blanked out, in the same length: hours, grades, dates, numbers."""
    return _NOISE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    """Spaces, but for a teacher's allowance ("TLR 2b"): its name says what the sum beside it is.

    A dot stands for weeks and days, so that "plus 2 weeks (£23,758 actual)" isn't an allowance without a name.
    """
    words = match.group()
    kept = "TLR" if words[:3].upper() == "TLR" else "·" if words.lower().endswith(_SPANS) else ""
    return kept.ljust(len(words))


def amounts(text: str) -> tuple[Amount, ...]:
    """Every sum in a masked text, in order; `joined` ones end a range whose start is the sum before."""
    found = [amount for match in _NUMBER.finditer(text) if (amount := _amount(match)) is not None]
    return tuple(_ranged(found, text))


def _amount(match: re.Match[str]) -> Amount | None:
    unit = (match["unit"] or "").strip().lower()
    if unit.startswith(("m", "b")):
        return None  # millions are budgets
    digits = match["digits"]
    pence = unit in ("p", "pence")
    marked = match["mark"].startswith("£")
    if pence and marked:
        unit, pence = "", False
    if marked and re.fullmatch(r"\d{1,3}[.,\s]{1,2}\d{3}", digits):
        digits = re.sub(r"[.,\s]", "", digits)
    if re.fullmatch(r"\d{1,3},\d{2}", digits):
        digits = digits.replace(",", ".")  # a comma as the decimal point
    value = Decimal(digits.replace(",", ""))
    if not value:
        return None
    value = value * 1000 if unit == "k" and value < 1000 else value / 100 if pence else value
    return Amount(value, match.start(), match.end(), marked or pence, thousands=unit == "k")


def _ranged(found: list[Amount], text: str) -> list[Amount]:
    result: list[Amount] = []
    for amount in found:
        if not result or not _JOIN.fullmatch(text, result[-1].end, amount.start):
            result.append(amount)
            continue
        first, second = _scaled(result[-1], amount)
        if _a_label(result[-1], amount) or not _one_range(first, second, text[first.end : second.start]):
            result.append(amount)
            continue
        result[-1] = first
        result.append(replace(second, joined=True, marked=first.marked or second.marked))
        if second.marked and not first.marked:
            result[-2] = replace(first, marked=True)
    return result


def _a_label(first: Amount, second: Amount) -> bool:
    """True for the number of a grade before its pay: "Leadership 4 - £71,330", but not "24 - £26k"."""
    return second.marked and not first.marked and first.value < 100 and second.value >= 10_000 and not second.thousands


def _one_range(first: Amount, second: Amount, gap: str) -> bool:
    """False for "£12.59 per hour / £24,294" and "£26,000 pro rata to £12,147": two sums, not the ends of a range."""
    if re.search(r"[a-z]{3}|f", gap, re.IGNORECASE) and second.value * 10 < first.value * 9:
        return False
    return first.value <= second.value * 3 and second.value <= first.value * 40


def _scaled(first: Amount, second: Amount) -> tuple[Amount, Amount]:
    """A range's two ends at one scale: "£28-31k", "£25-31000" and "£80k - 130" mean thousands at both ends."""
    small = Decimal(1000)
    whole = first.value == first.value.to_integral_value()
    if (
        whole
        and first.value < small
        and (second.thousands or second.value >= 10 * small)
        and first.value * small <= second.value
    ):
        return replace(first, value=first.value * small), second
    if first.thousands and second.value < small and second.value * small >= first.value:
        return first, replace(second, value=second.value * small)
    return first, second
