"""Where redactions of words lie in what is retired: it stands nowhere, and comes back hidden as it went."""

from __future__ import annotations

from uuid import UUID

from prose.marked import parsed
from prose.models import Text
from prose.nodes import Node
from review.loaders.text_owners import names_of_texts


def retired_marks(case_id: UUID) -> dict[str, tuple[str, ...]]:
    """Redaction → what the retired texts are called whose words carry it. Three statements at most."""
    retired = {key: name.label for key, name in names_of_texts(case_id).items() if name.retired}
    if not retired:
        return {}
    found: dict[str, list[str]] = {}
    rows = Text.objects.filter(scope_id=case_id, key__in=retired).order_by("key")
    for key, content in rows.values_list("key", "content"):
        for ref in sorted(_refs_in(parsed(content))):
            found.setdefault(ref, []).append(retired[key])
    return {ref: tuple(labels) for ref, labels in found.items()}


def _refs_in(node: Node) -> frozenset[str]:
    return node.refs().union(*(_refs_in(child) for child in node.content))
