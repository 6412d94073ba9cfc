"""The Flying High Partnership: the adverts on its own site, as far as its sitemap lists them.

Doubtful: only the site's address is known, from stored pages of 2024 and 2025. That it has a sitemap, and
adverts with schema.org JobPosting in it, is a guess. Unchecked, as of 22 November 2026. The trust's schools advertise
on Teaching Vacancies too.
"""

from crawlers.adapters.sitemap import Sitemap
from crawlers.source import Expect, Source

source = Source(
    organisation="The Flying High Partnership",
    adapter=Sitemap(url="https://flyinghighpartnership.co.uk/sitemap.xml", match=r"(?i)vacanc|/jobs?/|career"),
    homepage="https://flyinghighpartnership.co.uk/",
    every_hours=24,
    expect=Expect(maximum=200),
    verified=None,
)
