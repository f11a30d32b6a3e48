"""Raised and lowered characters, which the schema has no mark for: 10⁶ must not become 106."""

from __future__ import annotations

from typing import Final

RAISED: Final = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True)) | {"−": "⁻", "–": "⁻"}
LOWERED: Final = dict(zip("0123456789+-=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ", strict=True)) | {"−": "₋"}


def shifted(text: str, position: str) -> str | None:
    """The same characters raised (`superscript`) or lowered (`subscript`); None where there are none such."""
    table = {"superscript": RAISED, "subscript": LOWERED}.get(position)
    if table is None:
        return text
    return "".join(table[c] for c in text) if text and all(c in table for c in text) else None
