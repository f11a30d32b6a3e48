"""New texts."""

from __future__ import annotations

import secrets
from typing import cast
from uuid import UUID

from prose.content import check_content
from prose.empty_texts import ALPHABET, EMPTY
from prose.marked import MarkedContent
from prose.models import Text
from prose.nodes import Json, Node
from prose.schema import TextSchema


def create_text(*, scope_id: UUID, kind: TextSchema, content: Node | Json = None) -> Text:
    """A text at version 0 with a new key; empty where no content is given. Raises BadContent."""
    if not isinstance(content, Node):
        content = check_content(cast("Json", EMPTY[kind]) if content is None else content, kind)
    return Text.objects.create(scope_id=scope_id, key=new_text_key(), kind=kind, content=MarkedContent(content))


def new_text_key() -> str:
    """A random key: it tells nothing, and no two texts ever share one."""
    return "t-" + "".join(secrets.choice(ALPHABET) for _ in range(16))
