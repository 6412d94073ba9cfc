"""What every staff page says first: which permission it needs, and on what.

    router = APIRouter()

    @router.get("/sources/{slug}", dependencies=[requires(can_see_source, of=owner_of_source)])
    @router.post("/sources/{slug}/pause", dependencies=[requires_form(can_change_source, of=owner_of_source)])

The gate has let nobody through who isn't signed in. A page without a `requires` is found by the tests, which also walk
every route with every role.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Depends, Form, HTTPException, Request
from sqlalchemy.orm import Session

from clearinghouse.accounts.actor import Actor
from web import deps

OLD_FORM = "This form is from an earlier visit, or was changed on its way. Nothing was changed."

Predicate = Callable[..., bool]
Lookup = Callable[[Session, Mapping[str, Any]], "Found | None"]


class OldFormError(HTTPException):
    """A form without this session's token: 403, and nothing was changed."""

    def __init__(self) -> None:
        super().__init__(403, OLD_FORM)


@dataclass(frozen=True)
class Found:
    """What a path names, as the predicate takes it: for most things the number of the organisation that owns it."""

    decides: Any


@dataclass(frozen=True)
class Requires:
    """Lets a signed-in person on who may; 403 for everyone else, whether or not there is anything to see."""

    may: Predicate
    of: Lookup | None = None

    def __call__(self, request: Request) -> None:
        """One request. 404 only for those who may see everything of the kind: they learn nothing from it."""
        actor = deps.actor(request)
        if actor is None:
            raise HTTPException(403, "Only people who have signed in may do this.")
        if self.of is None:
            allowed, missing = self.may(actor), False
        else:
            with deps.reading(request) as session:
                found = self.of(session, request.path_params)
            allowed, missing = self.may(actor, found.decides if found else None), found is None
        if not allowed:
            raise HTTPException(403, "Your account may not do this.")
        if missing:
            raise HTTPException(404)


@dataclass(frozen=True)
class RequiresForm(Requires):
    """The same for a form, which must carry this session's token besides."""

    def __call__(self, request: Request, csrf: Annotated[str, Form()] = "") -> None:
        """One form. Who may is decided first; a wrong token is a 403 too."""
        super().__call__(request)
        if not hmac.compare_digest(csrf.encode(), token(request).encode()):
            raise OldFormError


def requires(may: Predicate, of: Lookup | None = None) -> Any:
    """What a page that only shows things depends on."""
    return Depends(Requires(may, of))


def requires_form(may: Predicate, of: Lookup | None = None) -> Any:
    """What a route that changes things depends on."""
    return Depends(RequiresForm(may, of))


def who(request: Request) -> Actor:
    """The person who asks, on a page that `requires` somebody."""
    actor = deps.actor(request)
    assert actor is not None  # noqa: S101 - `requires` has seen to it
    return actor


def token(request: Request) -> str:
    """The token that every form of this session carries; empty for a visitor."""
    actor = deps.actor(request)
    return token_of(deps.secret(request), actor.user, actor.session) if actor else ""


def token_of(secret: str, user: int, session: int | None) -> str:
    """A keyed hash of the session's number."""
    return hmac.new(secret.encode(), f"form {user} {session}".encode(), sha256).hexdigest()
