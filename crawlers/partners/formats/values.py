"""What the formats that are JSON share: the numbers that systems give, moments, sums, and adverts in plain words."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable
from html import escape, unescape

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import END, LONDON
from crawlers.partners.formats.base import Document, View, xml
from crawlers.partners.formats.pages import shell

SCRIPT = "text/javascript; charset=utf-8"
OPENS = dt.time(9, 14, 57)  # when adverts go up
TAG = re.compile(r"<[^>]+>")
COUNTRY = ("United Kingdom", "GB")
COUNTY = "Nottinghamshire"


def uuid_of(advert: Advert) -> str:
    """A number of the length that modern systems like, the same each time."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"advert:{advert.reference}"))


def opened(advert: Advert) -> dt.datetime:
    """The moment at which it was published, London time."""
    return dt.datetime.combine(advert.posted, OPENS, LONDON)


def plain(html: str) -> str:
    """The words of a piece of HTML, a line to each block."""
    return unescape(re.sub(r"\n\s*\n+", "\n", TAG.sub("", re.sub(r"</(?:p|li|ul)>", "\n", html)))).strip()


def with_facts(advert: Advert) -> str:
    """The description with pay and closing date as its first lines: systems without fields for them get them so."""
    facts = (("Salary", advert.pay.text), ("Closing date", advert.closing.text if advert.closing.at else None))
    lines = "".join(f"<p><strong>{label}:</strong> {escape(said)}</p>" for label, said in facts if said)
    return f"{lines}\n{advert.html}"


def town(advert: Advert) -> str:
    """The town, or whatever the advert says of its place."""
    return advert.place.town or advert.place.text


def sums(advert: Advert) -> tuple[float, float] | None:
    """The lowest and highest pay in pounds; None where the post is unpaid."""
    low, high = advert.pay.minimum, advert.pay.maximum
    return (low, high) if low is not None and high is not None else None


def board_script(view: View, path: Callable[[Advert], str]) -> Document:
    """The script by which a board puts its adverts into whatever page loads it."""
    links = (f'<li><a href="{view.base}{path(each)}">{xml(each.title)}</a></li>' for each in view.adverts)
    markup = json.dumps(f"<ul>{''.join(links)}</ul>")
    return Document(f'document.currentScript.insertAdjacentHTML("beforebegin", {markup});\n'.encode(), SCRIPT)


def careers(view: View, inside: str, head: str = "") -> Document:
    """An employer's own page about working there, which shows its board by `inside`, as its system wants that done."""
    name = xml(view.partner.name)
    body = f"<h1>Work for us</h1>\n<p>{name} offers real careers. See what is open now.</p>\n{inside}"
    return shell(view, f"Work for us | {view.partner.name}", body, head)


def last_moment(advert: Advert) -> dt.datetime | None:
    """The end of its last day, for systems that keep closing dates without a time."""
    at = advert.closing.at
    return dt.datetime.combine(at.date(), END, LONDON) if at else None
