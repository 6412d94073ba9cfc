"""Greenwood Academies Trust: the adverts on its own site, as far as its sitemap lists them.

Doubtful: only the site's address is known, from stored pages of 2018. That it has a sitemap, and
adverts with schema.org JobPosting in it, is a guess. Unchecked, as of 22 November 2026. The trust's schools advertise
on Teaching Vacancies too.
"""

from crawlers.adapters.sitemap import Sitemap
from crawlers.source import Expect, Source

source = Source(
    organisation="Greenwood Academies Trust",
    adapter=Sitemap(url="https://www.greenwoodacademies.org/sitemap.xml", match=r"(?i)vacanc|/jobs?/|career"),
    homepage="https://www.greenwoodacademies.org/",
    every_hours=24,
    expect=Expect(maximum=200),
    verified=None,
)
