"""University of Nottingham: its own ASP.NET site, every vacancy on one page, grouped by campus, and a page for each.

The address is a third party's of September 2026. That the list is `.vacancylist`, a paragraph with a link for each
vacancy, is how another public reader of the site takes it; what an advert's page prints is told by its labels alone.
Unchecked: nobody has looked at it live. Posts at the campuses in China and Malaysia are among them. The site has feeds
too, one for each campus: https://jobs.nottingham.ac.uk/RSS/.
"""

from crawlers.adapters.html import NOTHING, Html
from crawlers.source import Expect, Source

source = Source(
    organisation="University of Nottingham",
    adapter=Html(
        url="https://jobs.nottingham.ac.uk/vacancies.aspx?cat=-1",
        rows=".vacancylist p:has(a[href])",
        fields={"title": "a", "url": "a"},
        detail={
            "reference": "label(Reference, Vacancy Reference, Job Reference)",
            "salary": "label(Salary)",
            "closes": "label(Closing Date, Closes)",
            "locations": "label(Location, Campus)",
            "employment_type": "label(Job Type, Contract Type, Contract)",
            "hours": "label(Hours, Hours of Work)",
            "extra.department": "label(Department, School, School/Department)",
            "description_html": ".vacancydescription | main | #content",
        },
        none=NOTHING,
    ),
    homepage="https://jobs.nottingham.ac.uk/",
    every_hours=12,
    expect=Expect(minimum=1, maximum=500),
    verified=None,
)
