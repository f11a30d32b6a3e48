"""What the marks of a live case say, for the editor: it shows the same tags as the page that it stands in."""

from __future__ import annotations

from uuid import UUID

from cases.access import Actor, full_clearance
from cases.snapshot import audiences_of, register_of_case
from prose.bars import Tag
from review.loaders.live import legend_for


def marks_of(actor: Actor, case_id: UUID, base: str) -> dict[str, Tag]:
    """Reference → who loses the words, and why; lifted ones say nothing. Raises Http404."""
    full_clearance(actor, case_id)
    loaded = register_of_case(case_id)
    return legend_for(loaded.register, audiences_of(case_id, loaded.revealed), base)
