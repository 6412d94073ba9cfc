"""Newark and Sherwood District Council recruits on MHR iTrent.

As configured by a third party in September 2026; unchecked: nobody has looked at it live.
"""

from crawlers.adapters.itrent import ITrent
from crawlers.source import Expect, Source

source = Source(
    organisation="Newark and Sherwood District Council",
    adapter=ITrent(
        url="https://ce0799li.webitrent.com/ce0799li_webrecruitment/wrd/run/ETREC179GF.open?WVID=3373962BPM"
    ),
    homepage="https://www.newark-sherwooddc.gov.uk/",
    every_hours=4,
    expect=Expect(maximum=200),
    verified=None,
)
