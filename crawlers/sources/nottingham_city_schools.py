"""Nottingham City's schools advertise through eTeach, which the council's page leads to.

Doubtful: eTeach's list behind that page isn't known. The page is read for schema.org JobPosting; where it has none, a
run says so and brings nothing. The schools' adverts on Teaching Vacancies are read there.
As configured by a third party in September 2026; unchecked: nobody has looked at it live.
"""

from crawlers.adapters.jsonld import JsonLd
from crawlers.source import Expect, Source

source = Source(
    organisation=None,
    adapter=JsonLd(url="https://www.nottinghamcity.gov.uk/jobs-and-working/jobs-in-schools/"),
    homepage="https://www.nottinghamcity.gov.uk/jobs-and-working/jobs-in-schools/",
    every_hours=24,
    expect=Expect(maximum=200),
    verified=None,
)
