"""What braces and registers say about a new part, as the values that its attributes take; what can't be is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from evidence.values import Direction, EvidenceType
from pathways.values import (
    ClaimKind,
    ClaimState,
    DeploymentContext,
    Frequency,
    Grade,
    Level,
    Rating,
    Reversibility,
    SupportRole,
    Value,
)

Plain = str | bool | date
CHOICES: Final[Mapping[str, Mapping[str, type[Value]]]] = {
    "P": {
        "context": DeploymentContext,
        "frequency": Frequency,
        "complexity": Level,
        "reversibility": Reversibility,
        "rating": Rating,
        "confidence": Level,
    },
    "C": {"kind": ClaimKind, "state": ClaimState, "grade": Grade},
    "E": {"type": EvidenceType},
    "L": {"role": SupportRole},
    "B": {"direction": Direction, "strength": Grade},
}
DAYS: Final = {"E": ("as_of", "valid_until"), "A": ("given_on", "valid_until")}
FLAGS: Final = {"E": ("relied_on",), "T": ("tentative",)}
# What a part is where the document does not say.
USUAL: Final[Mapping[str, Mapping[str, Plain]]] = {
    "S": {"ready": False},
    "P": {"ready": False},
    "C": {"kind": ClaimKind.CONTROL, "state": ClaimState.DRAFT},
    "E": {"type": EvidenceType.OTHER, "relied_on": True},
    "L": {"role": SupportRole.SUPPORTING},
    "B": {"direction": Direction.FOR, "strength": Grade.MODERATE},
    "T": {"tentative": False},
}
ELSEWHERE: Final = frozenset({"class", "id", "owner", "tags", "claim"})  # read where the case is known


def columns_for(letter: str, says: Mapping[str, str], leave: Callable[[str, str], None]) -> dict[str, Plain]:
    """The plain columns of a new row; `leave` is told (what, words) of everything that is none."""
    found: dict[str, Plain] = dict(USUAL.get(letter, {}))
    for name, said in says.items():
        if name in ELSEWHERE or name.startswith("hidden"):
            continue
        value = _value(letter, name, said)
        if value is not None:
            found[name] = value
        elif said:
            leave(f"{name.replace('_', ' ')}, which can't be that here", said)
    return found


def _value(letter: str, name: str, said: str) -> Plain | None:
    plain = re.sub(r"[\s-]+", "_", said.strip().lower())
    if name in CHOICES.get(letter, {}):
        known = CHOICES[letter][name]
        return known(plain) if plain in set(known) else None
    if name in DAYS.get(letter, ()):
        try:
            return date.fromisoformat(said.strip())
        except ValueError:
            return None
    if name in FLAGS.get(letter, ()):
        return {"yes": True, "true": True, "no": False, "false": False}.get(plain)
    return None
