"""Which advert is which within one source (design rule 7): pure, and the same for crawlers and ingest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote_plus, urlsplit, urlunsplit

from clearinghouse.vacancies.posting import Posting

LONGEST = 500  # characters of a key
PORTS = {"http": 80, "https": 443}

# Query parameters that say how a reader came, or who they are, and never which advert is meant.
TRACKING = re.compile(
    r"""(?:utm_.*|mtm_.*|pk_.*|hsa_.*|_hs.*
    |fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id|mc_cid|mc_eid|_ga|_gl|trk|trackingid
    |jsessionid|usession|phpsessid|aspsessionid.*|cfid|cftoken|sid|sessid|session|sessionid|session_id)""",
    re.IGNORECASE | re.VERBOSE,
)
SESSION_SEGMENT = re.compile(r"/xf-[0-9a-z]+(?=/|$)", re.IGNORECASE)  # TAL's form token
SESSION_SUFFIX = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
ROUTE = ("/", "!")  # a fragment that begins so is a page of a one-page site, not a place on a page


def key_of(posting: Posting, preference: Iterable[str]) -> tuple[str, str]:
    """How `posting` is told from others of its source (reference, url or content), and its key, trimmed.

    `preference` is the adapter's order. A posting that has none of what is preferred is told by its content. A key
    over 500 characters is cut, and ends in a hash of the whole.
    """
    for how in preference:
        if key := _KEYS[how](posting):
            return how, bounded(key)
    return "content", content_key(posting)


def bounded(key: str) -> str:
    """`key`, cut to what an index of the store can hold."""
    if len(key) <= LONGEST:
        return key
    return f"{key[: LONGEST - 65]} {hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"


def content_key(posting: Posting) -> str:
    """A hash of the title, places and closing date; of everything said, where these are silent."""
    said = [posting.title or "", *posting.locations, posting.closes or ""]
    words = [" ".join(text.split()).casefold() for text in said]
    if not any(words):
        return posting.digest()
    return hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).hexdigest()


def canonical_url(url: str) -> str:
    """`url` without what differs between two visits: letter case of the host, tracking, session, order of the query.

    What can't be read as an address comes back trimmed. A fragment goes, unless it is a route of a one-page site.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return text
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    netloc = host if port is None or port == PORTS.get(scheme) else f"{host}:{port}"
    path = SESSION_SUFFIX.sub("", SESSION_SEGMENT.sub("", parts.path)) or ("/" if netloc else "")
    fragment = parts.fragment if parts.fragment.startswith(ROUTE) else ""
    return urlunsplit((scheme, netloc, path, _query(parts.query), fragment))


def same_page(url: str) -> str:
    """What is equal for two addresses of one page: canonical, whatever the scheme, `www.` and a slash at the end."""
    return canonical_url(url).partition("://")[2].removeprefix("www.").rstrip("/")


def web_link(url: str | None) -> str | None:
    """`url` when it is an http(s) address, else None: a source's other links are never followed or shown (rule 15)."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in PORTS and parts.hostname else None


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, encoding="utf-8", errors="surrogateescape")
    kept = sorted((name, value) for name, value in pairs if not TRACKING.fullmatch(name))
    return "&".join(f"{_quoted(name)}={_quoted(value)}" if value else _quoted(name) for name, value in kept)


def _quoted(text: str) -> str:
    return quote_plus(text, errors="surrogateescape")


def _reference(posting: Posting) -> str:
    return (posting.reference or "").strip()


def _url(posting: Posting) -> str:
    return canonical_url(posting.url) if posting.url and posting.url.strip() else ""


def _content(posting: Posting) -> str:
    return content_key(posting)


_KEYS = {"content": _content, "reference": _reference, "url": _url}
