"""Templates: one environment for the whole site, and `render`, which every page ends with."""

from __future__ import annotations

from functools import cache
from typing import Any

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from clearinghouse.search.reading import plain_number
from clearinghouse.settings import area_name
from clearinghouse.vacancies import own_words, vocabulary
from clearinghouse.vacancies.occupation import Occupation
from web import applying, deps, navigation, richtext, shortlist, staff, surety, systems, wording
from web.assets import asset_url
from web.pay_in_words import in_words

FILTERS = (
    wording.clock, wording.closing, wording.counted, wording.day, wording.hours, wording.labels,
    wording.level, wording.moment, wording.number, wording.pay, wording.place,
    wording.places, wording.span, wording.web_link, in_words, richtext.description,
    richtext.breakable, systems.read_as, applying.ways, own_words.closing_words, own_words.hours_words,
    own_words.pay_words, own_words.place_words, surety.away, surety.lost,
    surety.surety, plain_number,
)  # fmt: skip
NAVIGATION = (
    ("/vacancies", "Search jobs"),
    ("/apprenticeships", "Apprenticeships"),
    ("/employers", "Employers"),
    ("/saved", "Saved jobs"),
)


class Templates(jinja2.Environment):
    """An environment that looks into a dict by key first.

    Jinja tries the attribute before the key; with dicts all through, as here, that costs a third of the page.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The key of a dict, where it has one; else what Jinja always does."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


@cache
def environment() -> Templates:
    """The site's own templates, with GOV.UK's form macros under `govuk_frontend_jinja/`."""
    loader = jinja2.ChoiceLoader([
        jinja2.PackageLoader("web"),
        jinja2.PrefixLoader({"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}),
    ])  # fmt: skip
    made = Templates(
        loader=loader,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.ChainableUndefined,
    )
    made.filters.update({function.__name__: function for function in FILTERS})
    made.globals.update(asset=asset_url, navigation=NAVIGATION, words=vocabulary, Occupation=Occupation)
    return made


def render(request: Request, template: str, *, title: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page of that template. `title` is its own part of the title; the site's name is added."""
    here = deps.site(request)
    area = area_name(here.settings.area)
    shared = {
        "title": title,
        "area": area,
        "site_name": here.settings.site_name,
        "path": request.url.path,
        "settings": here.settings,
        "actor": deps.actor(request),
        "csrf": staff.token(request),
        "staff_pages": navigation.links(request),
        "saved": shortlist.of(request, here.settings),
    }
    body = environment().get_template(template).render(shared | context)
    return HTMLResponse(body, status_code=status)
