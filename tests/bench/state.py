"""What one stage of the bench leaves for the next: a JSON file in the bench's home."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

FACTORS = (1, 4)


@dataclass
class State:
    """Ids as text, by factor where there is one per case."""

    people: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    editions: dict[str, str] = field(default_factory=dict)
    cookie: str = ""
    pages: list[str] = field(default_factory=list)

    def case(self, factor: int) -> UUID:
        """The case of that size."""
        return UUID(self.cases[str(factor)])

    def edition(self, factor: int) -> UUID:
        """Its edition for the external reviewer."""
        return UUID(self.editions[str(factor)])


def load(home: Path) -> State:
    """What is known so far."""
    path = home / "bench.json"
    return State(**json.loads(path.read_text())) if path.exists() else State()


def save(home: Path, state: State) -> None:
    """Keep it."""
    (home / "bench.json").write_text(json.dumps(asdict(state)))
