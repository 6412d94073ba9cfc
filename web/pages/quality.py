"""How well the sources are read: all of them in one table, and as a file."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from clearinghouse.accounts.permissions import can_see_quality
from clearinghouse.ingest import quality_table
from clearinghouse.ingest.quality_table import KEY, Line, Order
from clearinghouse.reporting.formats import Format, written
from clearinghouse.reporting.table import Report
from clearinghouse.vacancies.draft import LONDON
from web import deps
from web.paging import part
from web.staff import requires
from web.templating import render

PATH = "/operations/quality"
ORDERS = tuple((one.value, one.label) for one in Order)
BY_FIELD = tuple((field.value, f"{field.label}, least first") for field in KEY)

router = APIRouter()


@router.get(PATH, dependencies=[requires(can_see_quality)])
def quality(request: Request, sort: str = "", page: str = "1") -> Response:
    """Each source's share of adverts with a value, by field, and how that has changed."""
    orders = (*ORDERS, *BY_FIELD)
    sort = sort if sort in dict(orders) else Order.WORST.value
    found = quality_table.in_order(_lines(request), sort)
    asked = {"sort": "" if sort == Order.WORST else sort}
    listed = part(found, page, PATH, asked)
    return render(
        request,
        "quality.html",
        title=f"How well adverts are read{listed.place}",
        listed=listed,
        sort=sort,
        orders=orders,
        fields=KEY,
    )


@router.get(f"{PATH}.csv", dependencies=[requires(can_see_quality)])
def as_file(request: Request) -> Response:
    """The same with every field, for a spreadsheet."""
    lines = quality_table.in_order(_lines(request), Order.NAME)
    report = Report("Quality", deps.now(request), (), (quality_table.table(lines),))
    headers = {"Content-Disposition": 'attachment; filename="quality.csv"'}
    return Response(written(report, Format.CSV), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(request: Request) -> list[Line]:
    with deps.reading(request) as session:
        return quality_table.lines(session, deps.now(request).astimezone(LONDON).date())
