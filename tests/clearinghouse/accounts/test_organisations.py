"""Organisations by name: one each, however an advert spells it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.organisations import Entry, find_or_create, find_or_create_all, register, slug_of
from clearinghouse.db import Store


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Anytown Borough Council", "anytown-borough-council"),
        ("  anytown   BOROUGH council ", "anytown-borough-council"),
        ("The Anytown Borough Council", "anytown-borough-council"),
        ("King's Mill Hospital", "kings-mill-hospital"),
        ("King’s Mill Hospital", "kings-mill-hospital"),
        ("Health & Care", "health-and-care"),
        ("Café Ltd.", "cafe-ltd"),
        ("The", "the"),
    ],
)
def test_spellings_of_a_name_have_one_slug(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_names_without_letters_and_endless_names_have_slugs_of_their_own() -> None:
    assert slug_of("£££") != slug_of("€€€")
    assert slug_of("£££").startswith("employer-")
    assert len(slug_of("x y " * 100)) <= 80
    assert slug_of("x y " * 100) != slug_of("x y " * 101)


def test_an_unknown_employer_is_created_once_unlisted(store: Store) -> None:
    with store.writing() as session:
        first = find_or_create(session, "Anytown Borough Council")
        assert find_or_create(session, "ANYTOWN BOROUGH COUNCIL") == first
        organisation = session.get_one(Organisation, first)
        assert (organisation.name, organisation.listed, organisation.member) == (
            "Anytown Borough Council",
            False,
            False,
        )


def test_many_at_once_meet_under_one_spelling(store: Store) -> None:
    with store.writing() as session:
        ids = find_or_create_all(session, {"A Council", "a council", "B Trust"})
        assert ids["A Council"] == ids["a council"] != ids["B Trust"]
        assert session.scalar(sa.select(sa.func.count()).select_from(Organisation)) == 2


def test_listing_takes_over_what_an_advert_had_created(store: Store) -> None:
    with store.writing() as session:
        number = find_or_create(session, "ANYTOWN BOROUGH COUNCIL")
        register(
            session, [Entry("Anytown Borough Council", type="district council", homepage="https://anytown.example")]
        )
        register(session, [Entry("Anytown Borough Council", recruitment_url="https://jobs.anytown.example")])
        organisation = session.get_one(Organisation, number, populate_existing=True)
        assert (organisation.name, organisation.listed, organisation.member) == ("Anytown Borough Council", True, True)
        assert (organisation.type, organisation.homepage) == ("district council", "https://anytown.example")
        assert organisation.recruitment_url == "https://jobs.anytown.example"
