"""What can go wrong with the simulated partners themselves."""

from __future__ import annotations

from clearinghouse.errors import ClearingHouseError


class PartnersError(ClearingHouseError):
    """The simulated partners can't be started or told what is asked of them."""
