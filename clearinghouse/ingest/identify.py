"""Which advert of a source each posting of a run is: every posting gets a key, and none is lost to a shared one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from clearinghouse import normalise
from clearinghouse.vacancies.identity import bounded, canonical_url, content_key, key_of, same_page, web_link
from clearinghouse.vacancies.posting import Posting, SourceFacts


@dataclass(frozen=True)
class Advert:
    """One posting of the run under its key. `digest` is of its words, `reading` of what else their meaning hangs on.

    `own` says that the source is the employer's own.
    """

    key: str
    posting: Posting
    digest: str
    reading: str
    own: bool

    @property
    def url(self) -> str | None:
        """The advert's page, None unless it is a web address."""
        return web_link(self.posting.url)

    @property
    def target(self) -> str | None:
        """Where the advert itself stands, canonical, None = unknown.

        A board's posting that sends applicants on to the employer's page has the same target as the employer's own.
        """
        link = self.url if self.own else web_link(self.posting.apply_url) or self.url
        return bounded(canonical_url(link)) if link else None


def identify(
    postings: Iterable[Posting], facts: SourceFacts, known: Mapping[str, str | None]
) -> tuple[tuple[Advert, ...], tuple[str, ...]]:
    """The run's adverts in order, each key once, and a message for each reference that stood for several.

    `known` has the URLs of the source's stored adverts by key. Equal postings count once. Different ones under one
    reference are one advert when their link is the same too (their values joined), else each its own.
    """
    groups: dict[str, dict[str, Posting]] = {}
    hows: dict[str, str] = {}
    for posting in map(storable, postings):
        how, key = key_of(posting, facts.identity)
        groups.setdefault(key, {}).setdefault(posting.digest(), posting)
        hows[key] = how
    split = {key.rpartition(" ")[0] for key in known}
    adverts: dict[str, Advert] = {}
    messages: list[str] = []
    for key, alike in groups.items():
        alone = len(alike) == 1 and key not in split
        named = {key: (*alike.items(),)[0]} if alone else _keyed(key, alike, known)
        for name, (digest, posting) in named.items():
            adverts[name] = Advert(name, posting, digest, reading(facts.organisation), facts.organisation is not None)
        if len(alike) > 1:
            messages.append(_message(hows[key], key, len(alike), len(named)))
    return tuple(adverts.values()), tuple(messages)


def storable(posting: Posting) -> Posting:
    """`posting` without what no database takes: NUL characters and halves of surrogate pairs."""
    values = posting.as_json()
    kept = _storable(values)
    return posting if kept == values else Posting.from_json(kept)


@cache
def reading(organisation: str | None) -> str:
    """A hash of what turns a source's words into a draft: the normaliser's own text, and whose source it is.

    A new version of the normaliser so reads every advert again at its source's next run, and none counts as changed.
    """
    folder = Path(normalise.__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".csv", ".toml", ".tsv"))
    text = b"".join(path.read_bytes() for path in files)
    return hashlib.sha256(text + repr(organisation).encode()).hexdigest()[:16]


def _keyed(key: str, alike: Mapping[str, Posting], known: Mapping[str, str | None]) -> dict[str, tuple[str, Posting]]:
    by_link: dict[str, Posting] = {}
    for posting in alike.values():
        link = canonical_url(posting.url) if posting.url else content_key(posting)
        by_link[link] = _joined(by_link[link], posting) if link in by_link else posting
    names = {link: bounded(f"{key} {link}") for link in by_link}
    bare = _owner(key, [link for link in by_link if names[link] not in known], known)
    return {key if link == bare else names[link]: (posting.digest(), posting) for link, posting in by_link.items()}


def _owner(key: str, links: Sequence[str], known: Mapping[str, str | None]) -> str | None:
    # Whose link the stored advert of that key has keeps the key; else the first.
    url = known.get(key)
    same = [link for link in links if url and same_page(link) == same_page(url)]
    return next(iter([*same, *links]), None)


def _joined(first: Posting, other: Posting) -> Posting:
    joined = first.over(other)
    return replace(joined, locations=tuple(dict.fromkeys((*first.locations, *other.locations))))


def _message(how: str, key: str, count: int, kept: int) -> str:
    outcome = "joined into one" if kept == 1 else f"kept as {kept}"
    return f"duplicate {how} {key[:120]}: {count} different adverts, {outcome}"


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode()
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(item) for name, item in value.items()}
    return value
