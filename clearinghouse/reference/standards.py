"""An apprenticeship standard as the official list has it, where an operator loaded one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from clearinghouse.reference.models import Standard


@dataclass(frozen=True)
class Official:
    """The standard's `title`, its own page, and whether it is `retired`: nobody new starts on it."""

    title: str
    level: int | None
    url: str | None
    retired: bool


def official(session: Session, lars: int | None) -> Official | None:
    """The standard of that LARS code; None where the list doesn't have it, or none is loaded."""
    row = session.get(Standard, lars) if lars else None
    if row is None:
        return None
    return Official(row.title, row.level, row.url, "retired" in (row.status or "").lower())
