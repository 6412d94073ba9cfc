"""Words that only this installation can read: encrypted with DATA_KEY (Fernet), the first of its keys encrypts."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from clearinghouse.errors import BadSettingError
from clearinghouse.settings import PREFIX, settings


class Sealed(sa.TypeDecorator[str]):
    """Text that is encrypted at rest. Reading or writing it raises BadSettingError when DATA_KEY doesn't fit."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """Encrypt."""
        return None if value is None else seal(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """Decrypt."""
        return None if value is None else unseal(value)


class SealedJson(sa.TypeDecorator[dict[str, Any]]):
    """A JSON object that is encrypted at rest."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: sa.Dialect) -> str | None:
        """Encrypt."""
        return None if value is None else seal(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> dict[str, Any] | None:
        """Decrypt."""
        return None if value is None else dict(json.loads(unseal(value)))


def seal(words: str) -> str:
    """`words`, encrypted. Raises BadSettingError when DATA_KEY is missing or no key."""
    return _keys(settings().data_key).encrypt(words.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """The words that `seal` hid. Raises BadSettingError when none of DATA_KEY's keys opens them."""
    try:
        return _keys(settings().data_key).decrypt(sealed.encode("ascii")).decode()
    except (InvalidToken, UnicodeEncodeError) as error:
        raise BadSettingError(f"{PREFIX}DATA_KEY: none of its keys opens what the store holds") from error


@cache
def _keys(data_key: str | None) -> MultiFernet:
    if not data_key:
        raise BadSettingError(f"{PREFIX}DATA_KEY: must be set, for it encrypts what is kept about people")
    try:
        return MultiFernet([Fernet(part.strip()) for part in data_key.split(",")])
    except ValueError as error:
        raise BadSettingError(
            f"{PREFIX}DATA_KEY: must be the base64 of 32 bytes, or several of them by commas"
        ) from error
