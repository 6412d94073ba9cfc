"""What somebody typed when their session ended: sealed into the sign-in page, and given back to them alone.

Whose session it was, where the form was going, its fields and the time are encrypted together: the page that holds
them may stay on a screen. Passwords and codes are never kept, nor anything typed on the pages of one's own account.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from fastapi import Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from clearinghouse.sealing import seal
from web.security import ACCOUNT, is_below, is_for_staff
from web.signing import opened

LARGEST = 200_000  # characters of what is sealed
KEPT_FOR = dt.timedelta(hours=12)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
NEVER_KEPT = frozenset({"code", "csrf", "password", "secret", "token"})  # words of a field's name
MARKS = frozenset({"again", "hidden", "was"})  # what a page notes in its own form, and nobody types
MOST_FIELDS = 1_000


@dataclass(frozen=True)
class Typed:
    """A form that waits: whose, for which path, its fields in their order, since when."""

    user: int
    path: str
    fields: tuple[tuple[str, str], ...]
    at: dt.datetime

    def shown(self) -> tuple[tuple[str, str], ...]:
        """The fields that hold something and are the person's own, by names that people can read."""
        own = ((name, value) for name, value in self.fields if name not in MARKS)
        return tuple((words(name), value) for name, value in own if value.strip())


def words(name: str) -> str:
    """A field's name as words: `every_hours` is Every hours."""
    return re.sub(r"[^A-Za-z0-9]+", " ", name).strip().capitalize() or "Field"


async def typed(request: Request, user: int, now: dt.datetime) -> Typed:
    """The form of that request, without what is never kept; a body that is no form has no fields."""
    path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
    fields = () if is_below(path, ACCOUNT) else _kept(await _form(request))
    return Typed(user, quote(path) + (f"?{query}" if query else ""), fields, now)


async def _form(request: Request) -> FormData:
    if not request.headers.get("content-type", "").startswith(FORMS):
        return FormData()
    try:
        return await request.form(max_fields=MOST_FIELDS)
    except HTTPException:  # it can't be read
        return FormData()


def _kept(form: FormData) -> tuple[tuple[str, str], ...]:
    named = ((name, value) for name, value in form.multi_items() if isinstance(value, str))
    return tuple((name, value) for name, value in named if not NEVER_KEPT & set(re.split(r"[^a-z]+", name.lower())))


def seal_typed(form: Typed) -> str:
    """The form as a hidden field; empty when it is larger than we keep, or there is nothing to keep."""
    if not form.fields:
        return ""
    said = {"for": "typed", "user": form.user, "path": form.path, "fields": form.fields, "at": form.at.isoformat()}
    sealed = seal(json.dumps(said))
    return sealed if len(sealed) <= LARGEST else ""


def read_typed(sealed: str, now: dt.datetime) -> Typed | None:
    """The form that the field holds; None when it isn't ours, has waited too long, or goes nowhere of ours."""
    found = opened(sealed, "typed", LARGEST)
    if found is None:
        return None
    fields = tuple((name, value) for name, value in found["fields"])
    form = Typed(found["user"], found["path"], fields, dt.datetime.fromisoformat(found["at"]))
    lasts = form.at <= now < form.at + KEPT_FOR
    return form if lasts and is_for_staff(unquote(form.path.partition("?")[0])) else None
