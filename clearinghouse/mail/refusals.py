"""Which refusals mean that an address takes no mail at all, so that nothing more is sent there.

A server's reply has a code of three digits (RFC 5321) and often an enhanced one, such as 5.1.1 (RFC 3463). The enhanced
one decides where there is one: what it says of the address counts; what it says of the network, of the protocol, of
policy or of the mail's contents doesn't, nor does a mailbox that is full, for that passes.
"""

from __future__ import annotations

import re

ENHANCED = re.compile(r"(?:^|[\s;#(-])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
GONE = frozenset(
    {
        "5.1.1",  # no such mailbox
        "5.1.2",  # no such domain
        "5.1.3",  # no address at all
        "5.1.6",  # moved, and nobody knows where to
        "5.1.10",  # the domain says that it takes no mail (RFC 7505)
        "5.2.1",  # the mailbox is closed
        "5.4.4",  # no such host: what Postfix says of a domain that isn't
    }
)
SAYS_NOTHING = "5.0.0"  # "something is wrong": Exim's words for everything
REPLIES = frozenset({550, 551, 553, 556})  # to an address: no such mailbox, not here, no address, no mail here
NOT_THE_ADDRESS = re.compile(  # 550 also stands for "we don't want this from you"
    r"relay|spam|block|blacklist|deny|denied|polic|reputation|authenti|\bspf\b|dkim|dmarc|virus|content|listed|full|quota"
    r"|sender|too many|rate limit|greylist",
    re.IGNORECASE,
)


def refuses_recipient(code: int, words: str, *, of_words: bool = False) -> bool:
    """Whether a reply says that the address takes no mail. `of_words` = it is about the mail, not the address alone."""
    enhanced = enhanced_code(words)
    if code < 500 or (enhanced and enhanced[0] != "5"):
        return False
    if enhanced and enhanced != SAYS_NOTHING:
        return enhanced in GONE
    return not of_words and code in REPLIES and not NOT_THE_ADDRESS.search(words)


def enhanced_code(words: str) -> str | None:
    """The first enhanced status code in a server's words; an IP address is none."""
    found = ENHANCED.search(words)
    return found[1] if found else None
