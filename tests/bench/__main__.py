"""`python -m tests.bench`: a home and a server of its own, then each stage as a process of the site that it stands for."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from safetycase import servers
from safetycase.postgres import socket_folder
from safetycase.processes import Children, children
from tests.bench import bundle
from tests.bench import state as states
from tests.bench.figures import progress

STAGES = {
    "prepare": "owner",
    "release": "worker",
    "comment": "owner",
    "live": "workshop",
    "pages": "reading_room",
    "edits": "workshop",
    "batches": "workshop",
    "bring": "workshop",
}
OURS = ("SAFETYCASE_", "DJANGO_", "SITE", "WORKSHOP_", "READING_ROOM_", "REDIS_URL")


def main() -> None:
    """Everything, in about three minutes; the home is removed at the end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the home goes whoever ends us
    home = Path(tempfile.mkdtemp(prefix="safetycase-bench-"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environment = {**kept, "SAFETYCASE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "safetycase.settings"}
    bundle.measure()
    try:
        with children() as made:
            _run(made, environment, home)
    finally:
        shutil.rmtree(socket_folder(home), ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


def _run(made: Children, environment: dict[str, str], home: Path) -> None:
    from tests.bench import load, writing  # after the home is known

    ready = made.start_and_read("database", servers.database(), environment, home / "logs")
    if ready != "ready":
        raise SystemExit(ready or "the database did not start")
    for stage, site in STAGES.items():
        start = time.monotonic()
        command = [sys.executable, "-m", "tests.bench", stage]
        if subprocess.run(command, env={**environment, "SITE": site}, check=False).returncode != 0:
            raise SystemExit(f"stage {stage} failed")
        progress(f"{stage}: {time.monotonic() - start:.1f} s")
    load.measure(made, environment, states.load(home), home)
    writing.measure()


def stage(name: str) -> None:
    """One stage, in a process that has the settings and the login of its site."""
    import django  # in a stage alone

    django.setup()
    home = Path(os.environ["SAFETYCASE_HOME"])
    state = states.load(home)
    _work_of(name)(state)
    states.save(home, state)


def _work_of(name: str) -> Callable[[states.State], None]:
    from tests.bench import batches, bringing, edits, live, pages, prepare, releases  # these need settings

    return {
        "prepare": prepare.prepare,
        "release": releases.release,
        "comment": prepare.comment,
        "live": live.measure,
        "pages": pages.measure,
        "edits": edits.measure,
        "batches": batches.measure,
        "bring": bringing.measure,
    }[name]


if __name__ == "__main__":
    stage(sys.argv[1]) if len(sys.argv) > 1 else main()
