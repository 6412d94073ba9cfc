"""An address is left alone for what a server says of it, and for nothing else."""

from __future__ import annotations

import pytest

from clearinghouse.mail.refusals import refuses_recipient

TO_THE_ADDRESS = [
    (550, "5.1.1 <[address]>: Recipient address rejected: User unknown", True),
    (550, "no such person", True),
    (551, "User not local", True),
    (553, "mailbox name not allowed", True),
    (550, "5.1.10 RESOLVER.ADR.RecipientNotFound", True),
    (554, "5.2.1 The account is disabled", True),
    (550, "5.0.0 unknown user", True),
    (556, "the domain takes no mail", True),
    (550, "[address] #5.1.2 bad domain", True),
    (552, "5.2.2 mailbox full", False),
    (550, "mailbox is full", False),
    (550, "5.7.1 Relaying denied", False),
    (550, "relay not permitted", False),
    (550, "5.7.26 no SPF", False),
    (550, "rejected: listed at a blocklist", False),
    (554, "transaction failed", False),
    (550, "5.1.8 sender's domain doesn't exist", False),
    (550, "5.1.7 bad sender", False),
    (450, "4.1.1 try again", False),
    (450, "5.1.1 unknown", False),
    (550, "4.2.1 try again", False),
    (503, "bad sequence", False),
    (554, "your address 5.1.1.9 is listed", False),
]
TO_THE_MAIL = [
    (550, "5.1.1 no such user", True),
    (550, "no such user", False),
    (550, "5.6.0 spam", False),
    (554, "5.7.1 looks like spam", False),
    (554, "rejected", False),
    (552, "too large", False),
]


@pytest.mark.parametrize(("code", "words", "refused"), TO_THE_ADDRESS)
def test_a_reply_to_the_address(code: int, words: str, *, refused: bool) -> None:
    assert refuses_recipient(code, words) is refused


@pytest.mark.parametrize(("code", "words", "refused"), TO_THE_MAIL)
def test_a_reply_to_the_mail(code: int, words: str, *, refused: bool) -> None:
    assert refuses_recipient(code, words, of_words=True) is refused
