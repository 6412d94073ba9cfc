"""Starting our own command as a child process that never outlives its parent."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

PR_SET_PDEATHSIG = 1  # prctl(2)
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def command(*arguments: str) -> list[str]:
    """The `clearinghouse` command with `arguments`, by this interpreter, wherever its script is installed."""
    return [sys.executable, "-c", "from clearinghouse.cli import main; main()", *arguments]


def start(arguments: Sequence[str], env: Mapping[str, str] | None = None, **options: Any) -> subprocess.Popen[Any]:
    """Start a child in a process group of its own; the kernel ends it when this process dies, however it dies.

    Call it from the main thread: Linux counts the death of the starting thread, not of the process. On other
    systems only an orderly end of the parent ends the child.
    """
    parent = os.getpid()
    return subprocess.Popen(  # noqa: S603  the arguments are our own
        arguments,
        env=env,
        process_group=0,
        preexec_fn=lambda: _die_with(parent),  # noqa: PLW1509  it takes no lock and imports nothing
        **options,
    )


def _die_with(parent: int) -> None:
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)


def stop(children: Sequence[subprocess.Popen[Any]], grace: float) -> None:
    """End every child: SIGTERM first, and after `grace` seconds in all SIGKILL to what is left of its group."""
    for child in children:
        _signal(child, signal.SIGTERM)
    deadline = time.monotonic() + grace
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
    for child in children:
        _signal(child, signal.SIGKILL)
        child.wait()


def _signal(child: subprocess.Popen[Any], number: signal.Signals) -> None:
    try:
        os.killpg(child.pid, number)
    except (ProcessLookupError, PermissionError):
        child.poll()
