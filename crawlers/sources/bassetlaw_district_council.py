"""Bassetlaw District Council recruits on MHR iTrent, behind careers.bassetlaw.gov.uk.

As configured by a third party in September 2026; unchecked: nobody has looked at it live.
"""

from crawlers.adapters.itrent import ITrent
from crawlers.source import Expect, Source

source = Source(
    organisation="Bassetlaw District Council",
    adapter=ITrent(
        url="https://ce0017li.webitrent.com/ce0017li_webrecruitment/wrd/run/ETREC179GF.open?WVID=8070960wxx"
    ),
    homepage="https://careers.bassetlaw.gov.uk/",
    every_hours=4,
    expect=Expect(maximum=200),
    verified=None,
)
