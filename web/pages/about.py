"""The pages that hold our own words alone."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from web.templating import render

router = APIRouter()


@router.get("/accessibility")
def accessibility(request: Request) -> Response:
    """The accessibility statement, under the model statement's headings."""
    return render(request, "accessibility.html", title="Accessibility statement")


@router.get("/privacy")
def privacy(request: Request) -> Response:
    """What we keep about people: nearly nothing."""
    return render(request, "privacy.html", title="Privacy")


@router.get("/cookies")
def cookies(request: Request) -> Response:
    """The one cookie."""
    return render(request, "cookies.html", title="Cookies")


@router.get("/contact")
def contact(request: Request) -> Response:
    """Whom to ask about what; where the crawlers' name leads webmasters."""
    return render(request, "contact.html", title="Contact us")
