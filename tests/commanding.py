"""`clearinghouse …` as it is typed, within this process: to start one takes a second or two."""

from __future__ import annotations

import io
import logging
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import structlog

from clearinghouse.cli import main
from clearinghouse.settings import PREFIX, settings


def told(*arguments: str | Path, folder: Path | None = None, **given: str) -> subprocess.CompletedProcess[str]:
    """How the command ended and what it printed. `given`: the only settings that it finds in the environment."""
    words = [str(argument) for argument in arguments]
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with _everything_put_back(), pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr("sys.argv", ["clearinghouse", *words])
        patch.setattr("os.environ", others | {PREFIX + name: value for name, value in given.items()})
        patch.chdir(folder or Path.cwd())
        settings.cache_clear()
        with pytest.raises(SystemExit) as ended:
            main()
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(words, int(ended.value.code or 0), *said)


@contextmanager
def _everything_put_back() -> Iterator[None]:
    """What a command sets for its whole process is afterwards as it was: settings, logs, signals."""
    root, logs = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    signals = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        settings.cache_clear()
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.configure(**logs)
        for number, handler in signals.items():
            signal.signal(number, handler)
