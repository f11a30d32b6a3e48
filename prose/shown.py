"""Text that somebody may read: `ShownText`, made by the redaction rule, and `OpenText`, made for the fully cleared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from prose.content import plain_text
from prose.inside import document_of
from prose.marked import MarkedText
from prose.nodes import Json, Node, node_to_json
from prose.schema import TextSchema

_RULE: Final = object()
_ACCESS_CHECK: Final = object()


class Forged(TypeError):
    """A value that only the rule or the access check may make was made elsewhere."""


@dataclass(frozen=True, slots=True)
class ShownText:
    """What one audience reads of one text. Made by `cases.redaction` alone."""

    key: str
    kind: TextSchema
    document: Node
    made_by: object

    def __post_init__(self) -> None:
        if self.made_by is not _RULE:
            raise Forged("ShownText is made by the redaction rule only")

    def to_json(self) -> dict[str, Json]:
        """Key and shown document, as it stands in an edition."""
        return {"text": self.key, "content": node_to_json(self.document)}

    def to_plain(self) -> str:
        """The words alone; a bar reads as `[withheld]`."""
        return plain_text(self.document)


@dataclass(frozen=True, slots=True)
class FullClearance:
    """Says that its holder may read everything in one scope. Made by the access check alone."""

    scope: UUID
    made_by: object

    def __post_init__(self) -> None:
        if self.made_by is not _ACCESS_CHECK:
            raise Forged("a clearance is made by the access check only")


@dataclass(frozen=True, slots=True, repr=False)
class OpenText:
    """A whole text for the fully cleared, marks visible. Has no JSON, so that it can't be stored in an edition."""

    key: str
    kind: TextSchema
    version: int
    document: Node


def open_text(text: MarkedText, clearance: FullClearance) -> OpenText:
    """The one door to live words. Raises Forged when the clearance is for another case."""
    if text.scope != clearance.scope:
        raise Forged("this clearance is for another case")
    return OpenText(text.key, text.kind, text.version, document_of(text))
