"""A small town with something of every kind that a staff page shows: ours, another organisation's, nobody's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from fastapi import FastAPI
from smalltown import COUNCIL, NOW, TRUST, Town, rich_draft
from staffing import add_person

from clearinghouse.accounts import links, sessions
from clearinghouse.accounts.actor import Hat
from clearinghouse.accounts.models import LinkPurpose, Organisation, SignedIn
from clearinghouse.accounts.roles import Role
from clearinghouse.alerts.tokens import Purpose, token_for
from clearinghouse.db import Store
from clearinghouse.ingest.models import Sameness
from clearinghouse.search.generation import Reader
from clearinghouse.settings import Settings
from clearinghouse.vacancies.draft import plain
from clearinghouse.vacancies.models import CrawlRequest, Sighting, SourceRow, Vacancy
from clearinghouse.vacancies.posting import Expectation, SourceFacts
from clearinghouse.vacancies.reports import AdvertReport, Wrong
from web.app import create_app
from web.staff import token_of

HERE = "http://127.0.0.1:8000"
SECRET = "k" * 32
OWN, OTHER = 1, 2  # organisations
MISSING = 999_999


@dataclass(frozen=True)
class SignedInAs:
    """One who asks: `role` None has an account and no role. `session` is the number of the session with `token`."""

    role: Role | None
    user: int
    session: int
    token: str

    @property
    def cookie(self) -> dict[str, str]:
        return {"cookie": f"session={self.token}"}

    @property
    def csrf(self) -> str:
        return token_of(SECRET, self.user, self.session)


@dataclass
class World:
    """The town's store and site, a person for each role, and the numbers of what is in it."""

    town: Town
    app: FastAPI
    vacancy: str
    users: dict[Role | None, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)
    adverts: dict[str, str] = field(default_factory=dict)
    sightings: dict[str, int] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)
    trial: int = 0
    link: str = ""

    def sign_in(self, role: Role | None, *, strong: bool = True) -> SignedInAs:
        """A new session of the person with that role."""
        user = self.users[role]
        with self.town.store.writing() as session:
            token = sessions.start(session, user, "a test", NOW, strong=strong)
            session.flush()
            number = session.scalars(sa.select(sa.func.max(SignedIn.id))).one()
            return SignedInAs(role, user, number, token)


def build(store: Store, index_dir: Path) -> World:
    """The world, published and indexed."""
    town = Town(store, index_dir)
    _declare(store)
    ids = {
        "own": town.add(rich_draft(), sources=("sandby",), organisation=OWN),
        "other": town.add(rich_draft(title="Nurse"), sources=("fenwick",), organisation=OTHER),
        "none": town.add(rich_draft(title="Cook"), sources=("board",), organisation=None),
    }
    town.publish()
    settings = Settings(public_url=HERE, index_dir=index_dir, secret_key=SECRET)
    world = World(town, create_app(settings, store, Reader(index_dir), lambda: NOW), ids["own"], adverts=ids)
    for role in (*Role, None):
        hats = (Hat(role, OWN if role.bound else None),) if role else ()
        world.users[role] = add_person(store, NOW, *hats)
    for what, hats in PEOPLE.items():
        world.people[what] = add_person(store, NOW, *hats)
    with store.writing() as session:
        for number, (what, owner) in enumerate({"own": OWN, "other": OTHER, "none": None}.items(), 1):
            row = AdvertReport(vacancy_id=number, organisation_id=owner, wrong=Wrong.PAY, times=1, at=NOW, last=NOW)
            session.add(row)
            session.flush()
            world.reports[what] = row.id
        numbers = sa.select(Vacancy.public_id, Sighting.id).join(Sighting, Sighting.vacancy_id == Vacancy.id)
        known = dict(session.execute(numbers).all())
        world.sightings = {what: known[public_id] for what, public_id in ids.items()}
        for what, sighting in world.sightings.items():
            said = Sameness(
                one=world.sightings["own"], other=sighting, same=False, reason="a test", by="a test", at=NOW
            )
            session.add(said)
            session.flush()
            world.said[what] = said.id
        asked = CrawlRequest(kind="detect", about="https://jobs.example/", asked_by="a test", asked_at=NOW)
        session.add(asked)
        session.flush()
        world.trial = asked.id
        invited = world.users[None]  # whom no route of the matrix sends another one
        world.link = links.send_link(session, invited, LinkPurpose.INVITATION, "a test", NOW, HERE).rpartition("/")[2]
    return world


def _declare(store: Store) -> None:
    """Give the town's sources all that a source's file says."""
    with store.writing() as session:
        for row in session.scalars(sa.select(SourceRow)):
            employer = session.get(Organisation, row.organisation_id) if row.organisation_id else None
            facts = SourceFacts(
                row.slug, employer and employer.name, "operator", "feed", "f1", "https://jobs.example", 4, Expectation()
            )
            row.facts = {name: plain(value) for name, value in vars(facts).items()}


PEOPLE = {
    "own": (Hat(Role.ADVISER, OWN),),
    "colleague": (Hat(Role.EMPLOYER, OWN),),
    "other": (Hat(Role.ADVISER, OTHER),),
    "guarded": (Hat(Role.ADMINISTRATOR),),
    "none": (),
}

# For every path of a staff route up to its last parameter: what may stand there, by what it is to the one who asks.
Example = Callable[[World, SignedInAs], Mapping[str, object]]
EXAMPLES: dict[str, dict[str, Example]] = {
    "/account/sessions/{number}": {
        "own": lambda w, a: {"number": a.session},
        "other": lambda w, a: {"number": w.sign_in(None if a.role else Role.STEERING).session},
        "missing": lambda w, a: {"number": MISSING},
    },
    "/adverts/{public_id}": {
        **{what: lambda w, a, what=what: {"public_id": w.adverts[what]} for what in ("own", "other", "none")},
        "missing": lambda w, a: {"public_id": "nosuchpost"},
    },
    "/adverts/{public_id}/part/{number}": {
        "own": lambda w, a: {"public_id": w.adverts["own"], "number": w.sightings["own"]},
        "other": lambda w, a: {"public_id": w.adverts["other"], "number": w.sightings["other"]},
        "none": lambda w, a: {"public_id": w.adverts["none"], "number": w.sightings["none"]},
        "missing": lambda w, a: {"public_id": w.adverts["own"], "number": w.sightings["other"]},  # another vacancy's
    },
    "/adverts/{public_id}/reading/{field}": {
        "own": lambda w, a: {"public_id": w.adverts["own"], "field": "closes_at"},
        "other": lambda w, a: {"public_id": w.adverts["other"], "field": "salary"},
        "none": lambda w, a: {"public_id": w.adverts["none"], "field": "places"},
        "missing": lambda w, a: {"public_id": w.adverts["own"], "field": "no-such-field"},
    },
    "/adverts/{public_id}/said/{number}": {
        "own": lambda w, a: {"public_id": w.adverts["own"], "number": w.said["own"]},
        "other": lambda w, a: {"public_id": w.adverts["own"], "number": w.said["other"]},
        "none": lambda w, a: {"public_id": w.adverts["own"], "number": w.said["none"]},
        "missing": lambda w, a: {"public_id": w.adverts["own"], "number": MISSING},
    },
    "/adverts/{public_id}/same/{other}": {
        "own": lambda w, a: {"public_id": w.adverts["own"], "other": w.adverts["own"]},
        "other": lambda w, a: {"public_id": w.adverts["own"], "other": w.adverts["other"]},
        "none": lambda w, a: {"public_id": w.adverts["own"], "other": w.adverts["none"]},
        "missing": lambda w, a: {"public_id": w.adverts["own"], "other": "nosuchpost"},
    },
    "/members/{slug}": {
        "own": lambda w, a: {"slug": COUNCIL},
        "other": lambda w, a: {"slug": TRUST},
        "missing": lambda w, a: {"slug": "no-such-member"},
    },
    "/members/{slug}/change/{section}": {
        "own": lambda w, a: {"slug": COUNCIL, "section": "agreement"},
        "other": lambda w, a: {"slug": TRUST, "section": "terms"},
        "none": lambda w, a: {"slug": "tuxley-parish", "section": "contact"},
        "missing": lambda w, a: {"slug": COUNCIL, "section": "no-such-section"},
    },
    "/members/{slug}/reports/{number}": {
        "own": lambda w, a: {"slug": COUNCIL, "number": w.reports["own"]},
        "other": lambda w, a: {"slug": TRUST, "number": w.reports["other"]},
        "missing": lambda w, a: {"slug": COUNCIL, "number": w.reports["other"]},  # another member's
    },
    "/operations/reports/{number}": {
        **{what: lambda w, a, what=what: {"number": w.reports[what]} for what in ("own", "other", "none")},
        "missing": lambda w, a: {"number": MISSING},
    },
    "/sources/{slug}": {
        "own": lambda w, a: {"slug": "sandby"},
        "other": lambda w, a: {"slug": "fenwick"},
        "none": lambda w, a: {"slug": "board"},
        "missing": lambda w, a: {"slug": "no-such-source"},
    },
    "/sources/trials/{number}": {
        "none": lambda w, a: {"number": w.trial},
        "missing": lambda w, a: {"number": MISSING},
    },
    "/users/{number}": {
        **{what: lambda w, a, what=what: {"number": w.people[what]} for what in PEOPLE},
        "self": lambda w, a: {"number": a.user},
        "missing": lambda w, a: {"number": MISSING},
    },
}
# The same for public pages: one example each.
PUBLIC: dict[str, Example] = {
    "/alerts/stop/{token}": lambda w, a: {"token": token_for(SECRET, Purpose.STOP, "abcdefghij", NOW)},
    "/employers/{slug}": lambda w, a: {"slug": COUNCIL},
    "/link/{token}": lambda w, a: {"token": w.link},
    "/vacancies/{name}": lambda w, a: {"name": w.vacancy},
    "/vacancies/{name}/report": lambda w, a: {"name": w.vacancy},
    "/vacancies/{name}/report/thanks": lambda w, a: {"name": w.vacancy},
}
