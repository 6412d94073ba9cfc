"""How applying works at an employer's system, in sentences. What is not known is not said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from clearinghouse.vacancies.applying import Applying

ACCOUNT: Mapping[bool, str] = {
    True: "You need to make an account before you apply.",
    False: "You do not need an account to apply.",
}
SAVE: Mapping[bool, str] = {
    True: "You can save your answers and come back later.",
    False: "You cannot save your answers. Have all that you need at hand.",
}
PHONE: Mapping[bool, str] = {
    True: "It works on a phone.",
    False: "It does not work well on a phone. Use a computer.",
}


def ways(known: Applying) -> tuple[str, ...]:
    """What is known of applying there, a sentence each."""
    return tuple(_said(known))


def _said(known: Applying) -> Iterator[str]:
    if known.account is not None:
        yield ACCOUNT[known.account]
    if known.form is not None:
        yield known.form.label
    if known.save is not None:
        yield SAVE[known.save]
    if known.phone is not None:
        yield PHONE[known.phone]
