"""Nottingham Trent University recruits on Jobtrain, at an address of its own.

As configured by a third party in September 2026; unchecked: nobody has looked at it live.
"""

from crawlers.adapters.jobtrain import Jobtrain
from crawlers.source import Expect, Source

source = Source(
    organisation="Nottingham Trent University",
    adapter=Jobtrain(url="https://vacancies.ntu.ac.uk/"),
    homepage="https://www.ntu.ac.uk/jobs",
    every_hours=4,
    expect=Expect(minimum=1, maximum=500),
    verified=None,
)
