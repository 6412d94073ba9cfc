"""What one audience sees of one generation, kept until the next opening or closing time passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import numpy as np

from clearinghouse.search.columns import COUNTED, MOMENTS, Bools, Columns, Ints
from clearinghouse.vacancies.visible import NEVER, Visible


@dataclass(frozen=True, eq=False)
class View:
    """The rows that an audience sees from `since` until before `until` (seconds).

    `closed` are the keys of what stands in the public text index and may not be seen any more, `held` says whether
    some of what may be seen stands in the other. `fewer` keeps what search/fewer.py decided of words.
    """

    columns: Columns
    visible: Visible
    mask: Bools
    since: int
    until: int
    fewer: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Columns, visible: Visible) -> View:
        """The view at `visible.now`, and for how long it holds."""
        moments = [columns.arrays["closes"] + 1, columns.arrays["own_opens"]]
        moments += [columns.arrays[name] for name in MOMENTS]
        until = min(int(np.min(each, initial=NEVER, where=each > visible.at)) for each in moments)
        return cls(columns, visible, visible.mask(cast("Any", columns)), visible.at, until)

    def holds(self, at: int) -> bool:
        """True when this is still what the audience sees at that second."""
        return self.since <= at < self.until

    @cached_property
    def rows(self) -> Ints:
        """The row numbers that it sees."""
        return np.flatnonzero(self.mask)

    @cached_property
    def placed(self) -> Bools:
        """Of every row, whether it says where the work is."""
        placed = np.zeros(len(self.columns), dtype=bool)
        placed[self.columns.arrays["place_row"]] = True
        return placed

    @cached_property
    def closed(self) -> tuple[int, ...]:
        """The keys in the public text index that this audience doesn't see."""
        gone = self.columns.arrays["open_to_all"] & ~self.mask
        return tuple(self.columns.arrays["key"][gone].tolist())

    @cached_property
    def held(self) -> bool:
        """True when this audience sees something that is not in the public text index."""
        return bool((self.mask & ~self.columns.arrays["open_to_all"]).any())

    @cached_property
    def own(self) -> tuple[int, ...]:
        """The keys that are open to this audience's own organisation by now."""
        if self.visible.audience.organisation is None:
            return ()
        rows, opens = self.columns.own_openings(self.visible.audience.organisation)
        return tuple(self.columns.arrays["key"][rows[opens <= self.since]].tolist())

    @cached_property
    def counts(self) -> Mapping[str, Ints]:
        """By faceted parameter, how many rows it sees of each code."""
        every = bool(self.mask.all())
        return self.columns.unpacked({name: self._count(name, every=every) for name in COUNTED})

    def _count(self, name: str, *, every: bool) -> Ints:
        codes = self.columns.arrays[f"facet_{name}"]
        return np.bincount(codes if every else codes[self.mask], minlength=len(self.columns.sets[name]))
