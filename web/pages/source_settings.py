"""A source's settings: how often and where it is read, how many vacancies are normal, the page for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from clearinghouse.accounts.permissions import can_change_source
from clearinghouse.errors import BadFormError
from clearinghouse.ingest import tuning
from clearinghouse.ingest.retuning import ChangedMeanwhileError, change
from clearinghouse.ingest.sources import effective
from clearinghouse.ingest.sources import get as get_row
from clearinghouse.ingest.tuning import Wanted
from web import deps
from web.pages.sources import back, owner_of_source
from web.staff import requires, requires_form, who
from web.templating import render

router = APIRouter()

NAMES: Mapping[str, str] = {
    "every_hours": "Hours between two readings",
    "url": "Address that we read",
    "minimum": "Fewest vacancies that are normal",
    "maximum": "Most vacancies that are normal",
    "ill_formed": "Its feed is always broken",
    "homepage": "Job page for people",
}


@router.get("/sources/{slug}/settings", dependencies=[requires(can_change_source, of=owner_of_source)])
def settings(request: Request, slug: str) -> Response:
    """The form, filled with the settings in force."""
    return _form(request, slug)


def wanted(
    every_hours: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    minimum: Annotated[str, Form()] = "",
    maximum: Annotated[str, Form()] = "",
    ill_formed: Annotated[str, Form()] = "",
    homepage: Annotated[str, Form()] = "",
) -> Wanted:
    """What was typed."""
    return Wanted(every_hours, url, minimum, maximum, ill_formed == "yes", homepage)


@router.post("/sources/{slug}/settings", dependencies=[requires_form(can_change_source, of=owner_of_source)])
def save(
    request: Request,
    slug: str,
    typed: Annotated[Wanted, Depends(wanted)],
    as_file: Annotated[list[str] | None, Form()] = None,
    moved: Annotated[str, Form()] = "",
    was: Annotated[str, Form()] = "",
) -> Response:
    """Change them all or none."""
    site, actor, now = deps.site(request), who(request), deps.now(request)
    said = Wanted(**{**vars(typed), "as_file": frozenset(as_file or ()), "moved": moved == "yes"})
    public = _is_public(request, slug)
    try:
        changed = change(site.store, slug, said, was, actor, now, demo=site.settings.demo)
    except BadFormError as error:
        return _form(request, slug, said, error.errors)
    except ChangedMeanwhileError as error:
        return _form(request, slug, said, {"stale": "Somebody else changed these settings meanwhile"}, stale=error)
    if public and not _is_public(request, slug):
        return back(slug, "moved")
    return back(slug, "changed" if changed or said.as_file else "same")


def _is_public(request: Request, slug: str) -> bool:
    with deps.reading(request) as session:
        return get_row(session, slug).public


def _form(
    request: Request, slug: str, said: Wanted | None = None, errors: Mapping[str, str] | None = None,
    stale: ChangedMeanwhileError | None = None,
) -> Response:  # fmt: skip
    with deps.reading(request) as session:
        row = get_row(session, slug)
    in_force, file = tuning.in_force(row), tuning.of_file(row)
    theirs = tuning.typed(in_force)
    return render(
        request, "source_settings.html", title=f"{'Error: ' if errors else ''}Settings of {slug}",
        status=400 if errors else 200, row=row, facts=effective(row), typed=said or theirs, theirs=theirs,
        file=tuning.typed(file), now_set=in_force, differs=tuning.differences(row), mark=tuning.mark(in_force),
        errors=errors or {}, stale=stale, names=NAMES, browser=row.adapter_fields is not None,
    )  # fmt: skip
