"""What a partner advertises on a given day of the simulation: vacancies open, change and close as days are ticked.

Everything follows from the world and the day: no state is kept, so the same seed and day give the same adverts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from crawlers.partners.adverts import Advert, World, advert
from crawlers.partners.closing import closing
from crawlers.partners.formats.table import FORMATS
from crawlers.partners.members import Partner, partner_named
from crawlers.partners.tables import dice

LIFE = 60  # days that an advert without a near closing date stays, on average
CHANGE = 45  # days until an advert is changed, on average
SENDS_ON = 2 / 3  # of the copies on a board name the employer's own advert as where to apply
TURNOVER = 23  # a partner opens 1/23 of its number each day


@lru_cache(maxsize=64)
def adverts_on(world: World, partner: Partner, day: int) -> tuple[Advert, ...]:
    """The adverts that `partner` shows on `day` (0 = the start), newest last, with those copied from other sites."""
    own = (
        entry
        for number, opened in _numbers(world, partner, day)
        for entry in _alive(world, partner, number, opened, day)
    )
    return (*own, *_copies(world, partner, day))


def _numbers(world: World, partner: Partner, day: int) -> Iterator[tuple[int, int]]:
    count = world.count(partner)
    yield from ((number, 0) for number in range(count))
    for opened in range(1, day + 1):
        new = int(count / TURNOVER + dice(world.seed, partner.slug, "opened", opened).random())
        yield from ((count + opened * 1000 + number, opened) for number in range(new))


def _alive(world: World, partner: Partner, number: int, opened: int, day: int) -> Iterator[Advert]:
    made = advert(world, partner, number, opened)
    if day >= _gone(world, partner, made, opened):
        return
    chances = dice(world.seed, partner.slug, number, "change")
    changed = opened + 1 + int(chances.expovariate(1 / CHANGE))
    yield made if day < changed else _changed(made, chances.random() < 0.5)


def _gone(world: World, partner: Partner, made: Advert, opened: int) -> int:
    """The day on which the advert is no longer there: a stale one is found late, others close or are withdrawn."""
    chances = dice(world.seed, partner.slug, made.number, "gone")
    early = opened + 1 + int(chances.expovariate(1 / LIFE))
    if made.closing.at is None:
        return early
    closes = (made.closing.at.date() - world.start).days + 1
    return min(early, closes) if closes > opened else early


def _changed(made: Advert, extended: bool) -> Advert:  # noqa: FBT001 - one of two ways to change
    """The advert with a later closing date, or with a sentence more."""
    if extended and made.closing.at:
        later = made.closing.at.date() + dt.timedelta(days=7)
        return replace(made, closing=closing(later, dice(made.reference, "extended")))
    return replace(made, blocks=(*made.blocks, "<p>Interviews will be held in the week after the closing date.</p>"))


def _copies(world: World, partner: Partner, day: int) -> Iterator[Advert]:
    """Adverts of other partners as a board repeats them: its own number, the first blocks, a pointer to the rest."""
    for slug, number in partner.copies:
        original = partner_named(slug)
        if original is None:
            raise LookupError(f"partner {partner.slug} copies from {slug!r}, which there isn't")
        lasting = [each for each in adverts_on(world, original, 0) if _lasts(world, each)]
        chosen = dice(world.seed, partner.slug, slug).sample(lasting, min(number, len(lasting)))
        still = {each.number for each in adverts_on(world, original, day)}
        yield from (_copy(partner, original, each) for each in chosen if each.number in still)


def _lasts(world: World, made: Advert) -> bool:
    return made.closing.at is not None and made.closing.at.date() > world.start + dt.timedelta(days=5)


def _copy(partner: Partner, original: Partner, made: Advert) -> Advert:
    number = 100_000 * (1 + [slug for slug, _ in partner.copies].index(original.slug)) + made.number
    wording = dice(partner.slug, made.reference).choice((made.title, made.title, f"{made.title} ({made.reference})"))
    pointer = f"<p>This post is advertised by {made.employer}. Reference {made.reference}.</p>"
    sends_on = dice(partner.slug, made.reference, "original").random() < SENDS_ON
    return replace(
        made,
        original=(original.slug, FORMATS[original.format].path(made)) if sends_on else None,
        number=number,
        reference=f"{partner.prefix}-{number}",
        title=wording,
        blocks=(*made.blocks[:3], pointer),
    )
