"""Which adapter reads a saved body: each one that exists is tried, and says how sure it is and why."""

from __future__ import annotations

from dataclasses import dataclass

from clearinghouse.errors import BadBodyError
from crawlers.adapters.feed import Feed
from crawlers.adapters.jsonld import JsonLd
from crawlers.adapters.sitemap import Sitemap
from crawlers.source import Page, Parsed


@dataclass(frozen=True)
class Guess:
    """One adapter's claim to a body. `sure` runs from 0 (can't read it) to 1; `why` is a sentence for a person.

    `count` is how many adverts, or addresses of adverts, stand in it.
    """

    adapter: str
    sure: float
    why: str
    count: int = 0


def detect(page: Page) -> tuple[Guess, ...]:
    """Every adapter's claim to the body, the surest first."""
    guesses = (_feed(page), _jsonld(page), _sitemap(page))
    return tuple(sorted(guesses, key=lambda guess: -guess.sure))


def best(page: Page) -> Guess:
    """The surest claim. Raises BadBodyError, with every adapter's reason, when none can read the body."""
    guesses = detect(page)
    if guesses[0].sure > 0:
        return guesses[0]
    reasons = "; ".join(f"{guess.adapter}: {guess.why}" for guess in guesses)
    raise BadBodyError(page.url, f"no adapter reads this ({reasons})")


def _feed(page: Page) -> Guess:
    parsed = _tried(Feed(page.url), page)
    if isinstance(parsed, str):
        return Guess(Feed.name, 0, parsed)
    count = len(parsed.postings)
    return Guess(Feed.name, 1 if count else 0.8, f"a feed with {count} entries", count)


def _jsonld(page: Page) -> Guess:
    parsed = _tried(JsonLd(page.url), page)
    if isinstance(parsed, str):
        return Guess(JsonLd.name, 0, parsed)
    if parsed.postings:
        count = len(parsed.postings)
        return Guess(JsonLd.name, 1, f"{count} schema.org JobPosting", count)
    if parsed.follows:
        count = len(parsed.follows)
        return Guess(JsonLd.name, 0.4, f"a schema.org list of {count} pages", count)
    return Guess(JsonLd.name, 0, parsed.shortfall or "no schema.org JobPosting in it")


def _sitemap(page: Page) -> Guess:
    parsed = _tried(Sitemap(page.url), page)
    if isinstance(parsed, str):
        return Guess(Sitemap.name, 0, parsed)
    count = len(parsed.follows)
    return Guess(Sitemap.name, 0.9 if count else 0.7, f"a sitemap of {count} addresses", count)


def _tried(adapter: Feed | JsonLd | Sitemap, page: Page) -> Parsed | str:
    try:
        return adapter.parse(page)
    except BadBodyError as error:
        return error.reason
