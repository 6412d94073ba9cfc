"""Our reading of an advert beside the source's own words, field by field, for a person who compares them.

Pure. Our side is worded by the same functions as the public page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clearinghouse.vacancies import own_words
from clearinghouse.vacancies.occupation import Occupation
from clearinghouse.vacancies.vocabulary import Contract, Flag, Kind, Pattern, Remote, Term
from web import wording

Said = Mapping[str, Any]


class Verdict(Term):
    """What a person should make of one field; an empty label says that all is well."""

    READ = "read", ""
    CHECK = "check", "Check this"
    FROM_TEXT = "from_text", "Found in the advert’s text"
    UNREAD = "unread", "We could not read this"
    UNSAID = "unsaid", "The advert does not say"


@dataclass(frozen=True)
class Line:
    """One field: our words, theirs, and what to make of the two."""

    field: str
    ours: str
    theirs: str
    verdict: Verdict


@dataclass(frozen=True)
class Compared:
    """One advert: its title, where the original is (None = no link), the fields, and our text of it (safe HTML)."""

    title: str
    url: str | None
    lines: tuple[Line, ...]
    description: str | None


def compare(posting: Said, draft: Said, organisation: str | None) -> Compared:
    """Both sides of one advert. `organisation` is whose advert it is where the advert doesn't say."""
    url = posting.get("url")
    return Compared(
        title=draft["title"],
        url=url if wording.web_link(url) else None,
        lines=tuple(_lines(posting, draft, organisation)),
        description=draft.get("description_html"),
    )


def _lines(posting: Said, draft: Said, organisation: str | None) -> list[Line]:
    return [
        _line("Title", draft["title"], words_of(posting.get("title"))),
        _employer(posting, draft, organisation),
        *_kind(posting, draft),
        _line("Pay", wording.pay(draft), pay_words(posting), doubtful=pay_is_odd(draft)),
        _line("Where", _places(draft), joined(*posting.get("locations", ()))),
        _line("Closing date", wording.closing(draft).removeprefix("Closes "), words_of(posting.get("closes")),
              doubtful=bool(own_words.closing_words(draft))),
        _line("Contract and hours", _worked(draft),
              joined(*(posting.get(name) for name in ("employment_type", "working_pattern", "hours")))),
        *_extra("Kind of work", wording.labels(draft.get("occupation"), Occupation)),
        *_extra("Working from home", wording.labels(draft.get("remote"), Remote)),
        *_extra("Good to know", wording.labels(draft.get("flags"), Flag)),
    ]  # fmt: skip


def _employer(posting: Said, draft: Said, organisation: str | None) -> Line:
    """The advert's employer, else the source's, which is no reading of ours that could be wrong."""
    ours, theirs = draft.get("employer") or organisation or "", words_of(posting.get("employer"))
    return _line("Employer", ours, theirs) if theirs or not ours else Line("Employer", ours, "", Verdict.READ)


def _kind(posting: Said, draft: Said) -> list[Line]:
    """What sort of opportunity it is; nothing where silence says that it is a job."""
    ours, theirs = wording.labels(draft.get("kind"), Kind), words_of(posting.get("kind"))
    return [] if draft.get("kind") == Kind.JOB and not theirs else [_line("Kind", ours, theirs)]


def _places(draft: Said) -> str:
    return wording.places({"places": [one for one in draft.get("places") or () if one.get("precision") != "unknown"]})


def _worked(draft: Said) -> str:
    contract, patterns = wording.labels(draft.get("contract"), Contract), wording.labels(draft.get("pattern"), Pattern)
    return ", ".join(part for part in (contract, patterns, wording.hours(draft.get("hours_per_week"))) if part)


def _line(field: str, ours: str, theirs: str, *, doubtful: bool = False) -> Line:
    return Line(field, ours, theirs, verdict(ours, theirs, doubtful=doubtful))


def verdict(ours: str, theirs: str, *, doubtful: bool) -> Verdict:
    """What to make of our words beside the source's own field; `doubtful` = ours may miss some of theirs."""
    if ours:
        return Verdict.CHECK if doubtful else Verdict.READ if theirs else Verdict.FROM_TEXT
    return Verdict.UNREAD if theirs else Verdict.UNSAID


def _extra(field: str, ours: str) -> list[Line]:
    """A field that no source states by itself: told only where we found it."""
    return [Line(field, ours, "", Verdict.FROM_TEXT)] if ours else []


def pay_is_odd(draft: Said) -> bool:
    """True for pay whose words say more than our reading, or that nobody may be paid."""
    return bool(own_words.pay_words(draft)) or Flag.BELOW_LEGAL_MINIMUM in (draft.get("flags") or ())


def pay_words(posting: Said) -> str:
    """The advert's words for its pay; else the sums that it states as numbers."""
    said = words_of(posting.get("salary"))
    extra = posting.get("extra") or {}
    names = ("salary_minimum", "salary_maximum", "salary_currency", "salary_unit")
    return said or " ".join(str(extra[name]) for name in names if extra.get(name))


def joined(*values: Any) -> str:
    """The words of several fields, each once."""
    return "; ".join(dict.fromkeys(words for words in map(words_of, values) if words))


def words_of(value: Any) -> str:
    """A posting's field in one line."""
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)
