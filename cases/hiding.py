"""What can be hidden besides words: one table for forms, actions and the case file. The names are those that projections ask by."""

from __future__ import annotations

from collections.abc import Mapping

# The letter of a reference → the attributes of what it names, each with its label.
ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "K": {
        "kind": "kind",
        "rehearsal": "rehearsal",
        "contexts": "deployment contexts",
        "rating": "overall risk",
        "confidence": "confidence",
        "evidence_cutoff": "evidence cut-off",
        "coverage_date": "coverage date",
        "publication_date": "publication date",
    },
    "P": {
        "context": "context",
        "frequency": "frequency",
        "complexity": "complexity",
        "reversibility": "reversibility",
        "rating": "residual risk",
        "confidence": "confidence",
    },
    "C": {"kind": "kind", "state": "state", "grade": "grade", "owner": "owner", "tags": "tags"},
    "L": {"role": "role"},
    "E": {
        "type": "type",
        "as_of": "as-of date",
        "valid_until": "valid-until date",
        "relied_on": "relied on or not",
        "owner": "owner",
    },
    "B": {"direction": "direction", "strength": "strength"},
    "T": {"tentative": "tentative or not"},
    "A": {"owner": "owner", "given_on": "date given", "valid_until": "valid-until date", "claim": "claim it speaks to"},
}
OBJECTS = "SPCEANT"
LINKS = "LB"
KINDS: Mapping[str, str] = {
    "K": "case",
    "S": "section",
    "P": "pathway",
    "C": "claim",
    "L": "support",
    "E": "evidence",
    "B": "bearing",
    "A": "assurance",
    "N": "limitation",
    "T": "term",
}


def attribute_label(ref: str, name: str) -> str:
    """An attribute as words; its own name for one that is not in the table."""
    return ATTRIBUTES.get(ref[:1], {}).get(name, name.replace("_", " "))
