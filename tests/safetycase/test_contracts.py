"""The import contracts catch what they are there for: each seeded import breaks one of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("prose", "cases", "pathways", "evidence", "review", "safetycase")
FAULTS = {
    "Floors": ("prose/seeded.py", "from cases import audit"),
    "Models are for": ("review/views/seeded.py", "from review.models import Edition"),
    "reach the words of a marked text": ("review/loaders/seeded.py", "from prose.inside import document_of"),
    "use the rule": ("review/views/seeded.py", "from cases.redaction.rule import redact"),
    "rule's front door": ("review/actions/seeded.py", "from cases.redaction import redact"),
    "Projections and actions": ("review/checks/seeded.py", "from review.actions import releases"),
    "Edition views have nothing live": ("review/loaders/editions.py", "from review.loaders import live"),
    "Live words become JSON": ("review/views/seeded.py", "from review.api import live_serializers"),
    "guardian": ("review/loaders/seeded.py", "from guardian.shortcuts import get_perms"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def linted(folder: Path) -> tuple[int, str]:
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_contracts_hold_on_the_house_as_it_is(copy: Path):
    code, said = linted(copy)
    assert code == 0, said[-1500:]


@pytest.mark.parametrize("contract", FAULTS)
def test_contract_breaks_on_a_seeded_import(contract: str, copy: Path):
    name, line = FAULTS[contract]
    with (copy / name).open("a") as file:
        file.write(f"\n{line}\n")
    code, said = linted(copy)
    assert code != 0
    broken = said[said.index("Broken contracts") :]
    assert contract in broken, broken[:1500]
