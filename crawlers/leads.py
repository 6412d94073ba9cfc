"""What a web address leads to: itself, the feeds and systems that it names, embeds or links to, its site's lists."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from clearinghouse.errors import BadBodyError
from crawlers import candidates
from crawlers.adapters.claim import Claim
from crawlers.adapters.jsonld import SINGLE
from crawlers.detect import best, detect, order
from crawlers.failures import FetchError
from crawlers.source import Page

Look = Callable[[str], Awaitable[Page]]
CERTAIN = -1.0  # of detect.order: nothing better can come


@dataclass(frozen=True)
class Lead:
    """A page, and an adapter's claim to it. A page of which only the address is known has no body."""

    page: Page
    claim: Claim


async def leads_from(entry: Page, look: Look, sitemaps: Callable[[], Awaitable[Sequence[str]]]) -> Found:
    """What can be read from `entry` on, pages fetched by `look`, its site's sitemaps told by `sitemaps`."""
    found = Found()
    await found.judge(entry, detect)
    if found.leads and found.leads[0].claim.sure > SINGLE:
        return found
    await found.look_through(entry)
    waiting = list(candidates.worth_a_try(entry, await sitemaps()))
    seen = {entry.url, *waiting}
    for number in range(candidates.MOST):
        if number >= len(waiting) or found.is_certain:
            break
        try:
            page = await look(waiting[number])
        except FetchError as error:
            found.reasons.append(str(error))
            continue
        if not await found.judge(page, candidates.claims_to_found):
            await found.look_through(page)
            more = [url for url in await asyncio.to_thread(candidates.shown_on, page) if url not in seen]
            waiting[number + 1 : number + 1] = more
            seen.update(more)
    found.leads.sort(key=lambda lead: order(lead.claim))
    return found


class Found:
    """What was found so far, and why the rest could not be read."""

    def __init__(self) -> None:
        self.leads: list[Lead] = []
        self.reasons: list[str] = []

    @property
    def is_certain(self) -> bool:
        """True when one of the leads is beyond doubt."""
        return any(order(lead.claim)[0] <= CERTAIN for lead in self.leads)

    async def judge(self, page: Page, claims_to: Callable[[Page], Sequence[Claim]]) -> bool:
        """Note the claims to a page, or why there are none; False then."""
        claims = await asyncio.to_thread(claims_to, page)
        self.leads += [Lead(page, claim) for claim in claims]
        if not claims:
            self.reasons.append(await asyncio.to_thread(_why_not, page))
        return bool(claims)

    async def look_through(self, page: Page) -> None:
        """Note the systems that a page shows or links to."""
        named = await asyncio.to_thread(candidates.systems_named_on, page)
        self.leads += [Lead(Page(url, b""), claim) for url, claim in named]


def _why_not(page: Page) -> str:
    try:
        best(page)
    except BadBodyError as error:
        return str(error)
    return f"{page.url}: no adapter claims it"
