"""A source's counts and shares over time as the points of a small picture. Pure: runs and nights in, positions out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from clearinghouse.ingest.models import GOOD, CrawlRun, RunStatus
from web import wording

WIDTH, HEIGHT = 600, 160  # of the picture, in its own units
MARGIN = 10  # on each side, so that a mark at the edge is whole


@dataclass(frozen=True)
class Mark:
    """One run: where it stands in the picture, and how it ended."""

    x: float
    y: float
    status: RunStatus


@dataclass(frozen=True)
class Chart:
    """The line through the good runs (as an SVG's polyline has it), the marks of those that were not, and the words."""

    line: str
    well: tuple[Mark, ...]
    unwell: tuple[Mark, ...]
    most: int
    first: dt.datetime
    last: dt.datetime
    words: str


def chart(runs: Sequence[CrawlRun]) -> Chart | None:
    """The picture of these runs, in whatever order; None for fewer than two."""
    if len(runs) < 2:
        return None
    ordered = sorted(runs, key=lambda run: run.started)
    first, last = ordered[0].started, ordered[-1].started
    most = max((run.counted for run in ordered), default=0)
    marks = [Mark(_across(run.started, first, last), _up(run.counted, most), run.status) for run in ordered]
    well = tuple(mark for mark in marks if mark.status in GOOD)
    unwell = tuple(mark for mark in marks if mark.status not in GOOD)
    line = " ".join(f"{mark.x:g},{mark.y:g}" for mark in well)
    return Chart(line, well, unwell, most, first, last, _words(ordered))


@dataclass(frozen=True)
class Trend:
    """A share over some nights: the line as an SVG's polyline has it, the points of its marks, and the words."""

    label: str
    line: str
    marks: tuple[tuple[float, float], ...]
    first: dt.date
    last: dt.date
    words: str


def trend(label: str, nights: Sequence[tuple[dt.date, float]]) -> Trend | None:
    """The picture of a share (0 to 1) over these nights, oldest first; None for fewer than two."""
    if len(nights) < 2:
        return None
    first, last = nights[0][0], nights[-1][0]
    marks = tuple((_across(night, first, last), _up(share, 1)) for night, share in nights)
    shares = [share for _, share in nights]
    words = (
        f"{label}: from {shares[0]:.0%} on {wording.day(first)} to {shares[-1]:.0%} on {wording.day(last)}; "
        f"lowest {min(shares):.0%}, highest {max(shares):.0%}."
    )
    return Trend(label, " ".join(f"{x:g},{y:g}" for x, y in marks), marks, first, last, words)


def _across(at: dt.date, first: dt.date, last: dt.date) -> float:
    share = (at - first) / (last - first) if last > first else 0.5
    return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)


def _up(count: float, most: int) -> float:
    return round(HEIGHT - MARGIN - (count / most if most else 0) * (HEIGHT - 2 * MARGIN), 1)


def _words(ordered: Sequence[CrawlRun]) -> str:
    good = [run for run in ordered if run.status in GOOD]
    told = [f"{len(ordered)} readings from {wording.day(ordered[0].started)} to {wording.day(ordered[-1].started)}."]
    if good:
        counts = [run.counted for run in good]
        told.append(f"From {counts[0]:,} vacancies to {counts[-1]:,}; fewest {min(counts):,}, most {max(counts):,}.")
    bad = len(ordered) - len(good)
    told.append(f"{wording.counted(bad, 'reading was', 'readings were')} refused or failed.")
    return " ".join(told)
