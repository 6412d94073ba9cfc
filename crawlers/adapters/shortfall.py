"""Why a page is not the whole of what it set out to tell: the wordings that ingest tells apart, and ours."""

from __future__ import annotations

from clearinghouse.ingest.harvest import ILL_FORMED, TOTAL_NOT_REACHED, TRUNCATED

__all__ = ["ILL_FORMED", "TOO_DEEP", "TOTAL_NOT_REACHED", "TRUNCATED", "because"]

TOO_DEEP = "its parts are nested too deep"


def because(wording: str, detail: str) -> str:
    """A shortfall in one sentence: the wording, then what was found."""
    return f"{wording}: {detail}"
