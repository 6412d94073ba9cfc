"""The demo's people work for its partners."""

from __future__ import annotations

import pytest

from clearinghouse.accounts import demo
from crawlers.partners.sources import demo_organisations


@pytest.mark.parametrize("name", [demo.COLLEGE, demo.COUNCIL, demo.COUNTY])
def test_the_demo_has_an_organisation_of_that_name(name: str) -> None:
    assert name in {entry.name for entry in demo_organisations()}
