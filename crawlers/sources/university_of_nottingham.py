"""University of Nottingham: its vacancy site is Stonefish's, every vacancy on one page, grouped by campus.

The address is a third party's of September 2026; that the site is Stonefish's is told from its addresses. Unchecked:
nobody has looked at it live. Posts at the campuses in China and Malaysia are among them. The site has feeds too, one
for each campus: https://jobs.nottingham.ac.uk/RSS/.
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
