"""Whether adverts are one job or several: what stands together, what looks alike, and a person's word on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.accounts.permissions import can_say_same
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import adverts, lookalikes, sameness
from clearinghouse.ingest.lookalikes import Advert, Agreement
from clearinghouse.ingest.models import Sameness
from clearinghouse.ingest.parting import NotPartedError
from clearinghouse.vacancies.models import Sighting, Vacancy
from web import deps
from web.pages.adverts import owner_of_vacancy
from web.readings import TOLD
from web.staff import Found, requires, requires_form, who
from web.templating import render

router = APIRouter()

DONE: Mapping[str, str] = {
    "apart": "They are two jobs from now on. Each has its own page.",
    "different": "We keep them apart from now on.",
    "joined": "They are one job from now on. It has one page.",
    "nothing": "Nothing was changed: it was like that already.",
    "undone": "It is taken back.",
}
LINES: Mapping[str, str] = {
    "title": "Title",
    "employer": "Employer",
    "reference": "Reference",
    "salary": "Pay",
    "hours_per_week": "Hours",
    "contract": "Contract",
    "places": "Place",
    "closes_at": "Closes",
    "description_text": "How it begins",
}
BEGINS = 300  # characters of an advert's text
ID = re.compile(r"(?:^|/)([a-z2-7]{10})(?:-[^/]*)?/?$")


@dataclass(frozen=True)
class Line:
    """One thing that both adverts say, and whether they agree in it."""

    label: str
    ours: str
    theirs: str
    agrees: bool | None


def owner_of_both(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The organisation that both vacancies in the path belong to; nobody's where that is two."""
    one = owner_of_vacancy(session, params)
    two = owner_of_vacancy(session, {"public_id": params["other"]})
    if one is None or two is None:
        return None
    return one if one == two else Found(None)


def owner_of_advert(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The owner of the vacancy in the path, when that advert is one of several there."""
    advert = _number(params["number"])
    found = session.get(Sighting, advert) if advert else None
    vacancy = adverts.standing(session, params["public_id"])
    if found is None or vacancy is None or found.vacancy_id != vacancy.id:
        return None
    return Found(vacancy.organisation_id)


def owner_of_said(session: Session, params: Mapping[str, Any]) -> Found | None:
    """The organisation that both adverts belong to of which somebody spoke, when one is the path's vacancy's."""
    number = _number(params["number"])
    said = session.get(Sameness, number) if number else None
    vacancy = adverts.standing(session, params["public_id"])
    if said is None or vacancy is None:
        return None
    about = sa.select(Vacancy.id, Vacancy.organisation_id).join(Sighting, Sighting.vacancy_id == Vacancy.id)
    rows = session.execute(about.where(Sighting.id.in_((said.one, said.other)))).all()
    if vacancy.id not in {row.id for row in rows}:
        return None
    return Found(_one({row.organisation_id for row in rows}))


@router.get("/adverts/{public_id}/same", dependencies=[requires(can_say_same, of=owner_of_vacancy)])
def same(request: Request, public_id: str, done: str = "", other: str = "") -> Response:
    """The adverts that stand for this vacancy, others that look alike, and what people said."""
    actor = who(request)
    owners = None if can_say_same(actor, None) else actor.looks_after
    with deps.reading(request) as session:
        if named := ID.search(other.strip().lower()):
            beside = owner_of_both(session, {"public_id": public_id, "other": named[1]})
            if beside and can_say_same(actor, beside.decides):
                return RedirectResponse(f"/adverts/{public_id}/same/{named[1]}", 303)
        vacancy = sameness.standing(session, public_id)
        together = lookalikes.adverts_of(session, vacancy, deps.now(request))
        found = lookalikes.candidates(session, vacancy, deps.now(request), owners)
        known = lookalikes.spoken_of(session, vacancy)
    said = {row: ends for row, ends in known.items() if can_say_same(actor, _one({end.owner for end in ends}))}
    return render(
        request, "adverts_same.html", title=f"One job or several: {vacancy.title}", vacancy=vacancy, adverts=together,
        candidates=found, said=said, lines=lines, done=DONE.get(done),
        agreement=lookalikes.agreement, wrong=bool(other), other=other,
    )  # fmt: skip


@router.get("/adverts/{public_id}/same/{other}", dependencies=[requires(can_say_same, of=owner_of_both)])
def pair(request: Request, public_id: str, other: str) -> Response:
    """Two vacancies side by side, and the question."""
    return _pair(request, public_id, other)


@router.post("/adverts/{public_id}/same/{other}", dependencies=[requires_form(can_say_same, of=owner_of_both)])
def judge(
    request: Request,
    public_id: str,
    other: str,
    answer: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Join them, or keep them apart."""
    try:
        act, done = _act(answer)
        new = act(deps.site(request).store, public_id, other, reason, who(request), deps.now(request))
    except BadFormError as error:
        return _pair(request, public_id, other, answer, reason, error.errors)
    return _back(request, public_id, done if new else "nothing")


@router.get("/adverts/{public_id}/part/{number}", dependencies=[requires(can_say_same, of=owner_of_advert)])
def alone(request: Request, public_id: str, number: str) -> Response:
    """One advert of the vacancy beside another of it, and whether it is another job."""
    return _alone(request, public_id, int(number))


@router.post("/adverts/{public_id}/part/{number}", dependencies=[requires_form(can_say_same, of=owner_of_advert)])
def part(request: Request, public_id: str, number: str, reason: Annotated[str, Form()] = "") -> Response:
    """Give that advert a vacancy of its own."""
    try:
        new = sameness.say_apart(deps.site(request).store, int(number), reason, who(request), deps.now(request))
    except BadFormError as error:
        return _alone(request, public_id, int(number), reason, error.errors)
    except NotPartedError as error:
        return _alone(request, public_id, int(number), reason, {"reason": str(error)})
    return _back(request, public_id, "apart" if new else "nothing")


@router.post(
    "/adverts/{public_id}/said/{number}", dependencies=[requires_form(can_say_same, of=owner_of_said)]
)  # fmt: skip
def undo(request: Request, public_id: str, number: str) -> Response:
    """Take back what somebody said."""
    try:
        new = sameness.undo(deps.site(request).store, int(number), who(request), deps.now(request))
    except NotPartedError as error:
        raise HTTPException(409, f"{error}. Nothing was changed.") from None
    return _back(request, public_id, "undone" if new else "nothing")


def lines(one: Advert, other: Advert, agreed: Agreement) -> list[Line]:
    """Both adverts line by line."""
    return [
        Line(label, words(one, name), words(other, name), agreed.lines[name]) for name, label in LINES.items()
    ]  # fmt: skip


def words(advert: Advert, name: str) -> str:
    """What an advert says on that line, "" = nothing."""
    if name == "reference":
        return advert.reference or ""
    if name in TOLD:
        return TOLD[name](advert.draft)
    text = str(advert.draft.get(name) or "")
    return text if len(text) <= BEGINS else f"{text[:BEGINS].rsplit(' ', 1)[0]} …"


def _act(answer: str) -> tuple[Callable[..., bool], str]:
    if answer == "same":
        return sameness.say_same, "joined"
    if answer == "different":
        return sameness.say_different, "different"
    raise BadFormError({"answer": "Choose whether they are one job or two"})


def _one(owners: set[int | None]) -> int | None:
    return next(iter(owners)) if len(owners) == 1 else None


def _pair(
    request: Request, public_id: str, other: str, answer: str = "", reason: str = "",
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    with deps.reading(request) as session:
        one, two = sameness.standing(session, public_id), sameness.standing(session, other)
        if one.id == two.id:
            return RedirectResponse(f"/adverts/{one.public_id}/same?done=nothing", 303)
        mine = lookalikes.adverts_of(session, one, deps.now(request))[0]
        found = lookalikes.candidate(session, mine, two, deps.now(request))
    return _compared(
        request, public_id, mine, found.advert, found.agreement, answer=answer, reason=reason, errors=errors or {},
        action=f"/adverts/{one.public_id}/same/{two.public_id}", apart=False,
    )  # fmt: skip


def _alone(
    request: Request, public_id: str, number: int, reason: str = "", errors: Mapping[str, str] | None = None
) -> Response:
    with deps.reading(request) as session:
        found = lookalikes.adverts_of(session, sameness.standing(session, public_id), deps.now(request))
    mine = next((each for each in found if each.sighting == number), None)
    rest = next((each for each in found if each.sighting != number), None)
    if mine is None or rest is None:
        return _back(request, public_id, "nothing")
    return _compared(
        request, public_id, rest, mine, lookalikes.agreement(rest, mine), reason=reason, errors=errors or {},
        action=f"/adverts/{public_id}/part/{number}", apart=True,
    )  # fmt: skip


def _compared(
    request: Request, public_id: str, one: Advert, other: Advert, agreed: Agreement, *,
    errors: Mapping[str, str], **more: object,
) -> Response:  # fmt: skip
    title = "Are these two jobs?" if more["apart"] else "Are these one job?"
    return render(
        request, "adverts_compared.html", title=f"Error: {title}" if errors else title, status=400 if errors else 200,
        heading=title, public_id=public_id, one=one, other=other, lines=lines(one, other, agreed), errors=errors,
        **more,
    )  # fmt: skip


def _back(request: Request, public_id: str, done: str) -> Response:
    with deps.reading(request) as session:
        kept = sameness.standing(session, public_id).public_id
    return RedirectResponse(f"/adverts/{kept}/same?done={done}", 303)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
