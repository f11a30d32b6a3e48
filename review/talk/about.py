"""What something is said about, where it is about words."""

from __future__ import annotations

from dataclasses import dataclass

from prose.anchors import Span


@dataclass(frozen=True, slots=True)
class AboutWords:
    """A range of a text of the case, selected at a version of it."""

    key: str
    version: int
    span: Span
