"""How simulated adverts write their pay: the real scales of 2026, in the many ways that real adverts put them.

Part-year pay is rounded play data, not a payroll.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crawlers.partners.scales import AFC, LEADERSHIP, MAIN, NJC, UPPER, WEEKS


@dataclass(frozen=True)
class Pay:
    """An advert's words for its pay (None = it says nothing), and the sums in pounds that its site holds as data."""

    text: str | None
    minimum: float | None = None
    maximum: float | None = None
    unit: str = "YEAR"


@dataclass(frozen=True)
class Deal:
    """What a scheme needs to write a pay: the rest of its entry in roles.tsv, the share of full time, the chances."""

    rest: str
    share: float
    rng: random.Random


def pay(scheme: str, share: float, rng: random.Random) -> Pay:
    """The pay of a post on `scheme` (roles.tsv) for `share` of full-time hours, in one of the ways adverts write it."""
    name, _, rest = scheme.partition(":")
    return _SCHEMES[name](Deal(rest, share, rng))


def _range(low: float, high: float, rng: random.Random) -> str:
    if low == high:
        return rng.choice((f"£{low:,.0f} per annum", f"£{low:,.0f}", f"£{low:.2f}", f"£{low:,.0f} a year"))
    return rng.choice(
        (
            f"£{low:,.0f} - £{high:,.0f}",
            f"£{low:,.0f} to £{high:,.0f} per annum",
            f"£{low:,.0f} – £{high:,.0f} pa",
            f"£{low:,.2f} to £{high:,.2f} a year",
            f"£{low:.0f} - £{high:.0f} per annum",
            f"£{low:,.0f}-£{high:,.0f} Annually",
        )
    )


def _afc(deal: Deal) -> Pay:
    band = deal.rest
    low, high = AFC[band]
    figures = _range(low, high, deal.rng)
    text = deal.rng.choice(
        (
            f"Band {band}: {figures}",
            figures,
            f"AfC Band {band} - {figures}",
            f"Band {band} £{low:,} - £{high:,} per annum",
            f"NHS AfC: Band {band}",
            f"Starting at £{low:,}",
            f"£{low}.00 to £{high}.00",
        )
    )
    if deal.share < 1 and "£" in text:
        text += deal.rng.choice((" pro rata", ", pro rata", " (pro rata for part time)"))
    return Pay(text, low, high)


def _njc(deal: Deal) -> Pay:
    points, grade = deal.rest.split(":")
    first, last = map(int, points.split("-"))
    low, high = NJC[first], NJC[last]
    if deal.share < 1:
        return _njc_part(grade, points, (low, high), deal.share, deal.rng)
    text = deal.rng.choice(
        (
            f"{grade}, SCP {points} (£{low:,} - £{high:,})",
            _range(low, high, deal.rng),
            _range(low, high, deal.rng),
            f"{grade} - £{low:,}- £{high:,} (Pay award pending)",
            f"{low} - {high}",
            f"{grade} SCP {points} (£{low:,}- £{high:,} per annum)",
            f"{grade}, Points {first} – {last}",
            f"Up to £{high:,}",
            f"From £{low:,} a year",
            f"£{low:,} rising to £{high:,} with experience",
        )
    )
    return Pay(text, low, high)


def _njc_part(grade: str, points: str, full: tuple[int, int], share: float, rng: random.Random) -> Pay:
    (low, high), (least, most) = full, (full[0] * share, full[1] * share)
    hour = low / WEEKS / 37
    text = rng.choice(
        (
            f"£{low:,} - £{high:,} pro rata",
            f"£{low:,} Pro Rata",
            f"FTE £{low:,} - £{high:,} Actual £{least:,.0f} - £{most:,.0f}",
            f"£{least:,.0f} to £{most:,.0f} (actual salary, {share * 37:g} hours)",
            f"£{hour:.2f} per hour",
            f"{grade} SCP {points} (£{low:,} - £{high:,} pro rata)",
            f"£{least:,.0f} (FTE Salary is £{low:,})",
        )
    )
    return Pay(text, round(least, 2), round(most, 2))


def _term_time(deal: Deal) -> Pay:
    points, hours = deal.rest.split(":")
    first, last = map(int, points.split("-"))
    low, high = NJC[first], NJC[last]
    part = float(hours) / 37 * 0.86
    least, most = low * part, high * part
    text = deal.rng.choice(
        (
            f"£{low:,}.00 - £{high:,}.00 Annually (FTE) Points {first} to {last}. Actual £{least:,.2f} per annum",
            f"£{least:,.2f} - £{most:,.2f} Annually (Actual) Term time only",
            f"Points {first}-{last}, FTE £{low:,} - £{high:,} Actual £{least:,.0f} - £{most:,.0f}",
            f"Actual Pro Rated Salary: £{least:,.0f}-£{most:,.0f}.",
            f"£{least:,.2f} Annually (Actual) SCP{first} {hours} hours per week TTO plus 5 INSET days. £{low:,} FTE",
            f"£{low:,} FTE, term time only",
        )
    )
    return Pay(text, round(least, 2), round(most, 2))


def _hourly(deal: Deal) -> Pay:
    rate = float(deal.rest)
    text = deal.rng.choice(
        (
            f"£{rate:.2f} per hour",
            f"£{rate:.2f} an hour",
            f"£{rate:.2f}ph",
            f"£{rate:.2f} per hour plus holiday pay",
            f"£{rate:.2f} - £{rate + 1:.2f} per hour (DOE)",
            f"£{rate:.2f} p/h",
        )
    )
    return Pay(text, rate, rate, "HOUR")


def _bank(deal: Deal) -> Pay:
    band = deal.rest
    rate = AFC[band][0] / WEEKS / 37.5
    text = deal.rng.choice(
        (f"Band {band}: £{rate:.2f} per hour plus enhancements", f"£{rate:.2f} per hour (Band {band})")
    )
    return Pay(text, round(rate, 2), round(rate, 2), "HOUR")


def _apprentice(deal: Deal) -> Pay:
    rate = float(deal.rest)
    text = deal.rng.choice(
        (
            f"£{rate:.2f} per hour",
            f"£{rate * 37:,.2f} per week",
            f"£{rate * 37 * WEEKS:,.2f} per annum",
            f"£{rate * 37 * WEEKS / 12:,.0f} per month",
            f"£{rate:.2f} per hour (apprentice rate)",
        )
    )
    return Pay(text, rate, rate, "HOUR")


def _teacher(deal: Deal) -> Pay:
    low, high, names = {
        "main": (*MAIN, ("M1 - M6", "MPS", "Main Pay Range")),
        "upper": (*UPPER, ("M1 - U3", "MPS/UPS", "Main and Upper Pay Range")),
        "lead": (*LEADERSHIP, ("L10 - L14", "Leadership Scale 10 to 14", "L10-L14")),
    }[deal.rest]
    name = deal.rng.choice(names)
    allowance = deal.rng.choice(("", "", " plus TLR 2a (£3,527)", " plus SEN1 (£2,787)")) if deal.rest != "lead" else ""
    text = deal.rng.choice(
        (f"{name} (£{low:,} - £{high:,}){allowance}", f"{name} £{low:,} to £{high:,} per annum", name)
    )
    return Pay(text + (" pro rata" if deal.share < 1 else ""), low, high)


def _university(deal: Deal) -> Pay:
    figures, grade = deal.rest.split(":")
    low, high = map(int, figures.split("-"))
    text = deal.rng.choice(
        (
            f"£{low:,} to £{high:,} per annum (pro rata if applicable) depending on skills and experience",
            f"{grade}: £{low:,} - £{high:,}",
            f"£{low:,} - £{high:,} per annum",
            f"Starting salary £{low:,} per annum",
        )
    )
    return Pay(text, low, high)


def _fixed(deal: Deal) -> Pay:
    low, high = map(int, deal.rest.split("-"))
    text = deal.rng.choice(
        (_range(low, high, deal.rng), _range(low, high, deal.rng), f"Up to £{high:,}", f"circa £{low:,}")
    )
    return Pay(text, low, high)


def _consultant(deal: Deal) -> Pay:
    supplement = deal.rng.choice(("", " per annum", " pa plus on-call supplement", " per annum (10 PAs)"))
    return Pay(f"£109,725 {deal.rng.choice(('to', '-', '–'))} £145,478{supplement}", 109725, 145478)


def _session(deal: Deal) -> Pay:
    low, high = map(int, deal.rest.split("-"))
    return Pay(f"£{low:,} - £{high:,} per session", low, high)


def _day(deal: Deal) -> Pay:
    low, high = map(int, deal.rest.split("-"))
    return Pay(deal.rng.choice((f"£{low} - £{high} per day", f"£{low} to £{high} per daily")), low, high, "DAY")


def _on_call(deal: Deal) -> Pay:
    return Pay(deal.rng.choice(("£15.10 per hour plus a yearly retaining fee", "£15.10 an hour")), 15.10, 15.10, "HOUR")


def _unpaid(deal: Deal) -> Pay:
    return Pay(deal.rng.choice((None, "Voluntary: travel costs are paid", "Unpaid")))


_SCHEMES: Mapping[str, Callable[[Deal], Pay]] = {
    "afc": _afc,
    "app": _apprentice,
    "bank": _bank,
    "consultant": _consultant,
    "day": _day,
    "fixed": _fixed,
    "hour": _hourly,
    "njc": _njc,
    "none": _unpaid,
    "oncall": _on_call,
    "session": _session,
    "teach": _teacher,
    "tto": _term_time,
    "uni": _university,
}
