"""What the links in alerts' messages lead to. Reading them changes nothing; each page has a button that does.

`web/pages/links.py` asks here first: None = no link of an alert, or of one that is gone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from clearinghouse.alerts import saved
from clearinghouse.alerts.models import Ended, Often
from clearinghouse.alerts.saved import Alert, State
from clearinghouse.alerts.times import ASKED_BEFORE
from clearinghouse.alerts.tokens import PUBLIC_ID, AlertLink, Purpose, read_token, token_for
from clearinghouse.mail.models import Channel
from web import deps
from web.saved_search import Said, follow_href, said
from web.templating import render

OFTEN = {one.value: one for one in Often}
MAY = {
    Purpose.CONFIRM: frozenset({"confirm", "renew"}),
    Purpose.RENEW: frozenset({"renew"}),
    Purpose.MANAGE: frozenset({"change", "confirm", "renew", "stop", "stop-all"}),
}  # STOP has a page of its own: web/pages/alert_stop.py
DONE = {
    "change": "We have changed how often we write to you.",
    "confirm": "Your search is on.",
    "renew": "Your search is on for a year from now.",
    "stop": "You will get no more messages for this search.",
    "stop-all": "You will get no more messages from us.",
}
TITLES = {
    "confirm": "Is this your search?",
    "ended": "This search has stopped",
    "on": "Your search is on",
    "renew": "Do you still want these jobs?",
}


@dataclass(frozen=True)
class Sent:
    """What a form on such a page sends: its button, the search that it stands beside, and how often."""

    do: str = ""
    search: str = ""
    often: str = ""


@dataclass(frozen=True)
class Listed:
    """One saved search as the page of all shows it. `ends_soon` = time to say that it is still wanted."""

    alert: Alert
    said: Said
    ends_soon: bool


def read(request: Request, token: str, done: str = "", search: str = "") -> Response | None:
    """The page that the link leads to. `done` and `search` say what a button there has just done, and to which."""
    link = _link(request, token)
    if link is None:
        return None
    with deps.reading(request) as session:
        alert = saved.alert(session, link.public_id)
        if alert is None:
            return None
        if link.purpose is Purpose.MANAGE:
            return _all(request, session, alert, token, Sent(done, search))
        (shown,) = said(session, [alert.criteria])
    return _one(request, link.purpose, alert, shown, token)


def use(request: Request, token: str, sent: Sent) -> Response | None:
    """Do what the button says, and back to the page, which says how things stand. Any other button does nothing."""
    link = _link(request, token)
    if link is None:
        return None
    with deps.site(request).store.writing() as session:
        alert = saved.alert(session, link.public_id)
        if alert is None:
            return None
        done = sent.do in MAY[link.purpose] and _act(session, link, alert, sent, deps.now(request))
    told = f"?done={sent.do}&search={sent.search}" if done and link.purpose is Purpose.MANAGE else ""
    return RedirectResponse(f"/link/{token}{told}", 303)


def _link(request: Request, token: str) -> AlertLink | None:
    link = read_token(deps.secret(request), token, deps.now(request))
    return link if link and link.purpose in MAY else None


def _act(session: Session, link: AlertLink, alert: Alert, sent: Sent, now: dt.datetime) -> bool:
    """True when it was done. A link that manages reaches every search of its address, and no other."""
    if sent.do == "stop-all":
        return saved.stop_all(session, link.public_id, Ended.STOPPED, now) > 0
    wanted = sent.search if link.purpose is Purpose.MANAGE else link.public_id
    if _same_owner(session, alert, wanted) is None:
        return False
    if sent.do == "change":
        return sent.often in OFTEN and saved.change_often(session, wanted, OFTEN[sent.often], now)
    if sent.do == "stop":
        return saved.stop(session, wanted, Ended.STOPPED, now)
    return (saved.confirm if sent.do == "confirm" else saved.renew)(session, wanted, now)


def _same_owner(session: Session, alert: Alert, public_id: str) -> Alert | None:
    """The search of that id, when it is of the same address."""
    other = saved.alert(session, public_id) if PUBLIC_ID.fullmatch(public_id) else None
    same = other is not None and (alert.channel, alert.address) == (other.channel, other.address)
    return other if same else None


def _one(request: Request, purpose: Purpose, alert: Alert, shown: Said, token: str) -> Response:
    step = _step(purpose, alert, deps.now(request))
    return render(
        request,
        "alert_one.html",
        title=TITLES[step],
        step=step,
        alert=alert,
        said=shown,
        action=f"/link/{token}",
        again=can_start_again(alert),
        ask_again=follow_href(alert.criteria),
        manage=_manage(request, alert),
    )


def _step(purpose: Purpose, alert: Alert, now: dt.datetime) -> str:
    if alert.state is State.ON:
        return "renew" if purpose is Purpose.RENEW and _ends_soon(alert, now) else "on"
    return "confirm" if alert.state is State.ASKED else "ended"


def _ends_soon(alert: Alert, now: dt.datetime) -> bool:
    return alert.renew_by is not None and now >= alert.renew_by - ASKED_BEFORE


def can_start_again(alert: Alert) -> bool:
    """True for one that was on, and was stopped or ran out: its address takes messages."""
    return alert.ended_why in {Ended.STOPPED, Ended.NOT_RENEWED} and alert.renew_by is not None


def _manage(request: Request, alert: Alert) -> str:
    token = token_for(deps.secret(request), Purpose.MANAGE, alert.public_id, deps.now(request))
    return f"/link/{token}"


def _all(request: Request, session: Session, alert: Alert, token: str, told: Sent) -> Response:
    now = deps.now(request)
    live = saved.alerts_of(session, alert.public_id)
    words = said(session, [each.criteria for each in live])
    listed = [Listed(each, line, _ends_soon(each, now)) for each, line in zip(live, words, strict=True)]
    stopped = _same_owner(session, alert, told.search) if told.do == "stop" else None
    return render(
        request,
        "alert_all.html",
        title="Your searches",
        listed=listed,
        address=masked(alert),
        oftens=[(value, one.label) for value, one in OFTEN.items()],
        action=f"/link/{token}",
        done=DONE.get(told.do),
        stopped=stopped if stopped and can_start_again(stopped) else None,
    )


def masked(alert: Alert) -> str:
    """An address that its owner knows again and nobody else learns: s…@example.org, …982."""
    if alert.channel is Channel.TEXT:
        return f"…{alert.address[-3:]}"
    name, _, host = alert.address.partition("@")
    return f"{name[:1]}…@{host}"
