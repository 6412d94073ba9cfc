"""One newly found advert against those that are known: which of them are the same post."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clearinghouse.ingest.alike import Answer, compare
from clearinghouse.ingest.blocks import keys
from clearinghouse.ingest.traits import Traits


class Known:
    """The adverts that newcomers are held against, found by what they share."""

    def __init__(self, adverts: Sequence[Traits]) -> None:
        self._adverts = adverts
        self._by_key: dict[int, list[int]] = {}
        for at, advert in enumerate(adverts):
            for key in set(keys(advert)):
                self._by_key.setdefault(key, []).append(at)
        self._targets = Counter((each.source, each.target) for each in adverts if each.target)

    def same_as(self, newcomer: Traits, *, own_target: bool = True) -> dict[int, Answer]:
        """Positions of the adverts that are the same post, and how surely.

        `own_target` says that no other newcomer has its link.
        """
        near = {at for key in set(keys(newcomer)) for at in self._by_key.get(key, ())}
        answers = {at: self._answer(newcomer, self._adverts[at], own_target=own_target) for at in near}
        return {at: answer for at, answer in answers.items() if answer.same}

    def _answer(self, newcomer: Traits, known: Traits, *, own_target: bool) -> Answer:
        shared = known.target is not None and self._targets[known.source, known.target] > 1
        return compare(newcomer, known, own_target=own_target and not shared)
