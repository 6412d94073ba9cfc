"""How we behave on other people's servers: Scrapy's settings, and a slot with its delay for each site."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.core.downloader import Downloader

from crawlers.decoding import ACCEPTED
from crawlers.limits import LOCAL_CONCURRENCY, Limits
from crawlers.robots import origin

JITTER = 0.2  # of the delay, either way
DELAY = 1.25  # seconds, so that jitter never brings it under one


class PoliteDownloader(Downloader):  # type: ignore[misc]  # Scrapy is untyped here
    """Scrapy's downloader with a slot for each scheme, host and port, one request at a time and a delay between."""

    def get_slot_key(self, request: Request) -> str:
        """The site that `request` is for, whatever slot a redirect brought along."""
        return origin(request.url)

    def prepare(self, url: str, *, local: bool, delay: float | None = None) -> None:
        """Set the pace for the site of `url`: none on this machine, else the longer of ours and `delay` (robots.txt's).

        Without a `delay` (it isn't known yet) a pace that is already set stays.
        """
        key = origin(url)
        if delay is None and key in self.per_slot_settings:
            return
        pace = 0.0 if local else DELAY * max(1.0, delay or 0.0)
        concurrency = LOCAL_CONCURRENCY if local else 1
        self.per_slot_settings[key] = {"concurrency": concurrency, "delay": pace, "jitter": JITTER}
        if key in self.slots:
            self.slots[key].delay = pace


def scrapy_settings(user_agent: str, limits: Limits) -> dict[str, Any]:
    """Scrapy's settings. Robots, redirects, retries and decoding are `crawlers.fetching`'s: it says why they fail."""
    return {
        "BOT_NAME": "clearinghouse",
        "COMPRESSION_ENABLED": False,
        "CONCURRENT_REQUESTS": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": LOCAL_CONCURRENCY,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "*/*",
            "Accept-Encoding": ACCEPTED,
            "Accept-Language": "en-GB,en",
        },
        "DOWNLOADER": "crawlers.politeness.PoliteDownloader",
        "DOWNLOAD_DELAY": DELAY,
        "DOWNLOAD_DELAY_JITTER": JITTER,
        "DOWNLOAD_MAXSIZE": limits.body,
        "DOWNLOAD_TIMEOUT": limits.timeout,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_WARNSIZE": 0,
        "DNS_TIMEOUT": 10,
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOG_LEVEL": "ERROR",
        "LOGSTATS_INTERVAL": 0,
        "MEMUSAGE_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "STATS_DUMP": False,
        "TELNETCONSOLE_ENABLED": False,
        "USER_AGENT": user_agent,
    }
