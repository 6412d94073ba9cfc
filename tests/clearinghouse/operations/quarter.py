"""A quarter of the clearing house, simulated: members' sites with ordinary faults, and one person on Monday mornings.

Time is simulated; everything else is real: the store, the schedule's planning, ingest with its rules, the needs, and
the functions behind the buttons. Sites, visitors, mail servers and the person's eyes are made up, by `Rates`.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa

from clearinghouse.accounts import audit, links, people
from clearinghouse.accounts.actor import Actor, Hat
from clearinghouse.accounts.models import AccountLink, Membership, Organisation, User
from clearinghouse.accounts.roles import Role
from clearinghouse.accounts.tags import Tag
from clearinghouse.db import Store
from clearinghouse.ingest import retuning, steering, tuning
from clearinghouse.ingest.harvest import TRUNCATED, Harvest
from clearinghouse.ingest.run import ingest
from clearinghouse.ingest.runs import begin_run, newest_ended
from clearinghouse.ingest.sources import effective, get, register
from clearinghouse.mail.models import Mail
from clearinghouse.mail.sending import send_due
from clearinghouse.mail.server import MailNotTakenError
from clearinghouse.operations import mailing
from clearinghouse.operations.need import Need, NeedKind
from clearinghouse.operations.needs import this_week
from clearinghouse.settings import Settings
from clearinghouse.vacancies import reports
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.models import CrawlRequest, SourceRow, Vacancy
from clearinghouse.vacancies.posting import Expectation, Posting, SourceFacts
from clearinghouse.vacancies.vocabulary import Status
from crawlers.planning import due, plan_next

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
WEEK = 7 * DAY
START = dt.datetime(2026, 9, 28, 0, 0, tzinfo=dt.UTC)  # a Monday; the quarter holds the end of summer time
DESK = 8  # o'clock, when the person sits down on Mondays
MONTH = 30.4  # days


@dataclass(frozen=True)
class Rates:
    """How often what goes wrong. Where no figure is known, the guess is on the bad side."""

    outages: float = 1.0  # a member and month: shared council hosting with one patch night a month
    outage_hours: tuple[float, float] = (2, 12)  # a patch night; and of one in ten …
    long_outage_hours: tuple[float, float] = (24, 72)  # … a weekend on which nobody was there
    cut_short: float = 0.5  # feeds truncated or ill-formed at one reading, a member and month
    emptied: float = 1 / 6  # feeds that are empty for some hours, though there are jobs: a member and month
    really_empty: float = 1 / 12  # a member without any vacancy for two to four weeks: small bodies, once a year
    campaigns: float = 1 / 12  # recruitment that ends at once and leaves under half: a member and month
    drives: float = 1 / 24  # more vacancies than are expected, for three weeks: every other year
    redesigns: int = 3  # a quarter, of all: a recruitment system changed or moved, which no waiting heals
    newcomers: int = 2  # a quarter: sources added, to be compared and approved
    reports: float = 0.25  # a member and month, from visitors: one in a hundred live adverts a month
    with_people: float = 0.5  # of the members have somebody who answers reports …
    answered: float = 0.8  # … so many of them, within days
    invitations: int = 3  # a month
    unanswered: float = 0.2  # of them
    bounced: float = 0.05  # of all mails
    without_agreement: float = 0.25  # of the members, at the start


@dataclass
class Fault:
    """What a site does from `start` to `end`."""

    kind: str
    start: dt.datetime
    end: dt.datetime


@dataclass
class Site:
    """One member's site. `url` is where its jobs are now; a redesign moves them."""

    slug: str
    size: int
    url: str
    faults: list[Fault] = field(default_factory=list)
    lives: list[tuple[dt.datetime, dt.datetime]] = field(default_factory=list)

    def fault(self, now: dt.datetime) -> str | None:
        return next((fault.kind for fault in self.faults if fault.start <= now < fault.end), None)

    def adverts(self, now: dt.datetime) -> list[int]:
        return [number for number, (start, end) in enumerate(self.lives) if start <= now < end]

    def answer(self, asked: str | None, now: dt.datetime) -> dict[str, Any]:
        """What a crawl of that address brings."""
        fault = self.fault(now)
        if fault == "outage" or (asked or self.url) != self.url:
            return {"pages": 0, "problems": (f"{asked}: answered {503 if fault else 404}",)}
        numbers = self.adverts(now)
        if fault == "cut_short":
            return {
                "postings": _postings(self, numbers[: len(numbers) // 2]),
                "problems": (f"{self.url}: {TRUNCATED}",),
            }
        return {"postings": () if fault == "emptied" else _postings(self, numbers)}


def _postings(site: Site, numbers: list[int]) -> tuple[Posting, ...]:
    return tuple(
        Posting(reference=f"R{number}", url=f"https://{site.slug}.example/jobs/{number}", title=f"Officer {number}")
        for number in numbers
    )


@dataclass(frozen=True)
class Week:
    """What one Monday's list asked for."""

    number: int
    needs: tuple[Need, ...]
    later: tuple[Need, ...]

    @property
    def minutes(self) -> int:
        return sum(need.minutes for need in self.needs)

    @property
    def waiting(self) -> int:
        """Minutes of what didn't fit, so that the half hour hides nothing."""
        return sum(need.minutes for need in self.later)

    def __str__(self) -> str:
        kinds = Counter(need.kind.value for need in self.needs)
        said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "nothing needs you"
        waits = f"{len(self.later):2} can wait, {self.waiting:3} minutes"
        return f"week {self.number:2}: {len(self.needs):2} things, {self.minutes:3} minutes; {waits} ({said})"


class Quarter:
    """The whole of it."""

    def __init__(self, store: Store, settings: Settings, *, members: int, every_hours: float, size: int, seed: int,
                 rates: Rates = Rates()) -> None:  # fmt: skip
        self.store, self.settings, self.rates = store, settings, rates
        self.every_hours = every_hours
        self.random = random.Random(seed)
        self.now = START - WEEK  # a week in which everything is read for the first time
        self.runs = Counter[str]()
        self.sites = {f"member-{n:02}": self._site(f"member-{n:02}", size) for n in range(members)}
        self.ids: dict[str, int] = {}
        self.secretary = self._person("secretary@compact.example", Hat(Role.SECRETARIAT))
        self._open()
        self._schedule_events(members)

    # What is there at the start.

    def _site(self, slug: str, size: int) -> Site:
        site = Site(slug, self.random.randint(max(4, size // 2), size * 3 // 2), f"https://{slug}.example/jobs.rss")
        at = START - 6 * WEEK
        while at < START + 15 * WEEK:  # adverts stay for about three weeks
            site.lives.append((at, at + dt.timedelta(days=self.random.uniform(14, 28))))
            at += dt.timedelta(days=self.random.expovariate(site.size / 21))
        return site

    def _facts(self, site: Site, verified: dt.date | None) -> SourceFacts:
        return SourceFacts(
            site.slug, f"{site.slug} Council", "shipped", "feed", "f", f"https://{site.slug}.example",
            self.every_hours, Expectation(1, 4 * site.size + 10), verified, url=site.url,
        )  # fmt: skip

    def _open(self) -> None:
        a_year_ago = (START - 365 * DAY).date()
        self.registry: list[SourceFacts] = []
        for site in self.sites.values():
            verified = a_year_ago + dt.timedelta(days=self.random.randint(0, 364))  # as they were added, one by one
            self.registry.append(self._facts(site, verified))
        register(self.store, self.registry, {}, self.now)
        with self.store.writing() as session:
            for row in session.scalars(sa.select(Organisation)):
                known = self.random.random() >= self.rates.without_agreement
                row.member = row.listed = True
                row.agreed_on, row.takedown_contact = (START.date(), "hr@x.example") if known else (None, None)
                self.ids[row.slug.removesuffix("-council")] = row.id
        self.with_people = [slug for slug in self.sites if self.random.random() < self.rates.with_people]
        for slug in self.with_people:
            self._person(f"hr@{slug}.example", Hat(Role.EMPLOYER, self.ids[slug]))

    def _person(self, email: str, hat: Hat) -> Actor:
        with self.store.writing() as session:
            user = User(email=email, name=email, password="set", made_at=self.now)
            session.add(user)
            session.flush()
            session.add(Membership(user_id=user.id, role=hat.role, organisation_id=hat.organisation))
            return Actor(user.id, email, email, frozenset({hat}))

    # What will go wrong, and when.

    def _schedule_events(self, members: int) -> None:
        self.events: list[tuple[dt.datetime, Callable[[], None]]] = []
        rates, sites = self.rates, list(self.sites.values())
        for site in sites:
            self._faults(site, "outage", rates.outages, self._outage)
            self._faults(site, "cut_short", rates.cut_short, lambda: self.every_hours)
            self._faults(site, "emptied", rates.emptied, lambda: self.random.uniform(2, 24))
            for at in self._moments(rates.really_empty):
                self._end_adverts(site, at, 0.0, pause=self.random.uniform(14, 28))
            for at in self._moments(rates.campaigns):
                self._end_adverts(site, at, 0.35)
            for at in self._moments(rates.drives):
                site.lives += [(at, at + 21 * DAY)] * (4 * site.size + 12)
            for at in self._moments(rates.reports):
                self.events.append((at, lambda site=site: self._report(site)))
        scale = members / 48
        for site in self.random.sample(sites, max(1, round(rates.redesigns * scale))):
            at = START + self.random.random() * 12 * WEEK
            self.events.append((at, lambda site=site: setattr(site, "url", f"https://{site.slug}.example/new.rss")))
        for number in range(max(1, round(rates.newcomers * scale))):
            at = START + self.random.random() * 12 * WEEK
            self.events.append((at, lambda number=number: self._newcomer(number)))
        for number in range(round(rates.invitations * 3 * scale)):
            at = START + self.random.random() * 12 * WEEK
            self.events.append((at, lambda number=number: self._invite(number)))
        self.events.sort(key=lambda event: event[0])

    def _moments(self, a_month: float) -> Iterator[dt.datetime]:
        at = START - WEEK / 2
        while a_month and (at := at + dt.timedelta(days=self.random.expovariate(a_month / MONTH))) < START + 13 * WEEK:
            yield at

    def _faults(self, site: Site, kind: str, a_month: float, hours: Callable[[], float]) -> None:
        site.faults += [Fault(kind, at, at + hours() * HOUR) for at in self._moments(a_month)]

    def _outage(self) -> float:
        usual = self.random.random() < 0.9
        return self.random.uniform(*(self.rates.outage_hours if usual else self.rates.long_outage_hours))

    @staticmethod
    def _end_adverts(site: Site, at: dt.datetime, keep: float, pause: float = 0.0) -> None:
        """Let adverts end at that time, but that share of them; and none begin for `pause` days."""
        alive = site.adverts(at)
        for number in alive[int(len(alive) * keep) :]:
            site.lives[number] = (site.lives[number][0], at)
        again = at + dt.timedelta(days=pause)
        site.lives = [(max(start, again), end) if at < start < again else (start, end) for start, end in site.lives]

    def _report(self, site: Site) -> None:
        with self.store.reading() as session:
            mine = sa.select(Vacancy.id).where(
                Vacancy.organisation_id == self.ids[site.slug], Vacancy.status == Status.OPEN
            )
            found = session.scalars(mine.order_by(Vacancy.id.desc())).first()
        if found is None:
            return
        number = reports.report(self.store, found, self.random.choice(["pay", "closed", "link"]), "", self.now)
        if site.slug in self.with_people and self.random.random() < self.rates.answered:
            at = self.now + dt.timedelta(days=self.random.uniform(0.5, 6))
            self._later(at, lambda: self._close(number))

    def _close(self, number: int) -> None:
        reports.close(self.store, number, reports.Outcome.FIXED, self.secretary, self.now)

    def _later(self, at: dt.datetime, work: Callable[[], None]) -> None:
        self.events.append((at, work))
        self.events.sort(key=lambda event: event[0])

    def _newcomer(self, number: int) -> None:
        site = self.sites[f"new-{number}"] = self._site(f"new-{number}", 10)
        self.registry.append(self._facts(site, None))
        register(self.store, self.registry, {}, self.now)
        with self.store.reading() as session:
            self.ids[site.slug] = get(session, site.slug).organisation_id or 0

    def _invite(self, number: int) -> None:
        with self.store.writing() as session:
            hats = [Hat(Role.STEERING)]
            user = people.add_user(session, f"p{number}@compact.example", "P", hats, self.secretary, self.now)
            links.send_link(
                session, user, links.LinkPurpose.INVITATION, self.secretary, self.now, self.settings.public_url
            )
        if self.random.random() >= self.rates.unanswered:
            self._later(self.now + self.random.uniform(0.1, 6) * DAY, lambda: self._answers(user))

    def _answers(self, user: int) -> None:
        with self.store.writing() as session:
            people.keep_password(session, user, "set", "an invited person", self.now)

    # Time goes by.

    def live(self, weeks: int) -> list[Week]:
        """Let the first readings and that many weeks go by; what each Monday asked for."""
        done: list[Week] = []
        while self.now < START + weeks * WEEK:
            self._events_until_now()
            self._crawl()
            self._post()
            since = self.now - START
            if since >= dt.timedelta() and since % WEEK == DESK * HOUR:
                done.append(self._monday(len(done) + 1))
            self.now += HOUR
        return done

    def _events_until_now(self) -> None:
        while self.events and self.events[0][0] <= self.now:
            self.events.pop(0)[1]()

    def _crawl(self) -> None:
        with self.store.writing() as session:
            asked = session.scalars(sa.select(CrawlRequest).where(CrawlRequest.done_at.is_(None))).all()
            for request in asked:
                request.done_at = self.now
        late = due(self.store, self.now, 1000, self.sites)
        for slug in dict.fromkeys([*(request.about for request in asked), *late]):
            self._run(slug)

    def _run(self, slug: str) -> None:
        with self.store.reading() as session:
            facts = effective(get(session, slug))
        number = begin_run(self.store, slug, self.now)
        assert number is not None
        values = {"finished": True, "pages": 1, **self.sites[slug].answer(facts.url, self.now)}
        harvest = Harvest(source=slug, started=self.now, ended=self.now + dt.timedelta(seconds=2), **values)
        result = ingest(self.store, facts, harvest, number, self.now, normalise=_read, pause=lambda _: None)
        plan_next(self.store, slug, self.now)
        self.runs[result.status] += 1

    def _post(self) -> None:
        send_due(self.store, self.settings, self.now, self._mail_server)

    @contextmanager
    def _mail_server(self, _settings: Settings) -> Iterator[Quarter]:
        yield self

    def send(self, _message: EmailMessage) -> None:
        """Take a mail, or not."""
        if self.random.random() < self.rates.bounced:
            raise MailNotTakenError("550 no such person", for_good=True)

    # Monday morning.

    def _monday(self, number: int) -> Week:
        """Work through the list, and what turns up while doing so."""
        done: dict[tuple[NeedKind, str], Need] = {}
        while True:
            with self.store.reading() as session:
                week = this_week(session, self.settings, self.now)
            fresh = [need for need in week.needs if (need.kind, need.about) not in done]
            if not fresh:
                later = tuple(need for need in week.later if (need.kind, need.about) not in done)
                return Week(number, tuple(done.values()), later)
            for need in fresh:
                done[need.kind, need.about] = need
                self._act(need)
            self._crawl()  # what was asked for is read within a minute

    def _act(self, need: Need) -> None:
        """What the person does about it; a kind that nothing here could cause is a KeyError."""
        acts: dict[NeedKind, Callable[[str], None]] = {
            NeedKind.ADVERTS_REPORTED: self._answer_reports,
            NeedKind.CHECK_OVERDUE: self._compare,
            NeedKind.INVITATION_EXPIRED: self._take_back,
            NeedKind.MAIL_GIVEN_UP: self._leave_mail,
            NeedKind.MEMBERS_INCOMPLETE: self._record_agreements,
            NeedKind.SOURCE_EMPTY: self._accept_if_true,
            NeedKind.SOURCE_FAILING: self._correct_address,
            NeedKind.SOURCE_REFUSED: self._accept,
            NeedKind.SOURCE_UNVERIFIED: self._compare,
            NeedKind.SOURCES_UNREAD: self._correct_addresses,
        }
        acts[need.kind](need.about)

    def _compare(self, slug: str) -> None:
        steering.verify(self.store, slug, "ten titles, pay and dates", self.secretary, self.now)

    def _accept_if_true(self, slug: str) -> None:
        if not self.sites[slug].adverts(self.now):
            self._accept(slug)
        else:  # the employer's own page has jobs: have it read once more
            steering.ask_crawl(self.store, slug, self.secretary, self.now)

    def _leave_mail(self, _about: str) -> None:
        with self.store.reading() as session:
            given_up = session.scalars(sa.select(Mail.id).where(Mail.given_up_at.is_not(None))).all()
        for number in given_up:
            mailing.leave(self.store, number, self.secretary, self.now)

    def _correct_addresses(self, _about: str) -> None:
        hidden = sa.select(SourceRow.slug).where(SourceRow.public.is_(False), SourceRow.failures > 0)
        with self.store.reading() as session:
            slugs = session.scalars(hidden.order_by(SourceRow.slug)).all()
        for slug in slugs[:2]:
            self._correct_address(slug)

    def _correct_address(self, slug: str) -> None:
        with self.store.reading() as session:
            row = get(session, slug)
            now = tuning.in_force(row)
        if self.sites[slug].url == now.url:  # the right address, and nobody there: have it tried once more
            steering.ask_crawl(self.store, slug, self.secretary, self.now)
            return
        wanted = replace(tuning.typed(now), url=self.sites[slug].url)
        retuning.change(self.store, slug, wanted, tuning.mark(now), self.secretary, self.now)

    def _accept(self, slug: str) -> None:
        with self.store.reading() as session:
            newest = newest_ended(session, slug)
        assert newest is not None
        steering.accept_count(self.store, slug, newest.id, self.secretary, self.now)

    def _answer_reports(self, slug: str) -> None:
        with self.store.reading() as session:
            found = reports.open_reports(session)
        for report in found:
            if (report.slug or "") == slug:
                self._close(report.number)

    def _take_back(self, _about: str) -> None:
        with self.store.writing() as session:
            mine = sa.select(AccountLink.user_id).join(User, User.id == AccountLink.user_id)
            late = mine.where(User.password.is_(None), User.disabled_at.is_(None), AccountLink.expires <= self.now)
            for user in set(session.scalars(late)):
                people.disable(session, user, self.secretary, self.now)

    def _record_agreements(self, _about: str) -> None:
        with self.store.writing() as session:
            open_ = sa.select(Organisation).where(Organisation.member.is_(True), Organisation.agreed_on.is_(None))
            for row in session.scalars(open_.order_by(Organisation.id).limit(2)).all():
                row.agreed_on, row.agreed_by, row.takedown_contact = self.now.date(), "HR", "hr@x.example"
                audit.record(session, Tag.MEMBER_AGREEMENT_SET, self.secretary, row.slug, self.now, organisation=row.id)


def _read(posting: Posting, facts: SourceFacts, _now: dt.datetime) -> Draft:
    return Draft(posting.title or "", employer=facts.organisation)
