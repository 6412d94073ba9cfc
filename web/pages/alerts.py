"""New jobs by e-mail, without an account: what it is, and the form that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from clearinghouse.alerts.addresses import texts_on
from clearinghouse.alerts.asking import Asked
from clearinghouse.alerts.models import Often
from clearinghouse.alerts.queries import criteria_of, kept, query_of
from clearinghouse.alerts.revealing import revealing, without_private
from clearinghouse.mail.models import Channel
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.results import Results, count
from clearinghouse.search.results import search as carried_out
from clearinghouse.search.understanding import understood
from clearinghouse.search.which_place import told_apart
from web import asks, deps
from web.saved_search import said
from web.templating import render

LATELY = 7  # days whose new jobs show what to expect
NOTICES = 5  # that a page shows
OFTEN = {one.value: one for one in Often}
TITLE = "Get new jobs by email"
LONGEST = 100_000  # characters of a search, twice as many as our own form ever sends: a megabyte takes a second to read
FIELDS = ("private", "email", "mobile", "often")  # in the form's order
NO_OFTEN = "Choose how often we may write to you"
TOO_MANY = "Too many people have asked from your network. Please try again in an hour"

router = APIRouter()


@dataclass(frozen=True)
class Typed:
    """What stands in the form: as it was sent, or empty."""

    email: str = ""
    mobile: str = ""
    by: str = ""
    often: str = ""
    private: str = ""

    @property
    def channel(self) -> Channel:
        """How they want to hear; by e-mail unless they say otherwise."""
        return Channel.TEXT if self.by == Channel.TEXT else Channel.EMAIL

    @property
    def address(self) -> str:
        """Where they want to hear."""
        return self.mobile if self.channel is Channel.TEXT else self.email


@router.get("/alerts")
def about(request: Request) -> Response:
    """What it is, for everyone."""
    return render(request, "alerts.html", title="New jobs by email", oftens=tuple(Often))


@router.get("/alerts/new")
def form(request: Request) -> Response:
    """The form for the search in the address."""
    criteria, notices = _in_address(request)
    return _form(request, criteria, 200, notices=notices)


@router.post("/alerts/new")
def send(
    request: Request,
    search: Annotated[str, Form()] = "",
    email: Annotated[str, Form()] = "",
    mobile: Annotated[str, Form()] = "",
    by: Annotated[str, Form()] = "",
    often: Annotated[str, Form()] = "",
    private: Annotated[str, Form()] = "",
) -> Response:
    """Always the same answer after the same time; seconds later a message that asks whether it was they.

    Without `search`, which our own form always sends, the search in the address counts.
    """
    site, now = deps.site(request), deps.now(request)
    typed = Typed(email, mobile, by if texts_on(site.settings) else "", often, private)
    criteria = kept(criteria_of(search[:LONGEST])) if search else _in_address(request)[0]
    keep = private == "keep"
    problems = asks.problems(site.settings, criteria, typed.address, typed.channel, keep=keep)
    if often not in OFTEN:
        problems["often"] = NO_OFTEN
    problems = {name: problems[name] for name in FIELDS if name in problems}
    if problems:
        return _form(request, criteria, 400, typed, problems)
    if wait := _wait(request):
        answer = _form(request, criteria, 429, typed, {typed.channel.value.replace("text", "mobile"): TOO_MANY})
        answer.headers["Retry-After"] = str(wait)
        return answer
    query = query_of(criteria)
    site.asks.add(Asked(query, typed.address, OFTEN[often], typed.channel, keep_private=keep), now)
    return RedirectResponse(f"/alerts/asked{'?by=text' if typed.channel is Channel.TEXT else ''}", 303)


@router.get("/alerts/asked")
def asked(request: Request, by: str = "") -> Response:
    """What to do next; the same for every address."""
    phone = by == Channel.TEXT and texts_on(deps.site(request).settings)
    return render(request, "alert_asked.html", title=f"Check your {'phone' if phone else 'email'}", phone=phone)


def _in_address(request: Request) -> tuple[Criteria, tuple[str, ...]]:
    """The search in the address, read as the results page reads it, and what is to be said of it."""
    typed, notices = Criteria.from_query(request.query_params.multi_items())
    meant = understood(typed).criteria.replace(per_page=1)
    results = carried_out(deps.generation(request), meant, deps.to_all(request))
    if results.fewer:  # an alert tells of jobs with all words: one may come
        meant = results.criteria.replace(as_typed=True)
        results = carried_out(deps.generation(request), meant, deps.to_all(request))
    criteria, which = _placed(results)
    return kept(criteria), (*which, *notices, *results.notices)[:NOTICES]


def _placed(results: Results) -> tuple[Criteria, tuple[str, ...]]:
    """The search around the one place that was meant, with a sentence where others bear its name.

    A place that we don't know is left out, as the list leaves it out.
    """
    criteria = results.criteria
    if not criteria.location or results.place is None:
        return criteria.replace(location=""), ()
    names = told_apart(criteria.location)
    if not names:
        return criteria, ()
    others = " There is also ".join(f"{name}." for name in names)
    return criteria.replace(location=names[0]), (f"We look around {others} If you mean another, change this search.",)


def _wait(request: Request) -> int:
    """Seconds until this asker may ask again; 0 = now, and it is counted."""
    asker = deps.counted_as(request)
    return deps.site(request).alert_asks.wait(asker, deps.now(request).timestamp()) if asker else 0


def _form(
    request: Request,
    criteria: Criteria,
    status: int,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    notices: tuple[str, ...] = (),
) -> Response:
    generation, visible = deps.generation(request), deps.to_all(request)
    tells = revealing(criteria)
    with deps.reading(request) as session:
        whole, rest = said(session, (criteria, kept(without_private(criteria))))
    return render(
        request,
        "alert_new.html",
        title=f"Error: {TITLE}" if errors else TITLE,
        status=status,
        said=whole,
        query=query_of(criteria),
        total=count(generation, criteria, visible),
        lately=count(generation, criteria.replace(posted_within=_lately(criteria)), visible),
        days=_lately(criteria),
        tells=tells,
        rest=rest,
        texts=texts_on(deps.site(request).settings),
        often_options=[(value, one.label) for value, one in OFTEN.items()],
        typed=typed or Typed(),
        errors=errors or {},
        notices=notices,
    )


def _lately(criteria: Criteria) -> int:
    return LATELY if criteria.posted_within is None else min(LATELY, criteria.posted_within)
