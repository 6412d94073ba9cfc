"""Every employer with what we read of it: how many vacancies are open, and how fresh we are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.accounts.successions import Heir, Heirs, heirs
from clearinghouse.publish.models import Publication
from clearinghouse.publish.promises import listed
from clearinghouse.vacancies.draft import LONDON
from clearinghouse.vacancies.models import Opening, SourceRow
from clearinghouse.vacancies.visible import Visible


@dataclass(frozen=True)
class Forebear:
    """An organisation whose work another does since that day."""

    slug: str
    name: str
    since: dt.date


@dataclass(frozen=True)
class Employer:
    """One organisation of the directory.

    `live` counts the vacancies that the audience can see now. `sources` are the slugs that we read for it, `shown`
    says that at least one of them is shown to everyone, `last_read` is the last good run of those, None = not yet;
    `failing` that none of them could be read properly the last time, `paused` that a person stopped them all.
    `link_checked` is when its recruitment page last answered well. `reuse` is its own word on what others may do with
    its adverts, None = it gave none; `licence` names the open licence. `heirs` do its work by now, none = itself;
    `forebears` are those whose work it does. Theirs, and those of all of them, count in `live`, as a search finds them.
    `promises` are what it promises everyone who applies.
    """

    slug: str
    name: str
    type: str | None
    area: str | None
    homepage: str | None
    recruitment_url: str | None
    member: bool
    listed: bool
    link_checked: dt.datetime | None
    live: int
    sources: tuple[str, ...] = ()
    shown: bool = False
    last_read: dt.datetime | None = None
    failing: bool = False
    paused: bool = False
    reuse: str | None = None
    licence: str | None = None
    heirs: tuple[Heir, ...] = ()
    forebears: tuple[Forebear, ...] = ()
    promises: Sequence[Mapping[str, str]] = ()


def employers(session: Session, visible: Visible) -> tuple[Employer, ...]:
    """Every listed organisation, and every other that has a vacancy open to this audience; by name; four queries."""
    everyone = _employers(session, visible, sa.true(), heirs(session))
    return tuple(employer for employer in everyone if _has_page(employer))


def employer(session: Session, slug: str, visible: Visible, known: Heirs | None = None) -> Employer | None:
    """The employer of that slug; None for an unknown one, and for one that only unseen adverts name.

    `known` are the successions as the search has them, None = as they stand in the store.
    """
    for found in _employers(session, visible, Organisation.slug == slug, known or heirs(session)):
        return found if _has_page(found) else None
    return None


def _has_page(found: Employer) -> bool:
    return found.listed or found.member or found.live > 0 or bool(found.heirs)


def _employers(session: Session, visible: Visible, which: sa.ColumnElement[bool], known: Heirs) -> Iterable[Employer]:
    day = visible.now.astimezone(LONDON).date()
    rows = session.scalars(sa.select(Organisation).where(which).order_by(sa.func.lower(Organisation.name))).all()
    related = {other for row in rows for other in known.family(row.id, day)} & known.concerned
    wanted = sa.select(Organisation.id).where(which | Organisation.id.in_(related))
    counted = (
        sa.select(Publication.organisation_id, sa.func.count())
        .where(Publication.organisation_id.in_(wanted), visible.sql(Publication, Opening))
        .group_by(Publication.organisation_id)
    )
    live: dict[int | None, int] = {row[0]: row[1] for row in session.execute(counted)}
    sources: dict[int | None, list[SourceRow]] = {}
    current = sa.select(SourceRow).where(SourceRow.organisation_id.in_(wanted), SourceRow.retired.is_(False))
    for source in session.scalars(current.order_by(SourceRow.slug)):
        sources.setdefault(source.organisation_id, []).append(source)
    for row in rows:
        family = known.family(row.id, day)
        found = _employer(row, sum(live.get(each, 0) for each in family), sources.get(row.id, []))
        before = tuple(Forebear(*each) for each in known.told(known.forebears(row.id, day)))
        yield replace(found, heirs=known.of(row.id, day), forebears=before) if row.id in known.concerned else found


def _employer(row: Organisation, live: int, sources: list[SourceRow]) -> Employer:
    shown = [source for source in sources if source.public]
    return Employer(
        slug=row.slug,
        name=row.name,
        type=row.type,
        area=row.area,
        homepage=row.homepage,
        recruitment_url=row.recruitment_url,
        member=row.member,
        listed=row.listed,
        link_checked=row.link_checked,
        live=live,
        sources=tuple(source.slug for source in shown),
        shown=bool(shown),
        last_read=max((source.last_good_run for source in shown if source.last_good_run), default=None),
        failing=bool(shown) and all(source.failures for source in shown),
        paused=bool(shown) and all(source.paused for source in shown),
        reuse=row.terms,
        licence=row.licence,
        promises=listed(row.promises),
    )
