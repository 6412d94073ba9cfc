"""What the simulated partners advertise: enough, everywhere, repeatably, and nothing near the start."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest

from crawlers.partners.adverts import Advert, World
from crawlers.partners.closing import LONDON, closing, ordinal
from crawlers.partners.faults import Fault, advertised
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.life import adverts_on
from crawlers.partners.members import EVERYWHERE, PARTNERS, partner_named
from crawlers.partners.pay import pay
from crawlers.partners.tables import buildings, dice, families, roles, towns, words

WORLD = World(2010, dt.date(2026, 11, 21))
SEEDS = (2010, 1, 77)


def everything(world: World, day: int = 0) -> list[Advert]:
    """All that the first, large partners advertise: the others follow the same rules."""
    return [advert for partner in PARTNERS[:14] for advert in adverts_on(world, partner, day)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_day_has_over_1200_vacancies_from_partners_of_9_to_150_each(seed: int) -> None:
    counts = [len(adverts_on(World(seed, WORLD.start), partner, 0)) for partner in PARTNERS]
    assert sum(counts) >= 1200
    assert 9 <= min(counts) <= max(counts) <= 150


@pytest.mark.parametrize("seed", SEEDS)
def test_over_800_are_open_and_no_copy_of_another_from_14_employers_or_more(seed: int) -> None:
    world = World(seed, WORLD.start)
    noon = dt.datetime.combine(WORLD.start, dt.time(12), LONDON)
    live = [advert for advert in everything(world) if advert.closing.at is None or advert.closing.at > noon]
    copies = sum(number for partner in PARTNERS for _, number in partner.copies)
    assert copies >= 30
    assert len(live) - copies >= 800
    assert len({advert.employer for advert in live}) >= 14


@pytest.mark.parametrize("start", [dt.date(2026, 11, 21), dt.date(2027, 3, 27), dt.date(2028, 2, 28)])
def test_nothing_opens_or_closes_within_24_hours_of_any_moment_of_the_first_day(start: dt.date) -> None:
    first = dt.datetime.combine(start, dt.time(), LONDON)
    window = (first - dt.timedelta(days=1), first + dt.timedelta(days=2))
    for advert in everything(World(2010, start)):
        assert dt.datetime.combine(advert.posted, dt.time(23, 59), LONDON) < window[0]
        assert advert.closing.at is None or not window[0] <= advert.closing.at <= window[1]


def test_every_district_has_vacancies_with_a_postcode() -> None:
    placed = Counter(advert.place.district for advert in everything(WORLD) if advert.place.postcode)
    assert set(EVERYWHERE) <= set(placed)
    assert min(placed[district] for district in EVERYWHERE) >= 20


def test_some_adverts_are_vague_about_their_place_and_some_have_no_closing_date() -> None:
    adverts = everything(WORLD)
    assert any(advert.place.town is None for advert in adverts)
    assert any(advert.closing.at is None for advert in adverts)


def test_every_kind_of_opportunity_and_apprenticeships_of_levels_2_to_6_are_advertised() -> None:
    adverts = everything(WORLD)
    assert {advert.kind for advert in adverts} == {"apprenticeship", "casual", "job", "volunteer", "work_experience"}
    assert all(any(f"Level {level}" in advert.title for advert in adverts) for level in range(2, 7))


def test_the_same_seed_and_day_make_the_same_vacancies_and_another_seed_others() -> None:
    adverts_on.cache_clear()
    once = everything(WORLD, 5)
    adverts_on.cache_clear()
    assert everything(WORLD, 5) == once
    assert everything(World(2011, WORLD.start), 5) != once


@pytest.mark.parametrize("partner", PARTNERS, ids=lambda partner: partner.slug)
def test_references_and_numbers_of_a_partner_never_repeat(partner: object) -> None:
    for day in (0, 1, 9):
        adverts = adverts_on(WORLD, partner, day)  # type: ignore[arg-type]
        assert len({advert.reference for advert in adverts}) == len(adverts)
        assert len({advert.number for advert in adverts}) == len(adverts)


def test_each_day_opens_changes_and_closes_some_and_leaves_most_as_they_were() -> None:
    days = [{advert.reference: advert for advert in everything(WORLD, day)} for day in range(6)]
    for before, after in pairwise(days):
        kept = before.keys() & after.keys()
        assert after.keys() - before.keys()
        assert before.keys() - after.keys()
        assert 0 < sum(before[key] != after[key] for key in kept) < len(kept) / 10
        assert len(kept) > len(before) * 0.9


def test_a_vacancy_that_is_gone_stays_gone() -> None:
    seen: set[str] = set()
    gone: set[str] = set()
    for day in range(0, 30, 3):
        now = {advert.reference for advert in everything(WORLD, day)}
        gone |= seen - now
        seen |= now
        assert not gone & now


def test_two_thirds_of_a_boards_copies_send_people_on_to_the_employers_own_advert() -> None:
    copies = [
        advert
        for partner in PARTNERS
        for advert in adverts_on(WORLD, partner, 0)
        if advert.number >= 100_000 and partner.copies
    ]
    sent = [advert.original for advert in copies if advert.original]
    assert 0.5 < len(sent) / len(copies) < 0.8
    pages = {
        (partner.slug, FORMATS[partner.format].path(advert))
        for partner in PARTNERS
        for advert in adverts_on(WORLD, partner, 0)
    }
    assert set(sent) <= pages


def test_copies_on_a_board_say_whose_post_it_is_and_go_when_the_original_goes() -> None:
    board = next(partner for partner in PARTNERS if partner.copies)
    slug, number = board.copies[0]
    original = partner_named(slug)
    assert original
    for day in (0, 12):
        employers = {advert.reference for advert in adverts_on(WORLD, original, day)}
        copies = [advert for advert in adverts_on(WORLD, board, day) if advert.employer == original.name]
        assert 0 < len(copies) <= number
        assert all(any(f"Reference {key}.</p>" in advert.html for key in employers) for advert in copies)


def test_a_scale_multiplies_the_vacancies() -> None:
    partner = PARTNERS[0]
    assert len(adverts_on(World(1, WORLD.start, 10), partner, 0)) == partner.count * 10
    assert len(adverts_on(World(1, WORLD.start, 0.001), partner, 0)) == 1


CLOSINGS = (
    (dt.date(2026, 12, 3), 60),
    (dt.date(2027, 6, 21), 60),
)


@pytest.mark.parametrize(("day", "tries"), CLOSINGS)
def test_the_words_of_a_closing_name_its_day_and_its_time_is_londons(day: dt.date, tries: int) -> None:
    forms = [closing(day, dice("closing", n)) for n in range(tries)]
    for form in forms:
        assert form.at
        assert form.at.date() == day
        assert form.at.tzinfo is LONDON
        assert str(day.day) in form.text
    assert len({form.text for form in forms}) == 11


def test_ordinals_are_english() -> None:
    said = [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30, 31)]
    assert said == "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 30th 31st".split()  # noqa: SIM905 - reads better


def test_every_role_has_a_scheme_that_pays_and_a_family_that_speaks() -> None:
    for role in roles():
        assert role.family in families()
        paid = pay(role.scheme, 1, dice("role", role.title))
        assert (paid.text or role.scheme == "none") and (paid.minimum is None) == (role.scheme == "none")


def test_pay_is_written_in_many_ways() -> None:
    shapes = {"".join("9" if c.isdigit() else c for c in advert.pay.text or "") for advert in everything(WORLD)}
    assert len(shapes) > 150


def test_every_building_stands_in_a_town_and_every_town_in_a_district() -> None:
    names = {town.name for town in towns()}
    assert {building.town for building in buildings()} <= names
    assert {town.district for town in towns()} == set(EVERYWHERE)
    assert sum(len(town.postcodes) for town in towns()) >= 100


def test_titles_have_no_placeholder_left() -> None:
    assert not [advert.title for advert in everything(WORLD) if "{" in advert.title or "{" in advert.html]
    assert "ward" in words()


SHOWN = ((Fault.NONE, 52), (Fault.EMPTY, 0), (Fault.HALF, 26), (Fault.TWO_THIRDS, 18), (Fault.DUPLICATES, 70))


@pytest.mark.parametrize(("fault", "number"), SHOWN)
def test_faults_of_number_show_what_they_say(fault: Fault, number: int) -> None:
    assert len(advertised(adverts_on(WORLD, PARTNERS[0], 0), fault)) == number
