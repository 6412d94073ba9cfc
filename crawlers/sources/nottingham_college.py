"""Nottingham College lists its vacancies on its own site; applications go to nottinghamcollege.octo-firstclass.co.uk.

Doubtful: the page fetches its list by a script, and no adapter is known to read what that fetches. It is read for
schema.org JobPosting; until the portal behind it is known, a run says that there is none and brings nothing.
Evidence: a third party's configuration of September 2026, and the portal's stored pages; unchecked.
"""

from crawlers.adapters.jsonld import JsonLd
from crawlers.source import Expect, Source

source = Source(
    organisation="Nottingham College",
    adapter=JsonLd(url="https://nottinghamcollege.ac.uk/about-us/working-for-us/current-vacancies"),
    homepage="https://nottinghamcollege.ac.uk/about-us/working-for-us",
    every_hours=24,
    expect=Expect(maximum=200),
    verified=None,
)
