"""What people are here for. One may have several roles, each for an organisation or for the Compact as a whole."""

from __future__ import annotations

import enum
from typing import Self


class Role(enum.StrEnum):
    """A role, with what people call it and whether it is always for one organisation."""

    label: str
    bound: bool

    def __new__(cls, value: str, label: str, bound: bool) -> Self:  # noqa: FBT001 - a column of the table below
        """The member's value, with its columns beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.bound = bound
        return member

    ADMINISTRATOR = "administrator", "Administrator", False
    ADVISER = "adviser", "Adviser", True
    DATA_PROTECTION = "data_protection", "Data protection officer", False
    EMPLOYER = "employer", "Employer (member HR)", True
    JOBCENTRE = "jobcentre", "Jobcentre Plus", True
    REDUNDANCY_LEAD = "redundancy_lead", "Redundancy lead", True
    SECRETARIAT = "secretariat", "Secretariat", False
    STEERING = "steering", "Steering group", False
    TEAM_LEAD = "team_lead", "Team lead", True
