"""A quarter with 48 members and ordinary faults asks for under 30 minutes of a person a week."""

from __future__ import annotations

import statistics
from collections import Counter
from pathlib import Path

import pytest
from quarter import Quarter, Week

from clearinghouse.db import Store
from clearinghouse.operations.need import NeedKind
from clearinghouse.settings import Settings

MOST = 30  # minutes a week
PATIENT = frozenset(
    {NeedKind.SOURCE_UNVERIFIED, NeedKind.SOURCES_UNREAD, NeedKind.CHECK_OVERDUE, NeedKind.MEMBERS_INCOMPLETE}
)  # that can wait for weeks


def lived(store: Store, folder: Path, weeks: int, **values: float) -> tuple[Quarter, list[Week]]:
    settings = Settings(
        database_url=f"sqlite:///{folder}/store.sqlite3", index_dir=folder, smtp_url="smtp://127.0.0.1:1"
    )
    quarter = Quarter(store, settings, **values)
    done = quarter.live(weeks)
    minutes = [week.minutes for week in done]
    said = [
        *map(str, done),
        f"{sum(quarter.runs.values())} runs {dict(quarter.runs)}",
        f"mean {statistics.mean(minutes):.1f}, worst {max(minutes)} minutes a week",
        f"with what can wait: worst {max(week.minutes + week.waiting for week in done)} minutes",
    ]
    said.append(f"waited longest, in weeks: {waited(done) or 'nothing urgent waited'}")
    print("\n".join(said))  # noqa: T201 - the figures are what this is for: pytest -rP shows them
    return quarter, done


def waited(weeks: list[Week], patient: frozenset[NeedKind] = PATIENT) -> dict[str, int]:
    """The most weeks in a row that anything of each kind could wait, the patient kinds left out."""
    longest: Counter[str] = Counter()
    running: Counter[tuple[str, str]] = Counter()
    for week in weeks:
        waiting = {(need.kind.value, need.about) for need in week.later if need.kind not in patient}
        running = Counter({key: running[key] + 1 for key in waiting})
        for (kind, _), number in running.items():
            longest[kind] = max(longest[kind], number)
    return dict(longest)


@pytest.mark.slow
def test_under_half_an_hour_a_week(sqlite_store: Store, tmp_path: Path) -> None:
    quarter, weeks = lived(sqlite_store, tmp_path, 2, members=48, every_hours=72, size=4, seed=7)
    assert max(week.minutes for week in weeks) < MOST
    assert max(waited(weeks).values(), default=0) <= 2  # what is urgent doesn't pile up
    assert sum(len(week.needs) for week in weeks) > 5
    assert quarter.runs["refused"] > 10
    assert quarter.runs["failed"] > 2


@pytest.mark.soak
def test_under_half_an_hour_in_every_week_of_a_whole_quarter(sqlite_store: Store, tmp_path: Path) -> None:
    _, weeks = lived(sqlite_store, tmp_path, 13, members=48, every_hours=4, size=20, seed=1)
    assert len(weeks) == 13
    assert max(week.minutes for week in weeks) < MOST
    assert max(waited(weeks).values(), default=0) <= 2
    assert max(waited(weeks, frozenset()).values(), default=0) <= 8  # and what is patient gets its turn
