"""Sherwood Forest Hospitals NHS Foundation Trust: its adverts on NHS Jobs, by the employer's name.

The trust recruits around NHS Jobs; its own back end is not known, probably Trac.
Trac stands behind a wall against robots, so it is not read. NHS Jobs' own search may be, but its terms are for personal
use: before anything of it is published, NHSBSA must have agreed. Evidence of September 2026; unchecked, the spelling of
the name above all.
"""

from crawlers.adapters.nhs_jobs import NhsJobs
from crawlers.source import Expect, Source

source = Source(
    organisation="Sherwood Forest Hospitals NHS Foundation Trust",
    adapter=NhsJobs(
        url="https://www.jobs.nhs.uk/api/v1/search_xml",
        employer="Sherwood Forest Hospitals NHS Foundation Trust",
    ),
    homepage="https://www.sfh-tr.nhs.uk/work-for-us/",
    every_hours=12,
    expect=Expect(minimum=1, maximum=1000),
    verified=None,
    terms="none",
)
