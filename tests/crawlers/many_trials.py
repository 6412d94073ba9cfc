"""Several trials in one process, for tests: a reactor starts only once, and starting one takes a second.

Standard input holds a JSON list of `url`, `demo` and `limits`; standard output gets a JSON list of the results.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace

from clearinghouse.db import utc_now
from clearinghouse.settings import settings
from crawlers.fetching import Fetcher
from crawlers.spider import run_spider
from crawlers.trial import LIMITS, Trial

jobs = json.load(sys.stdin)
limits = replace(LIMITS, **jobs["limits"])
trials = [
    Trial(job["url"], settings().model_copy(update={"demo": job["demo"]}), limits, utc_now) for job in jobs["trials"]
]


async def work(fetcher: Fetcher) -> None:
    """All of them side by side."""
    await asyncio.gather(*(trial.work(fetcher) for trial in trials))


run_spider(work, settings().user_agent, limits, utc_now)
json.dump([trial.result for trial in trials], sys.stdout)
