"""What people call a source."""

from __future__ import annotations

import pytest

from clearinghouse.vacancies.naming import source_name


@pytest.mark.parametrize(
    ("slug", "organisation", "name"),
    [
        ("trentshire-public-jobs", None, "Trentshire public jobs"),
        ("county_schools--board", None, "County schools board"),
        ("board-", None, "Board"),
        ("trent-nhs-careers", None, "Trent NHS careers"),
        ("anytown", "Anytown Borough Council", "Anytown Borough Council"),
    ],
)
def test_a_source_is_called_as_its_employer_and_a_board_by_the_words_of_its_slug(
    slug: str, organisation: str | None, name: str
) -> None:
    assert source_name(slug, organisation) == name
