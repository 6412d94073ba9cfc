"""The members of the Compact that the shipped registry knows, crawlable or not."""

from __future__ import annotations

import tomllib
from pathlib import Path

from clearinghouse.accounts.organisations import Entry

FILE = Path(__file__).parent / "sources" / "organisations.toml"


def members(file: Path = FILE) -> tuple[Entry, ...]:
    """Every organisation of `file`, in its order."""
    rows = tomllib.loads(file.read_text("utf-8"))["organisation"]
    return tuple(Entry(area="Nottinghamshire", **{name: row.get(name) for name in _FIELDS}) for row in rows)


_FIELDS = ("name", "type", "homepage", "recruitment_url")
