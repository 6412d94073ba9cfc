"""What people call a source."""

from __future__ import annotations

import re

ABBREVIATION = re.compile(r"\b(?:nhs|uk)\b", re.IGNORECASE)


def source_name(slug: str, organisation: str | None) -> str:
    """The name of its employer; a board of many employers has none, and is called by the words of its slug."""
    if organisation:
        return organisation
    words = re.sub(r"[-_]+", " ", slug).strip().capitalize()
    return ABBREVIATION.sub(lambda found: found.group().upper(), words)
