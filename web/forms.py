"""The search form as its templates want it: filter groups, choices, sorts, chips and pages, made from a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from clearinghouse.search.criteria import DEFAULT_RADIUS, Chosen, Criteria
from clearinghouse.search.parameters import NOT_STATED, PARAMETERS, PAY_PERIODS, SORTS, Facet
from clearinghouse.search.reading import plain_number
from web.paging import Paging, around

RADII = (1, 3, 5, 10, 15, 20, 30, 50)  # miles
DAYS = (1, 3, 7, 14, 28)
HOURS = (8, 16, 20, 25, 30, 35)  # a week
SALARIES = (15_000, 20_000, 25_000, 30_000, 40_000, 50_000, 70_000)  # pounds a year
CHOICES = (
    ("salary_min", "Pay a year in the advert, at least", SALARIES, "£{:,}"),
    ("hours_min", "Hours a week, at least", HOURS, "{}"),
    ("hours_max", "Hours a week, at most", HOURS, "{}"),
    ("closing_within", "Closes within", DAYS, "{} days"),
    ("posted_within", "Posted in the last", DAYS, "{} days"),
)
LISTED = 30  # values of a filter; a longer list stands whole only where somebody asks for it
WHOLE = "show"  # the page's own parameter that asks for it; no part of a search
IN_THE_FORM = frozenset(
    {"q", "as_typed", "location", "radius", "include_unstated", "page", "pay_min", "pay_per"}
    | {choice[0] for choice in CHOICES}
    | {parameter.name for parameter in PARAMETERS}
)


@dataclass(frozen=True)
class Group:
    """One filter: a checkbox for each value. `picked` of them are chosen; `open` shows them at once.

    `more` are the values left out of a long list, and `whole` the address of the page that has them too.
    """

    parameter: str
    label: str
    facets: tuple[Facet, ...]
    picked: int
    open: bool
    more: int = 0
    whole: str = ""


@dataclass(frozen=True)
class Option:
    """One line of a drop-down list."""

    value: str
    text: str
    selected: bool


@dataclass(frozen=True)
class Choice:
    """A filter of which one value counts, as a drop-down list."""

    parameter: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Link:
    """A link with its words; the one that is in force says so. Without `href`: a gap between pages."""

    label: str
    href: str | None
    chosen: bool


def href(criteria: Criteria, path: str = "/vacancies") -> str:
    """The address of that search."""
    query = urlencode(criteria.to_query())
    return f"{path}?{query}" if query else path


def groups(criteria: Criteria, facets: Mapping[str, tuple[Facet, ...]], whole: str = "") -> tuple[Group, ...]:
    """The filters that could make a difference: those with a value besides `not_stated`, and those in use.

    Of a long one the most frequent values, and all that are chosen; every value of the filter `whole`.
    """
    made = (_group(criteria, p.name, p.label, facets.get(p.name, ()), whole) for p in PARAMETERS)
    return tuple(group for group in made if group.picked or any(f.value != NOT_STATED for f in group.facets))


def _group(criteria: Criteria, name: str, label: str, facets: tuple[Facet, ...], whole: str) -> Group:
    chosen = criteria.selected(name)
    every = name == whole
    listed = tuple(f for n, f in enumerate(facets) if every or n < LISTED or f.chosen or f.value == NOT_STATED)
    more = len(facets) - len(listed)
    pairs = [*criteria.to_query(), (WHOLE, name)] if more else []
    address = f"/vacancies?{urlencode(pairs)}#filter-{name}"
    return Group(name, label, listed, len(chosen), bool(chosen) or every, more, address)


def choices(criteria: Criteria) -> tuple[Choice, ...]:
    """The drop-down filters; a value of the address that is not on the list is added to it."""
    return tuple(_choice(name, label, values, form, getattr(criteria, name)) for name, label, values, form in CHOICES)


def _choice(name: str, label: str, values: Iterable[int], form: str, current: Decimal | int | None) -> Choice:
    known = sorted({*map(Decimal, values), *((Decimal(current),) if current is not None else ())})
    options = [Option("", "Any", selected=current is None)]
    options += [Option(plain_number(v), _days(form, v), selected=v == current) for v in known]
    return Choice(name, label, tuple(options))


def _days(form: str, value: Decimal) -> str:
    shown = form.format(int(value) if value == value.to_integral_value() else value)
    return shown.removesuffix("s") if shown == "1 days" else shown


def pay_periods(criteria: Criteria) -> tuple[Option, ...]:
    """What a sum of pay for the job's own hours may be for."""
    return tuple(Option(value, text, selected=value == criteria.pay_per) for value, text in PAY_PERIODS.items())


def radii(criteria: Criteria) -> tuple[Option, ...]:
    """The distances to choose from."""
    current = criteria.radius if criteria.location else DEFAULT_RADIUS
    every = ((plain_number(miles), miles) for miles in sorted({*map(Decimal, RADII), current}))
    return tuple(Option(text, f"{text} mile{'' if miles == 1 else 's'}", miles == current) for text, miles in every)


def carried(criteria: Criteria) -> tuple[tuple[str, str], ...]:
    """What the address asks for that the form has no field for, to be sent along unseen."""
    return tuple(pair for pair in criteria.to_query() if pair[0] not in IN_THE_FORM)


def sorts(criteria: Criteria) -> tuple[Link, ...]:
    """The orders that make sense for this search."""
    possible = [name for name in SORTS if _sensible(criteria, name)]
    return tuple(Link(SORTS[n], href(criteria.replace(sort=n)), chosen=n == criteria.order) for n in possible)


def _sensible(criteria: Criteria, sort: str) -> bool:
    return not (sort == "relevance" and not criteria.q) and not (sort == "distance" and not criteria.location)


def chips(chosen: Iterable[Chosen]) -> tuple[Link, ...]:
    """What was asked for beside words and place, each with the address of the search without it."""
    return tuple(Link(one.label, href(one.without), chosen=True) for one in chosen if one.parameter not in ("q",))


def cleared(criteria: Criteria) -> str:
    """The address of the search with its words and place alone."""
    kept = Criteria(q=criteria.q, as_typed=criteria.as_typed, location=criteria.location, radius=criteria.radius)
    return href(kept)


def paging(criteria: Criteria, total: int) -> Paging:
    """The pages of that many results: the first, the last and those around this one."""
    last = max(1, -(-total // criteria.per_page))
    return around(criteria.page, last, lambda number: href(criteria.replace(page=number)))
