"""The marks that a recruitment system leaves on a page which shows its vacancies, and where its list stands then. Pure.

Most systems are put into an employer's page by a script or an inline call, whose address is not the list's. A system's
own host is known to its adapter; these marks find the list on any host, since boards stand on employers' own too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from crawlers.adapters.text import link

BASE = r"""((?:https?:)?//[^/"'\s<>]{1,100})"""
NAME = r"""([^/"'?&\s<>]{1,100})"""
# What stands in a page's source → where the list is, by what the pattern found; relative to the page
LISTS = (
    (rf"{BASE}/embed/job_board(?:/js)?\?for={NAME}", r"\1/v1/boards/\2/jobs?content=true"),  # Greenhouse
    (rf"{BASE}/v0/postings/{NAME}\?", r"\1/v0/postings/\2?mode=json"),  # Lever
    (rf"{BASE}/{NAME}/embed\?version=\d", r"\1/posting-api/job-board/\2?includeCompensation=true"),  # Ashby
    (rf"{BASE}/v1/companies/{NAME}/postings", r"\1/v1/companies/\2/postings"),  # SmartRecruiters
    (rf"{BASE}/api/v1/widget/accounts/{NAME}", r"\1/api/v1/widget/accounts/\2?details=true"),  # Workable
    (r"""\bid=["']BambooHR["'][^>]{1,100}\bdata-domain=["']([\w.:-]{1,100})["']""", r"//\1/careers/list"),
    (r"//(?:www\.)?recruitee\.com\b", "/api/offers/"),
    (r"//(?:www\.)?pinpointhq\.com\b", "/postings.json"),
    (r"//(?:www\.)?teamtailor\.com\b", "/jobs.json"),
)
MARKS = tuple((re.compile(pattern), where) for pattern, where in LISTS)
# An address that a script of the page itself asks for
ASKED = re.compile(
    r"""\b(?:fetch|get|getJSON|open|ajax)\(\s{0,9}(?:["'][A-Z]{1,9}["'],\s{0,9})?["'`]([^"'`\s<>$]{1,300})"""
)


def marked_on(html: str, url: str) -> tuple[str, ...]:
    """The lists that the source of the page at `url` tells of, and what its own scripts ask for, in that order."""
    found = (link(unescape(where), url) for where in (*_lists(html), *(call[1] for call in ASKED.finditer(html))))
    return tuple(dict.fromkeys(each for each in found if each and each != url))


def _lists(html: str) -> Iterator[str]:
    for pattern, where in MARKS:
        for mark in pattern.finditer(html):
            yield mark.expand(where)
