"""One job told twice, by its card on a listing and by its own page: made one posting. Pure."""

from __future__ import annotations

import dataclasses

from clearinghouse.vacancies.posting import Posting


def join(card: Posting | None, found: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """A listing's card and the postings of its detail page, as one posting each.

    A page without any leaves the card; a page with several gives the card to the one of its reference or URL.
    """
    if card is None:
        return found
    if not found:
        return (card,)
    match = found[0] if len(found) == 1 else next((one for one in found if _same(one, card)), None)
    if match is None:
        return (card, *found)
    return tuple(one.over(card) if one is match else one for one in found)


def _same(one: Posting, other: Posting) -> bool:
    return (one.reference is not None and one.reference == other.reference) or (
        one.url is not None and one.url == other.url
    )


FIELDS = tuple(field.name for field in dataclasses.fields(Posting))


def fill(postings: tuple[Posting, ...]) -> dict[str, int]:
    """For each field of Posting, how many of `postings` have it."""
    rows = [posting.as_json() for posting in postings]
    return {name: sum(1 for row in rows if row[name]) for name in FIELDS}
