"""The one exception tree. Every error that a person may meet names the value it is about."""

from __future__ import annotations

from collections.abc import Mapping


class ClearingHouseError(Exception):
    """Something failed in a way that we foresaw; its message is fit to show to a person."""


class BadSettingError(ClearingHouseError):
    """A setting, or a file that the settings name, can't be used."""


class BadSourceError(ClearingHouseError):
    """A source's declaration can't be used. `slug` says whose."""

    def __init__(self, slug: str, reason: str) -> None:
        super().__init__(f"source {slug}: {reason}")
        self.slug = slug
        self.reason = reason


class BadBodyError(ClearingHouseError):
    """A fetched body isn't what its adapter reads. `url` says which body, `reason` what it is instead."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class BadFormError(ClearingHouseError):
    """What a person typed can't be taken. `errors` has a sentence for each field by its name; nothing was changed."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


class LeaseLostError(ClearingHouseError):
    """Another process holds the lease that this write depends on."""


class StoreError(ClearingHouseError):
    """The store can't be used as it is. `store` is its address without the password, `reason` what is wrong."""

    def __init__(self, store: str, reason: str) -> None:
        super().__init__(f"store {store}: {reason}")
        self.store = store
        self.reason = reason
