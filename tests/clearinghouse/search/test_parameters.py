from __future__ import annotations

import pytest

from clearinghouse.search.parameters import BY_NAME


@pytest.mark.parametrize(
    ("age", "found"), [(None, ()), (14, ("16",)), (16, ("16",)), (17, ("18",)), (18, ("18",)), (21, ("18",))]
)
def test_every_age_is_found_under_one_of_the_two_that_a_search_may_name(age, found):
    parameter = BY_NAME["min_age"]
    assert parameter.read({"min_age": age}) == found
    assert all(parameter.takes(value) for value in found)
