"""NHS Jobs' search_xml: pages by `page` and `limit`, totals last; without `sort` rows are repeated between pages."""

from __future__ import annotations

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import XML, Document, Format, Reply, Told, View, document, element
from crawlers.partners.formats.pages import advert_page
from crawlers.partners.formats.request import Request
from crawlers.partners.formats.values import careers, last_moment, opened, plain, sums

PATH = "/api/v1/search_xml"
ROWS, MOST = 10, 100  # a page's rows where nothing is asked for, and at most
LENGTH = 150  # characters of a description
FRACTIONS = ("165", "9", "123456789")
OVERLAP = 3  # rows of the page before that come again where no order is asked for


def _path(advert: Advert) -> str:
    return f"/candidate/jobadvert/{advert.reference}"


def _answers(view: View, request: Request) -> Reply | None:
    if request.path != PATH:
        return None
    size = max(1, request.number("limit", ROWS, MOST))
    number = max(1, request.number("page", 1))
    found = [advert for advert in view.adverts if request.value("employer", advert.employer) == advert.employer]
    start = (number - 1) * size
    ordered = request.value("sort").startswith("publicationDate")
    start -= OVERLAP if number > 1 and not ordered else 0
    shown = sorted(found, key=lambda advert: (advert.posted, advert.number)) if ordered else found
    totals = [element("totalPages", -(-len(found) // size)), element("totalResults", len(found))]
    rows = [_row(view, advert) for advert in shown[start : start + size]]
    return Reply(document(["<nhsJobs>", *rows, *totals, "</nhsJobs>"], XML))


def _row(view: View, advert: Advert) -> str:
    closes = last_moment(advert)
    fraction = FRACTIONS[advert.number % len(FRACTIONS)]
    text = " ".join(plain(advert.html).split())
    places = [advert.place.text, *(["Home based"] if advert.number % 7 == 0 else [])]
    fields = [
        element("id", 5_000_000 + advert.number),
        element("reference", advert.reference),
        element("title", advert.title),
        element("description", f"{text[:LENGTH]}..." if len(text) > LENGTH else text),
        element("employer", advert.employer),
        element("type", "Apprenticeship" if advert.kind == "apprenticeship" else advert.terms.contract),
        element("salary", _salary(advert)),
        element("closeDate", closes.date() if closes else None),
        element("postDate", f"{opened(advert):%Y-%m-%dT%H:%M:%S}.{fraction}"),
        element("url", view.base + _path(advert)),
        f"<locations>{''.join(element('location', place) for place in places)}</locations>",
    ]
    return "\n".join(["<vacancyDetails>", *(each for each in fields if each), "</vacancyDetails>"])


def _salary(advert: Advert) -> str:
    """Sums without a comma for thousands, always with pence; words where there are none."""
    paid = sums(advert)
    if paid is None or advert.number % 9 == 0:
        return "Depends on experience" if advert.number % 2 else "Competitive"
    low, high = paid
    return f"£{low:.2f}" if low == high else f"£{low:.2f} to £{high:.2f}"


def _front(view: View) -> Document:
    return careers(view, f'<p><a href="{PATH}">Search our jobs</a></p>')


def _told(advert: Advert) -> Told:
    return Told(advert.reference, last_moment(advert), _salary(advert))


NHS_JOBS = Format(
    "nhs_jobs",
    "NHS Jobs search (XML)",
    PATH,
    _path,
    advert_page,
    answers=_answers,
    front=_front,
    adapter="nhs_jobs",
    told=_told,
)
