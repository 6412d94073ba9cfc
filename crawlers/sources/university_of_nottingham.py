"""University of Nottingham: its own vacancy site, by Stonefish; every vacancy on one page, and a page for each.

The address is a third party's of September 2026. How the list is built is told by other public readers of the site;
unchecked: nobody has looked at it live. Posts at the campuses in China and Malaysia are among them. The site has feeds
too, one for each campus: https://jobs.nottingham.ac.uk/RSS/.
"""

from crawlers.adapters.stonefish import Stonefish
from crawlers.source import Expect, Source

source = Source(
    organisation="University of Nottingham",
    adapter=Stonefish(url="https://jobs.nottingham.ac.uk/vacancies.aspx?cat=-1"),
    homepage="https://jobs.nottingham.ac.uk/",
    every_hours=12,
    expect=Expect(minimum=1, maximum=500),
    verified=None,
)
