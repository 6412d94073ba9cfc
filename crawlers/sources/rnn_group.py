"""RNN Group (North Notts College) lists its vacancies on its own site; the path to them isn't known whole.

Doubtful: the page fetches its list by a script, and no adapter is known to read what that fetches. It is read for
schema.org JobPosting; until the portal behind it is known, a run says that there is none and brings nothing.
As configured by a third party in September 2026; unchecked: nobody has looked at it live.
"""

from crawlers.adapters.jsonld import JsonLd
from crawlers.source import Expect, Source

source = Source(
    organisation="RNN Group",
    adapter=JsonLd(url="https://www.rnngroup.co.uk/vacancies"),
    homepage="https://www.rnngroup.co.uk/",
    every_hours=24,
    expect=Expect(maximum=200),
    verified=None,
)
