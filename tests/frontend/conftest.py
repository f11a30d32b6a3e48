"""Node, which the editor's own code runs in. Without it these tests say loudly that they did not run; under CI=true they fail."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
ABSENT = "node, or frontend/node_modules, was not found: the editor's own code was NOT tested (make editor says what is missing)"

RunInNode = Callable[..., Any]


@pytest.fixture(scope="session")
def in_node() -> RunInNode:
    """Runs a file of frontend/test with the editor's sources, one of its seeded faults perhaps in them; its last line as JSON."""
    node = shutil.which("node")
    if node is None or not (FRONTEND / "node_modules" / ".installed").exists():
        if os.environ.get("CI") == "true":
            pytest.fail(ABSENT)
        pytest.skip(ABSENT)

    def run(name: str, *arguments: object, fault: str = "none", seconds: float = 900) -> Any:
        command = [node, str(FRONTEND / "test" / "run.mjs"), name, fault, *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False)
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.fixture(scope="session")
def authority() -> list[str]:
    """How the Python authority is started on a pipe."""
    return [sys.executable, "-m", "tests.prose.authority_on_pipe"]
