"""A source's settings as a person sees and changes them: how often, where, how many to expect, the page for people.

What was typed is checked against what is in force and what the source's file says, all as values.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from clearinghouse.errors import BadFormError
from clearinghouse.ingest.sources import effective, facts_from_json
from clearinghouse.ingest.typed import expected_of, hours_of
from clearinghouse.ingest.web_address import address_problem
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.posting import Expectation, SourceFacts

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Tuning:
    """The settings of a source. `url` is None where it has no one address to change."""

    every_hours: float
    url: str | None
    expect: Expectation
    homepage: str | None


@dataclass(frozen=True)
class Wanted:
    """The form as it was typed. `as_file` names what shall be as the source's file says again, whatever was typed.

    `moved` says that the person knows: at another site's address the source must be compared again.
    """

    every_hours: str = ""
    url: str = ""
    minimum: str = ""
    maximum: str = ""
    ill_formed: bool = False
    homepage: str = ""
    as_file: frozenset[str] = frozenset()
    moved: bool = False


def in_force(row: SourceRow) -> Tuning:
    """The settings by which the source is read."""
    return _of(effective(row))


def of_file(row: SourceRow) -> Tuning:
    """The settings that its file gives, or that it was added with."""
    return _of(facts_from_json(row.facts))


def _of(facts: SourceFacts) -> Tuning:
    return Tuning(facts.every_hours, facts.url, facts.expect, facts.homepage)


def typed(tuning: Tuning) -> Wanted:
    """The settings as the form shows them."""
    expect = tuning.expect
    maximum = "" if expect.maximum is None else str(expect.maximum)
    return Wanted(
        f"{tuning.every_hours:g}", tuning.url or "", str(expect.minimum), maximum, expect.ill_formed,
        tuning.homepage or "",
    )  # fmt: skip


def mark(tuning: Tuning) -> str:
    """A digest that the form carries, so that we know which settings it showed."""
    return hashlib.sha256(repr(tuning).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def differences(row: SourceRow) -> frozenset[str]:
    """What a person changed of the source's file."""
    return frozenset(field.name for field in dataclasses.fields(Tuning)) & row.override.keys()


def is_elsewhere(old: str | None, new: str | None) -> bool:
    """True when the two addresses are of different sites: another host, or another port of it."""
    return old != new and _site(old) != _site(new)


def _site(url: str | None) -> tuple[str | None, int | None]:
    parts = urlsplit(url or "")
    port = None if parts.port == DEFAULT_PORTS.get(parts.scheme) else parts.port
    return parts.hostname, port


def checked(wanted: Wanted, old: Tuning, file: Tuning, *, loopback: bool = False) -> Tuning:
    """What was typed, as settings. Raises BadFormError with a sentence for each field that can't be.

    A value that is in force already is taken as it is: a file may say more than a form.
    """
    errors: dict[str, str] = {}
    before = typed(old)
    every = file.every_hours if "every_hours" in wanted.as_file else _hours(wanted, before, old, errors)
    url = file.url if "url" in wanted.as_file else _url(wanted, old, errors, loopback=loopback)
    homepage = (
        file.homepage if "homepage" in wanted.as_file else _homepage(wanted, old, file, errors, loopback=loopback)
    )
    expect = file.expect
    if "expect" not in wanted.as_file:
        expect = expected_of(wanted.minimum, wanted.maximum, errors, ill_formed=wanted.ill_formed)
    if errors:
        raise BadFormError(errors)
    return Tuning(every, url, expect, homepage)


def _hours(wanted: Wanted, before: Wanted, old: Tuning, errors: dict[str, str]) -> float:
    if wanted.every_hours.strip() != before.every_hours:
        try:
            return hours_of(wanted.every_hours)
        except ValueError as error:
            errors["every_hours"] = str(error)
    return old.every_hours


def _url(wanted: Wanted, old: Tuning, errors: dict[str, str], *, loopback: bool) -> str | None:
    text = wanted.url.strip()
    if text == (old.url or ""):
        return old.url
    if old.url is None:
        errors["url"] = "This source reads several addresses: they can be changed in its file alone"
    elif problem := address_problem(text, demo=loopback):
        errors["url"] = problem
    return text


def _homepage(wanted: Wanted, old: Tuning, file: Tuning, errors: dict[str, str], *, loopback: bool) -> str | None:
    text = wanted.homepage.strip()
    if text == (old.homepage or ""):
        return old.homepage
    if not text:
        return file.homepage
    if problem := address_problem(text, demo=loopback):
        errors["homepage"] = problem
    return text
