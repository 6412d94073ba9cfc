"""What the recruitment systems with a JSON API of their own have in common: a JsonApi that their address decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crawlers.adapters.json_api import JsonApi
from crawlers.source import Follow, Page, Parsed


@dataclass(frozen=True)
class JsonVendor:
    """A board at `url`: any address of it, a person's or the API's. A system's class says by `api` how it is read."""

    url: str

    name: ClassVar[str]
    identity: ClassVar[tuple[str, ...]] = ("reference", "url", "content")

    def api(self) -> JsonApi:
        """The board's API. Raises ValueError when `url` is no address of this system."""
        raise NotImplementedError

    def start(self) -> tuple[Follow, ...]:
        """The first page of the API."""
        return self.api().start()

    def parse(self, page: Page) -> Parsed:
        """Each job as a Posting. Raises BadBodyError for a body that isn't this system's."""
        return self.api().parse(page)
