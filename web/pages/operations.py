"""What needs a person this week, each thing with one button; below it how mail, crawls and invitations are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from clearinghouse.accounts.permissions import can_see_operations
from clearinghouse.alerts.standing import standing
from clearinghouse.ingest.models import RunStatus
from clearinghouse.mail import outbox, texts
from clearinghouse.operations import mailing, overview
from clearinghouse.operations.needs import this_week
from clearinghouse.operations.of_machine import disks, why
from clearinghouse.vacancies import reports
from web import deps
from web.staff import requires, requires_form, who
from web.templating import render

DONE: Mapping[str, str] = {
    "again": "That mail is sent again within a minute.",
    "left": "That mail will not be sent.",
    "other": "Nothing was changed: that mail has been sent, or somebody was quicker.",
}
STATUSES: Mapping[RunStatus, str] = {
    RunStatus.OK: "Well",
    RunStatus.UNCHANGED: "Well, nothing new",
    RunStatus.REFUSED: "Refused",
    RunStatus.FAILED: "Failed",
    RunStatus.ABANDONED: "Broken off",
}

router = APIRouter()


@router.get("/operations", dependencies=[requires(can_see_operations)])
def operations(request: Request) -> Response:
    """What needs a person this week."""
    here, now = deps.site(request), deps.now(request)
    with deps.reading(request) as session:
        week = this_week(session, here.settings, now)
        mail = outbox.state(session, texts.channels(session, here.settings, now))
        return render(
            request,
            "operations.html",
            title=week.headline,
            week=week,
            mail=mail,
            mail_waits_because=why(mail, here.settings) if mail.waiting else "",
            texts=texts.in_words(texts.month(session, here.settings, now)),
            failed=outbox.failed(session),
            crawls=overview.crawls(session),
            invited=overview.invited(session),
            reports=reports.count_open(session),
            alerts=standing(session, now),
            disks=disks(here.settings),
            statuses=STATUSES,
            now=now,
            done=DONE.get(request.query_params.get("done", "")),
        )


@router.post("/operations/mail/again", dependencies=[requires_form(can_see_operations)])
def again(request: Request, number: Annotated[str, Form()] = "") -> Response:
    """Send a failed mail at the next turn."""
    done = mailing.try_again(deps.site(request).store, _number(number), who(request), deps.now(request))
    return _back("again" if done else "other")


@router.post("/operations/mail/leave", dependencies=[requires_form(can_see_operations)])
def leave(request: Request, number: Annotated[str, Form()] = "") -> Response:
    """Never send a mail that was given up."""
    done = mailing.leave(deps.site(request).store, _number(number), who(request), deps.now(request))
    return _back("left" if done else "other")


def _number(typed: str) -> int:
    """The number of a mail; 0, which none has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _back(done: str) -> Response:
    return RedirectResponse(f"/operations?done={done}#mail", 303)
