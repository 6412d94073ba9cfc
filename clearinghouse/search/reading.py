"""Reads a query string's values, strictly and without ever raising: what can't be used becomes a notice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from clearinghouse.search.parameters import Parameter

SHOWN = 60  # characters of a bad value that a notice repeats
VALUES = 100  # values of one parameter that count
PLAIN_NUMBER = re.compile(r"£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(\.[0-9]{1,6})?", re.ASCII)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def clean(value: str) -> str:
    """`value` without control characters and half characters, its white space single."""
    return " ".join(UNPRINTABLE.sub(" ", value).split())


def plain_number(value: Decimal) -> str:
    """A number without an exponent and without zeros that say nothing: 10, 12.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Reading:
    """One query string being read. `notices` gathers a sentence for each value that can't be used."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.notices: list[str] = []
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            if text := clean(value):
                self._values.setdefault(name, []).append(text)

    def several(self, parameter: Parameter) -> tuple[str, ...]:
        """The values of a faceted parameter, in the order given, each once."""
        every = tuple(dict.fromkeys(self._values.get(parameter.name, ())))
        found = every[:VALUES]
        if len(every) > VALUES:
            self.notices.append(f"“{parameter.name}” has {len(every)} values: we used the first {VALUES}.")
        for value in found:
            if not parameter.takes(value):
                self._unknown(parameter.name, value)
        return tuple(value for value in found if parameter.takes(value))

    def text(self, name: str, longest: int) -> str:
        """Words, at most `longest` characters of them; the rest is left off with a notice."""
        value = self._first(name)
        if len(value) > longest:
            self.notices.append(f"“{name}” is too long: we used the first {longest} characters.")
        return value[:longest].rstrip()

    def one_of(self, name: str, known: Mapping[str, str]) -> str:
        """One of the `known` values; nothing when it is another."""
        value = self._first(name)
        if value and value not in known:
            self._unknown(name, value)
        return value if value in known else ""

    def yes(self, name: str) -> bool:
        """True for "yes"; "no" and silence are False."""
        return self.one_of(name, {"yes": "Yes", "no": "No"}) == "yes"

    def amount(self, name: str, most: int, least: Decimal = Decimal(0)) -> Decimal | None:
        """A plain number from `least` to `most`: pounds, hours or miles. Pound signs and thousands commas are fine."""
        value = self._first(name)
        match = PLAIN_NUMBER.fullmatch(value)
        number = Decimal(match[1].replace(",", "") + (match[2] or "")) if match else None
        if value and (number is None or not least <= number <= most):
            self._unknown(name, value)
            return None
        return None if number is None else Decimal(plain_number(number))

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number of at least `least`; one above `most`, however long, stands for `most`."""
        value = self._first(name)
        number = int(value) if re.fullmatch("[0-9]{1,500}", value, re.ASCII) else None
        if value and (number is None or number < least):
            self._unknown(name, value)
            return None
        return None if number is None else min(number, most)

    def _first(self, name: str) -> str:
        return self._values.get(name, [""])[0]

    def _unknown(self, name: str, value: str) -> None:
        shown = value if len(value) <= SHOWN else value[:SHOWN] + "…"
        self.notices.append(f"We don't know “{shown}” as a value of “{name}”, so we left it out.")
