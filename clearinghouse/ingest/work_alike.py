"""Whether two adverts' titles name the same work, by all that each says."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from clearinghouse.ingest.pay_alike import same_pay
from clearinghouse.ingest.title_words import LONGEST_INITIALS, RANKS, in_initials
from clearinghouse.ingest.traits import Traits, hashes
from clearinghouse.ingest.wording import LIKE, copied, likeness

KINDRED = 85  # of 100: two words that begin alike are forms of one
PAID = frozenset({"assisting", "graduate", "lead", "newly", "principal", "senior", "supervisor"})
"""Ranks that another pay goes with: with one pay in the same words, a board only left the rank out."""
FORM = frozenset({"member", "officer", "operative", "operator", "person", "registered", "staff", "worker"})
"""Words for whoever does the work: beside the same description, one title may have them and the other not."""
_SCIENCE = re.compile(r"(?:ologist|ology|iatrist|iatry)$")
_TRADE = re.compile(r"(?:ing|er|or|ery|ist|y)$")


def same_work(one: Traits, other: Traits) -> float:
    """1 where the titles name the same work, 0.5 where one says more that nothing contradicts, 0 where they differ."""
    mine, theirs = _left(one, other), _left(other, one)
    if mine | theirs <= PAID and (mine or theirs) and same_pay(one, other) and (likeness(one, other) or 0) >= LIKE:
        return 0.5
    if (mine | theirs) & RANKS or not _meet(one, other):
        return 0
    if (_site(one, other) and (theirs or _site(other, one))) or (_site(other, one) and mine):
        return 0
    if not mine and not theirs:
        return 1
    if mine and theirs:
        return 0.5 if (mine <= FORM or theirs <= FORM) and copied(one, other) else 0
    return 0.5


def _meet(one: Traits, other: Traits) -> bool:
    """True when the titles have a word in common, or one is the initials of words of the other."""
    if any(_one_word(mine, theirs) for mine in one.title.words for theirs in other.title.words):
        return True
    return any(
        in_initials(word, longer.title.order)
        for shorter, longer in ((one, other), (other, one))
        for word in shorter.title.words
        if 3 <= len(word) <= LONGEST_INITIALS
    )


def _left(one: Traits, other: Traits) -> frozenset[str]:
    """The words of a title that the other advert says nowhere: not in title, place, employer or how it begins."""
    left = _unabbreviated(one, other)
    if not left:
        return left
    ranks = left & RANKS
    left -= one.employer.words.union(other.employer.words, *(place.words for place in (*other.places, *one.places)))
    spare = other.title.words - one.title.words
    kin = _one_word if (likeness(one, other) or 0) < LIKE else _cut_short
    return ranks | {
        word for word in left if hashes([word])[0] not in other.told and not any(kin(word, each) for each in spare)
    }


def _unabbreviated(one: Traits, other: Traits) -> frozenset[str]:
    """The one title's words beyond the other's, without initials of words there, or words in initials there."""
    left, spare = one.title.words - other.title.words, other.title.words - one.title.words
    left -= {word for word in left if len(word) <= LONGEST_INITIALS and in_initials(word, other.title.order)}
    return left.difference(*(in_initials(word, one.title.order) for word in spare if len(word) <= LONGEST_INITIALS))


def _site(one: Traits, other: Traits) -> set[str]:
    """Words of the one's title that name a place of its own, and stand nowhere in the other advert."""
    named = (one.title.words - other.title.words) & frozenset().union(*(place.words for place in one.places))
    named -= one.employer.words.union(other.employer.words, *(place.words for place in other.places))
    return {word for word in named if hashes([word])[0] not in other.told}


def _one_word(one: str, other: str) -> bool:
    """True for a word and itself, "radiology" and "radiologist", "plumber" and "plumbing", and for a typing slip.

    Not for "cardiology" and "radiology".
    """
    if one == other or (
        one[:4] == other[:4] and any(ending.sub("", one) == ending.sub("", other) for ending in (_SCIENCE, _TRADE))
    ):
        return True
    return one[:3] == other[:3] and min(len(one), len(other)) >= 5 and fuzz.ratio(one, other) >= KINDRED


def _cut_short(one: str, other: str) -> bool:
    """True also for "med" and "medical", which proves nothing but beside the same description."""
    short, long = sorted((one, other), key=len)
    return (len(short) >= 3 and long.startswith(short)) or _one_word(one, other)
