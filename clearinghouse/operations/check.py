"""One thing that `doctor` looked at, and what it found."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Level(enum.StrEnum):
    """How bad it is: `warn` is worth knowing, `bad` keeps the clearing house from working."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Check:
    """What was looked at, how bad it is, and a sentence about it; never a secret in it."""

    name: str
    level: Level
    sentence: str


def ok(name: str, sentence: str) -> Check:
    """All is well."""
    return Check(name, Level.OK, sentence)


def warn(name: str, sentence: str) -> Check:
    """Worth knowing."""
    return Check(name, Level.WARN, sentence)


def bad(name: str, sentence: str) -> Check:
    """It doesn't work like this."""
    return Check(name, Level.BAD, sentence)
