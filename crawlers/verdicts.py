"""What came of a trial, as the JSON that the site shows: found, nothing, refused or failed. Pure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clearinghouse.ingest.sources import facts_as_json
from clearinghouse.normalise.draft import normalise
from clearinghouse.vacancies.draft import Draft, Refused, plain
from clearinghouse.vacancies.posting import Posting
from crawlers import candidates, registry
from crawlers.adapters.claim import Claim
from crawlers.adapters.sitemap import Sitemap
from crawlers.addresses import UNSAID
from crawlers.declared import as_fields
from crawlers.failures import LEADS, FetchError, UnwellError
from crawlers.harvesting import UNFETCHED, Brought
from crawlers.joining import fill
from crawlers.source import Page, Source

READ = 500  # postings that are interpreted: enough to judge by, and done within a second or two
SHOWN = 10  # postings beside their drafts
REFUSALS = 20
LONGEST = 20_000  # characters of one text: what a person compares, not what a parser was fooled into
UNWELCOME = (401, 403, 407, 429, 451)
WRONG_ADDRESS = (404, 410)


@dataclass(frozen=True)
class Seen:
    """What a trial saw: the page that was asked for, the one that is read, who reads it, and what that brought."""

    entry: Page
    page: Page
    claim: Claim
    source: Source
    brought: Brought


def failed(url: str, reason: str) -> dict[str, Any]:
    """The result of a trial that came to no end; `reason` goes after "we could not read it: "."""
    return _bare("failed", url, f"We could not read {url}: {reason}.")


def unread(url: str, error: FetchError) -> dict[str, Any]:
    """The result when the address itself can't be read: refused where that is a rule's doing, or the site's wish."""
    reason = error.reason.replace(UNSAID, "")
    reason = f"it {reason}" if reason.startswith(LEADS) else reason
    status = error.status if isinstance(error, UnwellError) else 200
    if error.forbidden:
        return _bare("refused", url, f"We may not read {url}: {reason}.")
    if status in UNWELCOME:
        return _bare("refused", url, f"The site does not let us read {url}: it {reason}.")
    if status in WRONG_ADDRESS:
        return _bare("failed", url, f"There is no page at {url}: it {reason}. Check the address.")
    return failed(url, f"it {reason}" if status != 200 else reason)


def nothing(url: str, reasons: Sequence[str]) -> dict[str, Any]:
    """The result when pages came, and none held vacancies in a form that any adapter reads."""
    words = "It can be read, but we found no vacancies on it, nor a feed or sitemap of them."
    return _bare("nothing", url, f"{url}: {words}") | {"why": "; ".join(reasons)[:LONGEST] or None}


def found(seen: Seen, now: dt.datetime) -> dict[str, Any]:
    """The result when vacancies were read, with the first of them beside our readings."""
    whose = _organisation(seen)
    home = candidates.home_of(seen.entry)
    source = replace(seen.source, organisation=whose, homepage=home)
    facts = registry.facts("", source, "browser")
    postings = seen.brought.harvest.postings
    readings = [(posting, normalise(posting, facts, now)) for posting in postings[:READ]]
    count, stated = len(postings), seen.brought.named
    partial = stated > count or not seen.brought.harvest.finished or any(UNFETCHED in p for p in _problems(seen))
    return _bare("found", seen.page.url, _sentence(count, stated, partial=partial)) | {
        "adapter": as_fields(source.adapter),
        "sure": seen.claim.sure,
        "why": _why(seen),
        "organisation": whose,
        "homepage": home,
        "postings": count,
        "stated": stated or None,
        "partial": partial,
        "doubt": _doubt(seen),
        "fill": fill(postings),
        "refused": _refused(readings),
        "sample": _sample(readings),
        "facts": facts_as_json(facts),
    }


def as_line(result: dict[str, Any]) -> str:
    """The result as one line of JSON that any store takes: half a surrogate pair becomes a question mark."""
    return json.dumps(result, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n"


def _bare(state: str, url: str, message: str) -> dict[str, Any]:
    none = ("adapter", "why", "organisation", "homepage", "stated", "doubt", "facts")
    return {"state": state, "message": message, "url": url, "sure": 0, "postings": 0, "partial": False} | {
        **dict.fromkeys(none), "fill": {}, "refused": [], "sample": [],
    }  # fmt: skip


def _sentence(count: int, stated: int, *, partial: bool) -> str:
    vacancies = "1 vacancy" if count == 1 else f"{count} vacancies"
    if not partial:
        return f"We found {vacancies}."
    return f"We read {vacancies} as a sample" + (f" of about {stated}." if stated > count else "; there may be more.")


def _why(seen: Seen) -> str:
    kind = (
        "a sitemap; each page that it lists is an advert"
        if isinstance(seen.source.adapter, Sitemap)
        else seen.claim.why
    )
    if isinstance(seen.source.adapter, Sitemap) and seen.source.adapter.match:
        kind = f"a sitemap; the adverts are those pages whose address contains {seen.source.adapter.match}"
    if seen.page.url == seen.entry.url:
        return f"{seen.page.url} is {kind}."
    return f"{seen.entry.url} leads to {seen.page.url}, which is {kind}."


def _organisation(seen: Seen) -> str | None:
    """Whose vacancies they are, if they are one employer's; None for a board, and where nothing says."""
    said = {posting.employer for posting in seen.brought.harvest.postings}
    if said - {None}:
        return said.pop() if len(said) == 1 else None
    names = (candidates.employer_in(candidates.title_of(page)) for page in (seen.entry, seen.page))
    return next((name for name in names if name), None)


def _problems(seen: Seen) -> tuple[str, ...]:
    return seen.brought.harvest.problems


def _doubt(seen: Seen) -> str | None:
    """What went wrong on the way, apart from our own bounds."""
    cut = any(UNFETCHED in problem for problem in _problems(seen))
    told = [p for p in _problems(seen) if UNFETCHED not in p and not (cut and "fewer than it states" in p)]
    return "; ".join((*told, *seen.brought.harvest.messages))[:LONGEST] or None


def _refused(readings: Sequence[tuple[Posting, Draft | Refused]]) -> list[dict[str, Any]]:
    rows = [(posting, read) for posting, read in readings if isinstance(read, Refused)]
    return [
        {"title": _cut(posting.title), "reason": read.reason.value, "value": _cut(read.value)}
        for posting, read in rows[:REFUSALS]
    ]


def _sample(readings: Sequence[tuple[Posting, Draft | Refused]]) -> list[dict[str, Any]]:
    drafts = [(posting, read) for posting, read in readings if isinstance(read, Draft)]
    return [{"posting": _cut(posting.as_json()), "draft": _draft(read)} for posting, read in drafts[:SHOWN]]


def _draft(draft: Draft) -> dict[str, Any]:
    """The draft in plain values. Markup that is too long is left out: cut, it would be no markup any more."""
    kept = replace(draft, description_html=None) if len(draft.description_html or "") > LONGEST else draft
    values: dict[str, Any] = _cut(plain(kept))
    return values


def _cut(value: Any) -> Any:
    """`value` with every text in it cut to what is worth showing."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST else value[:LONGEST] + "…"
    if isinstance(value, dict):
        return {name: _cut(each) for name, each in value.items()}
    return [_cut(each) for each in value] if isinstance(value, list) else value
