"""Where a careers site on Oracle Recruiting Cloud and its API stand: from an address of either, or a page's script.

A site has a number (CX_1), which the API wants, and may have a name in its people's addresses. The finder's commas and
semicolons are syntax and stay as they are.
"""

from __future__ import annotations

import re

from crawlers.adapters.board import site_of
from crawlers.source import Page

RESOURCE = "/hcmRestApi/resources/latest/recruitingCEJobRequisition"
LIST = "s?onlyData=true&expand=requisitionList.secondaryLocations&finder=findReqs;siteNumber={},limit=100,offset=0"
DETAIL = "Details?expand=all&onlyData=true&finder=ById;Id=%22{}%22,siteNumber={}"
PEOPLE = "/hcmUI/CandidateExperience/en/sites"
API = re.compile(r"/hcmRestApi/resources/[^?]*recruitingCEJobRequisitions", re.IGNORECASE)
SITE = re.compile(r"/hcmUI/CandidateExperience/[\w-]+/sites/([\w-]+)", re.IGNORECASE)
NUMBER = re.compile(r"siteNumber(?:=|%3D)([\w-]+)|/sites/(CX(?:_\d+)?)(?:[/?#]|$)", re.IGNORECASE)
NAMED = re.compile(r"/sites/([\w-]+)")
OFFSET = re.compile(r"((?:[;,]|%2C|%3B)offset(?:=|%3D))\d+", re.IGNORECASE)
DECLARED = (
    re.compile(rb"""apiBaseUrl["']?\s{0,9}:\s{0,9}["'](https?://[\w.:-]{1,200})"""),
    re.compile(rb"""siteNumber["']?\s{0,9}:\s{0,9}["']([\w-]{1,50})["']"""),
)


def is_address(url: str) -> bool:
    """True for an address of a careers site or of its API."""
    return bool(SITE.search(url) or API.search(url))


def number_of(url: str, stated: str | None) -> str:
    """The site's number; a name in its place belongs to the first site, mostly the only one."""
    found = NUMBER.search(url)
    return stated or (found[1] or found[2] if found else "CX_1")


def list_of(url: str, number: str | None) -> str:
    """The list's address, 100 requisitions from the first on; `url` itself where it is one, or no web address."""
    root = site_of(url)
    return url if API.search(url) or not root else f"{root}{RESOURCE}{LIST.format(number_of(url, number))}"


def from_row(url: str, rows: int) -> str:
    """The list's address with its finder starting at that row."""
    if OFFSET.search(url):
        return OFFSET.sub(rf"\g<1>{rows}", url)
    return url.replace("findReqs;", f"findReqs;offset={rows},")


def page_of(url: str, number: str | None, reference: str | None) -> str | None:
    """A requisition's page for people; None without its number or the site's address."""
    root, named = site_of(url), SITE.search(url)
    site = named[1] if named else number_of(url, number)
    return f"{root}{PEOPLE}/{site}/job/{reference}" if root and reference else None


def detail_of(url: str, number: str | None, reference: str | None) -> str | None:
    """A requisition's own answer; None without its number or the site's address."""
    root = site_of(url)
    return f"{root}{RESOURCE}{DETAIL.format(reference, number_of(url, number))}" if root and reference else None


def declared_on(page: Page) -> tuple[str, str] | None:
    """The site's address and number as the script of one of its pages tells them, on whatever domain that stands."""
    if b"siteNumber" not in page.body or b"apiBaseUrl" not in page.body:
        return None
    base, number = (name.search(page.body) for name in DECLARED)
    named = NAMED.search(page.url)
    root = site_of(base[1].decode().removesuffix(":443")) if base else None
    if not root or not number or not named:
        return None
    return f"{root}{PEOPLE}/{named[1]}/requisitions", number[1].decode()
