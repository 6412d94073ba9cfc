"""What people type into the forms about a source, read strictly and alike on every form.

What can't be used raises ValueError with a sentence that says why.
"""

from __future__ import annotations

import re

from clearinghouse.ingest.web_address import shown
from clearinghouse.vacancies.posting import Expectation

SHORTEST, LONGEST = 0.25, 168  # hours between two readings: a quarter of an hour, a week
MOST = 1_000_000  # vacancies of one source
LONGEST_WORDS = 2000  # characters of what somebody compared
HOURS = re.compile(r"-?([0-9]{1,9}\.?[0-9]{0,9}|\.[0-9]{1,9})")
COUNT = re.compile(r"[0-9]+|[0-9]{1,3}(,[0-9]{3})+")


def hours_of(text: str) -> float:
    """An interval in hours."""
    text = text.strip()
    if not HOURS.fullmatch(text):
        raise ValueError(_no_number(text, "how many hours lie between two readings", "4 or 0.5"))
    if not SHORTEST <= float(text) <= LONGEST:
        raise ValueError(f"{text} hours can't be: enter {SHORTEST:g} (15 minutes) to {LONGEST} (a week)")
    return float(text)


def count_of(text: str) -> int | None:
    """A number of vacancies, None when nothing was typed."""
    text = text.strip()
    if not text:
        return None
    if not COUNT.fullmatch(text):
        raise ValueError(_no_number(text, "how many vacancies", "0 or 200"))
    plain = text.replace(",", "").lstrip("0") or "0"
    if len(plain) > len(str(MOST)) or int(plain) > MOST:
        raise ValueError(f"{shown(text)} is too many: enter {MOST:,} or fewer")
    return int(plain)


def expected_of(minimum: str, maximum: str, errors: dict[str, str], *, ill_formed: bool = False) -> Expectation:
    """How few and how many are normal; what can't be goes to `errors`, under `minimum` and `maximum`."""
    counts: dict[str, int | None] = {}
    for name, text in (("minimum", minimum), ("maximum", maximum)):
        try:
            counts[name] = count_of(text)
        except ValueError as error:
            errors[name] = str(error)
    fewest, most = counts.get("minimum") or 0, counts.get("maximum")
    if most is not None and most < fewest:
        errors["maximum"] = f"{most} is less than the fewest, {fewest}"
    return Expectation(fewest, most, ill_formed)


def compared_of(text: str) -> str:
    """What somebody says that they compared with the originals."""
    words = " ".join(text.replace("\0", " ").split())
    if not words:
        raise ValueError("Say what you compared with the originals")
    if len(words) > LONGEST_WORDS:
        raise ValueError(f"Use {LONGEST_WORDS:,} characters or fewer: there are {len(words):,} now")
    return words


def _no_number(text: str, of_what: str, example: str) -> str:
    return f"“{shown(text)}” is no number: enter {of_what}, such as {example}" if text else f"Enter {of_what}"
