"""What an employer promises every applicant, laid over each of its vacancies. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearinghouse.vacancies.vocabulary import Flag

PROMISES = (Flag.GUARANTEED_INTERVIEW, Flag.CONSIDERS_CONVICTIONS)
"""The flags that an employer's own word sets; their order on pages."""


def promised(doc: Mapping[str, Any], promises: Mapping[str, Mapping[str, str]] | None) -> dict[str, Any]:
    """The document with the employer's promises: as flags beside the advert's own, and each with its link and date."""
    kept = listed(promises)
    flags = {*(doc.get("flags") or ()), *(one["flag"] for one in kept)}
    return {**doc, "flags": [flag.value for flag in Flag if flag in flags], "promises": kept}


def listed(promises: Mapping[str, Mapping[str, str]] | None) -> list[dict[str, str]]:
    """The promises as pages list them: `flag`, the `link` to the employer's own words, and `checked_on`, a date."""
    return [{"flag": flag.value, **promises[flag]} for flag in PROMISES if promises and flag in promises]
