"""How applying works at each recruitment system: the table beside the adapters, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from clearinghouse.vacancies.applying import Applying

TABLE = Path(__file__).parent / "adapters" / "applying.toml"


def read(text: str) -> Mapping[str, Applying]:
    """The table's entries by adapter. Raises TypeError or ValueError for what isn't one."""
    return {name: Applying.from_json(values) for name, values in tomllib.loads(text).items()}


APPLYING = read(TABLE.read_text("utf-8"))
