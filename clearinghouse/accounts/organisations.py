"""Organisations by name: members that a person listed, and employers that only an advert names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.dialect import insert_missing

LONGEST = 80  # characters of a slug


@dataclass(frozen=True)
class Entry:
    """An organisation that a person put on the list."""

    name: str
    type: str | None = None
    area: str | None = None
    homepage: str | None = None
    recruitment_url: str | None = None
    member: bool = True
    listed: bool = True


def slug_of(name: str) -> str:
    """The normalised name, as it stands in URLs: equal slugs are the same organisation.

    Case, accents, punctuation, a leading "The" and "&" for "and" make no difference. Long ones are cut and get a hash.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", plain.replace("&", " and ").replace("'", ""))
    slug = "-".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
    if 0 < len(slug) <= LONGEST:
        return slug
    mark = hashlib.sha256(name.strip().casefold().encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug[: LONGEST - 9].rstrip('-') or 'employer'}-{mark}"


def register(session: Session, entries: Iterable[Entry]) -> None:
    """Put `entries` on the list; what an advert had created unlisted under the same name becomes the listed one.

    Links that a person has set stay (design rule 10).
    """
    for entry in entries:
        organisation = _get(session, entry.name)
        if organisation is None:
            organisation = Organisation(slug=slug_of(entry.name), name=entry.name)
            session.add(organisation)
        organisation.name = " ".join(entry.name.split())
        theirs = () if organisation.links_set_at else ("homepage", "recruitment_url")
        for field in ("type", "area", *theirs):
            setattr(organisation, field, getattr(entry, field) or getattr(organisation, field))
        organisation.member = entry.member
        organisation.listed = entry.listed
        session.flush()


def find_or_create(session: Session, name: str) -> int:
    """The id of the organisation called `name`, made now, unlisted, when there is none."""
    return find_or_create_all(session, {name})[name]


def find_all(session: Session, names: Collection[str]) -> dict[str, int]:
    """Ids by name, of those of `names` that are known."""
    slugs = {name: slug_of(name) for name in names}
    rows = session.execute(
        sa.select(Organisation.slug, Organisation.id).where(Organisation.slug.in_(set(slugs.values())))
    )
    ids = {row.slug: row.id for row in rows}
    return {name: ids[slug] for name, slug in slugs.items() if slug in ids}


def find_or_create_all(session: Session, names: Collection[str]) -> dict[str, int]:
    """Ids by name, unknown ones made now, unlisted."""
    found = find_all(session, names)
    missing = {slug_of(name): " ".join(name.split()) for name in sorted(set(names) - set(found))}
    if missing:
        rows = [
            {"slug": slug, "name": name, "member": False, "listed": False} for slug, name in sorted(missing.items())
        ]
        insert_missing(session, Organisation, rows)
        found = find_all(session, names)
    return found


def _get(session: Session, name: str) -> Organisation | None:
    return session.scalar(sa.select(Organisation).where(Organisation.slug == slug_of(name)))
