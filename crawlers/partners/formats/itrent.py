"""MHR iTrent: a launch page that gives out a session, its list in JSON behind it, and two boards on one host.

The list wants the session in its address, the cookie that came with it, and the whole search in the header mhrParams;
else the answer is a page, with status 200. Each board has its own WVID; references are typed by hand, so that the
neighbour's repeat the partner's. Closing dates have no time.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, Format, Reply, Told, View, json, xml
from crawlers.partners.formats.pages import missing, shell
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, last_moment, town

RUN = "/ce0412li_webrecruitment/wrd/run/"
OWN, NEIGHBOUR = "6777214QI7", "4128301IuI"
LAUNCH, LIST = f"{RUN}ETREC179GF.open", f"{RUN}etrec106gf.json"
ENTRY = f"{LAUNCH}?WVID={OWN}"
COOKIE = "MHRWRSESSION"
MOST = 10  # jobs a page, whatever is asked for
SEARCH = ("JOB_TITLE", "KEYWORDS", "LOCATION_ID", "VAC_TYPES", "SALARY_BAND", "ORDER_BY")
NEXT_DOOR = 3  # every third of the partner's jobs is advertised by its neighbour, too


def _number(advert: Advert) -> str:
    return f"{921_0000 + advert.number}Yh{advert.number % 10}"


def _path(advert: Advert) -> str:
    return f"{LAUNCH}?WVID={OWN}&LANG=USA&VACANCY_ID={_number(advert)}"


def boards(view: View) -> dict[str, list[Advert]]:
    """What each board of this host advertises, by WVID."""
    near = [replace(each, number=each.number + 500) for each in view.adverts[::NEXT_DOOR]]
    return {OWN: list(view.adverts), NEIGHBOUR: near}


def _answers(view: View, request: Request) -> Reply | None:
    board = next((value for name, value in request.query if name.upper() == "WVID"), "")
    path, listed = request.path.lower(), boards(view).get(board)
    if path == LAUNCH.lower():
        return _launch(view, request, board) if listed is not None else Reply(_refusal(view))
    if path == f"{RUN}etrec002gf.open":
        links = "".join(f'<a href="etrec179gf.open?WVID={each}">Jobs</a>' for each in boards(view))
        return Reply(shell(view, "Web recruitment", links))
    if path != LIST.lower():
        return None
    return Reply(json(_list(listed or [], request)) if _in_session(request, board) else _refusal(view))


def _launch(view: View, request: Request, board: str) -> Reply:
    """The page of an advert, or of a board: that gives out a new session, in its form and as a cookie."""
    vacancy = request.value("VACANCY_ID")
    if vacancy:
        found = next((each for each in boards(view)[board] if _number(each) == vacancy), None)
        return Reply(_page(view, found) if found else missing(view), 200 if found else 404, listing=False)
    token = secrets.token_hex(16).upper()
    cookie = f"{COOKIE}={_sealed(board, token)}; Path=/; HttpOnly"
    return Reply(_search(view, board, token), headers={"Set-Cookie": cookie})


def _sealed(board: str, token: str) -> str:
    """The cookie that belongs to a session: another board's, or another session's, is of no use."""
    return hashlib.sha256(f"{board} {token}".encode()).hexdigest()[:32]


def _in_session(request: Request, board: str) -> bool:
    token = request.value("USESSION")
    said = dict(parse_qsl(request.header("mhrParams"), keep_blank_values=True))
    whole = set(SEARCH) <= set(said) and (said.get("WVID"), said.get("USESSION")) == (board, token)
    return whole and bool(token) and request.cookie(COOKIE) == _sealed(board, token)


def _list(adverts: list[Advert], request: Request) -> dict[str, Any]:
    first, rows = max(1, request.number("REC_FROM", 1)), request.number("RESULTS_PP", MOST, MOST) or MOST
    shown = adverts[first - 1 : first - 1 + rows]
    last = first - 1 + len(shown)
    search = {"total_rec": str(len(adverts)), "results_pp": str(rows), "rec_from": str(first), "rec_to": str(last)}
    return {"search": search, "results": [_result(advert, request) for advert in shown]}


def _result(advert: Advert, request: Request) -> dict[str, str]:
    closes, number = advert.closing.at, _number(advert)
    hours = re.match(r"[\d.]+", advert.terms.hours or "")
    session = f"WVID={request.value('WVID')}&USESSION={request.value('USESSION')}"
    return {
        "vacancy_id": number,
        "job_title": escape(advert.title),
        "job_description": escape(advert.html) if advert.number % 2 else advert.html,
        "location_id": escape(advert.place.text),
        "region_id": escape(town(advert)),
        "salary": escape(advert.pay.text or ""),
        "vacancy_ref": advert.reference,
        "basis_id": advert.terms.contract,
        "con_hrs": f"{float(hours[0]):.2f}" if hours else "0.00",
        "vacancy_d": f"{advert.posted:%Y%m%d}",
        "app_close_d": f"{closes:%Y%m%d}" if closes else "",
        "bu_send": f"ETREC179GF.open?{session}&VACANCY_ID={number}",
    }


def _search(view: View, board: str, token: str) -> Document:
    """The launch page: nothing in it but the session, until its script has asked for the list."""
    body = f"""<form name="frm" method="post">
<input type="hidden" name="WVID.STD_HID_FLDS.ET_BASE.1-1" value="{board}">
<input type="hidden" name="SESSION.STD_HID_FLDS.ET_BASE.1-1" value="{xml(token)}">
</form>
<div id="mhr_webrec_job_search"><noscript>This page needs JavaScript.</noscript></div>
<div class="Mhr-jobProfile" vac-id="((id))"><h1 class="Mhr-jobProfile--title">((name))</h1></div>"""
    return shell(view, "", body)


def _page(view: View, advert: Advert) -> Document:
    """An advert as the page's script lays it out."""
    entries = [("Salary", advert.pay.text), ("Contractual hours", advert.terms.hours), ("Basis", advert.terms.contract)]
    rows = [*entries, ("Job reference", advert.reference)]
    closes = f"{advert.closing.at:%d/%m/%Y}" if advert.closing.at else ""
    details = "\n".join(
        f'<div class="Mhr-jobDetailEntry"><span class="Mhr-jobDetailEntry--label">{label}</span>'
        f' <span class="Mhr-jobDetailEntry--text">{xml(said)}</span></div>'
        for label, said in rows
        if said
    )
    body = f"""<div class="Mhr-jobProfile" vac-id="{_number(advert)}">
<h1 class="Mhr-jobProfile--title">{xml(advert.title)}</h1>
<span class="Mhr-jobProfile--locationText">{xml(advert.place.text)}</span>
<span class="Mhr-jobProfile--closingDate">{closes}</span>
{details}
<div class="Mhr-jobDetailEntry"><span class="Mhr-jobDetailEntry--label">Job description</span>
<div class="Mhr-jobDetailEntry--text">{advert.html}</div></div>
</div>"""
    return shell(view, advert.title, body)


def _refusal(view: View) -> Document:
    return shell(
        view, "Web recruitment", "<p>A possible security violation has been detected on displaying this page.</p>"
    )


def _front(view: View) -> Document:
    return careers(view, f'<a href="{view.base}{ENTRY}">View our current vacancies</a>')


def _told(advert: Advert) -> Told:
    return Told(advert.reference, last_moment(advert), advert.pay.text)


ITRENT = Format(
    "itrent", "MHR iTrent", ENTRY, _path, _page, answers=_answers, front=_front, adapter="itrent", told=_told
)
