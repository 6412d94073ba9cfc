"""What an employer promises everyone who applies: the page that says so, and the day when a person looked. Pure.

Facts about the employer alone: nothing here is about anybody who applies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clearinghouse.errors import BadFormError
from clearinghouse.ingest.web_address import address_problem
from clearinghouse.publish.promises import PROMISES

if TYPE_CHECKING:  # members.details lists this section among the others
    from clearinghouse.members.details import Today, Typed, Values


def promises_typed(values: Values) -> Typed:
    """The link of each promise, empty for none."""
    held = values["promises"]
    known = held if isinstance(held, Mapping) else {}
    return {flag.value: known[flag]["link"] if flag in known else "" for flag in PROMISES}


def promises_checked(typed: Typed, today: Today) -> Values:
    """Each promise with its link, checked today: who saves it says to have looked. An empty link is no promise."""
    links = {flag: typed.get(flag.value, "").strip() for flag in PROMISES}
    problems = {flag: address_problem(link, demo=today.demo) for flag, link in links.items() if link}
    errors = {flag.value: problem for flag, problem in problems.items() if problem}
    if errors:
        raise BadFormError(errors)
    day = today.day.isoformat()
    return {"promises": {flag.value: {"link": link, "checked_on": day} for flag, link in links.items() if link} or None}
