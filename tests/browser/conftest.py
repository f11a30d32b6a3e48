"""A real browser, and a whole installation started as `make demo` starts it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
expect.set_options(timeout=20_000)  # a busy machine is no reason to fail
WHY = "no Chromium: `make browser` installs one (as root, `make test` does it by itself)"


def _chromium(playwright: Playwright) -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver."""
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium; without one the browser tests say so loudly, and fail where a build must not skip."""
    found = _chromium(playwright)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(WHY)
        pytest.skip(WHY)
    made = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"])
    yield made
    made.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@dataclass(frozen=True)
class Demo:
    """A running demo: what it printed."""

    workshop: str
    reading_room: str
    password: str


def free_port() -> int:
    """A port that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_demo() -> Iterator[Demo]:
    """`manage.py demo` in an empty home, on free ports, on the real database logins; stopped as Ctrl-C stops it."""
    home = Path(tempfile.mkdtemp(prefix="safetycase-story-"))
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SAFETYCASE_", "DJANGO_", "SITE"))}
    ports = {"WORKSHOP_PORT": str(free_port()), "READING_ROOM_PORT": str(free_port())}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo"],
        cwd=ROOT,
        env={**kept, **ports, "SAFETYCASE_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield _until_ready(process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        if process.stdout is not None:
            process.stdout.close()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """The demo that most stories share."""
    with running_demo() as running:
        yield running


@pytest.fixture(scope="session")
def another_demo() -> Iterator[Demo]:
    """A second one, for stories that approve and withdraw what others begin with."""
    with running_demo() as running:
        yield running


@pytest.fixture(scope="module")
def writing_demo() -> Iterator[Demo]:
    """One of its own for tests that write: their words would stand in other stories' way."""
    with running_demo() as running:
        yield running


def _until_ready(process: subprocess.Popen[str]) -> Demo:
    said: dict[str, str] = {}
    assert process.stdout is not None
    for line in process.stdout:
        word, _, rest = line.strip().partition(" ")
        said[word] = rest
        if word == "ready":
            return Demo(said["workshop"], said["reading-room"], said["password"])
    pytest.fail("the demo did not get ready")
