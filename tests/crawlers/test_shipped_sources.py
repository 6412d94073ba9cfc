"""The sources that ship: one or more for each public employer of Nottinghamshire whose jobs we know where to find."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crawlers import organisations, registry

sys.path.insert(0, str(Path(__file__).parent))

from own_bodies import NAMES, adapter_name

PARTNERS = {  # employers, and the sources that bring their adverts
    "Nottinghamshire County Council": {"nottinghamshire_county_council"},
    "Nottingham City Council": {"nottingham_city_council"},
    "Ashfield District Council": {"ashfield_district_council"},
    "Mansfield District Council": {"mansfield_district_council"},
    "Bassetlaw District Council": {"bassetlaw_district_council"},
    "Newark and Sherwood District Council": {"newark_and_sherwood_district_council"},
    "Broxtowe Borough Council": {"broxtowe_borough_council"},
    "Gedling Borough Council": {"gedling_borough_council"},
    "Rushcliffe Borough Council": {"rushcliffe_borough_council"},
    "Nottingham University Hospitals NHS Trust": {"nottingham_university_hospitals"},
    "Nottinghamshire Healthcare NHS Foundation Trust": {"nottinghamshire_healthcare"},
    "Sherwood Forest Hospitals NHS Foundation Trust": {"sherwood_forest_hospitals"},
    "University of Nottingham": {"university_of_nottingham"},
    "Nottingham Trent University": {"nottingham_trent_university"},
    "Nottingham College": {"nottingham_college"},
    "West Nottinghamshire College": {"west_nottinghamshire_college"},
    "RNN Group": {"rnn_group"},
    "Schools": {"teaching_vacancies"},
    "Nottingham City's schools": {"nottingham_city_schools", "teaching_vacancies"},
    "Archway Learning Trust": {"archway_learning_trust", "teaching_vacancies"},
    "Diverse Academies": {"diverse_academies", "teaching_vacancies"},
    "The Flying High Partnership": {"flying_high_partnership", "teaching_vacancies"},
    "Greenwood Academies Trust": {"greenwood_academies_trust", "teaching_vacancies"},
    "The Redhill Academy Trust": {"redhill_academy_trust", "teaching_vacancies"},
    "The Spencer Academies Trust": {"spencer_academies_trust", "teaching_vacancies"},
    "Tapestry": {"teaching_vacancies"},  # no address of its own is known
    "Employers of apprentices": {"find_an_apprenticeship"},
}
BOARDS = {"find_an_apprenticeship", "nottingham_city_schools", "teaching_vacancies"}  # of many employers
TRUSTS = {  # not among the Compact's members: their schools are employers of their own
    "Archway Learning Trust", "Diverse Academies", "Greenwood Academies Trust", "The Flying High Partnership",
    "The Redhill Academy Trust", "The Spencer Academies Trust",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> registry.Registry:
    return registry.load()


def test_every_partner_has_its_source_and_every_source_its_partner(shipped: registry.Registry) -> None:
    assert set().union(*PARTNERS.values()) == set(shipped.sources)
    for partner, slugs in PARTNERS.items():
        for slug in slugs - BOARDS:
            assert shipped.sources[slug].source.organisation == partner


def test_a_source_is_of_a_member_a_trust_or_a_board_of_many(shipped: registry.Registry) -> None:
    members = {entry.name for entry in organisations.members()}
    assert {s: one.source.organisation for s, one in shipped.sources.items() if s in BOARDS} == dict.fromkeys(BOARDS)
    assert {one.source.organisation for s, one in shipped.sources.items() if s not in BOARDS} <= members | TRUSTS


def test_every_source_says_where_it_is_known_from_and_that_nobody_has_checked_it(shipped: registry.Registry) -> None:
    for slug, one in shipped.sources.items():
        assert one.file is not None
        words = one.facts.about or ""
        assert "unchecked" in words.lower() or "nobody has checked" in words, slug
        assert (one.source.verified, one.facts.public) == (None, False), slug
        assert len(one.file.read_text("utf-8").splitlines()) <= 40, slug


def test_every_source_asks_for_pages_of_the_web_by_tls_alone(shipped: registry.Registry) -> None:
    asked = [(slug, follow) for slug, one in shipped.sources.items() for follow in one.source.adapter.start()]
    assert {slug for slug, _ in asked} == set(shipped.sources)
    assert [(slug, follow.url) for slug, follow in asked if not follow.url.startswith("https://")] == []


def test_two_councils_on_one_host_are_two_boards(shipped: registry.Registry) -> None:
    urls = [shipped.sources[f"{name}_district_council"].facts.url or "" for name in ("ashfield", "mansfield")]
    assert len({url.partition("?")[0] for url in urls}) == 1
    assert len(set(urls)) == 2


def test_every_source_has_a_body_of_its_adapter_to_be_tried_on(shipped: registry.Registry) -> None:
    tried = {adapter_name(body) for body in NAMES}
    assert {one.source.adapter.name for one in shipped.sources.values()} <= tried
