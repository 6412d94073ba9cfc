"""Nottingham City Council recruits on Oracle Recruiting Cloud, site `ncc`, whose number is CX_1.

As configured by a third party in September 2026; unchecked: nobody has looked at it live.
"""

from crawlers.adapters.oracle import Oracle
from crawlers.source import Expect, Source

source = Source(
    organisation="Nottingham City Council",
    adapter=Oracle(
        url="https://eism.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/ncc/jobs",
        site="CX_1",
    ),
    homepage="https://eism.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/ncc/jobs",
    every_hours=4,
    expect=Expect(minimum=1, maximum=1000),
    verified=None,
)
