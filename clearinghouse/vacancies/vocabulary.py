"""The words that a vacancy is described in, as enums: value for machines, `label` for people.

The values are contracts (design §7). Each enum is alphabetical, or in its natural order where it has one.
"""

from __future__ import annotations

import enum
from typing import Self


class Term(enum.StrEnum):
    """A value with a plain-English label."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """The member's value, with its label beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Kind(Term):
    """What sort of opportunity it is. Silence means a job: an advert that is anything else says so."""

    JOB = "job", "Job"
    APPRENTICESHIP = "apprenticeship", "Apprenticeship"
    CASUAL = "casual", "Casual or bank work"
    VOLUNTEER = "volunteer", "Volunteering"
    WORK_EXPERIENCE = "work_experience", "Work experience"


class Contract(Term):
    """How long the job lasts."""

    PERMANENT = "permanent", "Permanent"
    FIXED_TERM = "fixed_term", "Fixed term"
    TEMPORARY = "temporary", "Temporary"
    SECONDMENT = "secondment", "Secondment"


class Pattern(Term):
    """How the working week is cut."""

    FULL_TIME = "full_time", "Full time"
    PART_TIME = "part_time", "Part time"
    JOB_SHARE = "job_share", "Job share"
    FLEXIBLE = "flexible", "Flexible hours"


class When(Term):
    """At what times the work is done."""

    SCHOOL_HOURS = "school_hours", "School hours"
    TERM_TIME = "term_time", "Term time only"
    DAYTIME = "daytime", "Daytime"
    EVENING = "evening", "Evenings"
    NIGHT = "night", "Nights"
    WEEKEND = "weekend", "Weekends"
    SHIFTS = "shifts", "Shifts"


class Remote(Term):
    """Where the work may be done."""

    HOME = "home", "At home"
    HYBRID = "hybrid", "Part at home"
    NONE = "none", "At the workplace"


class Dbs(Term):
    """Which criminal record check the job asks for."""

    NONE = "none", "No check"
    BASIC = "basic", "Basic check"
    STANDARD = "standard", "Standard check"
    ENHANCED = "enhanced", "Enhanced check"
    ENHANCED_BARRED = "enhanced_barred", "Enhanced check with barred lists"


class Driving(Term):
    """Whether the job asks for a driving licence or the use of a vehicle."""

    NEEDED = "needed", "Needed"
    NOT_NEEDED = "not_needed", "Not needed"


class Experience(Term):
    """Whether the advert asks for experience of such work."""

    NONE_ASKED = "none_asked", "None asked for"
    ASKED = "asked", "Asked for"


class Restriction(Term):
    """Who alone may apply, where the advert isn't for everyone."""

    INTERNAL = "internal", "Only people who work there already"
    RING_FENCED = "ring_fenced", "Only people at risk of redundancy there"


class Period(Term):
    """What a sum of pay is for."""

    YEAR = "year", "a year"
    MONTH = "month", "a month"
    WEEK = "week", "a week"
    DAY = "day", "a day"
    HOUR = "hour", "an hour"
    SESSION = "session", "a session"


class Basis(Term):
    """Whether a sum is what this job pays or what it would pay full time."""

    ACTUAL = "actual", "what this job pays"
    FULL_TIME_EQUIVALENT = "full_time_equivalent", "the full-time rate"
    UNKNOWN = "unknown", "not said"


class Precision(Term):
    """How well we know where a place is, best first."""

    POSTCODE = "postcode", "the postcode"
    PLACE = "place", "the town or site"
    OUTCODE = "outcode", "the postcode area"
    DISTRICT = "district", "the district"
    EMPLOYER = "employer", "the employer's head office"
    UNKNOWN = "unknown", "not known"


class Status(Term):
    """Where a vacancy stands. Closing by time needs no row: it follows from closes_at."""

    OPEN = "open", "Open"
    UNCONFIRMED = "unconfirmed", "Not confirmed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CLOSED = "closed", "Closed"


class Reuse(Term):
    """What others may do with an advert that we hand on, the narrowest first. Its facts are handed on in any case."""

    NONE = "none", "Nothing: nobody may copy it"
    FACTS_ONLY = "facts_only", "Facts only: nobody may copy the advert's own words"
    OPEN_LICENCE = "open_licence", "An open licence: anyone may copy the advert's own words"


class Refusal(Term):
    """Why a posting can't become a vacancy (design rule 2): these three reasons and no other."""

    NO_TITLE = "no_title", "It has no title"
    NO_LINK_OR_REFERENCE = "no_link_or_reference", "It has neither a link nor a reference"
    NOT_AN_ADVERT = "not_an_advert", "It isn't an advert"


class Flag(Term):
    """What is worth knowing of an advert beside its facts."""

    MAY_CLOSE_EARLY = "may_close_early", "May close early"
    CLOSES_ON_A_CAP = "closes_on_a_cap", "Closes when enough people have applied"
    PAY_AWARD_PENDING = "pay_award_pending", "Pay award pending"
    BELOW_LEGAL_MINIMUM = "below_legal_minimum", "Pay as read is below the legal minimum"
    ENTRY_LEVEL = "entry_level", "Entry level"
    GUARANTEED_INTERVIEW = "guaranteed_interview", "Guaranteed interview scheme"
    CONSIDERS_CONVICTIONS = "considers_convictions", "Considers unspent convictions case by case"
    UNDER_25_APPRENTICESHIP = "under_25_apprenticeship", "Under 25s can do an apprenticeship in it"
    REDEPLOYMENT = "redeployment", "For redeployment"
    LEP = "lep", "Local Employment Partnership"
    OR_EXPERIENCE = "or_experience", "Experience counts instead of the qualification"
    UNPAID = "unpaid", "Unpaid"
    ZERO_HOURS = "zero_hours", "No hours promised"
