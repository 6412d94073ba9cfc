"""What a member tells us: what is taken, what isn't and why, and that what is shown reads back as itself."""

from __future__ import annotations

import datetime as dt

import pytest

from clearinghouse.accounts.models import Organisation
from clearinghouse.errors import BadFormError
from clearinghouse.members.details import LONGEST, SECTIONS, Today, mark

TODAY = Today(dt.date(2026, 6, 10))


def agreed(day: str = "", month: str = "", year: str = "", by: str = "") -> dict[str, str]:
    return {"agreed_day": day, "agreed_month": month, "agreed_year": year, "agreed_by": by}


def linked(recruitment: str = "", home: str = "") -> dict[str, str]:
    return {"recruitment_url": recruitment, "homepage": home}


GOOD = [
    ("agreement", agreed("27", "3", "2010", " Ann  B "), {"agreed_on": dt.date(2010, 3, 27), "agreed_by": "Ann B"}),
    ("agreement", agreed("10", "06", "2026", "A"), {"agreed_on": TODAY.day, "agreed_by": "A"}),
    ("agreement", agreed(), {"agreed_on": None, "agreed_by": None}),
    ("terms", {"terms": "open_licence", "licence": "OGL  v3.0"}, {"terms": "open_licence", "licence": "OGL v3.0"}),
    ("terms", {"terms": "none", "licence": "OGL"}, {"terms": "none", "licence": None}),
    *(
        ("agreement", agreed("27", month, "2020", "A"), {"agreed_on": dt.date(2020, 3, 27), "agreed_by": "A"})
        for month in ("3", "03", "March", "mar", "MARCH")
    ),
    ("terms", {"terms": "facts_only"}, {"terms": "facts_only", "licence": None}),
    ("terms", {}, {"terms": None, "licence": None}),
    ("contact", {"takedown_contact": " web@council.example "}, {"takedown_contact": "web@council.example"}),
    ("contact", {"takedown_contact": "0115 496 0000 ext 12"}, {"takedown_contact": "0115 496 0000 ext 12"}),
    ("contact", {"takedown_contact": "+44 (0)115 496 0000"}, {"takedown_contact": "+44 (0)115 496 0000"}),
    ("contact", {"takedown_contact": "https://x.example/write"}, {"takedown_contact": "https://x.example/write"}),
    ("contact", {"takedown_contact": ""}, {"takedown_contact": None}),
    ("links", linked(" https://x.example/jobs"), {"recruitment_url": "https://x.example/jobs", "homepage": None}),
    ("links", linked(), {"recruitment_url": None, "homepage": None}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "values"), GOOD)
def test_what_is_taken_is_shown_again_as_it_is(name: str, typed, values) -> None:
    section = SECTIONS[name]
    assert section.checked(typed, TODAY) == values
    assert section.checked(section.typed(values), TODAY) == values


BAD = [
    ("agreement", agreed("31", "2", "2020", "A"), "agreed_day", "31 2 2020 is not a date"),
    ("agreement", agreed("1", "1", "20²0", "A"), "agreed_day", "1 1 20²0 is not a date"),
    ("agreement", agreed("1", "1", "9" * 5000, "A"), "agreed_day", "1 1 9999"),
    ("agreement", agreed("1", "Ma", "2020", "A"), "agreed_day", "1 Ma 2020 is not a date"),
    ("agreement", agreed("1", "Marched", "2020", "A"), "agreed_day", "1 Marched 2020 is not a date"),
    ("agreement", agreed("31", "Feb", "2020", "A"), "agreed_day", "31 Feb 2020 is not a date"),
    ("contact", {"takedown_contact": "mailto:a@x.example"}, "takedown_contact", "mailto:a@x.example is no contact"),
    ("agreement", agreed("-1", "1", "2020", "A"), "agreed_day", "-1 1 2020 is not a date"),
    ("agreement", agreed("11", "6", "2026", "A"), "agreed_day", "11 6 2026 is still to come"),
    ("agreement", agreed("11", "6", "1926", "A"), "agreed_day", "11 6 1926 is before the Compact"),
    ("agreement", agreed("11", "", "", "A"), "agreed_day", "Enter the month and the year of the agreement"),
    ("agreement", agreed(by="A"), "agreed_day", "Enter the day and the month and the year"),
    ("agreement", agreed("1", "1", "2020"), "agreed_by", "Enter who agreed"),
    ("agreement", agreed("1", "1", "2020", "A" * 201), "agreed_by", "The name has 201 characters"),
    ("terms", {"terms": "all of it"}, "terms", "Choose what others may reuse"),
    ("terms", {"terms": "open_licence", "licence": " "}, "licence", "Enter the name of the open licence"),
    ("terms", {"terms": "open_licence", "licence": "x" * 201}, "licence", "The licence has 201 characters"),
    ("contact", {"takedown_contact": "Jo Bloggs"}, "takedown_contact", "Jo Bloggs is no contact"),
    ("contact", {"takedown_contact": "12345"}, "takedown_contact", "12345 is no contact"),
    ("contact", {"takedown_contact": "a@b"}, "takedown_contact", "a@b is no contact"),
    ("contact", {"takedown_contact": "javascript://x"}, "takedown_contact", "must start with https://"),
    ("contact", {"takedown_contact": "a" * LONGEST + "@x.uk"}, "takedown_contact", "The contact has 205"),
    ("links", linked("council.example"), "recruitment_url", "council.example must start with https://"),
    ("links", linked("", "http://127.0.0.1/jobs"), "homepage", "127.0.0.1 is our own machine"),
    ("links", linked("", "https://10.0.0.1/"), "homepage", "10.0.0.1 is a private address"),
    ("links", linked("https://a:b@x.example/"), "recruitment_url", "must not hold a user name or password"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "field", "sentence"), BAD)
def test_what_cannot_be_is_refused_by_field_and_by_value(name: str, typed, field: str, sentence: str) -> None:
    with pytest.raises(BadFormError) as refused:
        SECTIONS[name].checked(typed, TODAY)
    assert sentence in refused.value.errors[field]
    assert len(refused.value.errors[field]) < 200


def test_every_column_of_a_section_is_one_of_the_organisation_and_stands_in_one_section() -> None:
    columns = [column for section in SECTIONS.values() for column in section.columns]
    assert len(columns) == len(set(columns))
    assert all(hasattr(Organisation, column) for column in columns)


def test_a_mark_tells_any_two_values_apart() -> None:
    values = [{"takedown_contact": None}, {"takedown_contact": ""}, {"takedown_contact": "None"}]
    assert len({mark(one) for one in values}) == 3
