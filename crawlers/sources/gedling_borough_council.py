"""Gedling Borough Council: one ASP.NET page for all its adverts, none of which has an address of its own.

So an advert is told by its reference, else by its content, and its details, which a button brings by POST, are not
asked for. The address is a third party's note of September 2026; how the page is built is unchecked, which is why the
columns of its table are told by their headings. No body of it was recorded.
"""

from crawlers.adapters.html import NOTHING, Html
from crawlers.source import Source

source = Source(
    organisation="Gedling Borough Council",
    adapter=Html(
        url="https://apps.gedling.gov.uk/jobs/default.aspx",
        rows="table[id] tr:not(:has(a[href*='Page$'])) | table tr",
        fields={
            "reference": "column(Reference, Ref, Ref No, Reference Number, Job Reference, Post Reference)",
            "title": "column(Job Title, Title, Post, Post Title, Position, Vacancy, Job)",
            "locations": "column(Location, Work Base)",
            "salary": "column(Salary, Pay, Grade, Band)",
            "hours": "column(Hours, Hours per Week)",
            "employment_type": "column(Contract, Contract Type, Job Type)",
            "closes": "column(Closing Date, Closes, Closing)",
            "extra.department": "column(Department, Directorate, Service Area)",
        },
        none=NOTHING,
    ),
    homepage="https://apps.gedling.gov.uk/jobs/default.aspx",
    verified=None,
)
