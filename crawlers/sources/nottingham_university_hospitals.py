"""Nottingham University Hospitals NHS Trust: its adverts on NHS Jobs, by the employer's name.

The trust recruits on Trac, which puts its adverts on NHS Jobs too.
Trac stands behind a wall against robots, so it is not read. NHS Jobs' own search may be, but its terms are for personal
use: before anything of it is published, NHSBSA must have agreed. Evidence of September 2026; unchecked, the spelling of
the name above all.
"""

from crawlers.adapters.nhs_jobs import NhsJobs
from crawlers.source import Expect, Source

source = Source(
    organisation="Nottingham University Hospitals NHS Trust",
    adapter=NhsJobs(
        url="https://www.jobs.nhs.uk/api/v1/search_xml",
        employer="Nottingham University Hospitals NHS Trust",
    ),
    homepage="https://www.nuh.nhs.uk/jobs",
    every_hours=12,
    expect=Expect(minimum=1, maximum=1000),
    verified=None,
    terms="none",
)
