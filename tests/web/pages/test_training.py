"""What an apprentice learns stands on the vacancy's page, with the official list's link where one is loaded."""

from __future__ import annotations

import pytest
from lxml import html
from smalltown import rich_draft

from clearinghouse.reference.models import Standard
from clearinghouse.vacancies.draft import Training
from clearinghouse.vacancies.vocabulary import Kind

WHOLE = Training("Business administrator", 196, 18, "Harle <i>Training</i>", "GCSE grade 4 in English and maths")
LINK = "https://skills.example/st0070"


def whole_page(site, public_id: str) -> html.HtmlElement:
    return html.fromstring(site.client().get(f"/vacancies/{public_id}", follow_redirects=True).text)


def section(site, public_id: str) -> tuple[str, html.HtmlElement | None]:
    page = whole_page(site, public_id)
    (found,) = page.xpath("//section[@aria-labelledby='training']") or [None]
    return (" ".join(" ".join(found.itertext()).split()) if found is not None else ""), found


def add(site, training: Training | None, level: int | None = None) -> str:
    public_id = site.town.add(rich_draft(kind=Kind.APPRENTICESHIP, training=training, apprenticeship_level=level))
    site.town.publish()
    return public_id


@pytest.mark.parametrize("status", ["Approved for delivery", "Retired"])
def test_the_training_is_told_with_the_official_lists_link(sqlite_site, status: str) -> None:
    with sqlite_site.town.store.writing() as session:
        session.add(Standard(lars=196, title="Business administrator", level=3, status=status, url=LINK))
    said, found = section(sqlite_site, add(sqlite_site, WHOLE))
    for words in (
        "Standard Business administrator",
        "Level 3, about the same as two A levels",
        "How long 18 months",
        "Who trains you Harle <i>Training</i>",
        "School grades GCSE grade 4 in English and maths",
    ):
        assert words in said, words
    assert found is not None
    assert found.xpath(f".//a[@href='{LINK}' and @rel='nofollow noopener']")
    assert ("nobody new starts on this any more" in said) == (status == "Retired")


def test_without_a_list_the_adverts_words_stand_alone(sqlite_site) -> None:
    said, found = section(sqlite_site, add(sqlite_site, Training(standard="Space gardener", lars=99998), level=4))
    assert (
        said == "What you train for Standard Space gardener Level Level 4, about the same as the first year of a degree"
    )
    assert found is not None
    assert found.xpath(".//a") == []


def test_an_advert_that_says_nothing_of_it_has_no_such_part(sqlite_site) -> None:
    assert section(sqlite_site, add(sqlite_site, None)) == ("", None)


@pytest.mark.parametrize("training", [WHOLE, None])
def test_the_level_stands_once_on_the_page(sqlite_site, training: Training | None) -> None:
    shown = whole_page(sqlite_site, add(sqlite_site, training, level=3)).xpath("//dd[contains(., 'Level 3')]")
    assert len(shown) == 1
