"""The page of what can be read names every adapter there is, by its class, and what it declares is declared so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawlers.adapters.csv_file import CsvFile
from crawlers.adapters.html import Html
from crawlers.adapters.known import ADAPTERS

PAGE = (Path(__file__).parents[2] / "docs" / "systems.md").read_text("utf-8")
ROW = re.compile(r"^\| `(\w+)` \| `(\w+)` \| \S", re.MULTILINE)


def test_every_adapter_stands_in_one_row_with_its_class() -> None:
    rows = ROW.findall(PAGE)
    assert sorted(rows) == sorted((name, kind.__name__) for name, kind in ADAPTERS.items())


@pytest.mark.parametrize("kind", [CsvFile, Html])
def test_the_declaration_that_it_shows_of_a_general_adapter_can_be_made(kind: type[CsvFile | Html]) -> None:
    examples = re.findall(rf"```python\nadapter = ({kind.__name__}\(.*?)\n```", PAGE, re.DOTALL)
    assert len(examples) == 1
    made = eval(examples[0], {kind.__name__: kind})  # noqa: S307 - from our own page
    assert isinstance(made, kind)
    assert made.start()
