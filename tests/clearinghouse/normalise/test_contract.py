# ruff: noqa: E501 - tables of cases read better wide
from __future__ import annotations

import pytest

from clearinghouse.normalise.contract import read_contract, read_flags, read_kind
from clearinghouse.normalise.level import read_apprenticeship_level, read_apprenticeship_value
from clearinghouse.normalise.terms.clauses import Words
from clearinghouse.normalise.terms.read import read_terms


@pytest.mark.parametrize(
    ("words", "contract"),
    [
        ("Permanent", "permanent"), ("PERMANENT", "permanent"), ("Fixed Term Contract", "fixed_term"), ("fixed_term", "fixed_term"),
        ("Staff Nurse (9 Months FTC)", "fixed_term"), ("Maternity cover", "fixed_term"), ("Temporary until March 2027", "temporary"),
        ("TEMPORARY", "temporary"), ("Temporary, fixed term", "fixed_term"), ("Secondment", "secondment"),
        ("Fixed term or secondment opportunity", "secondment"), ("Permanent / Fixed term", None), ("FULL_TIME", None), ("", None), (None, None),
        ("Temp to perm", None), ("Temporary Accommodation Officer", None), ("Permanent Secretary", None), ("parental_leave_cover", "fixed_term"),
    ],
)  # fmt: skip
def test_contract_is_read_where_it_is_plain(words, contract):
    assert read_contract(words) == contract


@pytest.mark.parametrize(
    ("own", "title", "kind"),
    [
        (None, "Finance Officer", "job"), (None, "Business Administration Apprentice", "apprenticeship"), ("apprenticeship", "Gardener", "apprenticeship"),
        ("Apprenticeship", "Gardener", "apprenticeship"), (None, "Apprenticeship Manager", "job"), (None, "Bank Staff Nurse", "casual"),
        (None, "Casual Leisure Attendant", "casual"), (None, "Relief Care Assistant", "casual"), (None, "Zero-hours Lifeguard", "casual"),
        (None, "Bank Holiday Planner", "job"), (None, "Food Bank Manager", "job"), (None, "Pain Relief Nurse", "job"),
        (None, "Volunteer Driver", "volunteer"), (None, "Volunteer Co-ordinator", "job"), ("voluntary", "Driver", "volunteer"),
        (None, "Work Experience Placement", "work_experience"), (None, "Work Experience Co-ordinator", "job"),
        ("INTERN", "Research Support", "work_experience"), (None, "Apprenticeship Skills Coach", "job"), (None, "Head of Apprenticeships", "job"),
        (None, "Apprentice Administrator", "apprenticeship"), (None, "Apprentice Team Leader", "apprenticeship"),
        (None, "Trainer/Assessor (Apprenticeships)", "job"), (None, "Level 3 Apprenticeship Customer Adviser", "apprenticeship"),
        (None, "Bank and Agency Manager", "job"), (None, "Bank Manager", "job"), (None, "Head of Volunteering", "job"),
        (None, "Volunteer and Community Officer", "job"), (None, "Salaried GP (sessional)", "job"), (None, "Sessional Tutor", "casual"),
        (None, "Supported Internship Job Coach", "job"), (None, "Work Placement Officer", "job"), (None, "Relief Cook", "casual"),
        (None, "Rate Relief Officer", "job"), (None, "Lifeguard (0 hours)", "casual"), (None, "Lifeguard, 10 hours", "job"),
    ],
)  # fmt: skip
def test_kind_is_a_job_unless_the_advert_says_otherwise(own, title, kind):
    assert read_kind(own, title) == kind


@pytest.mark.parametrize(
    ("description", "field", "remote"),
    [
        (None, "TELECOMMUTE", "home"), (None, "Home-based, Nottingham", "home"), (None, "Hybrid - Nottingham", "hybrid"),
        ("We offer hybrid working.", None, "hybrid"), ("This is a fully remote post.", None, "home"),
        ("Ability to work from home when required", None, None), ("This post is not suitable for remote working", None, "none"),
        ("Work in a care home", "Nursing Home, Mansfield", None),
    ],
)  # fmt: skip
def test_working_at_home_is_read_where_it_is_plain(description, field, remote):
    assert read_terms("Officer", Words(description, "Officer"), field).remote == remote


@pytest.mark.parametrize(
    ("words", "dbs"),
    [
        ("subject to an enhanced DBS check", "enhanced"), ("an Enhanced DBS with barred lists check", "enhanced_barred"),
        ("A basic DBS check is required", "basic"), ("Standard Disclosure", "standard"), ("No DBS needed", "none"),
        ("a DBS check", None), ("basic salary", None), (None, None), ("You do not need an enhanced DBS check", None),
        ("This post does not require a DBS check", "none"),
    ],
)  # fmt: skip
def test_record_checks_are_read_where_the_level_is_named(words, dbs):
    assert read_terms("Officer", Words(words)).dbs == dbs


def test_flags_need_the_adverts_own_words():
    assert list(read_flags("£28,142 (pay award pending)")) == ["pay_award_pending"]
    assert list(read_flags("We guarantee an interview to disabled applicants who meet the criteria")) == [
        "guaranteed_interview"
    ]
    assert list(read_flags("Interviews in June")) == []


@pytest.mark.parametrize(
    ("words", "level"),
    [("Level 3 Apprentice", 3), ("Apprentice (L2)", 2), ("Intermediate Apprenticeship", 2), ("Advanced Apprenticeship", 3), ("Higher Apprenticeship", 4),
     ("Degree Apprenticeship", 6), ("Level 6 Degree Apprenticeship", 6), ("Level 2 or Level 3 Apprentice", None), ("Apprentice", None), (None, None)],
)  # fmt: skip
def test_apprenticeship_level_is_read_from_its_number_or_name(words, level):
    assert read_apprenticeship_level(words) == level


def test_a_level_field_may_be_a_bare_number():
    assert read_apprenticeship_value("3") == 3
    assert read_apprenticeship_value("Advanced") == 3
    assert read_apprenticeship_value("9") is None


@pytest.mark.parametrize(
    ("words", "essential", "desirable"),
    [
        ("Essential: NVQ level 3 in care.\nDesirable: degree in nursing.", 3, 6),
        ("You must have GCSE English and maths at grade C or above", 2, None),
        ("Educated to degree level or equivalent experience is required", None, None),
        ("A degree or HND is essential", 5, None),
        ("We work with A level students", None, None),
        ("A degree is desirable", None, 6),
        ("You need a degree of flexibility", None, None),
        (None, None, None),
    ],
)
def test_qualification_levels_need_a_plain_demand(words, essential, desirable):
    found = read_terms("Officer", Words(words)).level
    assert (found.essential, found.desirable) == (essential, desirable)
