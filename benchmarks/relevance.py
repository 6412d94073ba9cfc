"""How well searches find what people mean: nDCG@10 on the judged searches, tuning half and held half apart.

`python -m benchmarks.relevance` prints both halves' means and lowest, of both sets; with `tuning`, every search of the
tuning halves below 0.9 with what was found.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "clearinghouse" / "search"))

from judging import Collection, Collection2, Judged, judged, judged_2

GOAL, FLOOR = 0.85, 0.5
SHOWN = 0.9


def half(name: str, collection: Collection, searches: list[Judged]) -> None:
    """Print the figures of one half."""
    scores = collection.scores(searches)
    low = sum(score < FLOOR for score in scores.values())
    print(
        f"{name:14} {len(scores)} searches: nDCG@10 {statistics.mean(scores.values()):.3f} (goal {GOAL}),"
        f" lowest {min(scores.values()):.2f}, {low} under {FLOOR} (goal 0)"
    )


def closely(collection: Collection, searches: list[Judged]) -> None:
    """Print each search below the mark with the titles it found and their grades."""
    titles = {str(advert["id"]): advert["title"] for advert in collection.adverts}
    for each in searches:
        score = collection.scores([each])[each.q]
        if score < SHOWN:
            found = [f"{each.grades.get(one, 0)} {titles[one]}" for one in collection.found(each.q)]
            print(f"{score:.2f} {each.q}: {'; '.join(found)}")


def both(name: str, collection: Collection, searches: list[Judged], closer: bool) -> None:  # noqa: FBT001  one choice of the command line
    """Measure one set; `closer`: its tuning half alone, search by search."""
    tuning = [each for each in searches if not each.held]
    if closer:
        closely(collection, tuning)
    half(f"{name}, tuning", collection, tuning)
    if not closer:
        half(f"{name}, held", collection, [each for each in searches if each.held])


def main(closer: bool) -> None:  # noqa: FBT001  one choice of the command line
    """Index both collections and measure."""
    with tempfile.TemporaryDirectory() as folder:
        both("first", Collection(Path(folder, "first")), judged(), closer)
        both("second", Collection2(Path(folder, "second")), judged_2(), closer)


if __name__ == "__main__":
    main(sys.argv[1:] == ["tuning"])
