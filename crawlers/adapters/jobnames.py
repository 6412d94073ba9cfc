"""What a name in partners' own XML, JSON and tables means: one of `jobwords`, of NAMED below, or an alias of these.

All names are squeezed: lower case, letters and digits only, accents off ("Intitulé du poste" is intituleduposte).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from crawlers.adapters import jobwords as words
from crawlers.adapters.jobaliases import ALIASES

TITLES = ("title", *words.NAMES["title"], "name")
NUMBERS = (*words.NUMBERS, "uuid", "guid")
# Of several, a range is the last: some mean the name of a pay scale by it.
PAY = (*(name for name in words.NAMES["salary"] if name != "salaryrange"), "salaryrange")
TEXTS = (
    "htmldescription",
    "fulldescription",
    "description",
    *words.DESCRIPTIONS,
    "shortdescription",
)  # the fullest first
# What a description says in parts of their own: of each row the first that is stated.
TEXT_PARTS = (
    ("htmlduties", "duties"),
    ("htmlprofile", "applicantprofileformatted", "applicantprofile", "requirements", "profile"),
    ("benefits",),
)
NAMED = frozenset(
    {*TITLES, *NUMBERS, *TEXTS, *(name for row in TEXT_PARTS for name in row), "country", "link", "point"}
)

# How a longer name begins that means the same: Reference_apec, IntituleOffre2.
STEMS: Mapping[str, str] = {
    "datelimite": "closingdate",
    "intitule": "title",
    "reference": "reference",
    "salaire": "salary",
}
# A name that also says of what it is told: of the job, or of its place (url-de-l-offre, location_city).
OF_JOB = re.compile(
    r"(?:advert|annonce|job|offer|offre|position|posting|poste|requisition|vacancy)(.+)|(.+)(?:del?offre|duposte)"
)
OF_PLACE = re.compile(r"(?:job|work)?location(.+)")
# Names that say nothing without the name of what they stand in.
VAGUE = frozenset(
    {
        *("code", "currency", "date", "email", "href", "id", "label", "libelle", "link", "max", "maximum", "min"),
        *("minimum", "name", "position", "rate", "reference", "text", "title", "type", "unit", "uri", "url", "uuid"),
        *("kind", "value", "content", "description", "summary", "phone", "slug", "status", "logo", "category", "grade"),
    }
)
OWN_NAMES = frozenset({"displayname", "formatted", "fullname", "label", "libelle", "name", "text", "value"})
# What an object of these names is: no job, but something about one.
PARTS = frozenset(
    {
        *("advertiser", "author", "brand", "categories", "category", "client", "company", "contact", "department"),
        *(
            "employer",
            "entity",
            "entreprise",
            "group",
            "hiringorganization",
            "image",
            "industry",
            "links",
            "logo",
            "mainsupervisor",
        ),
        *(
            "manager",
            "organisation",
            "organization",
            "owner",
            "recruiter",
            "sector",
            "seo",
            "team",
            "user",
            "unternehmen",
        ),
    }
)
TOLD_PARTS = frozenset({"department", "division", "group", "industry", "sector"})  # of which the name is told
PLACES = frozenset(
    {*words.LOCATIONS, "address", "addresses", "addresslocality", "city", "place", "places", "region", "regions"}
)
PLACE_NAMES = (*words.LOCATIONS, "placename", "name", "label", "displayname", "text")
# Of a person, or of how a feed is paid for: no fact of the job.
UNTOLD = frozenset(
    {"authenticationkey", "contactemail", "cpc", "email", "indeedapplydata", "mainsupervisor", "recruiter", "videoid"}
)

KNOWN = frozenset(
    {
        *(name for names in words.NAMES.values() for name in names),
        *(name for names in words.PLACE_PARTS for name in names),
        *words.LOCATIONS,
        *words.LATITUDES,
        *words.LONGITUDES,
        *words.MINIMUM_PAY,
        *words.MAXIMUM_PAY,
        *words.PAY_UNIT,
        *words.PAY_CURRENCY,
        *NAMED,
        *ALIASES,
    }
)
OF_PLACES = frozenset(
    {"country", *words.LATITUDES, *words.LONGITUDES, *(name for names in words.PLACE_PARTS for name in names)}
)
_MEANT = {other: name for name, others in ALIASES.items() for other in others if other not in KNOWN}


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name squeezed, its accents off."""
    plain = unicodedata.normalize("NFKD", name[:200])
    return words.squeezed("".join(c for c in plain if not unicodedata.combining(c)))


@lru_cache(maxsize=4096)
def meant(name: str) -> str:
    """What a folded name means: a name of KNOWN where it is one or has one; else itself."""
    if name in KNOWN:
        return name
    begun = next((known for stem, known in STEMS.items() if name.startswith(stem)), None)
    return _MEANT.get(name) or begun or _within(name) or name


def _within(name: str) -> str | None:
    """What a name means but for the words that say of what it is told; None where that is nothing known."""
    if found := OF_PLACE.fullmatch(name):
        part = _MEANT.get(found[1], found[1])
        return part if part in OF_PLACES else None
    found = OF_JOB.fullmatch(name)
    part = (found[1] or found[2]) if found else ""
    known = _MEANT.get(part, part)
    return known if known in KNOWN else None
