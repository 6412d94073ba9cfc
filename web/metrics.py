"""Totals for a monitoring system, in Prometheus' text format: of public things only (design rules 6 and 11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy.orm import Session

from clearinghouse.publish.models import Publication
from clearinghouse.vacancies.models import Opening, SourceRow
from clearinghouse.vacancies.visible import Visible
from web.deps import reading, site, to_all
from web.security import is_for_staff

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds

router = APIRouter()


class Requests:
    """The requests that this process answered, staff pages left out: their numbers would tell what staff look at."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answered = Counter(
            "clearinghouse_http_requests", "Answers on public pages", ["status"], registry=self.registry
        )
        self._seconds = Histogram(
            "clearinghouse_http_request_seconds", "Time to answer", buckets=BUCKETS, registry=self.registry
        )

    def count(self, path: str, status: int, seconds: float) -> None:
        """Count one answer."""
        if is_for_staff(path):
            return
        self._answered.labels(f"{status // 100}xx").inc()
        self._seconds.observe(seconds)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """What a monitoring system reads."""
    current = site(request).reader.current()
    with reading(request) as session:
        totals = list(public_totals(session, to_all(request), current.built_at if current else None))
    registry = CollectorRegistry()
    registry.register(_Ready(totals))
    requests: Requests = request.app.state.requests
    text = generate_latest(registry) + generate_latest(requests.registry)
    return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


class _Ready:
    """A collector of totals that are there already."""

    def __init__(self, totals: list[GaugeMetricFamily]) -> None:
        self.totals = totals

    def collect(self) -> list[GaugeMetricFamily]:
        """The totals."""
        return self.totals


def public_totals(session: Session, view: Visible, built_at: dt.datetime | None) -> Iterator[GaugeMetricFamily]:
    """The totals of what the public can see at this moment; times are seconds since 1970."""
    seen = view.sql(Publication, Opening)
    live, employers = session.execute(
        sa.select(sa.func.count(), sa.func.count(Publication.organisation_id.distinct())).where(seen)
    ).one()
    yield GaugeMetricFamily("clearinghouse_vacancies", "Vacancies open to the public", live)
    yield GaugeMetricFamily("clearinghouse_employers", "Employers with such a vacancy", employers)
    shown = sa.select(SourceRow.slug, SourceRow.last_good_run).where(SourceRow.public, ~SourceRow.retired)
    sources = session.execute(shown.order_by(SourceRow.slug)).all()
    yield GaugeMetricFamily("clearinghouse_sources", "Sources shown to the public", len(sources))
    read = GaugeMetricFamily("clearinghouse_source_read_timestamp_seconds", "Last good run", labels=["source"])
    for source in sources:
        if source.last_good_run:
            read.add_metric([source.slug], source.last_good_run.timestamp())
    yield read
    if built_at:
        yield GaugeMetricFamily(
            "clearinghouse_index_timestamp_seconds", "Age of the search index", built_at.timestamp()
        )
