"""What a keeper wants of a source that is added in the browser: as typed, as suggested, and as checked. No writes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.organisations import slug_of
from clearinghouse.errors import BadFormError
from clearinghouse.ingest.typed import compared_of, expected_of, hours_of
from clearinghouse.ingest.web_address import address_problem
from clearinghouse.vacancies.models import SourceRow
from clearinghouse.vacancies.posting import Expectation

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = frozenset({"new", "trials"})  # pages of their own below /sources
LONGEST_SLUG, LONGEST_NAME = 60, 200  # characters
BOARD, NEW = "board:", "new:"  # no organisation's slug has a colon


@dataclass(frozen=True)
class Wanted:
    """The form as it was typed. `owner` is the slug of an organisation on the list, BOARD, or NEW with `name`."""

    slug: str = ""
    owner: str = ""
    name: str = ""
    member: bool = False
    homepage: str = ""
    every_hours: str = "4"
    minimum: str = ""
    maximum: str = ""
    approve: bool = False
    compared: str = ""


@dataclass(frozen=True)
class Agreed:
    """The form as it can be used. `every_hours` in hours; `organisation` a name, None for a board of many employers."""

    slug: str
    organisation: str | None
    member: bool
    homepage: str | None
    every_hours: float
    expect: Expectation
    compared: str | None


def listed(session: Session) -> list[tuple[str, str]]:
    """The organisations that a person put on the list, (slug, name) by name."""
    rows = session.execute(
        sa.select(Organisation.slug, Organisation.name)
        .where(sa.or_(Organisation.listed, Organisation.member))
        .order_by(Organisation.name)
    )
    return [(row.slug, row.name) for row in rows]


def suggested(session: Session, result: Mapping[str, Any]) -> Wanted:
    """What the form says before anybody typed: from what the trial found."""
    name = str(result.get("organisation") or "")
    slug = slug_of(name) if name else ""
    known = slug in dict(listed(session))
    minimum, maximum = expected(result)
    return Wanted(
        slug=_free(session, slug[:LONGEST_SLUG].strip("-")),
        owner=slug if known else NEW if name else "",
        name="" if known else name,
        homepage=str(result.get("homepage") or ""),
        minimum=minimum,
        maximum=maximum,
    )


def expected(result: Mapping[str, Any]) -> tuple[str, str]:
    """How few and how many vacancies seem well, as text: four times as many as now is odd, and so is none of several.

    The maximum stays empty where the trial could not count them all.
    """
    count = max(int(result.get("stated") or 0), int(result.get("postings") or 0))
    counted = result.get("stated") is not None or not result.get("partial")
    return "1" if count >= 5 else "0", str(max(50, math.ceil(count * 4 / 10) * 10)) if counted else ""


def agreed(session: Session, wanted: Wanted, *, demo: bool) -> Agreed:
    """The form, checked. Raises BadFormError with a sentence for every field that can't be used."""
    errors: dict[str, str] = {}

    def take(field: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except ValueError as error:
            errors[field] = str(error)
            return None

    slug = take("slug", lambda: _slug(session, wanted.slug.strip()))
    name = take("name" if wanted.owner == NEW else "owner", lambda: _organisation(session, wanted))
    homepage = take("homepage", lambda: _homepage(wanted.homepage.strip(), demo=demo))
    hours = take("every_hours", lambda: hours_of(wanted.every_hours))
    expect = expected_of(wanted.minimum, wanted.maximum, errors)
    compared = take("compared", lambda: compared_of(wanted.compared)) if wanted.approve else None
    if errors:
        raise BadFormError(errors)
    return Agreed(slug, name, wanted.member and name is not None, homepage, hours, expect, compared)


def _slug(session: Session, text: str) -> str:
    if not text:
        raise ValueError("Enter a short name for the source")
    if len(text) > LONGEST_SLUG or not SLUG.fullmatch(text):
        raise ValueError(f"{text[:LONGEST_SLUG]!r} must have {LONGEST_SLUG} characters or fewer, a to z, 0 to 9 and -")
    if text in RESERVED or session.get(SourceRow, text) is not None:
        raise ValueError(f"{text} is taken: choose another short name")
    return text


def _free(session: Session, slug: str) -> str:
    """`slug`, with the first number that makes it unlike every source's."""
    taken = set(session.scalars(sa.select(SourceRow.slug).where(SourceRow.slug.startswith(slug, autoescape=True))))
    tries = (slug if number == 1 else f"{slug[: LONGEST_SLUG - 6]}-{number}" for number in range(1, len(taken) + 3))
    return next(name for name in tries if name not in taken | RESERVED) if slug else ""


def _organisation(session: Session, wanted: Wanted) -> str | None:
    if wanted.owner == BOARD:
        return None
    if wanted.owner != NEW:
        name = dict(listed(session)).get(wanted.owner)
        if name is None:
            raise ValueError("Choose whose vacancies these are")
        return name
    name = " ".join(wanted.name.split())
    if not name:
        raise ValueError("Enter the employer's name")
    if not name.isprintable():
        raise ValueError("The employer's name has characters that can't be printed")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"The employer's name has {len(name)} characters: it must have {LONGEST_NAME} or fewer")
    return name


def _homepage(text: str, *, demo: bool) -> str | None:
    problem = address_problem(text, demo=demo) if text else None
    if problem:
        raise ValueError(problem)
    return text or None
