"""All texts of one scope, in one query, bound to the register that will decide about them."""

from __future__ import annotations

from uuid import UUID

from prose.marked import MarkedText
from prose.models import Text
from prose.schema import TextSchema

Texts = dict[UUID, MarkedText]


def texts_of(scope_id: UUID, register: object) -> Texts:
    """Text id → text."""
    rows = Text.objects.filter(scope_id=scope_id).values_list("id", "key", "kind", "version", "content")
    return {
        row_id: MarkedText(
            key=key, kind=TextSchema(kind), version=version, scope=scope_id, content=content, register=register
        )
        for row_id, key, kind, version, content in rows
    }
