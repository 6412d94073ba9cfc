"""A small made-up town for the page tests: employers and adverts, published and indexed as in real life."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from pathlib import Path

from clearinghouse.accounts.models import Organisation
from clearinghouse.db import Store
from clearinghouse.ingest.sources import facts_as_json
from clearinghouse.leases import claim
from clearinghouse.publish.publisher import LEASE, publish_due
from clearinghouse.search.indexer import Indexer
from clearinghouse.vacancies.applying import Applying, Form
from clearinghouse.vacancies.draft import Draft, Level, Place, Salary, plain
from clearinghouse.vacancies.models import Opening, Sighting, SourceRow, Touched, Vacancy
from clearinghouse.vacancies.posting import Posting, SourceFacts
from clearinghouse.vacancies.vocabulary import (
    Basis,
    Contract,
    Kind,
    Pattern,
    Period,
    Precision,
    Remote,
    Status,
)

NOW = dt.datetime(2026, 6, 10, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
TITLES = ("Cook", "Care Assistant", "Caretaker", "Clerk", "Driver", "Nurse", "Planner", "Teaching Assistant")
TOWNS = (("Mansfield", "Mansfield", 53.14, -1.20), ("Newark", "Newark and Sherwood", 53.07, -0.81))
SOURCES = (("sandby", 1, "feed"), ("fenwick", 2, "jsonld"), ("board", None, "feed"))
COUNCIL, TRUST, COLLEGE = "sandby-borough-council", "fenwick-nhs-trust", "harle-college"

APPLYING = {
    "sandby": Applying(
        account=True, form=Form.EMPLOYER, save=True, phone=True, help_page="https://help.example/applying",
        help_line="0115 496 0123", sources=("https://help.example/applying",), checked=dt.date(2026, 6, 1),
    ),
}  # fmt: skip


class Town:
    """Fills a store. Every method that adds a vacancy returns its public id."""

    def __init__(self, store: Store, index_dir: Path) -> None:
        self.store = store
        self.indexer = Indexer(store, index_dir)
        self.numbers = itertools.count(1)
        with store.writing() as session:
            session.add_all([
                Organisation(id=1, slug=COUNCIL, name="Sandby Borough Council", type="borough council", member=True,
                             listed=True, area="Nottinghamshire", link_checked=NOW - DAY,
                             recruitment_url="https://jobs.sandby.example/"),
                Organisation(id=2, slug=TRUST, name="Fenwick NHS Trust", type="NHS trust", member=True, listed=True,
                             recruitment_url="https://fenwick.example/work-for-us"),
                Organisation(id=3, slug=COLLEGE, name="Harle College", member=True, listed=True),
                Organisation(id=4, slug="tuxley-parish", name="Tuxley Parish Council"),
            ])  # fmt: skip
            session.flush()
            for slug, organisation, adapter in SOURCES:
                facts = facts_as_json(SourceFacts(slug, None, "operator", adapter, "f1", applying=APPLYING.get(slug)))
                session.add(
                    SourceRow(slug=slug, organisation_id=organisation, facts=facts, override={}, public=True,
                              last_good_run=NOW - DAY / 24)
                )  # fmt: skip

    def add(
        self,
        draft: Draft,
        *,
        sources: tuple[str, ...] = ("sandby",),
        organisation: int | None = 1,
        seen: dt.datetime = NOW,
        opens: dt.datetime = NOW - 5 * DAY,
        link: bool = True,
        **values: object,
    ) -> str:
        """One advert at each of `sources`, open to the public from `opens`; `values` are the vacancy's columns."""
        number = next(self.numbers)
        public_id = "".join(LETTERS[(number >> 5 * place) & 31] for place in range(9, -1, -1))
        with self.store.writing() as session:
            vacancy = Vacancy(
                public_id=public_id, organisation_id=organisation, title=draft.title, draft=plain(draft),
                first_seen=NOW - 5 * DAY, **{"updated": NOW - 2 * DAY, "status": draft.status, **values},
                closes_at=draft.closes_at,
            )  # fmt: skip
            session.add(vacancy)
            session.flush()
            for source in sources:
                session.add(_sighting(vacancy, source, number, seen, link=link))
            session.add(Opening(vacancy_id=vacancy.id, audience="public", organisation_id=0, opens=opens))
            session.add(Touched(vacancy_id=vacancy.id))
        return public_id

    def fill(self, count: int) -> None:
        """That many plain vacancies of many kinds."""
        for number in range(count):
            self.add(plain_draft(number), organisation=1 + number % 2, sources=(("sandby", "fenwick")[number % 2],))

    def publish(self, now: dt.datetime = NOW) -> None:
        """What the keeper does all day: publish what is due, and index it."""
        number = claim(self.store, LEASE, "tests", now, dt.timedelta(seconds=8))
        assert number is not None
        while publish_due(self.store, "tests", number, now):
            pass
        self.indexer.step(now)


def _sighting(vacancy: Vacancy, source: str, number: int, seen: dt.datetime, *, link: bool) -> Sighting:
    url = f"https://{source}.example/jobs/{number}" if link else None
    posting = Posting(reference=f"R{number}", url=url, title=vacancy.title)
    return Sighting(
        vacancy_id=vacancy.id, source=source, key=f"R{number}", url=url, posting=posting.as_json(),
        digest=posting.digest(), reading="", first_seen=NOW - 5 * DAY, last_seen=seen, run=1, status=vacancy.status,
    )  # fmt: skip


def plain_draft(number: int) -> Draft:
    """One of many vacancies with everything in order."""
    text, district, latitude, longitude = TOWNS[number % 2]
    pounds = Decimal(22_000 + 500 * (number % 20))
    apprentice = number % 9 == 0
    return Draft(
        title=f"{TITLES[number % 8]}{' Apprentice' if apprentice else ''}",
        employer="Sandby Borough Council",
        kind=Kind.APPRENTICESHIP if apprentice else Kind.JOB,
        apprenticeship_level=2 + number % 4 if apprentice else None,
        contract=(Contract.PERMANENT, Contract.FIXED_TERM, None)[number % 3],
        pattern=((Pattern.FULL_TIME,), (Pattern.PART_TIME, Pattern.JOB_SHARE), ())[number % 3],
        hours_per_week=Decimal(37) if number % 3 == 0 else None,
        salary=Salary(pounds, pounds + 2000, Period.YEAR, Basis.UNKNOWN, pounds, pounds + 2000,
                      f"£{pounds:,} - £{pounds + 2000:,} per annum"),
        places=(Place(text, None, district, latitude, longitude, Precision.PLACE),),
        posted_at=NOW - (number % 5) * DAY,
        closes_at=dt.datetime(2026, 6, 12 + number % 15, 22, 59, 59, tzinfo=dt.UTC),
        closes_text="12 June 2026",
        description_html="<p>Come and work with us.</p>",
        description_text="Come and work with us.",
    )  # fmt: skip


def rich_draft(**changes: object) -> Draft:
    """An advert that says a lot."""
    values: dict[str, object] = {
        "title": "Senior Planner (Policy & Heritage)",
        "employer": "Sandby Borough Council",
        "contract": Contract.FIXED_TERM,
        "pattern": (Pattern.FULL_TIME, Pattern.FLEXIBLE),
        "hours_per_week": Decimal("37.00"),
        "salary": Salary(Decimal(36124), Decimal(39186), Period.YEAR, Basis.ACTUAL, Decimal(36124), Decimal(39186),
                         "£36,124 - £39,186 per annum, Grade 9"),
        "places": (Place("Civic Centre, Mansfield NG19 7BH", "NG19 7BH", "Mansfield", 53.15, -1.21,
                         Precision.POSTCODE),),
        "remote": Remote.HYBRID,
        "posted_at": dt.datetime(2026, 6, 1, 8, 0, tzinfo=dt.UTC),
        "closes_at": dt.datetime(2026, 6, 12, 22, 59, 59, tzinfo=dt.UTC),
        "closes_text": "midnight on 12 June 2026",
        "level": Level(essential=6),
        "occupation": "engineering",
        "flags": ("may_close_early",),
        "description_html": "<h2>The job</h2><p>Ring Jo Bloggs on 01623 555 012 &amp; ask.</p><ul><li>Plans</li></ul>",
        "description_text": "The job. Ring Jo Bloggs on 01623 555 012 & ask.",
    }  # fmt: skip
    return Draft(**{**values, **changes})  # type: ignore[arg-type]


def silent_draft(**changes: object) -> Draft:
    """An advert that says next to nothing, and that in words we can't read."""
    values: dict[str, object] = {
        "title": "Porter <b>& driver</b>",
        "salary": Salary(text="Band B, see pack"),
        "places": (Place("Various sites"),),
        "closes_text": "When filled",
        "status": Status.OPEN,
    }
    return Draft(**{**values, **changes})  # type: ignore[arg-type]
