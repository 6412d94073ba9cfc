"""Staff pages over real HTTP, each against a floor: the same bytes from a bare ASGI application under the same server.

With 50 and with 500 sources, each of a member of its own and with sixty readings; 20,000 vacancies of one of them, 200
people, 100,000 lines of the audit trail. Latency of one visitor at a time, in milliseconds.
"""

from __future__ import annotations

import base64
import datetime as dt
import itertools
import os
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.corpus import NOW
from benchmarks.web import Visitor, build_index, fill, report, serve_floor, serve_site
from clearinghouse.accounts import sessions
from clearinghouse.accounts.models import AuditEvent, Membership, Organisation, User
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.commands.migrate import upgrade
from clearinghouse.db import Store
from clearinghouse.ingest.models import CrawlRun, RunStatus
from clearinghouse.settings import PREFIX
from clearinghouse.vacancies.draft import Draft, Salary, plain
from clearinghouse.vacancies.models import Sighting, SourceRow, Vacancy
from clearinghouse.vacancies.posting import Expectation, Posting, SourceFacts

SIZES = (50, 500)
RUNS, PEOPLE, EVENTS = 60, 200, 100_000
PATHS = (
    "/operations",
    "/sources",
    "/sources?state=well&sort=oldest",
    "/sources/anytown",
    "/sources/anytown/verify",
    "/members",
    "/members/anytown",
    "/users",
    "/audit",
    "/audit?person=person7&noun=user",
)


def fill_staff(store: Store, sources: int) -> str:
    """Sources with their members and readings, people, the audit trail; the token of somebody who may see all pages."""
    posting = Posting(reference="R1", url="https://jobs.example/1", title="Driver", salary="£24,294 a year")
    draft = Draft(title="Driver", salary=Salary(minimum=Decimal(24294), text="£24,294 a year"))
    with store.writing() as session:
        session.execute(sa.update(Sighting).values(posting=posting.as_json()))
        session.execute(sa.update(Vacancy).values(draft=plain(draft)))
        for number in range(2, sources + 1):
            session.add(Organisation(id=number, slug=f"member-{number}", name=f"Member {number}", member=True))
            session.flush()
            session.add(_source(number))
    slugs = ["anytown", *(f"member-{number}" for number in range(2, sources + 1))]
    _insert(store, CrawlRun, (_run(slug, number) for number in range(RUNS) for slug in slugs))
    _insert(store, User, (_person(number) for number in range(1, PEOPLE + 1)))
    _insert(store, AuditEvent, map(_event, range(EVENTS)))
    with store.writing() as session:
        session.add_all([Membership(user_id=1, role=role) for role in (Role.SECRETARIAT, Role.DATA_PROTECTION)])
        session.flush()
        return sessions.start(session, 1, "a benchmark", NOW, strong=True)


def _source(number: int) -> SourceRow:
    facts = SourceFacts(
        f"member-{number}", f"Member {number}", "operator", "feed", "f", "https://a.example", 4, Expectation()
    )
    return SourceRow(
        slug=facts.slug, organisation_id=number, facts=vars(facts) | {"expect": vars(Expectation())}, public=True,
        last_good_run=NOW, last_good_count=40, next_due=NOW + dt.timedelta(hours=4),
    )  # fmt: skip


def _run(slug: str, number: int) -> dict[str, Any]:
    at = NOW - dt.timedelta(hours=4 * (RUNS - number))
    return {"source": slug, "started": at, "ended": at, "status": RunStatus.OK, "counted": 40 + number % 7}


def _person(number: int) -> dict[str, Any]:
    return {"id": number, "email": f"person{number}@example.org", "name": f"Person {number}", "made_at": NOW}


def _event(number: int) -> dict[str, Any]:
    return {
        "at": NOW - dt.timedelta(minutes=EVENTS - number), "tag": list(Tag)[number % len(Tag)], "user_id": None,
        "by": f"person{number % PEOPLE}@example.org", "about": f"member-{number % 50}", "details": {"before": number},
    }  # fmt: skip


def _insert(store: Store, table: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    while batch := list(itertools.islice(rows, 5_000)):
        with store.writing() as session:
            session.execute(sa.insert(table), batch)


def measure(sources: int, folder: Path) -> None:
    """Fill a store with so many sources, and print a line for each page."""
    url, index_dir = f"sqlite:///{folder}/store.sqlite3", folder / "index"
    upgrade(url)
    store = Store(url)
    fill(store)
    build_index(store, index_dir)
    cookie = f"session={fill_staff(store, sources)}"
    store.close()
    site = Visitor(serve_site, url, index_dir, cookie=cookie)
    answers = site.answers(PATHS)
    floor = Visitor(serve_floor, answers)
    report(f"{sources} sources", PATHS, site, floor, answers)


def main() -> None:
    """Measure with each number of sources."""
    os.environ.setdefault(PREFIX + "DATA_KEY", base64.urlsafe_b64encode(os.urandom(32)).decode())
    for sources in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            measure(sources, Path(folder))


if __name__ == "__main__":
    main()
