"""A search by looking at every vacancy in turn: slow, plain, and written without a look at the real one's ways."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from clearinghouse.search.asking import Ask, Asked, asked
from clearinghouse.search.criteria import Criteria
from clearinghouse.search.parameters import FLAGS
from clearinghouse.search.pay import pay
from clearinghouse.search.words import analyser, plain
from clearinghouse.vacancies.visible import PUBLIC, Showing, Visible

SINGLE = ("kind", "contract", "occupation", "dbs", "remote", "apprenticeship_level", "experience", "driving")
FACETED = (*SINGLE, "min_age", "employer", "district", "pattern", "when", "level", "flag")
LATE = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Made:
    """One publication of the test's own."""

    key: int
    doc: Mapping[str, Any]
    showing: Showing


def values(doc: Mapping[str, Any], name: str) -> set[str]:
    """What the document states of a faceted parameter."""
    if name == "employer":
        return {doc["employer"]["slug"]} if doc["employer"] else set()
    if name == "district":
        return {place["district"] for place in doc["places"] if place["district"]}
    if name in ("pattern", "when"):
        return set(doc[name])
    if name == "min_age":
        return set() if doc["min_age"] is None else {"16" if doc["min_age"] < 17 else "18"}
    if name == "flag":
        return {flag for flag in doc["flags"] if flag in FLAGS}
    stated = doc["level"]["essential"] if name == "level" else doc[name]
    return set() if stated is None else {str(stated)}


def miles(doc: Mapping[str, Any], latitude: float, longitude: float) -> float | None:
    """To the nearest place; None when none has a position."""
    found = []
    for place in doc["places"]:
        if place["latitude"] is not None:
            a, b, c, d = map(math.radians, (latitude, longitude, place["latitude"], place["longitude"]))
            h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
            found.append(2 * 3958.7613 * math.asin(math.sqrt(h)))
    return min(found, default=None)


def time(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def runs(text: list[str], stems: tuple[str, ...]) -> bool:
    """Whether the stems stand one after the other."""
    return any(tuple(text[at : at + len(stems)]) == stems for at in range(len(text)))


def has(texts: list[list[str]], ask: Ask) -> bool:
    """Whether an advert's title, employer and description have what is asked for, or a synonym of it."""
    own = (
        any(runs(text, ask.stems) for text in texts)
        if ask.phrase
        else set(ask.stems) <= {*texts[0], *texts[1], *texts[2]}
    )
    return own or any(runs(text, each.stems) for each in ask.synonyms for text in texts[: 1 if each.titles else 3])


def texts(doc: Mapping[str, Any]) -> list[list[str]]:
    """The stems of its title, its employer's name and its description."""
    employer = doc["employer"]["name"] if doc["employer"] else ""
    return [analyser().analyze(plain(text or "")) for text in (doc["title"], employer, doc["description_text"])]


def all_of(fields: list[list[str]], wanted: Asked, asks: Iterable[Ask]) -> bool:
    """Whether an advert has all of these, and nothing that isn't wanted."""
    unwanted = any(runs(text, stems) for stems in wanted.without for text in fields[:2])
    return not unwanted and all(has(fields, each) for each in asks)


class BruteForce:
    """All publications, and one place that `location` may name."""

    def __init__(self, every: list[Made], places: Mapping[str, tuple[float, float]]) -> None:
        self.every = every
        self.places = places

    def matches(self, criteria: Criteria, visible: Visible) -> list[Made]:
        seen = [each for each in self.every if visible.sees(each.showing)]
        tests = [*self._tests(criteria, visible.now), self._words(criteria, visible.now)]
        return [each for each in seen if all(test(each.doc) for test in tests)]

    def _words(self, criteria: Criteria, now: dt.datetime) -> Callable[[Mapping[str, Any]], bool]:
        wanted = asked(criteria.q)
        asks = self.asks(criteria.q, now) if not criteria.as_typed else wanted.asks
        return lambda doc: all_of(texts(doc), wanted, asks)

    @lru_cache(maxsize=64)  # noqa: B019  the tests' one world
    def asks(self, q: str, now: dt.datetime) -> tuple[Ask, ...]:
        """What an advert has to have: not all words where hardly anything that everyone sees has them."""
        wanted = asked(q)
        loose, quoted = wanted.asks[: wanted.loose], wanted.asks[wanted.loose :]
        public = [texts(each.doc) for each in self.every if Visible(PUBLIC, now).sees(each.showing)]
        every = [each for each in public if all_of(each, wanted, wanted.asks)]
        named = any(all(has([title, employer, []], ask) for ask in wanted.asks) for title, employer, _ in public)
        if len(loose) < 2 or len(every) >= 5 or (every and named):
            return wanted.asks
        tried = [ask for ask in loose[:8] if not "".join(ask.stems).isdigit()]
        titles = {ask: n for ask in tried if (n := sum(has([t, [], []], ask) for t, _, _ in public))}
        titles = {ask: n for ask, n in titles.items() if len(ask.stems) > 1 and not ask.phrase} or titles
        fit = [ask for ask, n in titles.items() if n <= 20 * min(titles.values())]
        kept = (*fit[-1:], *quoted)
        more = fit and sum(all_of(each, wanted, kept) for each in public) > len(every)
        return kept if more else wanted.asks

    def _tests(self, criteria: Criteria, now: dt.datetime) -> list[Callable[[Mapping[str, Any]], bool]]:
        loose = criteria.include_unstated
        tests: list[Callable[[Mapping[str, Any]], bool]] = []
        for name in FACETED:
            wanted = set(getattr(criteria, name))
            if wanted:
                tests.append(lambda doc, name=name, wanted=wanted: self._one_of(doc, name, wanted, loose=loose))
        asked: list[tuple[Any, Callable[[Mapping[str, Any]], Any], Callable[[Any], bool]]] = [
            (criteria.hours_min, self._hours, lambda hours: hours >= criteria.hours_min),
            (criteria.hours_max, self._hours, lambda hours: hours <= criteria.hours_max),
            (criteria.salary_min, self._annual, lambda pounds: pounds >= criteria.salary_min),
            (criteria.pay_min, lambda doc: self._pay(doc, criteria.pay_per), lambda pay: pay >= criteria.pay_min),
            (criteria.closing_within, self._day("closes_at", now), lambda day: day <= criteria.closing_within),
            (criteria.posted_within, self._day("posted_at", now), lambda day: -day <= criteria.posted_within),
            (self.places.get(criteria.location), self._far(criteria), lambda far: far <= float(criteria.radius)),
        ]
        for wanted, read, test in asked:
            if wanted is not None:
                tests.append(self._number(read, test, loose=loose))
        return tests

    @staticmethod
    def _one_of(doc: Mapping[str, Any], name: str, wanted: set[str], *, loose: bool) -> bool:
        stated = values(doc, name)
        if not stated and name != "flag":
            return loose or "not_stated" in wanted
        return bool(stated & wanted)

    @staticmethod
    def _hours(doc: Mapping[str, Any]) -> Decimal | None:
        return Decimal(doc["hours_per_week"]) if doc["hours_per_week"] else None

    @staticmethod
    def _annual(doc: Mapping[str, Any]) -> Decimal | None:
        salary = doc["salary"] or {}
        figure = salary.get("annual_maximum") or salary.get("annual_minimum")
        return Decimal(figure) if figure else None

    @staticmethod
    def _pay(doc: Mapping[str, Any], per: str) -> Decimal | None:
        pence = getattr(pay(doc), per)
        return None if pence < 0 else Decimal(pence) / 100

    @staticmethod
    def _number(
        read: Callable[[Mapping[str, Any]], Any], test: Callable[[Any], bool], *, loose: bool
    ) -> Callable[[Mapping[str, Any]], bool]:
        return lambda doc: loose if read(doc) is None else test(read(doc))

    @staticmethod
    def _day(name: str, now: dt.datetime) -> Callable[[Mapping[str, Any]], int | None]:
        """How many days in London from `now` to that time."""

        def read(doc: Mapping[str, Any]) -> int | None:
            at = time(doc[name])
            return None if at is None else (at.astimezone(LONDON).date() - now.astimezone(LONDON).date()).days

        return read

    def _far(self, criteria: Criteria) -> Callable[[Mapping[str, Any]], float | None]:
        return lambda doc: miles(doc, *self.places[criteria.location])

    def order(self, criteria: Criteria, found: list[Made]) -> list[int]:
        """The keys in order: of every sort but relevance."""

        def rank(each: Made) -> tuple[Any, ...]:
            doc, key = each.doc, each.key
            if criteria.order == "closing":
                return (time(doc["closes_at"]) or LATE, key)
            if criteria.order == "salary":
                annual = (doc["salary"] or {}).get("annual_maximum")
                return (annual is None, -Decimal(annual or 0), -key)
            if criteria.order == "distance" and criteria.location in self.places:
                far = miles(doc, *self.places[criteria.location])
                return (far is None or far > float(criteria.radius), far or 0.0, key)
            newest = time(doc["posted_at"]) or time(doc["first_seen"])
            assert newest
            return (-newest.timestamp(), -key)

        return [each.key for each in sorted(found, key=rank)]

    def facets(self, criteria: Criteria, visible: Visible) -> dict[str, dict[str, int]]:
        """By parameter and value, the totals of the searches that the facets promise; none of those that are 0."""
        return {name: self._facet(criteria, visible, name) for name in FACETED}

    def _facet(self, criteria: Criteria, visible: Visible, name: str) -> dict[str, int]:
        without = self.matches(dataclasses.replace(criteria, **{name: ()}), visible)
        counted = Counter(value for each in without for value in values(each.doc, name))
        unstated = sum(1 for each in without if not values(each.doc, name))
        if name == "flag":
            return dict(counted)
        if criteria.include_unstated and unstated:
            everything = {v for each in self.every if visible.sees(each.showing) for v in values(each.doc, name)}
            # chosen ones are listed too
            everything |= {value for value in criteria.selected(name) if value != "not_stated"}
            counted = Counter({value: counted[value] + unstated for value in everything})
        return dict(counted) | ({"not_stated": unstated} if unstated else {})
