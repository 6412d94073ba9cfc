"""Logs on standard error, ours and the libraries' in one form: text for people, or JSON a line for machines.

They hold no query string, no address and no cookie: what people look for is their own business.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import structlog
from structlog.types import Processor

COMMON: Sequence[Processor] = (
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure(form: str) -> None:
    """Send every log of this process to standard error, as `text` or as `json` (LOG_FORMAT)."""
    as_json = form == "json"
    # Not structlog's own tracebacks: they print every local variable, and with it what people typed.
    text = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    last: Processor = structlog.processors.JSONRenderer() if as_json else text
    steps = (structlog.processors.format_exc_info,) if as_json else ()
    structlog.configure(
        processors=[*COMMON, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=COMMON, processors=[strip, *steps, last])
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it has two lines to say each time /readyz is asked
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that waits for a runner is no news
