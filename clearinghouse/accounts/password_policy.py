"""How good a password must be: long, and nothing that others would try first. No rule about kinds of characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from clearinghouse.accounts.passwords import LONGEST

SHORTEST = 12  # characters
OWN = 5  # different characters that must be left when common words, and what is known of the person, are taken out
UNIT = 8  # characters of a piece whose mere repetition is no password

# The words that the most common long passwords are made of, the keyboard's rows, and our own name and place.
COMMON = (
    "administrator", "changeme", "clearing", "clearinghouse", "compact", "council", "county", "derby", "derbyshire",
    "football", "iloveyou", "incorrect", "jobs", "leicester", "letmein", "lincoln", "liverpool", "manchester",
    "mansfield", "mustang", "newark", "nottingham", "nottinghamshire", "nottm", "notts", "password", "passw0rd",
    "p@ssword", "p@ssw0rd", "princess", "public", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "1qaz2wsx",
    "q1w2e3r4", "secretariat", "sector", "sunshine", "superman", "trustno1", "vacancies", "vacancy", "welcome",
    "whatever", "1234567890", "0123456789", "0987654321", "123456789", "12345", "987654321", "abc123", "abcd",
    "1q2w3e4r5t6y", "1q2w3e4r", "january", "february", "march", "april", "june", "july", "august", "september",
    "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "spring", "summer",
    "autumn", "winter",
)  # fmt: skip


def problem(password: str, *own: str) -> str | None:
    """What is wrong with a password, in a sentence, or None. `own` is what is known of the person: address, name."""
    password = unicodedata.normalize("NFC", password)
    if len(password) < SHORTEST:
        return f"Your password must have {SHORTEST} characters or more"
    if len(password) > LONGEST:
        return f"Your password must have {LONGEST} characters or fewer"
    folded = password.casefold()
    if _is_pattern(folded):
        return "Your password must not be a row or a repetition of the same characters"
    if len(set(_without(folded, (*_words(own), *COMMON)))) < OWN:
        return "Your password must be harder to guess: not a common word, your name or address, or a date with it"
    return None


def _is_pattern(text: str) -> bool:
    """True for one piece repeated, for characters that follow each other, and for hardly any different ones."""
    if len(set(text)) < 4:
        return True
    if any(text == (text[:size] * len(text))[: len(text)] for size in range(1, UNIT + 1)):
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps in ({1}, {-1})


def _words(own: Iterable[str]) -> list[str]:
    """What somebody who knows the person would try."""
    return [word for text in own for word in re.findall(r"\w{3,}", text.casefold())]


def _without(text: str, words: Iterable[str]) -> str:
    """The letters and digits that are left, without `words` and years."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    return re.sub(r"(19|20)\d\d|[\W_]", "", text)
