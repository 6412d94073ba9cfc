"""What people call a source."""

from __future__ import annotations

import re


def source_name(slug: str, organisation: str | None) -> str:
    """The name of its employer; a board of many employers has none, and is called by the words of its slug."""
    return organisation or re.sub(r"[-_]+", " ", slug).strip().capitalize()
