"""What a member tells us about itself, in sections that are changed one at a time. Pure: typed words to values.

Agreement to be read, terms of reuse, whom to write to when something must come down, its own pages and its promises.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.tags import Tag
from clearinghouse.errors import BadFormError
from clearinghouse.ingest.web_address import address_problem
from clearinghouse.members.promising import promises_checked, promises_typed
from clearinghouse.vacancies.vocabulary import Reuse

Value = dt.date | Mapping[str, Mapping[str, str]] | str | None
Values = Mapping[str, Value]  # by the names of Organisation's columns
Typed = Mapping[str, str]  # by the names of the form's fields

LONGEST = 200  # characters of a name or a contact
FIRST_YEAR = 2009  # when the Compact was founded
EMAIL = re.compile(r"[^@\s:,;<>]+@[^@\s:,;<>]+\.[^@\s:,;<>.]{2,}")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
PHONE = re.compile(r"\+?[\d ()-]+(?:(?:ext\.?|x) ?\d+)?", re.IGNORECASE)
DIGITS = 8  # of the shortest phone number with its area code, less one


@dataclass(frozen=True)
class Today:
    """What checking depends on besides what was typed: the day in London, and whether this machine may be named."""

    day: dt.date
    demo: bool = False


@dataclass(frozen=True)
class Section:
    """One part of a member's details: its name in addresses, the columns it sets, how it is typed, checked and told."""

    name: str
    title: str
    tag: Tag
    columns: tuple[str, ...]
    typed: Callable[[Values], Typed]
    checked: Callable[[Typed, Today], Values]

    def of(self, organisation: Organisation) -> dict[str, Value]:
        """The section's values as they are."""
        return {column: getattr(organisation, column) for column in self.columns}


def mark(values: Values) -> str:
    """A digest that the form carries, so that we know which values it showed."""
    told = "\n".join(f"{name}={value!r}" for name, value in sorted(values.items()))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _words(text: str) -> str:
    return " ".join(text.split())


def _agreement_typed(values: Values) -> Typed:
    day = values["agreed_on"]
    parts = (str(day.day), str(day.month), str(day.year)) if isinstance(day, dt.date) else ("", "", "")
    names = ("agreed_day", "agreed_month", "agreed_year")
    return {**dict(zip(names, parts, strict=True)), "agreed_by": str(values["agreed_by"] or "")}


def _agreement(typed: Typed, today: Today) -> Values:
    """Both the day and the person, or neither: then no agreement is recorded."""
    errors: dict[str, str] = {}
    parts = [typed.get(f"agreed_{part}", "").strip() for part in ("day", "month", "year")]
    person = _words(typed.get("agreed_by", ""))
    day = _day(parts, today, errors) if any(parts) or person else None
    if any(parts) and not person:
        errors["agreed_by"] = "Enter who agreed"
    elif len(person) > LONGEST:
        errors["agreed_by"] = f"The name has {len(person):,} characters: it must have {LONGEST} or fewer"
    if errors:
        raise BadFormError(errors)
    return {"agreed_on": day, "agreed_by": person or None}


def _day(parts: list[str], today: Today, errors: dict[str, str]) -> dt.date | None:
    """The date of day, month and year as typed; None, with its sentence in `errors`, for what is none."""
    said = " ".join(part or "?" for part in parts)
    missing = [name for name, part in zip(("day", "month", "year"), parts, strict=True) if not part]
    if missing:
        errors["agreed_day"] = f"Enter the {' and the '.join(missing)} of the agreement"
        return None
    try:
        day = day_of(parts)
    except ValueError:
        errors["agreed_day"] = f"{said[:40]} is not a date: enter one such as 27 3 2010"
        return None
    if day > today.day:
        errors["agreed_day"] = f"{said} is still to come: enter the day on which they agreed"
    elif day.year < FIRST_YEAR:
        errors["agreed_day"] = f"{said} is before the Compact: enter a day in {FIRST_YEAR} or later"
    return day


def day_of(parts: Sequence[str]) -> dt.date:
    """The date of a day, a month (by number or name) and a year as typed. Raises ValueError for what is none."""
    return dt.date(_number(parts[2]), _month(parts[1]), _number(parts[0]))


def _month(text: str) -> int:
    """A month by number or name: 3, Mar, march."""
    named = [number for number, name in enumerate(MONTHS, 1) if len(text) > 2 and name.startswith(text.lower())]
    return named[0] if named else _number(text)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise ValueError(text)
    return int(text)


def _terms_typed(values: Values) -> Typed:
    return {name: str(values[name] or "") for name in ("terms", "licence")}


def _terms(typed: Typed, _today: Today) -> Values:
    """An open licence has a name; nothing chosen means that the member has not said."""
    errors: dict[str, str] = {}
    terms, licence = typed.get("terms", ""), _words(typed.get("licence", ""))
    if terms and terms not in {kind.value for kind in Reuse}:
        errors["terms"] = "Choose what others may reuse"
    elif terms == Reuse.OPEN_LICENCE and not licence:
        errors["licence"] = "Enter the name of the open licence"
    elif len(licence) > LONGEST:
        errors["licence"] = f"The licence has {len(licence):,} characters: it must have {LONGEST} or fewer"
    if errors:
        raise BadFormError(errors)
    return {"terms": terms or None, "licence": licence if terms == Reuse.OPEN_LICENCE else None}


def _contact_typed(values: Values) -> Typed:
    return {"takedown_contact": str(values["takedown_contact"] or "")}


def _contact(typed: Typed, today: Today) -> Values:
    """An e-mail address, a phone number or a page; empty = none."""
    said = _words(typed.get("takedown_contact", ""))
    if len(said) > LONGEST:
        problem: str | None = f"The contact has {len(said):,} characters: it must have {LONGEST} or fewer"
    elif not said or EMAIL.fullmatch(said) or (PHONE.fullmatch(said) and sum(map(str.isdigit, said)) >= DIGITS):
        problem = None
    elif "://" in said:
        problem = address_problem(said, demo=today.demo)
    else:
        problem = f"{said} is no contact: enter an e-mail address, a phone number or a web address with https://"
    if problem:
        raise BadFormError({"takedown_contact": problem})
    return {"takedown_contact": said or None}


def _links_typed(values: Values) -> Typed:
    return {name: str(values[name] or "") for name in ("recruitment_url", "homepage")}


def _links(typed: Typed, today: Today) -> Values:
    """Addresses of pages for people; empty = none known."""
    said = {name: typed.get(name, "").strip() for name in ("recruitment_url", "homepage")}
    problems = {name: address_problem(url, demo=today.demo) for name, url in said.items() if url}
    errors = {name: problem for name, problem in problems.items() if problem}
    if errors:
        raise BadFormError(errors)
    return {name: url or None for name, url in said.items()}


SECTIONS: Mapping[str, Section] = {
    section.name: section
    for section in (
        Section(
            "agreement", "Agreement to be read", Tag.MEMBER_AGREEMENT_SET, ("agreed_on", "agreed_by"),
            _agreement_typed, _agreement,
        ),
        Section("contact", "Takedown contact", Tag.MEMBER_CONTACT_SET, ("takedown_contact",), _contact_typed, _contact),
        Section("links", "Own pages", Tag.MEMBER_LINKS_SET, ("recruitment_url", "homepage"), _links_typed, _links),
        Section("promises", "Promises", Tag.MEMBER_PROMISES_SET, ("promises",), promises_typed, promises_checked),
        Section("terms", "Terms of reuse", Tag.MEMBER_TERMS_SET, ("terms", "licence"), _terms_typed, _terms),
    )
}  # fmt: skip
