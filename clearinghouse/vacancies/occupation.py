"""Kinds of work: the plain groups by which somebody who has never worked looks for a job.

The values are contracts (the `occupation` of design §7). Each kind is what the person does, not where: a cook in a
prison is in catering, a hospital's accountant in finance. Someone who runs one kind of work (a head of finance, a ward
manager) is in that kind; `management` is for those who run services of several kinds.
"""

from __future__ import annotations

from typing import Self

from clearinghouse.vacancies.vocabulary import Term


class Occupation(Term):
    """A kind of work: label, who does it, and the SOC 2020 sub-major groups that it draws on, alphabetical by label."""

    about: str
    soc: tuple[int, ...]

    def __new__(cls, value: str, label: str, about: str, *soc: int) -> Self:
        """The member's value, with what is said of it beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.about, member.soc = label, about, soc
        return member

    TRADES = (
        *("trades", "Building, repairs and skilled trades"),
        "Electricians, plumbers, joiners, decorators, mechanics, maintenance workers and people who make things",
        *(52, 53, 54, 81, 91),
    )
    CARE = (
        *("care", "Care and support work"),
        "People who help others to live their daily lives, at home, in a care home or in supported housing",
        61,
    )
    CATERING = "catering", "Catering", "Cooks, chefs, kitchen and dining-room staff", 54, 92
    CHILDCARE = (
        *("childcare", "Childcare and early years"),
        "Nursery workers, playworkers and childminders",
        *(23, 32, 61),
    )
    FACILITIES = (
        *("facilities", "Cleaning, caretaking and portering"),
        "Cleaners, housekeepers, caretakers, site managers, porters and laundry staff",
        *(12, 62, 92),
    )
    COMMUNICATIONS = (
        *("communications", "Communications, marketing and fundraising"),
        "People who write, design, publish, campaign, sell and raise money",
        *(11, 24, 34, 35, 71),
    )
    COMMUNITY = (
        *("community", "Community, youth and advice work"),
        "Youth and community workers, careers and benefits advisers, job coaches, volunteer organisers, chaplains",
        *(24, 32, 35),
    )
    DIGITAL = (
        *("digital", "Computing, data and digital"),
        "People who build and run computer systems and websites, help others to use them, or study data",
        *(21, 31, 35, 52),
    )
    CUSTOMER_SERVICE = (
        *("customer_service", "Customer service and reception"),
        "Receptionists, contact-centre staff, complaints staff and shop assistants",
        *(41, 42, 71, 72),
    )
    DOCTORS = (
        "doctors",
        "Doctors and dentists",
        "Hospital doctors, surgeons, GPs, public health doctors and dentists",
        22,
    )
    TRANSPORT = (
        *("transport", "Driving, transport and stores"),
        "Drivers, passenger assistants, couriers and warehouse staff",
        *(41, 82, 92),
    )
    FINANCE = (
        *("finance", "Finance and buying"),
        "Accountants, payroll, audit, revenues, pensions, procurement and contracts staff",
        *(11, 24, 35, 41),
    )
    HEALTH_SUPPORT = (
        *("health_support", "Healthcare support"),
        "Healthcare assistants and others who help nurses, therapists, midwives and dentists with patients",
        *(32, 61),
    )
    HOUSING = (
        *("housing", "Housing and homelessness"),
        "Housing officers, homelessness advisers, lettings and tenancy staff",
        *(12, 32, 35),
    )
    HUMAN_RESOURCES = (
        *("human_resources", "Human resources and staff training"),
        "Recruiters, HR advisers, and people who plan an organisation's workforce and its training",
        *(11, 24, 35, 41),
    )
    LAW = (
        "law",
        "Law and courts",
        "Solicitors, barristers, legal assistants, court staff, registrars of births",
        24,
        35,
        41,
    )
    LEISURE = (
        *("leisure", "Leisure, libraries and culture"),
        "Sports coaches, lifeguards, librarians, museum, theatre, arts and events staff",
        *(12, 24, 34, 41, 62, 92),
    )
    MANAGEMENT = (
        *("management", "Management and leadership"),
        "Chief executives, directors and managers who run services of several kinds",
        *(11, 12),
    )
    NURSING = (
        *("nursing", "Nursing, midwifery and theatres"),
        "Nurses of every kind, midwives, health visitors and staff of operating theatres",
        *(22, 32),
    )
    ADMINISTRATION = (
        *("administration", "Office and administration"),
        "Administrators, clerks, secretaries, personal assistants and records staff",
        *(41, 42),
    )
    OUTDOORS = (
        *("outdoors", "Parks, streets and recycling"),
        "Gardeners, rangers, street cleaners, refuse and recycling crews, highways workers, people who keep animals",
        *(51, 81, 91, 92),
    )
    PHARMACY = "pharmacy", "Pharmacy", "Pharmacists, pharmacy technicians and dispensers", 22, 32, 71
    ENGINEERING = (
        *("engineering", "Planning, property and engineering"),
        "Engineers, town planners, architects, surveyors, building control and estates staff",
        *(11, 12, 21, 24, 31),
    )
    EMERGENCY = (
        *("emergency", "Police, fire and ambulance"),
        "Police officers and staff who investigate, firefighters, paramedics, ambulance crews, emergency call takers",
        *(11, 22, 33, 61, 63),
    )
    POLICY = (
        *("policy", "Policy and projects"),
        "People who plan, advise on policy, run projects or improve how services work",
        *(24, 35),
    )
    PRISONS = "prisons", "Prisons and probation", "Prison officers, operational support and probation staff", 11, 24, 33
    PSYCHOLOGY = (
        *("psychology", "Psychology and counselling"),
        "Psychologists, psychotherapists, counsellors and wellbeing practitioners",
        *(22, 32),
    )
    PUBLIC_PROTECTION = (
        *("public_protection", "Public protection and security"),
        "Environmental health, trading standards, licensing, health and safety, wardens, CCTV and security staff",
        *(21, 24, 31, 35, 63, 92),
    )
    HEALTH_SCIENCE = (
        *("health_science", "Scans, tests and health science"),
        "Radiographers, hospital scientists, laboratory staff, and those who test hearts, lungs and hearing",
        *(21, 22, 31, 32),
    )
    SCHOOL_SUPPORT = (
        *("school_support", "School support"),
        "Teaching assistants, cover and midday supervisors, pastoral, behaviour and exam staff, school technicians",
        *(31, 32, 61, 92),
    )
    SCIENCE = (
        *("science", "Science and research"),
        "Researchers, economists, statisticians, environmental and other scientists",
        *(21, 24, 31),
    )
    SOCIAL_WORK = (
        *("social_work", "Social work and family support"),
        "Social workers, family support, fostering, safeguarding and early help staff",
        *(11, 24, 32),
    )
    TEACHING = (
        *("teaching", "Teaching and training"),
        "Teachers, headteachers, lecturers, tutors, instructors and assessors",
        23,
    )
    THERAPY = (
        *("therapy", "Therapy and rehabilitation"),
        "Physiotherapists, occupational and speech therapists, dietitians, podiatrists and those who treat eyes",
        22,
    )
