"""WordPress: a site's own REST API, https://developer.wordpress.org/rest-api/, where its vacancies are posts of a type.

/wp-json/wp/v2/{type}; job-listings is WP Job Manager's, others name theirs vacancies, jobs and so on. At most 100 a
page: X-WP-TotalPages says how many pages there are, X-WP-Total how many posts; a page too far answers 400. Titles hold
entities; `date` is the site's own time without a zone. What the type knows beside the text stands in `meta` (the
plug-in's names: _job_location, _company_name, _application, _job_expires) and `acf`, read by their names. A post that
says it is filled, or whose title is kept back, is on no public list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from crawlers.adapters.board import Board, paid, site_of
from crawlers.adapters.claim import Claim
from crawlers.adapters.json_api import JsonApi, with_parameter
from crawlers.adapters.jsonbody import Object, words
from crawlers.adapters.pay import composed
from crawlers.adapters.records import read_record
from crawlers.adapters.text import joined, link, whole_number
from crawlers.adapters.wp_fields import facts_of, terms_of
from crawlers.source import Follow, Page, Parsed, Posting

JOBS = r"[\w-]{0,40}(?:job|vacanc|career|recruit|opportunit|position)[\w-]{0,40}"
ADDRESS = re.compile(rf"(?:/wp-json|[?&]rest_route=)/wp/v2/{JOBS}(?:[/?&#]|$)", re.IGNORECASE)
TYPE = re.compile(rf'"type"\s*:\s*"({JOBS})"'.encode(), re.IGNORECASE)
ROOT = re.compile(
    rb"""<link[^<>]{0,200}?https://api\.w\.org/[^<>]{0,20}?href=["']([^"'<>]{1,300})["']""", re.IGNORECASE
)
ARCHIVE = re.compile(rf"post-type-archive-({JOBS})".encode(), re.IGNORECASE)
ROWS = 100
FIELDS = {
    "url": "link",
    "title": "title.rendered",
    "posted": "date",
    "description_html": "content.rendered | excerpt.rendered",
    "closes": "meta._job_expires",
    "identifiers.post": "id",
    "salary": "meta._job_salary",
    "extra.salary_unit": "meta._job_salary_unit",
    "extra.salary_currency": "meta._job_salary_currency",
}


@dataclass(frozen=True)
class WpRest(Board):
    """The posts of one type of a WordPress site: `url` is the API's list, or any page of the site."""

    type: str = "job-listings"

    name: ClassVar[str] = "wp_rest"
    own: ClassVar = ("title", "link")
    fields: ClassVar = FIELDS

    def api(self) -> JsonApi:
        """The list of 100 posts a page, with the terms that they are filed under."""
        url, site = self.url, site_of(self.url)
        if site and "/wp/v2/" not in url:
            url = f"{site}/wp-json/wp/v2/{self.type}"
        return JsonApi(with_parameter(with_parameter(url, "per_page", ROWS), "_embed", "wp:term"), "", FIELDS)

    def owns(self, item: Object) -> bool:
        """True for a post as WordPress tells it."""
        return isinstance(item.get("title"), dict) and "rendered" in item["title"] and "link" in item

    def listed(self, body: Any, page: Page) -> Parsed:
        """Each post that is on the public list, and the next page."""
        parsed = super().listed(body, page)
        number, full = int(page.carried.get("page", 1)), isinstance(body, list) and len(body) >= ROWS
        pages = whole_number(page.headers.get("x-wp-totalpages"))
        more = bool(body) and (number < pages if pages is not None else full)
        carried = {"page": number + 1, **({"left": left} if (left := _left(body, parsed, page)) else {})}
        url = with_parameter(self.api().url, "page", number + 1)
        total = whole_number(page.headers.get("x-wp-total"))
        stated = None if total is None or more else max(0, total - left)
        follows = (Follow(url, role="listing", carried=carried),) if more and site_of(url) else ()
        return replace(parsed, follows=(*follows, *parsed.follows), stated_total=stated)

    def refine(self, item: Object, posting: Posting) -> Posting | None:
        """The posting with its fields and terms; None for a post that is filled, or kept back."""
        if words(item, "meta._filled") in ("1", "true") or posting.title is None:
            return None
        told = replace(read_record(facts_of(item), posting.url or ""), title=None, url=None)
        remote = {"job_location_type": "remote"} if words(item, "meta._remote_position") in ("1", "true") else {}
        sums = (posting.salary, posting.extra.get("salary_unit"), posting.extra.get("salary_currency"))
        salary = composed(None, None, *sums) or posting.salary
        apply_url = link(words(item, "meta._application"), "")  # an e-mail address is no link
        whole = replace(posting, salary=salary, apply_url=apply_url, extra={**posting.extra, **remote}).over(told)
        filed = terms_of(item)
        return paid(
            replace(
                whole,
                reference=whole.reference or whole.identifiers.get("post"),
                locations=whole.locations or tuple(dict.fromkeys(filed.get("locations", ()))),
                employment_type=whole.employment_type or joined(filed.get("employment_type", ())),
                occupation=whole.occupation or joined(filed.get("occupation", ())),
                level=whole.level or joined(filed.get("level", ())),
            )
        )


def _left(body: Any, parsed: Parsed, page: Page) -> int:
    """How many posts of this page and those before are on no public list."""
    here = len(body) - len(parsed.postings) if isinstance(body, list) else 0
    return int(page.carried.get("left", 0)) + here


def recognise(page: Page) -> Claim | None:
    """By its address, by posts of a type that is called like jobs, or by a page that names its API and such a type."""
    body = page.body
    if b'"rendered"' in body and b'"link"' in body and (kind := TYPE.search(body)):
        return Claim(WpRest(page.url), 1.0, f"posts of the type {kind[1].decode()} as WordPress lists them")
    if ADDRESS.search(page.url):
        return Claim(WpRest(page.url), 0.9, "an address of WordPress's REST API")
    if b"https://api.w.org/" not in body or not (root := ROOT.search(body)):
        return None
    plugin, archive = b"wp-job-manager" in body, ARCHIVE.search(body)
    api = link(root[1].decode("utf-8", "replace"), page.url)
    if api is None or not (plugin or archive):
        return None
    kind_of = "job-listings" if plugin or archive is None else archive[1].decode()
    return Claim(WpRest(f"{api.rstrip('/')}/wp/v2/{kind_of}"), 0.5, "a page of WordPress with posts that are jobs")
