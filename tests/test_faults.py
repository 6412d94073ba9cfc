"""Every simulated partner with every fault, over real HTTP: nothing is lost, and all is well when the fault is over.

In the suite a seed deals each of the large partners one of the quick faults; `make soak` goes on until every partner
has met each. How each system's list fails is in tests/crawlers/partners/test_faults_by_system.py, without a network.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from clearinghouse.commands.demo import PARTNERS
from clearinghouse.db import Store
from clearinghouse.processes import command
from clearinghouse.settings import PREFIX
from clearinghouse.vacancies.models import Vacancy
from clearinghouse.vacancies.vocabulary import Status
from crawlers.partners.faults import Fault
from crawlers.partners.running import Partners, start_partners

SEED = 2010
LARGE = 14  # partners
KINDS = [kind for kind in Fault if kind is not Fault.NONE]
WAITING = {Fault.HUGE, Fault.SLOW, Fault.TIMEOUT}  # half a minute each: tests/crawlers has them with short limits
BENIGN = {Fault.DUPLICATES, Fault.HALF, Fault.NOT_FOUND, Fault.SLOW, Fault.WRONG_CHARSET}  # a run may be good yet


@pytest.fixture(scope="module")
def partners() -> Iterator[Partners]:
    """Partners in threads of this process, each with enough adverts for two thirds to be over half."""
    with start_partners(None, SEED, dt.datetime.now(dt.UTC), scale=0.6) as running:
        yield running


def crawl(url: str, folder: Path, urls: dict[str, str]) -> dict[str, dict[str, object]]:
    """`crawl --all --json` as a demo with these partners runs it; what it printed, by source."""
    environment = {
        **os.environ,
        PARTNERS: json.dumps(urls),
        PREFIX + "DEMO": "true",
        PREFIX + "DATABASE_URL": url,
        PREFIX + "INDEX_DIR": str(folder / "index"),
    }
    done = subprocess.run(
        command("crawl", "--all", "--json"), env=environment, capture_output=True, text=True, check=False, timeout=900
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == len(urls), done.stderr
    return {row["source"]: row for row in rows}


def standing(url: str, *states: Status) -> set[str]:
    """The public ids of the vacancies in these states."""
    store = Store(url)
    with store.reading() as session:
        found = set(session.scalars(sa.select(Vacancy.public_id).where(Vacancy.status.in_(states))))
    store.close()
    return found


def survives(url: str, folder: Path, partners: Partners, dealt: dict[str, Fault]) -> None:
    """One crawl with the faults and one without, against what was there before."""
    urls = {name: partners.urls[name] for name in dealt}
    for name in dealt:
        partners.fault(name, Fault.NONE)
    crawl(url, folder, urls)
    before = standing(url, Status.OPEN)
    for name, kind in dealt.items():
        partners.fault(name, kind)
    rows = crawl(url, folder, urls)
    for name, kind in dealt.items():
        said = f"{name} with {kind}: {rows[name]}"
        assert rows[name]["withdrawn"] == 0, said
        assert kind in BENIGN or _is_said(rows[name]) or _is_harmless(kind, rows[name]), said
        partners.fault(name, Fault.NONE)
    assert standing(url, Status.OPEN, Status.UNCONFIRMED) >= before
    rows = crawl(url, folder, urls)
    assert {row["status"] for row in rows.values()} <= {"ok", "unchanged"}
    assert standing(url, Status.OPEN) >= before, "what a fault brought may be unconfirmed now; what was there is not"


def _is_said(row: dict[str, object]) -> bool:
    """True for a run that ended badly and says why."""
    return row["status"] in ("refused", "failed") and bool(row["messages"])


def _is_harmless(kind: Fault, row: dict[str, object]) -> bool:
    """True where a page of HTML was spoilt beside what is read in it: every vacancy is there as it was."""
    return kind is Fault.MALFORMED and row["postings"] == row["unchanged"] and row["unconfirmed"] == 0


@pytest.mark.slow
def test_a_fault_at_every_large_partner_loses_no_vacancy(sqlite_url: str, tmp_path: Path, partners: Partners) -> None:
    quick = [kind for kind in KINDS if kind not in WAITING]
    random.Random(SEED).shuffle(quick)
    dealt = {partner.name: quick[place % len(quick)] for place, partner in enumerate(partners.partners[:LARGE])}
    survives(sqlite_url, tmp_path, partners, dealt)


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(len(KINDS)))
def test_every_fault_at_every_partner_loses_no_vacancy(
    store_url: str, tmp_path: Path, partners: Partners, turn: int
) -> None:
    dealt = {p.name: KINDS[(place + turn) % len(KINDS)] for place, p in enumerate(partners.partners)}
    survives(store_url, tmp_path, partners, dealt)
