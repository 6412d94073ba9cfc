"""What the rows of an advert and of its vacancy hold. Pure but for the ids, which are random."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from clearinghouse.ingest.decide import Action
from clearinghouse.ingest.plan import Write
from clearinghouse.vacancies.draft import Draft
from clearinghouse.vacancies.vocabulary import Status

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
AFTER = {Action.UNCONFIRM: Status.UNCONFIRMED, Action.WITHDRAW: Status.WITHDRAWN}


@dataclass(frozen=True)
class Batch:
    """The writes of one transaction, and for which run of which source."""

    source: str
    number: int
    now: dt.datetime
    writes: tuple[Write, ...]


def public_id() -> str:
    """A new public id: 10 random characters of base 32."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def draft_json(draft: Draft) -> dict[str, Any]:
    """The draft as a vacancy keeps it."""
    return draft.as_json() | {"description_html": draft.description_html}


def status_of(sightings: Collection[Status], draft: Mapping[str, Any], closes_at: dt.datetime | None) -> Status:
    """A vacancy's status: the best of its adverts'. Closed only where the advert says so without a closing time."""
    if Status.OPEN in sightings or Status.UNCONFIRMED in sightings:
        if draft.get("status") == Status.CLOSED and closes_at is None:
            return Status.CLOSED
        return Status.OPEN if Status.OPEN in sightings else Status.UNCONFIRMED
    return Status.WITHDRAWN


def shown(draft: Mapping[str, Any]) -> dict[str, Any]:
    """What people see of a draft; whether it is closed follows from its closing time, which passes by itself."""
    return {name: value for name, value in draft.items() if name != "status"}


def changed_sighting(batch: Batch, write: Write) -> dict[str, Any]:
    """The columns of a known advert that the write alters."""
    decision = write.decision
    assert decision.known is not None  # noqa: S101 - for mypy: the caller took only those
    values: dict[str, Any] = {
        "id": decision.known.id,
        "missed": decision.missed,
        "gone": decision.gone,
        "status": AFTER.get(decision.action, Status.OPEN),
    }
    if write.advert:
        values |= {"last_seen": batch.now, "run": batch.number}
    if write.advert and decision.action is not Action.TOUCH:
        values |= _words(write)
    return values


def new_sighting(batch: Batch, write: Write, vacancy: int) -> dict[str, Any]:
    """The row of an advert that stands for that vacancy."""
    return {
        "vacancy_id": vacancy,
        "source": batch.source,
        "key": write.decision.key,
        "first_seen": batch.now,
        "last_seen": batch.now,
        "run": batch.number,
        "status": Status.OPEN,
        **_words(write),
    }


def new_vacancy(write: Write, now: dt.datetime) -> dict[str, Any]:
    """The row of a vacancy that nobody else advertises; its public id is the caller's."""
    values = led_by(write)
    status = status_of([Status.OPEN], values["draft"], values["closes_at"])
    return values | {"status": status, "first_seen": now, "updated": now}


def led_by(write: Write) -> dict[str, Any]:
    """The columns of a vacancy that the draft of its leading advert decides, and its employer."""
    assert write.draft is not None  # noqa: S101 - for mypy: the callers took only those
    return {"organisation_id": write.organisation_id, **read_as(write.draft)}


def read_as(draft: Draft) -> dict[str, Any]:
    """The columns of a vacancy that the draft alone decides."""
    return {"title": draft.title, "draft": draft_json(draft), "closes_at": draft.closes_at}


def _words(write: Write) -> dict[str, Any]:
    assert write.advert is not None  # noqa: S101 - for mypy: the callers took only those
    advert = write.advert
    return {
        "url": advert.url,
        "target": advert.target,
        "posting": advert.posting.as_json(),
        "digest": advert.digest,
        "reading": advert.reading,
    }
