"""Adding a source by its web address: the address is tried, compared with the originals, and made a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from clearinghouse.accounts.permissions import can_add_source
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import adding, trials
from clearinghouse.ingest import wanted as wishes
from clearinghouse.ingest.sources import get as get_row
from clearinghouse.ingest.trials import Trial
from clearinghouse.ingest.wanted import Wanted
from clearinghouse.vacancies.vocabulary import Refusal
from web import deps
from web.comparing import Verdict, compare
from web.staff import requires, requires_form, who
from web.templating import render

router = APIRouter()

Errors = Mapping[str, str]
PATIENCE = dt.timedelta(minutes=2)  # in which nobody took anything up: it means that no crawlers run
LONGEST_NUMBER = 9  # digits
STATES = {
    "waiting": "Reading the address",
    "found": "Vacancies found",
    "nothing": "No vacancies found",
    "refused": "We may not read it",
    "failed": "It could not be read",
}
FIELDS = {
    "title": "Title",
    "employer": "Employer",
    "salary": "Pay",
    "locations": "Where",
    "closes": "Closing date",
    "employment_type": "Contract",
    "working_pattern": "Working pattern",
    "hours": "Hours",
    "posted": "Date posted",
    "starts": "Start date",
    "description_html": "Description",
    "reference": "Reference",
    "url": "Link to the advert",
}
SURE = ((0.9, "We are sure"), (0.5, "We think so, but are not sure"), (0.0, "This is a guess"))


@router.get("/sources/new", dependencies=[requires(can_add_source)])
def new(request: Request, url: str = "") -> Response:
    """The form for an address, filled with `url`, and the addresses that were tried last."""
    return _new(request, url, {})


@router.post("/sources/new", dependencies=[requires_form(can_add_source)])
def ask(request: Request, url: Annotated[str, Form()] = "", again: Annotated[str, Form()] = "") -> Response:
    """Have the crawlers try the address; `again` whether or not they just did."""
    site = deps.site(request)
    try:
        number = trials.ask(
            site.store, url, who(request), deps.now(request), demo=site.settings.demo, again=again == "yes"
        )
    except BadFormError as error:
        return _new(request, url, error.errors)
    return RedirectResponse(f"/sources/trials/{number}", 303)


def _new(request: Request, url: str, errors: Errors) -> Response:
    with deps.reading(request) as session:
        tried = trials.latest(session)
        taken = trials.source_at(session, url.strip()) if errors else None
    return render(
        request, "add_source.html", title=_title("Add a source", errors), status=400 if errors else 200,
        url=url, errors=errors, taken=taken, tried=tried, states=STATES,
    )  # fmt: skip


@router.get("/sources/trials/{number}", dependencies=[requires(can_add_source)])
def trial(request: Request, number: str) -> Response:
    """What came of trying an address; once vacancies were found, the form that makes a source of it."""
    return _trial(request, number)


def whose(
    slug: Annotated[str, Form()] = "",
    owner: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    member: Annotated[str, Form()] = "",
    homepage: Annotated[str, Form()] = "",
) -> Wanted:
    """The half of the form that says whose vacancies these are."""
    return Wanted(slug=slug, owner=owner, name=name, member=member == "yes", homepage=homepage)


def how(
    every_hours: Annotated[str, Form()] = "",
    minimum: Annotated[str, Form()] = "",
    maximum: Annotated[str, Form()] = "",
    compared: Annotated[str, Form()] = "",
    do: Annotated[str, Form()] = "",
) -> dict[str, Any]:
    """The half of the form that says how they are read, and whether everyone may see them."""
    said = {"every_hours": every_hours, "minimum": minimum, "maximum": maximum, "compared": compared}
    return {**said, "approve": do == "approve"}


@router.post("/sources/trials/{number}", dependencies=[requires_form(can_add_source)])
def add(
    request: Request,
    number: str,
    said: Annotated[Wanted, Depends(whose)],
    read: Annotated[dict[str, Any], Depends(how)],
) -> Response:
    """Make a source of the trial; sent twice, it leads to the one that was made."""
    site = deps.site(request)
    wanted = Wanted(**{**vars(said), **read})
    found = _found(request, number)
    try:
        slug = adding.add(site.store, found.number, wanted, who(request), deps.now(request), demo=site.settings.demo)
    except BadFormError as error:
        return _trial(request, number, wanted, error.errors)
    with deps.reading(request) as session:
        public = get_row(session, slug).public  # sent twice with another button, the first one counts
    return RedirectResponse(f"/sources/{slug}?done={'approved' if public else 'added'}", 303)


def _found(request: Request, number: str) -> Trial:
    """The trial of that number. 404 when there is none."""
    known = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    with deps.reading(request) as session:
        found = trials.get(session, int(number)) if known else None
    if found is None:
        raise HTTPException(404)
    return found


def _trial(request: Request, number: str, wanted: Wanted | None = None, errors: Errors | None = None) -> Response:
    found, now = _found(request, number), deps.now(request)
    with deps.reading(request) as session:
        shown = _result(found) if found.state == trials.FOUND else {}
        ahead, idle = trials.ahead(session, found), not trials.any_taken(session, now - PATIENCE)
        if shown:
            shown["organisations"] = wishes.listed(session)
            shown["wanted"] = wanted or wishes.suggested(session, found.result or {})
    return render(
        request, "trial.html", title=_title(STATES[found.state], errors or {}), status=400 if errors else 200,
        trial=found, heading=STATES[found.state], result=found.result or {}, errors=errors or {},
        ahead=ahead, late=found.taken_at is None and now - found.asked_at > PATIENCE and idle,
        unusable=adding.unusable(found, now), **shown,
    )  # fmt: skip


def _result(found: Trial) -> dict[str, Any]:
    """What the page shows of a result beside the result itself."""
    result = found.result or {}
    count = result["postings"] or 1
    adverts = [compare(one["posting"], one["draft"], result.get("organisation")) for one in result["sample"]]
    reasons = {reason.value: reason.label for reason in Refusal}
    return {
        "sureness": next(words for least, words in SURE if result["sure"] >= least),
        "fill": [(label, result["fill"].get(name, 0), result["fill"].get(name, 0) * 100 // count)
                 for name, label in FIELDS.items()],
        "refused": [(one, reasons.get(one["reason"], one["reason"])) for one in result["refused"]],
        "adverts": adverts,
        "unread": sum(line.verdict in (Verdict.UNREAD, Verdict.CHECK) for advert in adverts for line in advert.lines),
    }  # fmt: skip


def _title(words: str, errors: Errors) -> str:
    return f"Error: {words}" if errors else words
