"""Whether two adverts of two sources are the same post: decided from their traits alone, certain or not at all.

Both are wrong at a cost, and not the same: two posts shown as one hide a job, one shown twice is a nuisance. So what
speaks against it (another band, other hours, another place …) is heard first, and doubt keeps them apart.
"""

from __future__ import annotations

import datetime as dt
import enum

from clearinghouse.ingest.employer_words import KEPT, may_be_one
from clearinghouse.ingest.pay_alike import other_pay, same_pay
from clearinghouse.ingest.traits import Traits, hashes
from clearinghouse.ingest.where_alike import near as placed
from clearinghouse.ingest.wording import LIKE, copied, likeness
from clearinghouse.ingest.work_alike import same_work

LONG_APART = 45  # days between two closing dates of different rounds
TIMES = frozenset({"day", "evening", "night"})


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
    if own_target and one.target is not None and one.target == other.target and (employer or same_work(one, other)):
        return Answer.LINK
    if not employer or (_contradicted(one, other) and not _known(one, other)):
        return Answer.DIFFERENT
    fit, near, referred = same_work(one, other), placed(one, other), _same_reference(one, other)
    if referred and near is not False and (fit or (likeness(one, other) or 0) >= LIKE):
        return Answer.REFERENCE
    doubt = near is False or _numbered_apart(one, other) or not _enough(one, other)
    return Answer.DOUBTFUL if doubt else _alike(fit, near)


def _alike(fit: float, near: bool | None) -> Answer:  # noqa: FBT001 - what `placed` says, three values
    if fit < 1:
        return Answer.LIKELY
    return Answer.PLACED if near else Answer.ALIKE


def other_work(one: Traits, other: Traits) -> bool:
    """True when two adverts name different work, whatever else agrees: no title within the other, nor text or number.

    Hours, pay or closing date alone never say so: of two adverts of one post one is often behind the other.
    """
    if compare(one, other).same or _same_reference(one, other) or same_work(one, other):
        return False
    return (likeness(one, other) or 0) < LIKE


def _enough(one: Traits, other: Traits) -> bool:
    """True when what both state agrees in so much that chance can't explain it.

    Where the one's title says more than the other's, all must agree: "Staff Nurse" may be any of twenty wards'.
    """
    fit, near, text = same_work(one, other), placed(one, other), likeness(one, other)
    if not fit or (text is not None and text < LIKE):
        return False
    alike = copied(one, other)
    votes = alike + sum(
        [near is True, _equal(one.hours, other.hours), _close(one.closes, other.closes), same_pay(one, other)]
    )
    if not one.employer.stated or not other.employer.stated:
        return (fit == 1 and text is not None and votes >= 1) or (alike and votes >= 3)
    if text is None:
        return votes >= (2 if fit == 1 else 4)
    if near is None:
        return votes >= 2 if fit == 1 else alike and votes >= 3
    return votes >= 2 + (alike and fit < 1)


def _one_employer(one: Traits, other: Traits) -> bool:
    if not one.employer.stated or not other.employer.stated or may_be_one(one.employer, other.employer):
        return True
    if any(may_be_one(name, other.employer) for name in one.later) or any(
        may_be_one(one.employer, name) for name in other.later
    ):
        return True
    return _part_of(one, other) or _part_of(other, one) or _for_its_school(one, other)


def _part_of(school: Traits, trust: Traits) -> bool:
    """True when an employer's name is where another one's post is, or in its title: a trust's school or hospital."""
    said = trust.title.words.union(*(place.words for place in trust.places))
    own, kept = school.employer.words - KEPT, school.employer.words & KEPT
    site = "school" in school.employer.sorts or "nhs" in school.employer.sorts & trust.employer.sorts
    return site and bool(own) and own <= said and said & KEPT <= kept


def _for_its_school(one: Traits, other: Traits) -> bool:
    """True when a school and a trust or council that runs some advertise in the same words, in the same place."""
    sorts = (one.employer.sorts, other.employer.sorts)
    schools = ["school" in each for each in sorts]
    if schools[0] == schools[1] or not sorts[schools.index(False)] <= {"council"}:
        return False
    return placed(one, other) is True and _close(one.closes, other.closes) and copied(one, other)


def _known(one: Traits, other: Traits) -> bool:
    """True where one number, text and round outweigh what differs: boards fill in hours that nobody told them."""
    return (
        _same_reference(one, other)
        and not _another_round(one, other)
        and copied(one, other)
        and same_work(one, other) > 0
    )


def _another_round(one: Traits, other: Traits) -> bool:
    return one.closes is not None and other.closes is not None and abs((one.closes - other.closes).days) > LONG_APART


def _contradicted(one: Traits, other: Traits) -> bool:
    return (
        _another_round(one, other)
        or _differ(one.band, other.band)
        or _differ(one.level, other.level)
        or _differ(one.contract, other.contract)
        or _differ(one.casual, other.casual)
        or _another_time(one, other)
        or (one.hours is not None and other.hours is not None and abs(one.hours - other.hours) > 0.5)
        or other_pay(one, other)
    )


def _another_time(one: Traits, other: Traits) -> bool:
    """True where the titles' times of day differ, unless the silent one's text, else alike, says the other's."""
    apart = (one.title.marks ^ other.title.marks) - {"casual"}
    if not apart or (one.title.marks and other.title.marks):
        return bool(apart)
    silent = other if one.title.marks else one
    told = {mark for mark in TIMES if hashes([mark])[0] in silent.told}
    return told != apart or (likeness(one, other) or 0) < LIKE


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


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _close(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and other is not None and abs((one - other).days) <= 1


def _equal(one: object, other: object) -> bool:
    return one is not None and one == other
