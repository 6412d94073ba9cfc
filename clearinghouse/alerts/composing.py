"""What a message about new vacancies says: the best of them in words, and how to see the rest, change it or stop it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from functools import lru_cache

from clearinghouse.alerts import digest as saying
from clearinghouse.alerts.because import because
from clearinghouse.alerts.digest import Digest, Told
from clearinghouse.alerts.due import Waiting
from clearinghouse.alerts.matching import KEPT, Found, Matcher
from clearinghouse.alerts.messages import link
from clearinghouse.alerts.models import Often
from clearinghouse.alerts.news import News
from clearinghouse.alerts.queries import query_of
from clearinghouse.alerts.tokens import Purpose
from clearinghouse.alerts.words import Labels, chips, in_words
from clearinghouse.mail.letter import one_click
from clearinghouse.mail.models import Channel
from clearinghouse.publish import in_words as facts
from clearinghouse.settings import Settings

MOST = 20  # vacancies of one message
LINKS = (Purpose.MANAGE, Purpose.STOP)


@dataclass(frozen=True)
class Letter:
    """A message, but for whom it goes to."""

    subject: str
    text: str
    html: str | None
    headers: dict[str, str] | None


class Composer:
    """Writes the messages about the same news.

    Searches that are equal and know the same get the same message, written once: only their own two links differ.
    Whoever calls has to ask for equal ones one after the other.
    """

    def __init__(self, settings: Settings, news: News, employers: Labels) -> None:
        self.news = news
        self._settings = settings
        self._labels = employers
        self._matcher = Matcher(news)
        self._gap = {each: f"{each.value}-{secrets.token_urlsafe(12)}" for each in LINKS}  # where its own links go
        self._common = lru_cache(maxsize=KEPT)(self._written)
        self._facts = lru_cache(maxsize=len(news.docs))(self._told_of)

    def letter(self, search: Waiting) -> Letter | None:
        """The message that tells a saved search what is new; None where nothing is."""
        if not self.news.docs:
            return None
        started = self.news.as_if_from(search.started)
        common = self._common(search.query, started, search.bookmark, search.often, search.channel)
        if common is None:
            return None
        subject, text, html = common
        own = {each: link(self._settings, each, search.public_id, self.news.now) for each in LINKS}
        for each, url in own.items():
            text, html = text.replace(self._gap[each], url), html.replace(self._gap[each], url)
        is_text = search.channel is Channel.TEXT
        return Letter(subject, text, None if is_text else html, None if is_text else one_click(own[Purpose.STOP]))

    def _written(
        self, query: str, started: int, bookmark: int, often: Often, channel: Channel
    ) -> tuple[str, str, str] | None:
        """Subject, text and HTML with a gap for each link; None where nothing is new."""
        found = self._matcher.found(query, started, bookmark)
        if not found.keys:
            return None
        given = Digest(
            search_in_words=in_words(found.asked),
            chips=chips(found.asked, self._labels),
            often=often,
            told=tuple(self._told(found, key) for key in found.keys[:MOST]),
            more=max(0, len(found.keys) - MOST),
            manage_url=self._gap[Purpose.MANAGE],
            stop_url=self._gap[Purpose.STOP],
            all_url=f"{self._settings.public_url}/vacancies?{query_of(found.asked.replace(sort='newest'))}",
        )
        if channel is Channel.TEXT:
            return "New jobs", saying.digest_text(given), ""
        said = saying.digest(given, self._settings)
        return said.subject, said.text, said.html

    def _told(self, found: Found, key: int) -> Told:
        why = because(self.news.docs[key], found.criteria, found.miles.get(key), self._labels)
        return replace(self._facts(key), because=why)

    def _told_of(self, key: int) -> Told:
        """What is said of a vacancy, whoever is told."""
        doc = self.news.docs[key]
        return Told(
            title=doc["title"],
            employer=(doc.get("employer") or {}).get("name"),
            place=facts.places(doc) or None,
            pay=facts.pay(doc) or None,
            closes=facts.closing(doc).removeprefix("Closes ") or None,
            url=f"{self._settings.public_url}/vacancies/{doc['id']}-{doc['slug']}",
        )
