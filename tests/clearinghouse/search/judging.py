"""The searches with judged results (judged/README.md): their collections as an index, and nDCG@10.

The second set's searches are read as the page reads them: words may name a filter or a place.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from made_up import NOW, doc, place, publication

from clearinghouse.normalise.gazetteer import best_named
from clearinghouse.search.columns import Codes, from_rows, joined, save
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.generation import VERSION, Generation, Pointer, Reader, columns_path
from clearinghouse.search.index import SIDES, Writer
from clearinghouse.search.results import search
from clearinghouse.search.rows import row
from clearinghouse.search.understanding import understood
from clearinghouse.vacancies.visible import PUBLIC, Visible

FOLDER = Path(__file__).parent / "judged"
DEPTH = 10
EVERYONE = Visible(PUBLIC, NOW)
# What an advert of the second set may say beside its words.
SAID = ("kind", "contract", "pattern", "when", "remote", "experience")


@dataclass(frozen=True)
class Judged:
    """One search: the words, and what each advert that answers it is worth, by its id."""

    q: str
    grades: Mapping[str, int]

    @property
    def held(self) -> bool:
        """True for the half that nothing may be tuned on."""
        return hashlib.sha256(self.q.encode()).digest()[0] % 2 == 1


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def judged(searches: str = "queries.jsonl") -> list[Judged]:
    """Every judged search of one set."""
    return [
        Judged(line["q"], {each: int(grade) for grade, ids in line["grades"].items() for each in ids})
        for line in _lines(searches)
    ]


def judged_2() -> list[Judged]:
    """Every judged search of the second set."""
    return judged("queries_2.jsonl")


class Collection:
    """The adverts of the judged searches, indexed in `folder`."""

    def __init__(self, folder: Path, *more: str) -> None:
        adverts: dict[str, dict[str, Any]] = {}
        for name in ("adverts.jsonl", *more):
            for line in _lines(name):
                adverts[line["id"]] = adverts.get(line["id"], {}) | line
        self.adverts = list(adverts.values())
        writers = {side: Writer(folder / "index" / side) for side in SIDES}
        codes = Codes()
        coded = []
        for key, advert in enumerate(self.adverts, 1):
            made = row(publication(key, _document(key, advert)), {}, NOW)
            coded.append((made, codes.of(made)))
            writers["public"].add(*coded[-1])
        save(
            joined([from_rows([]), from_rows(coded)], codes),
            columns_path(folder / "index", 1),
            {"built_at": NOW.isoformat()},
        )
        for side in reversed(SIDES):
            writers[side].commit(1)
            writers[side].close()
        Pointer("index", VERSION, 1).write(folder)
        generation = Reader(folder).current()
        assert generation
        self.generation: Generation = generation

    def criteria(self, q: str, many: int) -> Criteria:
        """The search for these words."""
        return Criteria(q=q, per_page=many)

    def found(self, q: str, many: int = DEPTH) -> list[str]:
        """The ids of the first `many`, in order."""
        keys = search(self.generation, self.criteria(q, many), EVERYONE).keys
        return [str(self.adverts[key - 1]["id"]) for key in keys]

    def scores(self, searches: Sequence[Judged]) -> dict[str, float]:
        """nDCG@10 by search."""
        return {each.q: ndcg(self.found(each.q), each.grades) for each in searches}


class Collection2(Collection):
    """The second set's adverts, whose searches are read as the page reads them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "adverts_2.jsonl")

    def criteria(self, q: str, many: int) -> Criteria:
        """The search that these words mean."""
        return understood(super().criteria(q, many)).criteria


def _document(key: int, advert: Mapping[str, Any]) -> dict[str, Any]:
    """The published document of an advert: its words, and what else it says."""
    name = advert["employer"]
    spot = best_named(advert["place"]) if "place" in advert else None
    return doc(
        key,
        title=advert["title"],
        employer={"slug": name.lower().replace(" ", "-"), "name": name},
        description_text=advert["description"],
        posted_at=(NOW - dt.timedelta(days=1)).isoformat(),
        places=[place(spot.latitude, spot.longitude, spot.district)] if spot else [],
        **{field: advert[field] for field in SAID if field in advert},
    )


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Discounted gain of the first `depth` as a share of the best possible; a grade g gains 2^g - 1.

    1 when nothing is judged to be of use and nothing is found.
    """
    gains = [2 ** grades.get(each, 0) - 1 for each in found[:depth]]
    best = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:depth]
    ideal = _discounted(best)
    return _discounted(gains) / ideal if ideal else float(not found)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
