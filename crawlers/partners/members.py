"""The simulated partners: invented organisations in the shape of real ones, and how each publishes its vacancies."""

from __future__ import annotations

from dataclasses import dataclass

CITY = "Nottingham"
COUNTY = ("Ashfield", "Bassetlaw", "Broxtowe", "Gedling", "Mansfield", "Newark and Sherwood", "Rushcliffe")
EVERYWHERE = (CITY, *COUNTY)


@dataclass(frozen=True)
class Employer:
    """An invented employer: its sort, the sector of its roles, the districts and the sorts of building it works in."""

    name: str
    type: str
    sector: str
    districts: tuple[str, ...]
    buildings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Partner:
    """One recruitment site. A board has several employers, and `copies` (slug, number) of adverts from their sites."""

    slug: str
    name: str
    format: str
    count: int
    employers: tuple[Employer, ...]
    prefix: str
    copies: tuple[tuple[str, int], ...] = ()
    crawl_delay: int | None = None

    @property
    def board(self) -> bool:
        """True when the site carries adverts of several employers."""
        return len(self.employers) > 1


def _own(
    slug: str, format_: str, count: int, prefix: str, employer: Employer, crawl_delay: int | None = None
) -> Partner:
    return Partner(slug, employer.name, format_, count, (employer,), prefix, (), crawl_delay)


_HOSPITALS = Employer("Trentside University Hospitals NHS Trust", "NHS trust", "hospital", EVERYWHERE, ("hospital",))
_HEALTH = Employer(
    "Greenwood Healthcare NHS Foundation Trust", "NHS trust", "health", EVERYWHERE, ("hospital", "office")
)
_AMBULANCE = Employer("East Trent Ambulance Service NHS Trust", "NHS trust", "ambulance", EVERYWHERE, ("station",))

PARTNERS: tuple[Partner, ...] = (
    _own(
        "sherwood-vale-council",
        "rss_jobs",
        52,
        "SV",
        Employer(
            "Sherwood Vale District Council",
            "district council",
            "council",
            ("Newark and Sherwood", "Mansfield", "Ashfield"),
            ("office", "depot"),
        ),
    ),
    _own(
        "trentshire-county-council",
        "tal",
        132,
        "TCC",
        Employer("Trentshire County Council", "county council", "county", COUNTY, ("office",)),
    ),
    _own(
        "lacemarket-city-council",
        "jsonld_index",
        104,
        "LCC",
        Employer("Lacemarket City Council", "unitary council", "city", (CITY,), ("office",)),
    ),
    _own("trentside-hospitals", "jsonld_gzip", 140, "TUH", _HOSPITALS),
    _own("greenwood-healthcare", "rdf", 96, "GHC", _HEALTH),
    _own(
        "trentshire-police",
        "wpjm",
        46,
        "TP",
        Employer("Trentshire Police", "police", "police", EVERYWHERE, ("station",)),
    ),
    _own(
        "trentshire-fire",
        "rss_labels",
        30,
        "TFRS",
        Employer("Trentshire Fire and Rescue Service", "fire", "fire", EVERYWHERE, ("station",)),
        crawl_delay=1,
    ),
    _own(
        "university-of-trentside",
        "microdata",
        72,
        "UTS",
        Employer("University of Trentside", "university", "university", (CITY, "Newark and Sherwood"), ("campus",)),
    ),
    _own(
        "maid-marian-college",
        "wpjm",
        44,
        "MMC",
        Employer(
            "Maid Marian College", "FE college", "college", (CITY, "Mansfield", "Bassetlaw", "Ashfield"), ("campus",)
        ),
    ),
    _own(
        "oak-leaf-academies",
        "networx",
        78,
        "OLA",
        Employer("Oak Leaf Academies Trust", "academy trust", "school", EVERYWHERE, ("school",)),
    ),
    _own(
        "castle-rock-homes",
        "rss_jobs",
        34,
        "CRH",
        Employer(
            "Castle Rock Homes", "housing association", "housing", (CITY, "Broxtowe", "Gedling", "Rushcliffe"), ()
        ),
    ),
    _own(
        "fosse-vale-council",
        "jsonld_plain",
        48,
        "FV",
        Employer("Fosse Vale Borough Council", "district council", "council", ("Rushcliffe", "Gedling"), ("office",)),
    ),
    Partner(
        "trent-nhs-careers",
        "Trent NHS Careers",
        "jsonld_plain",
        62,
        (
            _AMBULANCE,
            Employer("Forest Community Health CIC", "NHS community provider", "nhsboard", EVERYWHERE, ("hospital",)),
            Employer("Trent Integrated Care Board", "NHS commissioner", "nhsboard", (CITY, "Mansfield"), ("office",)),
        ),
        "TNC",
        copies=(("trentside-hospitals", 10), ("greenwood-healthcare", 7)),
    ),
    Partner(
        "trentshire-public-jobs",
        "Trentshire Public Jobs",
        "rss_google",
        64,
        (
            Employer("Retford Vale District Council", "district council", "council", ("Bassetlaw",), ("depot",)),
            Employer("Erewash Edge Borough Council", "district council", "council", ("Broxtowe",), ("office",)),
            Employer("Warsop Forest Town Council", "town council", "town", ("Mansfield",), ()),
            Employer("Arnold Hill Town Council", "town council", "town", ("Gedling",), ()),
            Employer("Trentshire Leisure Trust", "leisure trust", "leisure", ("Ashfield", "Gedling", "Broxtowe"), ()),
            Employer("Midland Probation Region", "central government", "probation", (CITY, "Mansfield"), ()),
        ),
        "TPJ",
        copies=(("sherwood-vale-council", 7), ("trentshire-county-council", 6), ("fosse-vale-council", 4)),
    ),
)


def partner_named(slug: str) -> Partner | None:
    """The partner with that slug, or None."""
    return next((partner for partner in PARTNERS if partner.slug == slug), None)
