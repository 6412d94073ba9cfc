"""The plain pages that every simulated site has: its front page, an advert's page and its application form."""

from __future__ import annotations

from crawlers.partners.adverts import Advert
from crawlers.partners.formats.base import Document, View, xml

SHELL = """<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body><header><a href="{base}/">{site}</a></header>
<main>
{body}
</main>
<footer><p>A simulated site: neither this organisation nor its vacancies exist.</p></footer>
</body>
</html>
"""


def shell(view: View, title: str, body: str, head: str = "") -> Document:
    """A page of the site."""
    site = xml(view.partner.name)
    return Document(SHELL.format(title=xml(title), head=head, base=view.base, site=site, body=body).encode())


def front(view: View, link: str, rows: list[tuple[str, str]]) -> Document:
    """The front page, with `link` to the feed in its head and a list of the vacancies (address, title)."""
    items = "\n".join(f'<li><a href="{xml(url)}">{xml(title)}</a></li>' for url, title in rows)
    body = f"<h1>Work for {xml(view.partner.name)}</h1>\n<p>{len(rows)} vacancies</p>\n<ul>\n{items}\n</ul>"
    return shell(view, f"Vacancies at {view.partner.name}", body, link)


def facts(advert: Advert) -> list[tuple[str, str]]:
    """What an advert's page lists above its text: label and value, unstated ones left out."""
    rows = [
        ("Reference", advert.reference),
        ("Employer", advert.employer),
        ("Salary", advert.pay.text),
        ("Location", advert.place.text),
        ("Contract", advert.terms.contract),
        ("Working pattern", advert.terms.pattern),
        ("Hours", advert.terms.hours),
        ("Closing date", advert.closing.text),
    ]
    return [(label, value) for label, value in rows if value]


def advert_page(view: View, advert: Advert) -> Document:
    """An advert's own page, for people: no structured data."""
    rows = "".join(f"<dt>{xml(label)}</dt><dd>{xml(value)}</dd>" for label, value in facts(advert))
    body = f"<h1>{xml(advert.title)}</h1>\n<dl>{rows}</dl>\n{advert.html}\n{apply_link(view, advert)}"
    return shell(view, advert.title, body)


def apply_path(advert: Advert) -> str:
    """Where one applies for it."""
    return f"/apply/{advert.number}"


def apply_link(view: View, advert: Advert) -> str:
    """The link to the application form, or to the employer's own advert."""
    url = view.original(advert) or f"{view.base}{apply_path(advert)}"
    return f'<p><a href="{xml(url)}">Apply for this job</a></p>'


def application(view: View, advert: Advert) -> Document:
    """The application form, which takes nothing."""
    body = (
        f"<h1>Apply here</h1>\n<p>{xml(advert.title)}, reference {xml(advert.reference)}</p>\n"
        "<p>This is where the employer's own application form would begin.</p>"
    )
    return shell(view, f"Apply: {advert.title}", body)


def missing(view: View) -> Document:
    """The page for an address that isn't there."""
    return shell(view, "Page not found", "<h1>Page not found</h1>\n<p>This vacancy may have closed.</p>")


def broken(view: View) -> Document:
    """The page that some sites send with status 200 when their database is away."""
    body = "<h1>Sorry, something went wrong</h1>\n<p>Our vacancies are not available now. Please try again later.</p>"
    return shell(view, "Sorry, something went wrong", body)
