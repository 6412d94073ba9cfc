"""Nottinghamshire County Council recruits at nottinghamshire.tal.net, an Oleeo (TAL) site.

It has a board of the council's own vacancies, and one of all vacancies that repeats the schools'; the first is meant
here. Evidence: the council's own site sends candidates to that host. The path of the feed is the one that other TAL
sites use; nobody has checked it, or the number of the board, on this one.
"""

from crawlers.adapters.tal import Tal
from crawlers.source import Expect, Source

source = Source(
    organisation="Nottinghamshire County Council",
    adapter=Tal(
        url="https://nottinghamshire.tal.net/vx/mobile-0/appcentre-1/brand-2/candidate/jobboard/vacancy/1/feed"
    ),
    homepage="https://nottinghamshire.tal.net/",
    every_hours=4,
    expect=Expect(minimum=1, maximum=1000),
    verified=None,
)
