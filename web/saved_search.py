"""A search in words, as the pages on searches that are saved show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from clearinghouse.alerts import words
from clearinghouse.alerts.queries import kept
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.parameters import BY_NAME, Doc
from clearinghouse.vacancies.vocabulary import Kind
from web import forms

ONLY_FILTERS = "Jobs that match these filters"


@dataclass(frozen=True)
class Said:
    """A search in words: a line, its filters, and the address of its results. `every` = it finds every job."""

    line: str
    chips: tuple[str, ...]
    href: str
    every: bool


def said(session: Session, searches: Iterable[Criteria]) -> tuple[Said, ...]:
    """Each of these searches in words; the store is asked once for all of them."""
    listed = tuple(searches)
    names = words.labels(session, listed)
    return tuple(_said(criteria, words.chips(criteria, names)) for criteria in listed)


def _said(criteria: Criteria, chips: tuple[str, ...]) -> Said:
    line = words.in_words(criteria)
    every = line == words.EVERY_JOB and not chips
    shown = ONLY_FILTERS if line == words.EVERY_JOB and chips else line[:1].upper() + line[1:]
    return Said(shown, chips, forms.href(criteria), every)


def like_href(doc: Doc) -> str | None:
    """The address of the form for jobs like that one: its kind of work, in its districts; None when that is unknown."""
    work, districts = BY_NAME["occupation"].read(doc), BY_NAME["district"].read(doc)
    kinds = () if doc["kind"] == Kind.JOB else (doc["kind"],)
    return follow_href(Criteria(kind=kinds, occupation=work, district=districts)) if work else None


def follow_href(criteria: Criteria) -> str:
    """The address of the form that saves this search, as the page carried it out."""
    return forms.href(kept(criteria), "/alerts/new")
