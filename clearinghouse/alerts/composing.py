"""What a message about new vacancies says: the best of them in words, and how to see the rest, change it or stop it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from clearinghouse.alerts import digest as saying
from clearinghouse.alerts.because import because
from clearinghouse.alerts.digest import Digest, Told
from clearinghouse.alerts.due import Waiting
from clearinghouse.alerts.matching import Found, Matcher
from clearinghouse.alerts.messages import link
from clearinghouse.alerts.news import News
from clearinghouse.alerts.queries import query_of
from clearinghouse.alerts.tokens import Purpose
from clearinghouse.alerts.words import Labels, chips, in_words, labels
from clearinghouse.mail.letter import one_click
from clearinghouse.mail.models import Channel
from clearinghouse.publish import in_words as facts
from clearinghouse.settings import Settings

MOST = 20  # vacancies of one message


@dataclass(frozen=True)
class Letter:
    """A message, but for whom it goes to."""

    subject: str
    text: str
    html: str | None
    headers: dict[str, str] | None


class Composer:
    """Writes the messages about the same news."""

    def __init__(self, settings: Settings, news: News) -> None:
        self.news = news
        self._settings = settings
        self._matcher = Matcher(news)

    def letter(self, session: Session, search: Waiting) -> Letter | None:
        """The message that tells a saved search what is new; None where nothing is."""
        if not self.news.docs:
            return None
        found = self._matcher.found(search.query, search.started, search.bookmark)
        return self._letter(session, search, found) if found.keys else None

    def _letter(self, session: Session, search: Waiting, found: Found) -> Letter:
        known = labels(session, [found.asked])
        asked, now = found.asked, self.news.now
        manage, stop = (link(self._settings, each, search.public_id, now) for each in (Purpose.MANAGE, Purpose.STOP))
        given = Digest(
            search_in_words=in_words(asked),
            chips=chips(asked, known),
            often=search.often,
            told=told(self._settings, self.news, known, found),
            more=max(0, len(found.keys) - MOST),
            manage_url=manage,
            stop_url=stop,
            all_url=f"{self._settings.public_url}/vacancies?{query_of(asked.replace(sort='newest'))}",
        )
        if search.channel is Channel.TEXT:
            return Letter("New jobs", saying.digest_text(given), None, None)
        said = saying.digest(given, self._settings)
        return Letter(said.subject, said.text, said.html, one_click(stop))


def told(settings: Settings, news: News, labels: Labels, found: Found) -> tuple[Told, ...]:
    """The best of what was found, in words."""
    return tuple(_told(settings, news, labels, found, key) for key in found.keys[:MOST])


def _told(settings: Settings, news: News, labels: Labels, found: Found, key: int) -> Told:
    doc = news.docs[key]
    return Told(
        title=doc["title"],
        employer=(doc.get("employer") or {}).get("name"),
        place=facts.places(doc) or None,
        pay=facts.pay(doc) or None,
        closes=facts.closing(doc).removeprefix("Closes ") or None,
        url=f"{settings.public_url}/vacancies/{doc['id']}-{doc['slug']}",
        because=because(doc, found.criteria, found.miles.get(key), labels),
    )
