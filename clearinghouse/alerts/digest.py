"""What alerts' messages say: pure words from plain values, as text, as HTML, and as a text message for phones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clearinghouse.alerts.models import Often
from clearinghouse.settings import Settings


@dataclass(frozen=True)
class Told:
    """One vacancy as a message shows it, all in words. `because` = what of the search it meets."""

    title: str
    employer: str | None
    place: str | None
    pay: str | None
    closes: str | None
    url: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Digest:
    """New vacancies of one saved search: the best of them, and how many `more` there are at `all_url`.

    `search_in_words` is one line, such as “care assistant” within 5 miles of Mansfield; `chips` are its filters.
    """

    search_in_words: str
    chips: tuple[str, ...]
    often: Often
    told: tuple[Told, ...]
    more: int
    manage_url: str
    stop_url: str
    all_url: str

    @property
    def number(self) -> int:
        """How many vacancies are new."""
        return len(self.told) + self.more


@dataclass(frozen=True)
class Confirmation:
    """A search that somebody saved with this address: was it its owner, and is it to start."""

    search_in_words: str
    chips: tuple[str, ...]
    often: Often
    confirm_url: str


@dataclass(frozen=True)
class Renewal:
    """A search that was saved a year ago ends after `ends` (a day in London), unless its owner wants it still."""

    search_in_words: str
    chips: tuple[str, ...]
    ends: dt.date
    renew_url: str
    stop_url: str


@dataclass(frozen=True)
class Words:
    """A message, ready for the outbox: the same said twice, as text and as HTML."""

    subject: str
    text: str
    html: str


def digest(given: Digest, settings: Settings) -> Words:
    """The mail about new vacancies."""
    jobs = "1 new job" if given.number == 1 else f"{given.number:,} new jobs"
    subject = f"{jobs}: {given.search_in_words}"
    lines = [f"{told.title}\n{told.url}" for told in given.told]
    text = "\n\n".join([subject, *lines, given.all_url, given.manage_url, given.stop_url, settings.public_url])
    return Words(subject, text, f"<p>{jobs}</p>")


def confirmation(given: Confirmation, settings: Settings) -> Words:
    """The mail that asks whether the search is wanted."""
    subject = "Is this your search? Press to start your job alerts"
    return Words(
        subject,
        f"{subject}\n\n{given.search_in_words}\n{given.confirm_url}\n\n{settings.public_url}",
        f"<p>{subject}</p>",
    )


def renewal(given: Renewal, settings: Settings) -> Words:
    """The mail that asks whether the search is still wanted."""
    subject = "Do you still want these job alerts?"
    return Words(
        subject,
        f"{subject}\n\n{given.search_in_words}\n{given.renew_url}\n\n{settings.public_url}",
        f"<p>{subject}</p>",
    )


def digest_text(given: Digest) -> str:
    """The text message about new vacancies."""
    return f"{given.number:,} new jobs for you: {given.all_url} Stop: {given.stop_url}"


def confirmation_text(given: Confirmation) -> str:
    """The text message that asks whether the search is wanted."""
    return f"Is this your job search? If so, press yes here: {given.confirm_url}"


def renewal_text(given: Renewal) -> str:
    """The text message that asks whether the search is still wanted."""
    return f"Do you still want job alerts? If so, say yes here: {given.renew_url}"
