"""Broxtowe Borough Council: a list on its own pages, each advert at an address that begins with its post reference.

The address, and references such as p73-… and h70-h114-… (one advert for two posts), are a third party's notes of
September 2026; how its pages are built is unchecked.
"""

from crawlers.adapters.html import NOTHING, Html
from crawlers.source import Source

source = Source(
    organisation="Broxtowe Borough Council",
    adapter=Html(
        url="https://www.broxtowe.gov.uk/for-you/jobs/current-vacancies/",
        rows="a[href*='/current-vacancies/']:not([href$='/current-vacancies/'])",
        fields={"title": "a", "url": "a"},
        detail={
            "reference": r"label(Post Reference, Reference) | link[rel=canonical]@href =~ /([a-z]\d+(?:-[a-z]\d+)*)-",
            "salary": "label(Salary, Pay, Grade)",
            "hours": "label(Hours)",
            "employment_type": "label(Contract, Contract Type)",
            "closes": "label(Closing Date, Closes)",
            "description_html": "main | article | #content",
        },
        none=NOTHING,
    ),
    homepage="https://www.broxtowe.gov.uk/for-you/jobs/current-vacancies/",
    verified=None,
)
