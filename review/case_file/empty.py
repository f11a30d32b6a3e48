"""A case in which nobody has written anything yet: its title, and the four audiences that most reports have."""

from __future__ import annotations

from cases.redaction.facts import Ground
from cases.refs import new_text_key
from prose.nodes import Json
from review.case_file.parts import HEADER_BODIES, HEADER_LINES
from review.case_file.reading import FORMAT, VERSION

LISTS = (
    "people",
    "redactions",
    "sections",
    "pathways",
    "claims",
    "supports",
    "evidence",
    "bearings",
    "assurances",
    "limitations",
    "terms",
    "tags",
    "files",
)
# Name, whether it is outside, the grounds it is cleared for, and whose bars are shown to it.
NOT_FOR_STAFF = {Ground.LEGAL_DUTY, Ground.INTELLECTUAL_PROPERTY}
NOT_FOR_REVIEWERS = {Ground.LEGAL_DUTY, Ground.THIRD_PARTY_CONFIDENCE}
AUDIENCES = (
    ("full", "Full", False, set(Ground), ("all_staff", "external_reviewer", "public")),
    ("all_staff", "All staff", False, set(Ground) - NOT_FOR_STAFF, ("public",)),
    ("external_reviewer", "External reviewer", True, set(Ground) - NOT_FOR_REVIEWERS, ("public",)),
    ("public", "Public", True, set[Ground](), ()),
)


def empty_case_file(reference: str, title: str) -> dict[str, Json]:
    """Such a case, as a case file."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "case": _header(reference, title),
        "audiences": [_audience(*row) for row in AUDIENCES],
        "deciders": {},
        **{name: [] for name in LISTS},
    }


def _header(reference: str, title: str) -> dict[str, Json]:
    words: dict[str, Json] = {
        **{name: _text({"type": "doc"}) for name in HEADER_LINES},
        **{name: _text({"type": "doc", "content": [{"type": "paragraph"}]}) for name in HEADER_BODIES},
    }
    return {
        "reference": reference,
        "kind": "risk_report",
        "rehearsal": False,
        "contexts": [],
        "history": [],
        **dict.fromkeys(("rating", "confidence", "evidence_cutoff", "coverage_date", "publication_date")),
        **words,
        "title": _text({"type": "doc", "content": [{"type": "text", "text": title}]}),
    }


def _text(content: Json) -> Json:
    return {"key": new_text_key(), "content": content}


def _audience(key: str, name: str, outward: bool, cleared: set[Ground], sees: tuple[str, ...]) -> Json:  # noqa: FBT001
    return {
        "key": key,
        "name": name,
        "outward": outward,
        "cleared": [ground.value for ground in Ground if ground in cleared],
        "sees_marks_of": list(sees),
    }
