"""A saved search in words, as messages and pages say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts.models import Organisation
from clearinghouse.search.criteria import Chosen, Criteria
from clearinghouse.search.reading import plain_number

Labels = Mapping[str, Mapping[str, str]]
IN_THE_SENTENCE = frozenset({"q", "location"})
EVERY_JOB = "every job"


def in_words(criteria: Criteria) -> str:
    """The words and the place of a search on one line: “care assistant” within 5 miles of Mansfield."""
    parts = [f"“{criteria.q}”"] if criteria.q else []
    if criteria.location:
        miles = f"{plain_number(criteria.radius)} mile{'' if criteria.radius == 1 else 's'}"
        parts.append(
            f"within {miles} of {criteria.location}" if parts else f"jobs within {miles} of {criteria.location}"
        )
    return " ".join(parts) or EVERY_JOB


def chips(criteria: Criteria, labels: Labels) -> tuple[str, ...]:
    """Its filters in words."""
    found = [one.label for one in chosen(criteria, labels)]
    return (*found, "And jobs that don't say") if criteria.include_unstated and found else tuple(found)


def chosen(criteria: Criteria, labels: Labels) -> tuple[Chosen, ...]:
    """Its filters, one chip each."""
    return tuple(one for one in criteria.chosen(labels) if one.parameter not in IN_THE_SENTENCE)


def employers(session: Session) -> Labels:
    """What every employer is called."""
    return {
        "employer": {row.slug: row.name for row in session.execute(sa.select(Organisation.slug, Organisation.name))}
    }


def labels(session: Session, criteria: Iterable[Criteria]) -> Labels:
    """What the employers that these searches name are called; one query, none where they name none."""
    slugs = {slug for each in criteria for slug in each.employer}
    if not slugs:
        return {}
    rows = session.execute(sa.select(Organisation.slug, Organisation.name).where(Organisation.slug.in_(slugs)))
    return {"employer": {row.slug: row.name for row in rows}}
