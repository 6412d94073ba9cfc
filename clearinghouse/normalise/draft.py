"""A posting interpreted: every reader put together. Pure: no network, clock or database."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from clearinghouse.normalise.closing_time import with_the_texts_time
from clearinghouse.normalise.contract import read_contract, read_flags, read_kind
from clearinghouse.normalise.dates import Closing, closing_flags, read_closing, read_start_of_day
from clearinghouse.normalise.districts import dated
from clearinghouse.normalise.hours import read_hours, read_patterns
from clearinghouse.normalise.level import read_apprenticeship_level, read_apprenticeship_value
from clearinghouse.normalise.markup import plain_text, safe_html
from clearinghouse.normalise.occupation import read_occupation
from clearinghouse.normalise.pay import read_derived, read_pay, under_the_minimum
from clearinghouse.normalise.placing import placed
from clearinghouse.normalise.restricted import Applicants, read_applicants
from clearinghouse.normalise.said import contract_said, hours_said, patterns
from clearinghouse.normalise.terms.clauses import Words
from clearinghouse.normalise.terms.read import Terms, read_terms
from clearinghouse.normalise.terms.unpaid import read_kind_said
from clearinghouse.normalise.text import around, mentions, near, tidy
from clearinghouse.normalise.title import read_employer, read_title, tombstone
from clearinghouse.normalise.training import Told, read_training
from clearinghouse.vacancies.draft import LONDON, Draft, Refused
from clearinghouse.vacancies.posting import Posting, SourceFacts
from clearinghouse.vacancies.vocabulary import Contract, Flag, Kind, Pattern, Refusal, Status, When

_CLOSING_KEYS = ("application_deadline", "posted_until", "valid_through", "closing_date", "expires", "deadline")
_CLOSING_WORDS = re.compile(
    r"(?:clos(?:ing|ure)\sdate|vacancy\scloses|advert\scloses|applications?\sclose|closes?\son|deadline|apply\sby)[^\n]{0,140}",
    re.IGNORECASE,
)
_LABELLED = r"^\W{{0,4}}(?:{names})\s?[:–-]\s?(?P<words>[^\n]{{1,160}})"
_HOURS_LINE = re.compile(
    _LABELLED.format(
        names=r"(?:contracted\s|working\s|weekly\s)?hours(?:\s(?:of\swork|per\sweek))?|work\spattern|working\spattern"
    ),
    re.I | re.M,
)
_CONTRACT_LINE = re.compile(
    _LABELLED.format(
        names=r"(?:contract|job|employment|position|vacancy)(?:\s(?:type|term|length|status|basis))?|tenure|term|duration"
    ),
    re.I | re.M,
)
_TRAINING = re.compile(
    r"\blevel\s?[2-7]\b[^\n.]{0,60}\bapprentice|\bapprentice\w{0,6}\b[^\n.]{0,60}\blevel\s?[2-7]\b", re.IGNORECASE
)


def normalise(posting: Posting, facts: SourceFacts | None, now: dt.datetime) -> Draft | Refused:
    """What we think the posting says, or which of the three reasons makes it no vacancy.

    `now` (aware) decides the day that a date without a year means, the pay tables in force and whether it has closed.
    """
    title = read_title(posting.title)
    if title is None:
        return Refused(Refusal.NO_TITLE, posting.url or posting.reference)
    if not (posting.url or posting.apply_url or posting.reference or posting.identifiers):
        return Refused(Refusal.NO_LINK_OR_REFERENCE, title)
    shown = safe_html(posting.description_html)
    words = plain_text(shown)
    grave = tombstone(title, words)
    if grave is not None:
        return Refused(Refusal.NOT_AN_ADVERT, grave)
    return _draft(posting, facts, now, title, shown, words)


def _draft(
    posting: Posting, facts: SourceFacts | None, now: dt.datetime, title: str, shown: str | None, words: str | None
) -> Draft:
    today = now.astimezone(LONDON).date()
    posted = read_start_of_day(posting.posted, today)
    posted_on = posted.astimezone(LONDON).date() if posted else None
    closing = _closing(posting, words, today, posted_on)
    contract = _contract(posting, title, words)
    said = Words(words, title, posting.working_pattern)
    kind, kind_words = _kind(posting, title, contract, said)
    hours = _hours(posting, words)
    salary = read_pay(posting, words, hours)
    employer = read_employer(posting.employer, facts.organisation if facts else None)
    applicants = read_applicants(title, words)
    told = Told()
    if kind is Kind.APPRENTICESHIP:
        told = read_training(title, words, posting.identifiers, posting.extra, posting.employment_type)
    terms = _terms(posting, title, said)
    where = placed(posting.locations, posting.extra, title, words, employer)
    in_term = When.TERM_TIME in terms.when
    illegal = under_the_minimum(salary, kind, posted_on or today, hours, terms.min_age, term_time=in_term)
    return Draft(
        title=title,
        employer=employer,
        kind=kind,
        contract=contract,
        pattern=_patterns(posting, title, words, hours),
        hours_per_week=hours,
        salary=salary,
        salary_derived=read_derived(posting, salary, words, employer, posted_on or today),
        places=dated(where.places, today),
        remote=terms.remote,
        posted_at=posted,
        closes_at=closing.closes_at,
        closes_text=closing.closes_text,
        starts_at=read_start_of_day(posting.starts, today, posted_on),
        level=terms.level,
        apprenticeship_level=_apprenticeship_level(posting, kind, title, words),
        occupation=read_occupation(title, tidy(posting.occupation), words),
        dbs=terms.dbs,
        description_text=words,
        flags=_flags(posting, closing, words, applicants, terms, illegal=illegal),
        status=Status.CLOSED if closing.closes_at is not None and closing.closes_at <= now else Status.OPEN,
        description_html=shown,
        when=terms.when,
        experience=terms.experience,
        driving=terms.driving,
        min_age=terms.min_age,
        training=told.training,
        restricted=applicants.restricted,
        because=_because(
            restricted=applicants.restricted and applicants.words,
            training=told.words,
            kind=kind_words,
            places=where.because,
            **terms.because,
        ),
    )


def _contract(posting: Posting, title: str, words: str | None) -> Contract | None:
    """From the source's own fields, the title and the description's labelled line; else from its sentences."""
    line = _labelled(_CONTRACT_LINE, words, "contract", "type", "term", "duration", "tenure", "employment")
    return read_contract(posting.employment_type, posting.working_pattern, title, line) or contract_said(words)


def _closing(posting: Posting, words: str | None, today: dt.date, posted: dt.date | None) -> Closing:
    """From the closing field; else from what the source calls its last day; else from the description's own words.

    A field that gives only a day takes the description's time for that day.
    """
    stated = posting.closes or next((posting.extra[key] for key in _CLOSING_KEYS if posting.extra.get(key)), None)
    if tidy(stated) is not None:
        return with_the_texts_time(read_closing(stated, today, posted), stated or "", words, today, posted)
    for match in near(_CLOSING_WORDS, (words or "")[:60_000], "clos", "deadline", "apply"):
        closing = read_closing(match.group(), today, posted)
        if closing.closes_at is not None:
            return closing
    return Closing()


def _hours(posting: Posting, words: str | None) -> Decimal | None:
    texts = (posting.hours, posting.working_pattern, posting.employment_type)
    if tidy(posting.hours) is not None:
        return read_hours(posting.hours)
    others = (
        *texts[1:],
        _hours_said(posting.salary),
        _hours_said(posting.title),
        _labelled(_HOURS_LINE, words, "hours", "pattern"),
    )
    return next((hours for text in others if (hours := read_hours(text)) is not None), None) or hours_said(words)


def _patterns(posting: Posting, title: str, words: str | None, hours: Decimal | None) -> tuple[Pattern, ...]:
    own = read_patterns(posting.working_pattern, posting.employment_type, posting.hours, title)
    return own if tidy(posting.working_pattern) else patterns(own, read_patterns(title), words, hours)


def _hours_said(text: str | None) -> str | None:
    """A text that isn't about hours counts only where it says the word."""
    return text if text and re.search(r"\d\s?(?:hours|hrs)\b", text, re.IGNORECASE) else None


def _labelled(pattern: re.Pattern[str], words: str | None, *hints: str) -> str | None:
    """What follows a label at the start of one of the description's lines, where the label's hints occur at all."""
    text = (words or "")[:20_000]
    match = pattern.search(text) if mentions(text, *hints) else None
    return match["words"] if match else None


def _terms(posting: Posting, title: str, said: Words) -> Terms:
    places = (posting.extra.get("job_location_type"), *posting.locations, posting.working_pattern)
    return read_terms(title, said, *places)


def _kind(posting: Posting, title: str, contract: Contract | None, said: Words) -> tuple[Kind, str | None]:
    """From the source's fields and the title; else, where nothing says how long it lasts, from the description."""
    kind = read_kind(posting.kind, title, posting.employment_type, posting.working_pattern)
    if kind is not Kind.JOB or tidy(posting.kind) or contract is not None:
        return kind, None
    return read_kind_said(said) or (kind, None)


def _apprenticeship_level(posting: Posting, kind: Kind, title: str, words: str | None) -> int | None:
    if kind is not Kind.APPRENTICESHIP:
        return None
    own = read_apprenticeship_value(posting.level) or read_apprenticeship_level(title, posting.kind)
    training = _TRAINING.search((words or "")[:20_000])
    return own or (read_apprenticeship_level(training.group()) if training else None)


def _flags(
    posting: Posting,
    closing: Closing,
    words: str | None,
    applicants: Applicants,
    terms: Terms,
    *,
    illegal: bool,
) -> tuple[Flag, ...]:
    said = {
        *closing.flags,
        *closing_flags(around((words or "")[:60_000], "clos")),
        *read_flags(posting.title, posting.salary, words),
        *terms.flags,
    }
    if illegal:
        said.add(Flag.BELOW_LEGAL_MINIMUM)
    if applicants.redeployees:
        said.add(Flag.REDEPLOYMENT)
    return tuple(flag for flag in Flag if flag in said)


def _because(**words: str | None) -> dict[str, str]:
    """By field, the advert's words that decided it, where they did."""
    return {name: said for name, said in words.items() if said}
