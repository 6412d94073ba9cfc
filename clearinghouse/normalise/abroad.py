"""Locations in other countries, whose towns may bear British names: "Newark, New Jersey", "Boston, MA"."""

from __future__ import annotations

from clearinghouse.normalise.gazetteer import fold
from clearinghouse.normalise.naming import parts

_COUNTRIES = frozenset(
    {"argentina", "australia", "austria", "bahrain", "bangladesh", "belgium", "brazil", "bulgaria", "canada", "chile",
     "china", "colombia", "croatia", "cyprus", "czech republic", "czechia", "denmark", "egypt", "eire", "estonia",
     "finland", "france", "germany", "ghana", "gibraltar", "greece", "hong kong", "hungary", "iceland", "india",
     "indonesia", "ireland", "israel", "italy", "jamaica", "japan", "jordan", "kenya", "kuwait", "latvia", "lithuania",
     "luxembourg", "malaysia", "malta", "mexico", "morocco", "netherlands", "new zealand", "nigeria", "norway",
     "pakistan", "peru", "philippines", "poland", "portugal", "qatar", "republic of ireland", "romania",
     "saudi arabia", "serbia", "singapore", "slovakia", "slovenia", "south africa", "south korea", "spain",
     "sri lanka", "sweden", "switzerland", "taiwan", "thailand", "turkey", "u s a", "uae", "uganda", "ukraine",
     "united arab emirates", "united states", "united states of america", "us", "usa", "vietnam", "zambia", "zimbabwe"}
)  # fmt: skip
_STATES = frozenset(
    {"alabama", "alberta", "arizona", "arkansas", "british columbia", "california", "colorado", "connecticut",
     "delaware", "florida", "georgia", "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine",
     "maryland", "massachusetts", "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska", "nevada",
     "new hampshire", "new jersey", "new mexico", "new south wales", "new york", "north carolina", "ohio", "oklahoma",
     "ontario", "oregon", "pennsylvania", "quebec", "queensland", "rhode island", "south australia", "south carolina",
     "tennessee", "texas", "utah", "vermont", "virginia", "washington dc", "western australia", "wisconsin", "wyoming"}
)  # fmt: skip
_LETTERS = frozenset(
    {"AK", "AR", "AZ", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS", "MA", "MD", "MI", "MN", "MO", "MS", "MT", "NC",
     "ND", "NH", "NJ", "NM", "NSW", "NV", "NY", "OH", "OK", "OR", "RI", "SC", "SD", "TX", "UT", "VA", "VT", "WI", "WV",
     "WY"}
)  # fmt: skip
"""Of the states' letters, those that no British postcode area has: "Derby, DE" is no place in Delaware."""
_ELSEWHERE = _COUNTRIES | _STATES


def abroad(line: str) -> bool:
    """True where what stands last, after the name of a town, is a country or a state of another one."""
    _, *rest = parts(line) or [line]
    return bool(rest) and (rest[-1] in _LETTERS or fold(rest[-1]) in _ELSEWHERE)
