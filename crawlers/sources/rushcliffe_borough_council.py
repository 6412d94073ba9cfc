"""Rushcliffe Borough Council: a list on its own pages, and a page for each advert below it.

The address is a third party's note of September 2026; how its pages are built is unchecked. No body was recorded.
"""

from crawlers.adapters.html import NOTHING, Html
from crawlers.source import Source

source = Source(
    organisation="Rushcliffe Borough Council",
    adapter=Html(
        url="https://www.rushcliffe.gov.uk/about-us/working-for-rbc/jobs/",
        rows="main a[href*='/working-for-rbc/jobs/']:not([href$='/working-for-rbc/jobs/'])",
        fields={"title": "a", "url": "a"},
        detail={
            "reference": "label(Reference, Post Reference, Job Reference, Reference Number)",
            "salary": "label(Salary, Pay, Grade)",
            "hours": "label(Hours, Hours per Week)",
            "locations": "label(Location, Place of Work)",
            "employment_type": "label(Contract, Contract Type)",
            "closes": "label(Closing Date, Closes)",
            "description_html": "main | article | #content",
        },
        none=NOTHING,
    ),
    homepage="https://www.rushcliffe.gov.uk/about-us/working-for-rbc/jobs/",
    verified=None,
)
