"""Each body of ours beside what a person has agreed that it says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from crawlers.adapters.known import ADAPTERS

sys.path.insert(0, str(Path(__file__).parent.parent))

from own_bodies import DECLARED, GOLDEN, NAMES, adapter_name, adapter_of, as_json, page_of


@pytest.mark.parametrize("name", NAMES)
def test_a_body_reads_as_its_golden_file_says(name: str) -> None:
    expected = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert as_json(adapter_of(name).parse(page_of(name))) == expected


def test_every_golden_file_and_every_declared_adapter_has_its_body() -> None:
    assert sorted(file.name.removesuffix(".json") for file in GOLDEN.iterdir()) == NAMES
    assert {file.name.removesuffix(".json") for file in DECLARED.iterdir()} <= set(NAMES)


def test_every_adapter_has_a_body() -> None:
    assert {adapter_name(name) for name in NAMES} == set(ADAPTERS)
