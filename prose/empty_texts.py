"""Empty texts for worded attributes that older rows lack. For migrations only, so it takes their historical models."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from prose.marked import MarkedContent

EMPTY = {"line": {"type": "doc"}, "body": {"type": "doc", "content": [{"type": "paragraph"}]}}
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def give_empty_texts(
    app: str, model: str, wanted: Iterable[tuple[str, str]], case_id: str
) -> Callable[[Any, Any], None]:
    """A migration step: every row gets an empty text for each (attribute, kind); `case_id` names the column of its case."""
    attributes = tuple(wanted)

    def step(apps: Any, schema_editor: Any) -> None:
        text_model = apps.get_model("prose", "Text")
        for row in apps.get_model(app, model).objects.all():
            for name, kind in attributes:
                key = "t-" + "".join(secrets.choice(ALPHABET) for _ in range(16))
                content = MarkedContent(json.dumps(EMPTY[kind]))
                text = text_model.objects.create(
                    scope_id=getattr(row, case_id), key=key, kind=kind, version=0, content=content
                )
                setattr(row, name, text)
            row.save()

    return step
