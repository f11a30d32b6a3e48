"""The rule: what one audience may see of a text, of an attribute, of an object. Pure; `projection` and `checks` modules only.

Its promise is non-interference: two cases with the same visible part give the same bytes (DESIGN §3, §10).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from cases.redaction.facts import EMPTY_REGISTER, Audience, Owner, OwnerName, Redaction, Register, unknown_item
from cases.redaction.rebuild import finished, realm_piece
from cases.redaction.units import Reader, units_of
from prose import shown
from prose.anchors import HiddenMap
from prose.inside import document_of, register_of
from prose.marked import MarkedText
from prose.nodes import Json, Node
from prose.shown import ShownText

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text as one audience reads it, and the private map from there to the live text."""

    shown: ShownText
    hidden_map: HiddenMap


def redact(text: MarkedText, audience: Audience) -> Redacted:
    """The text with every run that is hidden from the audience replaced by one placeholder."""
    found = register_of(text)
    register = found if isinstance(found, Register) else EMPTY_REGISTER
    document, segments = redact_document(document_of(text), register, audience)
    return Redacted(ShownText(text.key, text.kind, document, shown._RULE), HiddenMap(tuple(segments)))


def redact_document(
    document: Node, register: Register, audience: Audience
) -> tuple[Node, list[tuple[int, int, int, int]]]:
    """The rule on a bare tree: the shown document, and (shown from, to, live from, to) of each of its leaves."""
    reader = Reader(register, audience)
    piece = realm_piece(document, (0, document.content_size), units_of(document, 0, reader, frozenset()), reader)
    segments: list[tuple[int, int, int, int]] = []
    return finished(piece, 0, segments), segments


@dataclass(frozen=True, slots=True)
class Withheld:
    """An attribute or object that the audience may not see: what a bar says of it."""

    items: tuple[dict[str, Json], ...]


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """An attribute that the audience may see. Made by the rule; `marked` says from which less cleared audiences it is hidden."""

    value: T
    marked: tuple[str, ...] = ()


class Presence(Enum):
    """How an object stands in an edition."""

    OPEN = "open"
    MASKED = "masked"
    OMITTED = "omitted"


def shown_attribute(value: T, redactions: tuple[Redaction, ...], audience: Audience) -> Shown[T] | Withheld:
    """The value, or what is said in its place."""
    hiding = tuple(r for r in redactions if r.hides_from(audience))
    if hiding:
        return withheld(hiding, audience)
    marked = {r.mark_for(a) for a in audience.sees_marks_of for r in redactions if r.hides_from(a)}
    return Shown(value, tuple(sorted(marked)))


def shown_owner(
    owner: Owner | None, redactions: tuple[Redaction, ...], audience: Audience
) -> Shown[OwnerName | None] | Withheld | None:
    """An owner stays inside unless named outside; outward, nobody and somebody unnamed are the same: None."""
    found = shown_attribute(owner.name if owner else None, redactions, audience)
    if isinstance(found, Shown) and audience.outward and not (owner and owner.named_outside):
        return None
    return found


def presence(redactions: tuple[Redaction, ...], audience: Audience) -> Presence:
    """Whether the audience sees an object, its placeholder, or nothing."""
    hiding = [r for r in redactions if r.hides_from(audience)]
    if not hiding:
        return Presence.OPEN
    return Presence.OMITTED if any(r.omitted for r in hiding) else Presence.MASKED


def withheld(redactions: tuple[Redaction, ...], audience: Audience) -> Withheld:
    """What a bar says of those of the redactions that hide from the audience."""
    hiding = Register.of(r for r in redactions if r.hides_from(audience))
    items = hiding.items(hiding.by_ref, audience)
    return Withheld(tuple(item for item in items if isinstance(item, dict)) or (unknown_item(),))
