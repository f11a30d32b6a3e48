"""Child processes of `manage.py demo`: started together, ended together, and never left behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
GRACE = 8.0
START = 90.0
LIBC = ctypes.CDLL(None)


def die_with_parent() -> None:
    """Run in the child before its program starts: the kernel ends it when its parent goes, kill -9 included (Linux)."""
    os.setsid()
    with contextlib.suppress(AttributeError):
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """Some processes; the first started is the last to end."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, arguments: Sequence[str], environment: Mapping[str, str], logs: Path) -> None:
        """Start one, with these additions to our own environment. What it says goes to a file in `logs`."""
        self._start(name, arguments, environment, logs, output=None)

    def start_and_read(self, name: str, arguments: Sequence[str], environment: Mapping[str, str], logs: Path) -> str:
        """Start one and wait for its first line, or for its end: the empty string."""
        process = self._start(name, arguments, environment, logs, output=subprocess.PIPE)
        assert process.stdout is not None
        if not select.select([process.stdout], [], [], START)[0]:
            return ""
        return process.stdout.readline().decode().strip()

    def ended(self) -> str | None:
        """The name of one that ended by itself."""
        return next((name for name, process in self._running.items() if process.poll() is not None), None)

    def stop(self) -> None:
        """Ask all but the first to end, wait, insist; then the first, on which the others stand."""
        names = list(self._running)
        for group in (names[1:], names[:1]):
            processes = [self._running.pop(name) for name in group]
            for process in processes:
                _signal_group(process, signal.SIGTERM)
            deadline = time.monotonic() + GRACE
            for process in processes:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(max(deadline - time.monotonic(), 0.1))
                _signal_group(process, signal.SIGKILL)
                process.wait()

    def _start(
        self, name: str, arguments: Sequence[str], environment: Mapping[str, str], logs: Path, *, output: int | None
    ) -> subprocess.Popen[bytes]:
        logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603  # our own programs, no shell
                [sys.executable, *arguments],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log if output is None else output,
                stderr=log,
                preexec_fn=die_with_parent,  # noqa: PLW1509  # no threads have been started
            )
        return self._running[name]


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


@contextlib.contextmanager
def children() -> Iterator[Children]:
    """Processes that end with the block, however it ends. A second Ctrl-C does not keep them from ending."""
    made = Children()
    try:
        yield made
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        made.stop()
