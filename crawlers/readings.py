"""What an adapter read from a page, as JSON and back: kept beside the page's validators, a 304 stands for it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from clearinghouse.vacancies.posting import Posting
from crawlers.source import Follow, Parsed


def as_json(parsed: Parsed) -> dict[str, Any]:
    """`parsed` in plain JSON values."""
    return {
        "postings": [posting.as_json() for posting in parsed.postings],
        "follows": [_follow_json(follow) for follow in parsed.follows],
        "shortfall": parsed.shortfall,
        "stated_total": parsed.stated_total,
    }


def from_json(values: Mapping[str, Any]) -> Parsed:
    """The Parsed that `as_json` wrote."""
    return Parsed(
        postings=tuple(Posting.from_json(posting) for posting in values["postings"]),
        follows=tuple(_follow(follow) for follow in values["follows"]),
        shortfall=values["shortfall"],
        stated_total=values["stated_total"],
    )


def _follow_json(follow: Follow) -> dict[str, Any]:
    return {
        "url": follow.url,
        "role": follow.role,
        "carried": dict(follow.carried),
        "card": follow.card.as_json() if follow.card else None,
        "method": follow.method,
        "headers": dict(follow.headers),
        "body": base64.b64encode(follow.body).decode(),
    }


def _follow(values: Mapping[str, Any]) -> Follow:
    card = Posting.from_json(values["card"]) if values["card"] else None
    return Follow(**{**values, "card": card, "body": base64.b64decode(values["body"])})
