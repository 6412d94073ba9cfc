"""Many adverts at once: which of them are one post. The surest links first, and no link that two adverts claim.

What is one post already stays so; what a person said are two never meets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from clearinghouse.ingest.alike import Answer, compare
from clearinghouse.ingest.blocks import candidate_pairs
from clearinghouse.ingest.traits import Traits


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two adverts, by position, that are one post as surely as `answer` says."""

    answer: Answer
    one: int
    other: int


def clustered(
    adverts: Sequence[Traits],
    together: Iterable[Sequence[int]] = (),
    apart: Collection[tuple[int, int]] = frozenset(),
) -> list[list[int]]:
    """The posts that several adverts stand for, each as positions in order; adverts of their own are left out.

    No link gives a post two adverts of one source. An advert that two of another source could equally be is linked to
    neither. `together` are posts as they are, `apart` pairs (the lower position first) that are never one.
    """
    shared = Counter((each.source, each.target) for each in adverts if each.target)
    crowded = {target for (_, target), count in shared.items() if count > 1}
    links = []
    for one, other in candidate_pairs(adverts):
        answer = compare(adverts[one], adverts[other], own_target=adverts[one].target not in crowded)
        if answer.same:
            links.append(Link(answer, one, other))
    return _joined(adverts, [*unambiguous(adverts, links)], together, apart)


def unambiguous(adverts: Sequence[Traits], links: Sequence[Link]) -> Iterable[Link]:
    """The links without those of an advert for which two adverts of one source are equally likely."""
    best: dict[tuple[int, str], tuple[Answer, int]] = {}
    for link in links:
        for at, to in ((link.one, link.other), (link.other, link.one)):
            answer, count = best.get((at, adverts[to].source), (Answer.DIFFERENT, 0))
            if link.answer >= answer:
                best[at, adverts[to].source] = (link.answer, count + 1 if link.answer == answer else 1)
    for link in links:
        ways = ((link.one, adverts[link.other].source), (link.other, adverts[link.one].source))
        if all(best[way] == (link.answer, 1) for way in ways):
            yield link


def _joined(
    adverts: Sequence[Traits],
    links: Sequence[Link],
    together: Iterable[Sequence[int]],
    apart: Collection[tuple[int, int]],
) -> list[list[int]]:
    posts: dict[int, list[int]] = {}
    for post in together:
        posts.update(dict.fromkeys(post, sorted(post)))
    for link in sorted(links, key=lambda link: (-link.answer, link.one, link.other)):
        mine, theirs = posts.get(link.one, [link.one]), posts.get(link.other, [link.other])
        if mine is not theirs and _may_meet(adverts, mine, theirs, apart):
            both = sorted([*mine, *theirs])
            posts.update(dict.fromkeys(both, both))
    return sorted({id(post): post for post in posts.values() if len(post) > 1}.values())


def _may_meet(
    adverts: Sequence[Traits], mine: Sequence[int], theirs: Sequence[int], apart: Collection[tuple[int, int]]
) -> bool:
    if {adverts[at].source for at in mine} & {adverts[at].source for at in theirs}:
        return False
    pairs = [(min(one, other), max(one, other)) for one in mine for other in theirs]
    if any(pair in apart for pair in pairs):
        return False
    return len(pairs) == 1 or all(compare(adverts[one], adverts[other]) is not Answer.DIFFERENT for one, other in pairs)
