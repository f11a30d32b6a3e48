"""Writing in a text of a case, as far as the case's structure has a say in it."""

from __future__ import annotations

from uuid import UUID

from cases.access import Actor
from cases.actions.writing import write
from prose.actions import Accepted, BadSteps
from prose.nodes import Json
from review.loaders.texts import is_retired, refs_there

RETIRED = "This belongs to something that was retired meanwhile. Copy your words, or bring it back first."


def write_text(*, by: Actor, case_id: UUID, text_key: str, version: int, operation_id: UUID, steps: Json) -> Accepted:
    """Take in steps made at `version`; what is retired takes no more. Raises Http404, Stale, BadSteps."""
    return write(
        by=by,
        case_id=case_id,
        text_key=text_key,
        version=version,
        operation_id=operation_id,
        steps=steps,
        refs=lambda refs: refs_there(case_id, refs),
        require_open=lambda: _require_open(case_id, text_key),
    )


def _require_open(case_id: UUID, text_key: str) -> None:
    if is_retired(case_id, text_key):
        raise BadSteps(RETIRED)
