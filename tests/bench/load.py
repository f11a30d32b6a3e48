"""The whole edition over HTTP: the reading room as the product starts it, two workers, sixteen readers at once."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError

from safetycase import servers
from safetycase.processes import Children
from tests.bench.figures import progress, say
from tests.bench.state import State

WORKERS, AT_ONCE, WARM, COUNT = 2, 16, 200, 1_500
PATIENCE = 30.0


def measure(made: Children, environment: Mapping[str, str], state: State, home: Path) -> None:
    """Requests a second, and the slowest of the fastest 95 in a hundred."""
    port = _free_port()
    own = {**environment, "SITE": "reading_room", "READING_ROOM_HOST": f"localhost:{port}"}
    made.start("reading-room", servers.reading_room(port, workers=WORKERS), own, home / "logs")
    _wait(port)
    job = {"port": port, "host": f"localhost:{port}", "cookie": state.cookie, "paths": state.pages, "at_once": AT_ONCE}
    _read({**job, "count": WARM})
    seconds, took = _read({**job, "count": COUNT})
    progress(f"{COUNT} requests over {len(state.pages)} pages in {seconds:.1f} s")
    say("edition_rps", len(took) / seconds, "requests/s", len(took))
    say("edition_p95_ms", 1000 * sorted(took)[int(0.95 * len(took))], "ms", len(took))


def _read(job: dict[str, object]) -> tuple[float, list[float]]:
    client = [sys.executable, "-m", "tests.bench.client"]
    done = subprocess.run(client, input=json.dumps(job), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"the readers failed: {done.stderr[-2000:]}")
    found = json.loads(done.stdout)
    return float(found["seconds"]), list(found["took"])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": f"localhost:{port}"})
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            opener.open(asked, timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the reading room did not start")
