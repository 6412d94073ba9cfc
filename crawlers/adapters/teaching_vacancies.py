"""Teaching Vacancies: the Department for Education's API, https://teaching-vacancies.service.gov.uk/pages/api_specification.

Keyless, under the Open Government Licence; 100 adverts a page, until `meta.totalPages`; a page past the end is empty.
Its order has ties, so pages overlap and adverts fall between them: what the sitemap lists under /jobs/ and no page held
is followed to its own answer. Adverts have no identifier: the last part of their address is theirs. Of a job in several
schools only the first school's address is given; pay is free text. The API can't be asked for one part of the country.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from clearinghouse.errors import BadBodyError
from crawlers.adapters.board import at_site, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import with_parameter
from crawlers.adapters.jsonbody import count, error_in, json_body, list_at, raw
from crawlers.adapters.school_posting import SLUG, is_in, is_job, school_posting
from crawlers.adapters.shortfall import ILL_FORMED, because
from crawlers.adapters.sitemap import Sitemap
from crawlers.adapters.text import link
from crawlers.source import Follow, Page, Parsed, Posting

HOST = re.compile(r"//(?:www\.)?teaching-vacancies\.service\.gov\.uk(?:[/?#]|$)", re.IGNORECASE)
API = "/api/v1/jobs.json"


@dataclass(frozen=True)
class TeachingVacancies:
    """Every advert of the service, or of some postcode areas and districts ("NG", "S80") and of no stated postcode."""

    url: str = "https://teaching-vacancies.service.gov.uk"
    areas: tuple[str, ...] = ()

    name: ClassVar[str] = "teaching_vacancies"
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def start(self) -> tuple[Follow, ...]:
        """The first page of the API."""
        return (Follow(at_site(self.url, API), role="listing"),)

    def parse(self, page: Page) -> Parsed:
        """Each advert of a page once, or the one that the page is; of the sitemap what no page held.

        Raises BadBodyError for a body that is none of these.
        """
        if "held" in page.carried:
            return self._missing(page)
        body = json_body(page)
        if isinstance(body, dict) and "data" not in body and is_job(body):
            return Parsed(postings=self._within([school_posting(body, page.url)]))
        listed = list_at(body, "data")
        if listed is None or (listed and not any(is_job(item) for item in listed)):
            raise BadBodyError(page.url, f"{error_in(body) or 'JSON'} without a list of JobPosting")
        jobs = [item for item in listed if is_job(item)]
        once = {posting.reference or object(): posting for posting in (school_posting(job, page.url) for job in jobs)}
        odd = len(listed) - len(jobs)
        seen = sorted({*page.carried.get("seen", ()), *(str(p.reference) for p in once.values() if p.reference)})
        return Parsed(
            postings=self._within(once.values()),
            follows=self._next(body, page, seen, full=bool(listed)),
            shortfall=because(ILL_FORMED, f"{odd} of {len(listed)} entries are no JobPosting") if odd else None,
        )

    def _within(self, postings: Iterable[Posting]) -> tuple[Posting, ...]:
        """Those of the source's own part of the country."""
        return tuple(posting for posting in postings if not self.areas or is_in(posting, self.areas))

    def _next(self, body: Any, page: Page, seen: list[str], *, full: bool) -> tuple[Follow, ...]:
        """The page after this one; after the last, the sitemap. None where the site isn't known (a saved file)."""
        site = site_of(page.url)
        if site is None:
            return ()
        number = int(page.carried.get("page", 1)) + 1
        pages = count(body, "meta.totalPages")
        stated = link(raw(body, "links.next"), page.url)
        more = full and (number <= pages if pages is not None else stated is not None)
        if more:
            url = stated if stated and stated != page.url else with_parameter(self.start()[0].url, "page", number)
            return (Follow(_apart(url, seen), role="listing", carried={"seen": seen, "page": number}),)
        return (Follow(_apart(f"{site}/sitemap.xml", seen), role="listing", carried={"held": seen}),)

    def _missing(self, page: Page) -> Parsed:
        """A sitemap's adverts that no page held, and the sitemaps that it lists."""
        parsed = Sitemap(page.url).parse(page)
        held = set(page.carried["held"])
        follows = []
        for follow in parsed.follows:
            slug = SLUG.search(follow.url)
            if follow.role == "listing":
                carried = {**follow.carried, "held": page.carried["held"]}
                follows.append(replace(follow, url=_apart(follow.url, sorted(held)), carried=carried))
            elif slug and slug[1] not in held:
                follows.append(Follow(f"{site_of(page.url)}/api/v1/jobs/{slug[1]}.json"))
        return replace(parsed, follows=tuple(follows))


def _apart(url: str, seen: Iterable[str]) -> str:
    """The address with a mark that is never sent: a fragment for what the pages before held.

    What a page leads to hangs on those; so an answer that is unchanged since another run isn't taken as last read,
    unless they came out the same.
    """
    return f"{url.partition('#')[0]}#{hashlib.sha256(' '.join(seen).encode('utf-8', 'replace')).hexdigest()[:12]}"


def recognise(page: Page) -> Claim | None:
    """By its address, or by its API's name for the list and its pages."""
    if all(mark in page.body for mark in (b'"openapi"', b'"totalPages"', b'"data"')):
        return Claim(TeachingVacancies(page.url), 1.0, "adverts as Teaching Vacancies' API lists them")
    return Claim(TeachingVacancies(page.url), 0.95, "Teaching Vacancies' address") if HOST.search(page.url) else None
