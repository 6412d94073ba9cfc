"""The audit trail, for the data protection officer alone: to look through, and to take away as a table."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import StreamingResponse

from clearinghouse.accounts import trail
from clearinghouse.accounts.permissions import can_read_audit
from clearinghouse.accounts.trail import LONDON, Event, Question
from clearinghouse.errors import BadFormError
from clearinghouse.reporting.table import safe
from web import deps
from web.staff import requires, requires_form, who
from web.templating import render

FIELDS = ("noun", "person", "organisation", "about", "first", "last")
COLUMNS = ("number", "at", "tag", "by", "organisation", "about", "details")
LONGEST = 200  # characters of what somebody looks for
DAYS = (dt.date(2000, 1, 1), dt.date(2100, 1, 1))  # an audit trail has no others
LARGEST = 2**31 - 1  # of a number in the store
UNREADABLE = "encrypted with a key that this installation no longer has"

router = APIRouter()


@router.get("/audit", dependencies=[requires(can_read_audit)])
def audit(request: Request) -> Response:
    """What happened, newest first, as far as the question in the address asks for it."""
    typed = _typed(request.query_params)
    try:
        question = read(typed)
    except BadFormError as error:
        return _page(request, typed, errors=error.errors)
    if not deps.is_head(request):
        trail.note_look(deps.site(request).store, question, who(request), deps.now(request))
    before = _number(request.query_params.get("before", ""))
    with deps.reading(request) as session:
        found = trail.events(session, question, before, trail.PER_PAGE + 1)
    return _page(request, typed, found=found, before=before)


@router.post("/audit/export", dependencies=[requires_form(can_read_audit)])
def export(
    request: Request,
    noun: Annotated[str, Form()] = "",
    person: Annotated[str, Form()] = "",
    organisation: Annotated[str, Form()] = "",
    about: Annotated[str, Form()] = "",
    first: Annotated[str, Form()] = "",
    last: Annotated[str, Form()] = "",
) -> Response:
    """All of what the question asks for, as CSV."""
    typed = _typed(dict(zip(FIELDS, (noun, person, organisation, about, first, last), strict=True)))
    try:
        question = read(typed)
    except BadFormError as error:
        return _page(request, typed, errors=error.errors)
    store = deps.site(request).store
    trail.note_export(store, question, who(request), deps.now(request))
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "private, no-store"}
    lines = _lines(trail.all_events(store, question))
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def read(typed: Mapping[str, str]) -> Question:
    """The question in these words. Raises BadFormError naming what can't be read."""
    errors: dict[str, str] = {}
    if typed["noun"] and typed["noun"] not in trail.NOUNS:
        errors["noun"] = f"There is no group of events called “{typed['noun']}”"
    organisation = _number(typed["organisation"])
    if typed["organisation"] and organisation is None:
        errors["organisation"] = f"There is no organisation “{typed['organisation']}”"
    days = {name: _day(typed[name], errors, name) for name in ("first", "last")}
    if days["first"] and days["last"] and days["first"] > days["last"]:
        errors["last"] = f"The last day, {typed['last']}, must not be before the first, {typed['first']}"
    if errors:
        raise BadFormError(errors)
    return Question(
        noun=typed["noun"], person=typed["person"], organisation=organisation, about=typed["about"],
        first=days["first"], last=days["last"],
    )  # fmt: skip


def _typed(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given.get(name, "").replace("\0", "").strip()[:LONGEST] for name in FIELDS}


def _number(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 11 and int(words) <= LARGEST else None


def _day(words: str, errors: dict[str, str], name: str) -> dt.date | None:
    if not words:
        return None
    try:
        day = dt.date.fromisoformat(words)
    except ValueError:
        errors[name] = f"“{words}” is not a date like 2026-11-22"
        return None
    if DAYS[0] <= day < DAYS[1]:
        return day
    errors[name] = f"“{words}” must be a date from {DAYS[0].year} to {DAYS[1].year - 1}"
    return None


def _page(
    request: Request, typed: Mapping[str, str], *, errors: Mapping[str, str] | None = None,
    found: tuple[Event, ...] = (), before: int | None = None,
) -> Response:  # fmt: skip
    shown = found[: trail.PER_PAGE]
    asked = {name: words for name, words in typed.items() if words}
    with deps.reading(request) as session:
        known = trail.organisations(session)
    return render(
        request, "audit.html", title="Error: Audit trail" if errors else "Audit trail", status=400 if errors else 200,
        typed=typed, errors=errors or {}, events=[_shown(event) for event in shown],
        older=_href(asked | {"before": str(shown[-1].id)}) if len(found) > len(shown) else None,
        newest=_href(asked) if before is not None else None,
        nouns=[("", "Everything"), *((noun, noun.capitalize()) for noun in trail.NOUNS)],
        organisations=[("", "Any"), *((str(number), name) for number, name in known)],
    )  # fmt: skip


def _href(asked: Mapping[str, str]) -> str:
    return f"/audit?{urlencode(asked)}" if asked else "/audit"


def _shown(event: Event) -> dict[str, object]:
    """An event as the template takes it: its details as lines of name and value."""
    said = {name: value for name, value in (event.details or {}).items() if value not in ("", {}, [], None)}
    lines = [(name.replace("_", " "), _plain(value)) for name, value in said.items()]
    return asdict(event) | {"words": event.words, "lines": lines}


def _plain(value: object) -> str:
    """A detail in words; one of a shape that no sentence is known for, as JSON."""
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case dict():
            return ", ".join(f"{name.replace('_', ' ')} {_plain(one)}" for name, one in value.items())
        case list():
            return ", ".join(map(_plain, value))
        case _:
            return json.dumps(value, ensure_ascii=False)


def _lines(events: Iterator[Event]) -> Iterator[str]:
    yield _row(COLUMNS)
    for event in events:
        details = UNREADABLE if event.sealed else json.dumps(event.details or {}, ensure_ascii=False)
        at = event.at.astimezone(LONDON).isoformat()
        yield _row((event.id, at, event.tag, event.by, event.organisation or "", event.about, details))


def _row(values: tuple[object, ...]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([safe(value) for value in values])
    return out.getvalue()
