"""Mansfield District Council recruits on MHR iTrent, board 4128782IuI.

Two pieces of evidence disagree. A third party's configuration of September 2026 says iTrent, on a host that Ashfield
and Mansfield share and whose WVID tells them apart. An older stored page says that both councils take applications at
jobs-mansfield.recruitsaas.com. Unchecked: nobody has looked at either live; the newer is read.
"""

from crawlers.adapters.itrent import ITrent
from crawlers.source import Expect, Source

source = Source(
    organisation="Mansfield District Council",
    adapter=ITrent(
        url="https://ce0930li.webitrent.com/ce0930li_webrecruitment/wrd/run/ETREC179GF.open?WVID=4128782IuI"
    ),
    homepage="https://jobs-mansfield.recruitsaas.com/",
    every_hours=4,
    expect=Expect(maximum=200),
    verified=None,
)
