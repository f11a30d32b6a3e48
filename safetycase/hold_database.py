"""`python -m safetycase.hold_database`: keeps the embedded server up until it is told to end."""

from __future__ import annotations

import signal
import sys

from safetycase.home import home_folder
from safetycase.postgres import EmbeddedPostgres


def main() -> None:
    """Hold, say so, wait."""
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # so that none comes between starting the server and holding it
    try:
        with EmbeddedPostgres(home_folder()).held():
            print("ready", flush=True)
            signal.sigwait(ends)
    except SystemExit as refusal:
        print(refusal.code, flush=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
