"""Councils' own pages, in the shapes of three in Nottinghamshire, and one whose adverts are PDF files.

Each is read with a declaration of its own. A list of links whose address holds the post reference, two where an advert
is for two posts; one ASP.NET page for all adverts, none with an address; cards with a page for each.
"""

from __future__ import annotations

import textwrap

from crawlers.partners.adverts import Advert
from crawlers.partners.closing import END
from crawlers.partners.formats.base import Document, Format, Told, View, xml
from crawlers.partners.formats.pages import apply_link, facts, shell
from crawlers.partners.formats.values import plain

NONE = "<p>We have no current vacancies.</p>"
NOTHING = r"=~ \bno current vacancies\b"
PDF = "application/pdf"
BY_SLUG, ONE_PAGE, CARDS, FILES = "/jobs/current-vacancies/", "/jobs/default.aspx", "/work-here/jobs/", "/vacancies"
ADVERT = {
    "reference": "label(Post reference, Reference)",
    "salary": "label(Salary)",
    "locations": "label(Location)",
    "closes": "label(Closing date)",
    "description_html": "main",
}


def _posts(advert: Advert) -> str:
    """The post reference as it is printed: every fifth advert is for two posts."""
    return advert.reference if advert.number % 5 else f"{advert.reference} & {advert.reference}9"


def _slug_path(advert: Advert) -> str:
    return f"{BY_SLUG}{_posts(advert).lower().replace(' & ', '-')}-{advert.slug}/"


def _told_posts(advert: Advert) -> Told:
    return Told(_posts(advert), advert.closing.at, advert.pay.text)


def _links(view: View) -> dict[str, Document]:
    items = "\n".join(f'<li><a href="{_slug_path(each)}">{xml(each.title)}</a></li>' for each in view.adverts)
    body = f'<h1>Current vacancies</h1><p><a href="{BY_SLUG}">Jobs</a></p>\n{f"<ul>{items}</ul>" if items else NONE}'
    return {BY_SLUG: shell(view, "Current vacancies", body)}


def _lines(view: View, advert: Advert) -> Document:
    """An advert's page with its facts in lines of one paragraph."""
    told = [("Post reference", _posts(advert)), *facts(advert)[1:]]
    lines = "<br>\n".join(f"<strong>{label}:</strong> {xml(said)}" for label, said in told)
    body = f"<h1>{xml(advert.title)}</h1>\n<p>{lines}</p>\n{advert.html}\n{apply_link(view, advert)}"
    return shell(view, advert.title, body)


def _no_path(advert: Advert) -> str:
    """No address of its own: a fragment tells it from others here, and is never asked for."""
    return f"{ONE_PAGE}#{advert.reference}"


def _grid(view: View) -> dict[str, Document]:
    heads = "".join(f"<th>{label}</th>" for label in ("Ref No", "Job Title", "Department", "Salary", "Closing Date"))
    rows = "\n".join(_grid_row(number, advert) for number, advert in enumerate(view.adverts))
    table = f'<table id="ctl00_main_grdJobs" border="1"><tr>{heads}</tr>\n{rows}\n</table>' if rows else NONE
    body = (
        f'<form method="post" action="default.aspx"><input type="hidden" name="__VIEWSTATE" value="x">\n{table}</form>'
    )
    return {ONE_PAGE: shell(view, "Job vacancies", body)}


def _grid_row(number: int, advert: Advert) -> str:
    link = f"<a href=\"javascript:__doPostBack('grdJobs','Select${number}')\">{xml(advert.title)}</a>"
    said = (advert.department, advert.pay.text or "", advert.closing.text)
    return f"<tr><td>{advert.reference}</td><td>{link}</td>{''.join(f'<td>{xml(each)}</td>' for each in said)}</tr>"


def _card_path(advert: Advert) -> str:
    return f"{CARDS}{advert.slug}-{advert.number}/"


def _cards(view: View) -> dict[str, Document]:
    cards = "\n".join(
        f'<div class="card"><h2><a href="{_card_path(each)}">{xml(each.title)}</a></h2></div>' for each in view.adverts
    )
    return {CARDS: shell(view, "Jobs", f'<a href="{CARDS}">Jobs</a>\n{cards or NONE}')}


def _listed(view: View, advert: Advert) -> Document:
    """An advert's page with its facts in a list."""
    rows = "".join(f"<dt>{label}</dt><dd>{xml(said)}</dd>" for label, said in facts(advert))
    body = f"<h1>{xml(advert.title)}</h1>\n<dl>{rows}</dl>\n{advert.html}\n{apply_link(view, advert)}"
    return shell(view, advert.title, body)


def _file_path(advert: Advert) -> str:
    return f"/media/{advert.reference}-{advert.slug}.pdf"


def _files(view: View) -> dict[str, Document]:
    rows = "\n".join(_file_row(advert) for advert in view.adverts)
    listed = f'<ul class="jobs">{rows}</ul>' if rows else NONE
    return {FILES: shell(view, "Vacancies", f"<h1>Vacancies</h1>\n{listed}")}


def _file_row(advert: Advert) -> str:
    link = f'<a href="{_file_path(advert)}">{xml(advert.title)}</a>'
    said = (("Ref", advert.reference), ("Pay", advert.pay.text), ("Closing date", _day(advert)))
    lines = "\n".join(f"<p>{label}: {xml(one)}</p>" for label, one in said if one)
    return f"<li>{link} <small>(PDF)</small>\n{lines}</li>"


def _day(advert: Advert) -> str:
    at = advert.closing.at
    return "" if at is None else f"{at:%d/%m/%Y}" if at.time() == END else f"{at:%d/%m/%Y %H:%M}"


def _file(_: View, advert: Advert) -> Document:
    """The advert as a PDF of one page; every fourth is a scan, without text."""
    lines = textwrap.wrap(f"{advert.title}. {plain(advert.html)}", 90)[:50]
    drawn = b"".join(b"(%s) Tj T*\n" % _quoted(line) for line in lines)
    content = b"BT /F1 10 Tf 50 790 Td 14 TL\n%sET" % drawn if advert.number % 4 else b"0 0 400 600 re f"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page + b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    return Document(_numbered(parts), PDF)


def _quoted(line: str) -> bytes:
    text = line.encode("cp1252", "replace").replace(b"\\", b"\\\\")
    return text.replace(b"(", b"\\(").replace(b")", b"\\)")


def _numbered(parts: tuple[bytes, ...]) -> bytes:
    """The objects of a PDF one after another, with the table that says where each begins."""
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    size = len(parts) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places))
    return b"%s%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (out, table, size, len(out))


POSTS_IN_SLUGS = Format(
    "council_slugs",
    "a council's own pages, by post reference",
    BY_SLUG,
    _slug_path,
    _lines,
    _links,
    adapter="html",
    fields={
        "rows": "a[href*='/current-vacancies/']:not([href$='/current-vacancies/'])",
        "fields": {"title": "a", "url": "a"},
        "detail": ADVERT,
        "none": NOTHING,
    },
    told=_told_posts,
)
ONE_ADDRESS = Format(
    "council_one_page",
    "a council's own ASP.NET page",
    ONE_PAGE,
    _no_path,
    _listed,
    _grid,
    adapter="html",
    fields={
        "rows": "table[id] tr",
        "fields": {
            "reference": "column(Ref No)",
            "title": "column(Job Title)",
            "salary": "column(Salary)",
            "closes": "column(Closing Date)",
            "extra.department": "column(Department)",
        },
        "none": NOTHING,
    },
)
A_PAGE_EACH = Format(
    "council_cards",
    "a council's own pages, a page to each advert",
    CARDS,
    _card_path,
    _listed,
    _cards,
    adapter="html",
    fields={"rows": ".card", "fields": {"title": "h2", "url": "h2"}, "detail": ADVERT, "none": NOTHING},
)
PDF_ADVERTS = Format(
    "pdf_adverts",
    "a list whose adverts are PDF files",
    FILES,
    _file_path,
    _file,
    _files,
    adapter="html",
    fields={
        "rows": "ul.jobs > li",
        "fields": {
            "title": "a",
            "url": "a",
            "reference": "p =~ Ref: (.+) | label(Ref)",
            "salary": "label(Pay)",
            "closes": "label(Closing date)",
        },
        "detail": {},
        "none": NOTHING,
    },
)
