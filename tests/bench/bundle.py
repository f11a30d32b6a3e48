"""How much a browser fetches to write: the editor's bundle as it goes over the wire."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.bench.figures import say

EDITOR = Path(__file__).parents[2] / "static" / "dist" / "editor.js"


def measure() -> None:
    """The committed file, packed as tightly as gzip does; a KB is a thousand bytes."""
    say("editor_gz_kb", len(gzip.compress(EDITOR.read_bytes(), 9)) / 1000, "KB", 1)
