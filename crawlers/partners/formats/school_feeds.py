"""What two systems send to Teaching Vacancies in the same names: Vacancy Poster a bare channel, Broadbean a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import END
from crawlers.partners.formats.base import XML, Document, Format, View, cdata, document, xml
from crawlers.partners.formats.pages import advert_page

POSTER = "/vpmain/vpxmloutput.php?jobboard=PUBLIC&clid=OAKVALL"
ITEMS = "/feeds/adverts.xml"
BROKEN = r"<?xml version=\"1.0\" encoding=\"UTF-8\"?>"  # as it is really sent


def _path(advert: Advert) -> str:
    return f"/jobs/{advert.number}?jobboard=Public+Sector&c=vacancyposter"


def _advert(advert: Advert) -> str:
    return f"/advert/{advert.number}"


def _fields(advert: Advert, url: str) -> dict[str, str]:
    """What both tell, the moment of closing apart."""
    return {
        "reference": advert.reference,
        "advertUrl": url,
        "jobTitle": advert.title,
        "jobAdvert": advert.html,
        "salary": advert.pay.text or "",
        "jobRole": advert.family,
        "ectSuitable": "false",
        "workingPatterns": "part_time" if advert.terms.share < 1 else "full_time",
        "contractType": advert.terms.contract,
        "phase": "secondary",
        "schoolUrns": str(900000 + advert.number),
        "trustUID": " ",
    }


def _poster(view: View) -> Mapping[str, Document]:
    head = f"<title>ATS Integration RSS Feed</title>\n<link>\n{cdata(f' {view.base}{POSTER} ')}\n</link>"
    items = [_poster_item(view, advert) for advert in view.adverts]
    return {POSTER: document(["<channel>", head, *items, "</channel>"], XML)}


def _poster_item(view: View, advert: Advert) -> str:
    at = advert.closing.at
    ends = (f"{at:%Y-%m-%d 00:00:00}" if at.time() == END else f"{at:%Y-%m-%d %H:%M:%S}") if at else ""
    dates = {"publishOn": f"{advert.posted} 00:00:00", "expiresAt": ends}
    fields = _fields(advert, view.base + _path(advert)) | dates
    # Its links are escaped within CDATA; what else is there is not
    fields["advertUrl"] = xml(fields["advertUrl"])
    rows = "\n".join(f"<{name}>\n{cdata(f' {said} ')}\n</{name}>" for name, said in fields.items())
    return f"<item>\n{rows}\n</item>"


def _items(view: View) -> Mapping[str, Document]:
    items = [_items_item(view, advert) for advert in view.adverts]
    return {ITEMS: document([BROKEN, "<items>", *items, "</items>"], XML)}


def _items_item(view: View, advert: Advert) -> str:
    at = advert.closing.at
    ends = f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S%z}" if at else ""
    fields = _fields(advert, view.base + _advert(advert)) | {"publishOn": advert.posted.isoformat(), "expiresAt": ends}
    rows = "\n".join(f"<{name}>{xml(said.strip())}</{name}>" for name, said in fields.items())
    return f"<item>\n{rows}\n<religionType></religionType>\n</item>"


VACANCY_POSTER = Format(
    "vacancy_poster", "Vacancy Poster feed", POSTER, _path, advert_page, _poster, adapter="vacancy_poster"
)
BROADBEAN = Format("broadbean", "Broadbean list", ITEMS, _advert, advert_page, _items, adapter="broadbean")
