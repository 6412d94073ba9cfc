"""MHR iTrent web recruitment: a launch page that gives out a session, and behind it a list in JSON.

Not officially described; shapes as two public readers of it tell them. ETREC179GF.open?WVID=… gives out USESSION, in
its address after redirects or in the page. etrec106gf.json then gives the list, to the same cookies and with the
search in a header of its own, `mhrParams`; else a page of HTML comes, which is a session fault and never an empty
list. Pages go on by REC_FROM until `total_rec` is reached.

One host may serve several employers: WVID tells their boards apart. Nothing with a session in it is kept: adverts are
linked by WVID and VACANCY_ID, and known by that link, for references are typed by hand and may repeat.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar
from urllib.parse import quote

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import Board, paid
from crawlers.adapters.body import decoded
from crawlers.adapters.claim import Claim
from crawlers.adapters.itrent_address import (
    ADDRESS,
    ADVERT,
    LANDING,
    LAUNCH,
    LIST,
    board_of,
    boards_on,
    run_of,
    session_on,
)
from crawlers.adapters.itrent_profile import profiles
from crawlers.adapters.json_api import JsonApi
from crawlers.adapters.jsonbody import Object, count, list_at
from crawlers.adapters.text import link
from crawlers.source import ANEW, Follow, Page, Parsed, Posting

REFUSED = "security violation"  # what a page says whose WVID is out of date
ROWS = 200
SEARCH = ("JOB_TITLE=", "KEYWORDS=", "LOCATION_ID=", "VAC_TYPES=", "SALARY_BAND=", "ORDER_BY=VACANCY_D")
FIELDS = {
    "reference": "vacancy_ref | vacancy_id",
    "title": "job_title",
    "locations": "location_id",
    "salary": "salary",
    "employment_type": "basis_id",
    "hours": "con_hrs",
    "posted": "vacancy_d",
    "closes": "app_close_d",
    "description_html": "job_description",
    "identifiers.vacancy_id": "vacancy_id",
    "extra.region": "region_id",
}


@dataclass(frozen=True)
class ITrent(Board):
    """One employer's board: `url` is its launch page, the page of one of its adverts, or the recruitment site."""

    name: ClassVar[str] = "itrent"
    identity: ClassVar[tuple[str, ...]] = ("url", "reference", "content")
    own: ClassVar = ("vacancy_id",)
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The list's shape; the launch page's session is needed to ask for it."""
        return JsonApi(self.url, "results", FIELDS, total="search.total_rec")

    def start(self) -> tuple[Follow, ...]:
        """The launch page; the site's first page where the address doesn't say which board it is."""
        return (Follow(self._launch() or self.url, role="listing", headers=ANEW),)

    def parse(self, page: Page) -> Parsed:
        """The way from the launch page to the list, the jobs of the list, or the advert that a page lays out.

        Raises BadBodyError for anything else, a page of HTML in place of the list above all.
        """
        text = decoded(page)
        if text[0] in "{[":
            return super().parse(page)
        if "session" in page.carried or LIST in page.url.lower():
            raise BadBodyError(page.url, "a session fault: a page of HTML in place of the list")
        told = profiles(page)
        if told and (ADVERT.search(page.url) or not session_on(text, page.url)):
            return Parsed(postings=tuple(replace(each, url=self._link(each)) for each in told))
        return Parsed(follows=(self._opened(text, page),))

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each job of the list, and its next page."""
        parsed = super().listed(body, page)
        seen, new = int(page.carried.get("seen", 0)), len(list_at(body, "results") or [])
        total, session = count(body, "search.total_rec") or 0, page.carried.get("session")
        more = new and seen + new < total and session
        return replace(parsed, follows=(self._list(str(session), seen + new, page),)) if more else parsed

    def refine(self, item: Object, posting: Posting) -> Posting:
        """The posting with its link."""
        return paid(replace(posting, url=self._link(posting)))

    def _link(self, posting: Posting) -> str | None:
        return link(self._launch(posting.identifiers.get("vacancy_id")), "")

    def _opened(self, text: str, page: Page) -> Follow:
        """What follows on a page of HTML: the list, or from the site's first page the launch page of its board."""
        if REFUSED in text.lower():
            raise BadBodyError(page.url, "a session fault: iTrent says that this board's WVID is out of date")
        session = session_on(text, page.url)
        boards, run = boards_on(text), run_of(page.url)
        if session and self._number(page) and (run or run_of(self.url)):
            return self._list(session, 0, page)
        if len(boards) == 1 and run and not page.carried:
            url = f"{run}{LAUNCH}?WVID={boards[0]}"
            return Follow(url, role="listing", headers=ANEW, carried={"board": boards[0]})
        several = f", but links to {len(boards)} boards: name one" if len(boards) > 1 else ""
        raise BadBodyError(page.url, f"a page of HTML without a session of iTrent's{several}")

    def _list(self, session: str, seen: int, page: Page) -> Follow:
        """The list from the job after the first `seen` ones on."""
        run, board = run_of(self.url) or run_of(page.url), self._number(page)
        asked = [f"WVID={board}", f"USESSION={session}", "LANG=USA", *([f"REC_FROM={seen + 1}"] if seen else [])]
        asked.append(f"RESULTS_PP={ROWS}")
        headers = {
            **ANEW,
            "accept": "application/json, text/javascript, */*; q=0.01",
            "mhrParams": "&".join([*asked, *SEARCH]),
            "referer": f"{run}{LAUNCH}?WVID={board}",
            "x-requested-with": "XMLHttpRequest",
        }
        carried = {"session": session, "seen": seen, "board": board}
        return Follow(f"{run}{LIST}?{'&'.join(asked)}", "listing", carried, headers=headers)

    def _number(self, page: Page) -> str:
        return board_of(self.url) or str(page.carried.get("board") or "") or board_of(page.url) or ""

    def _launch(self, vacancy: str | None = None) -> str | None:
        """The launch page, or an advert's own; None where the address doesn't say which board it is."""
        run, board = run_of(self.url), board_of(self.url)
        if run is None:
            return None
        if board is None:
            return None if vacancy else f"{run}{LANDING}"
        advert = f"&LANG=USA&VACANCY_ID={quote(vacancy)}" if vacancy else ""
        return f"{run}{LAUNCH}?WVID={board}{advert}"


def recognise(page: Page) -> Claim | None:
    """By its address, or by keys that its lists have."""
    if b'"vacancy_id"' in page.body and b'"app_close_d"' in page.body:
        return Claim(ITrent(page.url), 1.0, "jobs as iTrent lists them")
    if b'"total_rec"' in page.body and b'"results_pp"' in page.body:
        return Claim(ITrent(page.url), 0.6, "an empty list such as iTrent gives")
    return Claim(ITrent(page.url), 0.9, "an address of iTrent") if ADDRESS.search(page.url) else None
