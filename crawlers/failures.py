"""How fetching fails: one exception that names the URL and says the reason in words."""

from __future__ import annotations

from clearinghouse.errors import ClearingHouseError

LEADS = "leads to"  # how a failure behind a redirect begins


class FetchError(ClearingHouseError):
    """A URL could not be fetched.

    `passing`: trying again in a moment may help. `silent`: the server did not answer at all, or not to the end.
    `forbidden`: it was not asked for, since our own rules or the site's robots.txt say no.
    """

    def __init__(
        self, url: str, reason: str, *, passing: bool = False, silent: bool = False, forbidden: bool = False
    ) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.forbidden = forbidden
        self.passing = passing
        self.silent = silent or passing


class UnwellError(FetchError):
    """A page was fetched, but isn't what it should be: its status, or a body that its adapter can't read."""

    def __init__(self, url: str, reason: str, status: int = 200) -> None:
        super().__init__(url, reason)
        self.status = status
