"""The committed bundle: served as a script, licensed, reproducible, made of exactly the parts that are named."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Callable

import pytest

from tests.frontend.conftest import FRONTEND, ROOT, RunInNode
from tests.site_client import SiteClient

DIST = ROOT / "static" / "dist"
MOST_KB = 100


@pytest.mark.django_db
def test_the_bundle_is_served_as_a_script(workshop: Callable[[], SiteClient]) -> None:
    answer = workshop().get("/static/dist/editor.js")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer.getvalue() == (DIST / "editor.js").read_bytes()


def test_the_bundle_is_small() -> None:
    assert len(gzip.compress((DIST / "editor.js").read_bytes(), 9)) <= MOST_KB * 1000


def test_the_bundle_names_no_other_host_and_has_no_map() -> None:
    script = (DIST / "editor.js").read_text()
    assert "sourceMappingURL" not in script
    hosts = set(re.findall(r"https?://([\w.]+)", script))
    assert hosts <= {"www.w3.org", "prosemirror.net"}  # a namespace, and a hint in a warning


def test_the_lock_file_names_no_registry_and_pins_what_package_json_says() -> None:
    lock = (FRONTEND / "package-lock.json").read_text()
    assert "resolved" not in lock
    asked = json.loads((FRONTEND / "package.json").read_text())
    pinned = json.loads(lock)["packages"]
    for name, version in (asked["dependencies"] | asked["devDependencies"]).items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert pinned[f"node_modules/{name}"]["version"] == version
        assert pinned[f"node_modules/{name}"]["integrity"]


def test_every_package_in_the_bundle_has_its_licence_beside_it() -> None:
    licences = (DIST / "LICENSES.txt").read_text()
    pinned = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]
    inside = [path.removeprefix("node_modules/") for path, said in pinned.items() if path and not said.get("dev")]
    assert inside
    for name in inside:
        assert re.search(rf"^{name} [\d.]+ \(MIT\)$", licences, re.MULTILINE), name
    assert licences.count("Permission is hereby granted") == len(inside)


def test_the_bundle_is_what_its_sources_make(in_node: RunInNode) -> None:
    checked = subprocess.run(["node", "build.mjs", "check"], cwd=FRONTEND, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
