"""Whether two adverts of two sources are the same post: decided from their traits alone, certain or not at all.

Both are wrong at a cost, and not the same: two posts shown as one hide a job, one shown twice is a nuisance. So what
speaks against it (another band, other hours, another place …) is heard first, and doubt keeps them apart.
"""

from __future__ import annotations

import datetime as dt
import enum
import re

from rapidfuzz import fuzz

from clearinghouse.ingest.employer_words import KEPT, may_be_one
from clearinghouse.ingest.title_words import LONGEST_INITIALS, RANKS, in_initials
from clearinghouse.ingest.traits import Traits, hashes
from clearinghouse.ingest.where_alike import near as placed

LONG_APART = 45  # days between two closing dates of different rounds
PAY_APART = 1.08  # times: beyond it two figures are not one pay scale before and after an award
LIKE = 0.8  # of the shorter opening's pieces that the other has too
KINDRED = 85  # of 100: two words that begin alike are forms of one
SENIOR = frozenset({"senior"})  # the one rank that some write as a band
TIMES = frozenset({"day", "evening", "night"})
_SCIENCE = re.compile(r"(?:ologist|ology|iatrist|iatry)$")
FEW = 6  # pieces (eight words): fewer prove nothing


class Answer(enum.IntEnum):
    """How sure it is that two adverts are one post; the higher, the surer."""

    DIFFERENT = 0
    DOUBTFUL = 1
    LIKELY = 2  # the one title says less, and all that both state agrees
    ALIKE = 3  # the same title, and what both state agrees
    PLACED = 4  # that, and the same place
    REFERENCE = 5
    LINK = 6

    @property
    def same(self) -> bool:
        """Whether they are linked."""
        return self >= Answer.LIKELY


def compare(one: Traits, other: Traits, *, own_target: bool = True) -> Answer:
    """How sure it is that the two are one post. `own_target` says that their link is no page for many adverts."""
    if one.source == other.source:
        return Answer.DIFFERENT
    employer = _one_employer(one, other)
    if own_target and one.target is not None and one.target == other.target and (employer or _titles(one, other)):
        return Answer.LINK
    if not employer or _contradicted(one, other):
        return Answer.DIFFERENT
    fit, near = _titles(one, other), placed(one, other)
    if _same_reference(one, other) and near is not False and (fit or (likeness(one, other) or 0) >= LIKE):
        return Answer.REFERENCE
    if near is False or _numbered_apart(one, other) or not _enough(one, other):
        return Answer.DOUBTFUL
    return _alike(fit, near)


def _alike(fit: float, near: bool | None) -> Answer:  # noqa: FBT001 - what `placed` says, three values
    if fit < 1:
        return Answer.LIKELY
    return Answer.PLACED if near else Answer.ALIKE


def other_work(one: Traits, other: Traits) -> bool:
    """True when two adverts name different work, whatever else agrees: no title within the other, nor text or number.

    Hours, pay or closing date alone never say so: of two adverts of one post one is often behind the other.
    """
    if compare(one, other).same or _same_reference(one, other) or _titles(one, other):
        return False
    return (likeness(one, other) or 0) < LIKE


def likeness(one: Traits, other: Traits) -> float | None:
    """The share of the shorter description's opening that stands in the other's too; None where one is too short."""
    length = min(len(one.opening), len(other.opening))
    if length < FEW:
        return None
    return len(set(one.opening[: length + 4]) & set(other.opening[: length + 4])) / length


def _enough(one: Traits, other: Traits) -> bool:
    """True when what both state agrees in so much that chance can't explain it.

    Where the one's title says more than the other's, all must agree: "Staff Nurse" may be any of twenty wards'.
    """
    fit, near, text = _titles(one, other), placed(one, other), likeness(one, other)
    if not fit or (text is not None and text < LIKE):
        return False
    votes = sum([near is True, _equal(one.hours, other.hours), _close(one.closes, other.closes), _same_pay(one, other)])
    if not one.employer.stated or not other.employer.stated:
        return fit == 1 and text is not None and votes >= 1
    if text is None:
        return votes >= (2 if fit == 1 else 4)
    if near is None:
        return fit == 1 and votes >= 2
    return votes >= 2


def _one_employer(one: Traits, other: Traits) -> bool:
    if not one.employer.stated or not other.employer.stated or may_be_one(one.employer, other.employer):
        return True
    if any(may_be_one(name, other.employer) for name in one.later) or any(
        may_be_one(one.employer, name) for name in other.later
    ):
        return True
    return _part_of(one, other) or _part_of(other, one)


def _part_of(school: Traits, trust: Traits) -> bool:
    """True when an employer's name is where another one's post is: a school of a trust, in its place or title."""
    said = trust.title.words.union(*(place.words for place in trust.places))
    own, kept = school.employer.words - KEPT, school.employer.words & KEPT
    return "school" in school.employer.sorts and bool(own) and own <= said and said & KEPT <= kept


def _contradicted(one: Traits, other: Traits) -> bool:
    return (
        _differ(one.band, other.band)
        or _differ(one.level, other.level)
        or _differ(one.contract, other.contract)
        or _differ(one.casual, other.casual)
        or _another_time(one, other)
        or (one.hours is not None and other.hours is not None and abs(one.hours - other.hours) > 0.5)
        or (one.closes is not None and other.closes is not None and abs((one.closes - other.closes).days) > LONG_APART)
        or _other_pay(one, other)
    )


def _another_time(one: Traits, other: Traits) -> bool:
    """True where the titles' times of day differ, unless the silent one's text, else alike, says the other's."""
    apart = (one.title.marks ^ other.title.marks) - {"casual"}
    if not apart or (one.title.marks and other.title.marks):
        return bool(apart)
    silent = other if one.title.marks else one
    told = {mark for mark in TIMES if hashes([mark])[0] in silent.told}
    return told != apart or (likeness(one, other) or 0) < LIKE


def _titles(one: Traits, other: Traits) -> float:
    """1 where the titles name the same work, 0.5 where one says more that nothing contradicts, 0 where they differ."""
    mine, theirs = _left(one, other), _left(other, one)
    if (mine | theirs) == SENIOR and _same_pay(one, other) and (likeness(one, other) or 0) >= LIKE:
        return 0.5
    if (mine | theirs) & RANKS or not one.title.words & other.title.words:
        return 0
    if (_site(one, other) and (theirs or _site(other, one))) or (_site(other, one) and mine):
        return 0
    if not mine and not theirs:
        return 1
    return 0 if mine and theirs else 0.5


def _left(one: Traits, other: Traits) -> frozenset[str]:
    """The words of a title that the other advert says nowhere: not in title, place, employer or how it begins."""
    left = _unabbreviated(one, other)
    if not left:
        return left
    ranks = left & RANKS
    left -= one.employer.words.union(other.employer.words, *(place.words for place in (*other.places, *one.places)))
    spare = other.title.words - one.title.words
    return ranks | {
        word
        for word in left
        if hashes([word])[0] not in other.told and not any(_one_word(word, each) for each in spare)
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
    """True for "radiology" and "radiologist", and for a typing slip; not for "cardiology" and "radiology"."""
    if one[:4] == other[:4] and _SCIENCE.sub("", one) == _SCIENCE.sub("", other):
        return True
    return one[:3] == other[:3] and min(len(one), len(other)) >= 5 and fuzz.ratio(one, other) >= KINDRED


def _same_reference(one: Traits, other: Traits) -> bool:
    """Equal, or one behind a board's own prefix: "C9164-7001" is a trust's "164-7001"."""
    mine, theirs = one.reference, other.reference
    if mine is None or theirs is None or not (one.employer.stated and other.employer.stated):
        return False
    short, long = sorted((mine, theirs), key=len)
    return mine == theirs or (len(short) >= 5 and any(map(str.isdigit, short)) and long.endswith(short))


def _numbered_apart(one: Traits, other: Traits) -> bool:
    """True when two references count in one series: AW2088 and AW2089 are two posts, unless advertised again."""
    mine, theirs = one.reference, other.reference
    if mine is None or theirs is None or one.title.again or other.title.again or _same_reference(one, other):
        return False
    prefix = mine.rstrip("0123456789")
    return len(prefix) > 1 and prefix == theirs.rstrip("0123456789") and len(mine) == len(theirs)


def _same_pay(one: Traits, other: Traits) -> bool:
    return one.pay is not None and other.pay is not None and one.pay[0] == other.pay[0] and one.pay[2] == other.pay[2]


def _other_pay(one: Traits, other: Traits) -> bool:
    if one.pay is None or other.pay is None or one.pay[2] != other.pay[2]:
        return False
    if one.pay[3] != other.pay[3]:  # what this job pays, beside the full-time rate
        return False
    return max(one.pay[0], other.pay[0]) > PAY_APART * min(one.pay[1], other.pay[1])


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _close(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and other is not None and abs((one - other).days) <= 1


def _equal(one: object, other: object) -> bool:
    return one is not None and one == other
