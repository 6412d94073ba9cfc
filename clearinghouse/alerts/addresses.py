"""Where alerts go: e-mail addresses and mobile numbers as they are kept, and the digest that finds them again."""

from __future__ import annotations

import hashlib
import hmac
import re

from clearinghouse.accounts.typed import tidy_email
from clearinghouse.errors import BadFormError, BadSettingError
from clearinghouse.mail.models import Channel
from clearinghouse.settings import PREFIX, Settings

MOBILE = re.compile(r"(?:\+44|0044|0)(7[1-57-9][0-9]{8})", re.ASCII)  # 070 are personal numbers, 076 pagers
BETWEEN = re.compile(r"[\s().-]+")
NO_EMAIL = "Enter an email address, like name@example.org"
NO_MOBILE = "Enter a UK mobile number, like 07700 900 982"
NO_TEXTS = "We do not send text messages. Choose email"


def tidied(channel: Channel, typed: str, settings: Settings) -> str:
    """The address as it is kept: an e-mail address in lower case, or +447 and nine digits.

    Raises BadFormError for `email`, or for `mobile`: also where this installation sends no texts.
    """
    if channel is Channel.EMAIL:
        if email := tidy_email(typed):
            return email
        raise BadFormError({"email": NO_EMAIL})
    if not texts_on(settings):
        raise BadFormError({"mobile": NO_TEXTS})
    if found := MOBILE.fullmatch(BETWEEN.sub("", typed.replace("(0)", ""))):
        return f"+44{found[1]}"
    raise BadFormError({"mobile": NO_MOBILE})


def texts_on(settings: Settings) -> bool:
    """True where this installation sends text messages."""
    return settings.sends_texts


def digest(settings: Settings, *parts: str) -> str:
    """A digest of an address that nobody makes without our key, nor turns back.

    The key is the oldest of DATA_KEY's: a new one that is put before it must not part an address from its searches.
    """
    if not settings.data_key:
        raise BadSettingError(f"{PREFIX}DATA_KEY: must be set, for it hides the addresses of alerts")
    key = settings.data_key.split(",")[-1].strip().encode()
    return hmac.new(key, "\0".join(("alerts", *parts)).encode(), hashlib.sha256).hexdigest()
