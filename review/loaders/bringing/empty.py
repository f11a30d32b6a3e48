"""The worded attributes of the case itself that nobody has written yet: an import may fill those."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cases.models import CaseHeader
from prose.moving import is_empty
from prose.schema import TextSchema

WORDED: Final = ("title", "subject", "banner", "predecessor", "conclusion", "scope", "scope_out", "summary")


def empty_texts(case_id: UUID) -> frozenset[str]:
    """Their names."""
    header = CaseHeader.objects.select_related(*WORDED).get(case_id=case_id)
    texts = ((name, getattr(header, name)) for name in WORDED)
    return frozenset(name for name, text in texts if is_empty(text.content, TextSchema(text.kind)))
