"""200,000 adverts of several sources clustered into posts, and one newcomer checked against them.

    python -m benchmarks.duplicates [ADVERTS]

The adverts are made up, in the shape of real ones: 2,300 employers of very uneven size (the largest with 600 posts),
like titles by the hundred, and half of the posts advertised by a second and third source in other words. As it is known
which post each stands for, the links are counted too: how many are right, how many were found.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from benchmarks.corpus import FIELDS, ROLES, TOWNS, VOCABULARY
from clearinghouse.ingest.clusters import clustered
from clearinghouse.ingest.newcomers import Known
from clearinghouse.ingest.traits import Traits, traits

SECONDS, MEGABYTES, MILLISECONDS = 180, 1024, 2.0
EMPLOYERS = 2300
RANKS = ("", "", "", "", "Senior ", "Deputy ", "Trainee ", "Lead ")
COMMON = ("Staff Nurse", "Healthcare Assistant", "Teaching Assistant", "Administrator", "Support Worker", "Cleaner")
BOARDS = ("nhs-jobs", "region", "schools", "national")
NEWCOMERS = 2000


def posts(rnd: random.Random) -> Iterator[dict[str, Any]]:
    """Posts without end, each as the draft of its employer's own advert."""
    shares = [600 / (1 + n / 30) for n in range(EMPLOYERS)]
    names = [f"{rnd.choice(VOCABULARY).title()} {rnd.choice(VOCABULARY).title()}" for _ in range(EMPLOYERS)]
    kinds = ("Council", "Hospitals NHS Trust", "Academy Trust", "University", "Homes")
    towns = list(TOWNS)
    while True:
        owner = rnd.choices(range(EMPLOYERS), shares)[0]
        town = towns[(owner + rnd.choice([0, 0, 0, 1])) % len(towns)]
        place = {"text": town, "precision": "place", "latitude": TOWNS[town][0], "longitude": TOWNS[town][1]}
        pay = f"{rnd.randrange(23, 70)}000.00"
        yield {
            "title": _title(rnd),
            "employer": f"{names[owner]} {kinds[owner % len(kinds)]}",
            "contract": rnd.choice(["permanent", "permanent", "fixed_term", None]),
            "hours_per_week": rnd.choice([None, "37.00", "37.00", "30.00", "18.50"]),
            "salary": {"minimum": pay, "maximum": pay, "period": "year", "basis": "unknown", "text": pay},
            "places": [place],
            "closes_at": f"2026-{rnd.choice((11, 12))}-{rnd.randrange(1, 31):02d}T23:59:59+00:00",
            "description_text": " ".join(rnd.choices(VOCABULARY, k=60)),
        }


def adverts(count: int) -> tuple[list[Traits], list[int]]:
    """`count` adverts, and the number of the post that each stands for."""
    rnd = random.Random(3)
    found: list[Traits] = []
    truth: list[int] = []
    for number, post in enumerate(posts(rnd)):
        sources = [f"own {post['employer']}", *rnd.sample(BOARDS, rnd.choice((0, 0, 1, 1, 2)))]
        for source in sources:
            if len(found) == count:
                return found, truth
            found.append(advert(rnd, source, number, post))
            truth.append(number)
    return found, truth


def advert(rnd: random.Random, source: str, number: int, post: dict[str, Any]) -> Traits:
    """The post as this source words it."""
    own = source.startswith("own ")
    link = f"https://jobs.example/{number}" if own or rnd.random() < 0.2 else f"https://{source}.example/{number}"
    if own:
        return traits(source, str(number), f"R{number}", link, post)
    said = post | {
        "title": rnd.choice([post["title"], post["title"].upper(), f"{post['title']} x2"]),
        "description_text": post["description_text"][: rnd.choice((400, 120, 90))] + "...",
        "hours_per_week": rnd.choice([post["hours_per_week"], None]),
    }
    return traits(source, f"{source} {number}", rnd.choice([None, f"C9-R{number}"]), link, said)


def _title(rnd: random.Random) -> str:
    if rnd.random() < 0.3:
        return rnd.choice(COMMON) + rnd.choice(["", f" - {rnd.choice(FIELDS).title()}"])
    return f"{rnd.choice(RANKS)}{rnd.choice(FIELDS)} {rnd.choice(ROLES)}".capitalize()


def quality(found: list[list[int]], truth: list[int]) -> tuple[float, float]:
    """Of the pairs linked, the share that are one post; of the pairs that are one post, the share linked."""
    linked = [truth[one] == truth[other] for post in found for one, other in combinations(post, 2)]
    sizes: dict[int, int] = {}
    for number in truth:
        sizes[number] = sizes.get(number, 0) + 1
    wanted = sum(size * (size - 1) // 2 for size in sizes.values())
    return sum(linked) / len(linked), sum(linked) / wanted


def newcomers(known: Known, count: int) -> float:
    """Milliseconds that checking one newcomer takes, at the mean."""
    rnd = random.Random(4)
    made = [traits("new", str(n), None, None, post) for n, post in zip(range(count), posts(rnd), strict=False)]
    began = time.perf_counter()
    for each in made:
        known.same_as(each)
    return (time.perf_counter() - began) * 1000 / count


def main(count: int) -> int:
    """Print all figures; 1 where one misses its goal."""
    began = time.perf_counter()
    found, truth = adverts(count)
    read = time.perf_counter() - began
    began = time.perf_counter()
    linked = clustered(found)
    took = time.perf_counter() - began
    right, share = quality(linked, truth)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = newcomers(Known(found), NEWCOMERS)
    print(f"{count:,} adverts made up and their traits read     {read:8.1f} s")
    print(f"clustered into {len(linked):,} posts of several adverts {took:8.1f} s (goal {SECONDS})")
    print(f"memory at its highest                       {memory:8.0f} MB (goal {MEGABYTES})")
    print(f"links that are right {right:.2%}, found {share:.2%}")
    print(f"one newcomer checked                        {each:8.3f} ms (goal {MILLISECONDS})")
    return int(took > SECONDS or memory > MEGABYTES or each > MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000))
