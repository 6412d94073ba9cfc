"""What alerts' messages say: pure words from plain values, as text, as HTML, and as a text message for phones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from clearinghouse.alerts import layout
from clearinghouse.alerts.models import Often
from clearinghouse.publish import in_words
from clearinghouse.settings import Settings

OWN_ADVERT = "Jobs change. What counts is the employer's own advert, so read it before you apply."
SUBJECT = 90  # characters of a subject: phones show no more
HOW_OFTEN = {
    Often.DAILY: "on days when there are some",
    Often.WEEKLY: "on Mondays when there are some",
    Often.CLOSING_SOON: "on days when there are some, and at once when one closes soon",
}


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
    jobs = _jobs(given.number)
    heading = f"{jobs} for your search"
    asked_for = f"You asked for new jobs, {HOW_OFTEN[given.often]}."
    more = f"There {'is' if given.more == 1 else 'are'} {given.more:,} more." if given.more else ""
    text = layout.text(
        heading,
        _search(given),
        *(_told(one) for one in given.told),
        layout.link(f"{more} See all the jobs:" if more else "See this search on our site:", given.all_url),
        layout.RULE,
        layout.wrapped(OWN_ADVERT),
        layout.wrapped(asked_for),
        layout.link("Change how often, or see all your searches:", given.manage_url),
        layout.link("Stop these emails:", given.stop_url),
        layout.us(settings),
    )
    html = layout.html(
        "digest.html", settings, f"{jobs}: {given.search_in_words}", given=given, heading=heading, more=more,
        own_advert=OWN_ADVERT, asked_for=asked_for, lines=_facts,
    )  # fmt: skip
    return Words(layout.short(f"{jobs}: {given.search_in_words}", SUBJECT), text, html)


def confirmation(given: Confirmation, settings: Settings) -> Words:
    """The mail that asks whether the search is wanted.

    Anybody may type any address: nothing of the search that could be a link to elsewhere is repeated.
    """
    given = replace(
        given, search_in_words=layout.tame(given.search_in_words), chips=tuple(map(layout.tame, given.chips))
    )
    heading = "Is this your job search?"
    asked = f"Somebody, we hope you, asked {settings.site_name} to send new jobs to this address."
    how_often = f"If you say yes, we send you new jobs {HOW_OFTEN[given.often]}."
    if_yours = "If this is yours, press here. A page opens with one more button. The link works for 7 days."
    if_not = "If it isn't yours, do nothing. We send nothing more."
    text = layout.text(
        heading,
        layout.wrapped(asked),
        _search(given),
        layout.wrapped(how_often),
        layout.link(if_yours, given.confirm_url),
        layout.wrapped(if_not),
        layout.RULE,
        layout.us(settings),
    )
    html = layout.html(
        "confirmation.html", settings, heading, given=given, heading=heading, asked=asked, how_often=how_often,
        if_yours=if_yours, if_not=if_not,
    )  # fmt: skip
    return Words(heading, text, html)


def renewal(given: Renewal, settings: Settings) -> Words:
    """The mail that asks whether the search is still wanted."""
    heading = "Do you still want these job emails?"
    asked = "A year ago you asked us to send you new jobs for this search."
    if_wanted = "If you still want them, press here. A page opens with one more button."
    if_not = f"If you do nothing, they end on {in_words.day(given.ends)}. We delete your address 30 days later."
    text = layout.text(
        heading,
        layout.wrapped(asked),
        _search(given),
        layout.link(if_wanted, given.renew_url),
        layout.wrapped(if_not),
        layout.link("Stop these emails now:", given.stop_url),
        layout.RULE,
        layout.us(settings),
    )
    html = layout.html(
        "renewal.html", settings, heading, given=given, heading=heading, asked=asked, if_wanted=if_wanted,
        if_not=if_not,
    )  # fmt: skip
    return Words(heading, text, html)


def digest_text(given: Digest) -> str:
    """The text message about new vacancies: one link, to the page where they are seen, changed and stopped."""
    return f"{_jobs(given.number)}. See, change or stop: {given.manage_url}"


def confirmation_text(given: Confirmation) -> str:
    """The text message that asks whether the search is wanted."""
    return f"Your job search? Say yes or do nothing: {given.confirm_url}"


def renewal_text(given: Renewal) -> str:
    """The text message that asks whether the search is still wanted."""
    return f"Job texts end {given.ends.day} {given.ends:%b}. Keep or stop: {given.renew_url}"


def _jobs(number: int) -> str:
    return "1 new job" if number == 1 else f"{number:,} new jobs"


def _search(given: Digest | Confirmation | Renewal) -> str:
    return layout.wrapped(layout.capital(given.search_in_words), " · ".join(given.chips))


def _told(one: Told) -> str:
    why = f"Why it is here: {'; '.join(one.because)}." if one.because else ""
    return "\n".join((layout.wrapped(one.title, *_facts(one), why), one.url))


def _facts(one: Told) -> tuple[str, ...]:
    """What is known of a vacancy, a line each."""
    where = ", ".join(filter(None, (one.employer, one.place)))
    closes = f"Closes {one.closes}" if one.closes else ""
    return tuple(filter(None, (where, one.pay, closes)))
