"""The two lenses through which a snapshot becomes a page, live or in an edition.

`AudienceLens` asks the rule and gives `ShownText`; `FullLens` is for the fully cleared and gives `OpenText`. Both fill the same
classes, so a live page and an edition can't drift apart; an `OpenText` has no JSON, so nothing live can be stored as an edition.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from cases.projection.classes import Words_co
from cases.redaction import (
    Audience,
    Presence,
    Redacted,
    Register,
    Shown,
    Withheld,
    presence,
    redact,
    shown_attribute,
    shown_owner,
    withheld,
)
from cases.redaction.facts import Owner, OwnerName, Redaction
from prose.anchors import HiddenMap
from prose.marked import MarkedText
from prose.shown import FullClearance, OpenText, ShownText, open_text

T = TypeVar("T")
ShownOwner = Shown[OwnerName | None] | Withheld | None


class Lens(Protocol[Words_co]):
    """A way to look at a snapshot."""

    def words(self, text: MarkedText) -> Words_co:
        """The text as this lens shows it."""

    def attribute(self, ref: str, name: str, value: T) -> Shown[T] | Withheld:
        """An attribute of an object."""

    def owner(self, ref: str, owner: Owner | None) -> ShownOwner:
        """Who answers for an object; None where the reader is not to know whether anybody does."""

    def presence(self, ref: str) -> Presence:
        """Whether an object or link is open, masked or left out."""

    def standing(self, ref: str) -> Shown[bool]:
        """That an open object or link is shown, and which less cleared audiences lose the whole of it."""

    def mask(self, ref: str) -> Withheld:
        """What stands in place of a masked object or link."""


class AudienceLens:
    """What one audience sees. Remembers the private map of every text that it showed.

    `left_out`: objects that a release leaves out for everybody, because they are not ready.
    """

    def __init__(self, register: Register, audience: Audience, left_out: frozenset[str] = frozenset()) -> None:
        self._register, self._audience, self._left_out = register, audience, left_out
        self._seen: dict[str, Redacted] = {}
        self.maps: dict[str, tuple[int, HiddenMap]] = {}

    def words(self, text: MarkedText) -> ShownText:
        """The rule, once per text."""
        if text.key not in self._seen:
            self._seen[text.key] = redact(text, self._audience)
            self.maps[text.key] = (text.version, self._seen[text.key].hidden_map)
        return self._seen[text.key].shown

    def attribute(self, ref: str, name: str, value: T) -> Shown[T] | Withheld:
        """The rule on an attribute."""
        return shown_attribute(value, self._register.on_attribute(ref, name), self._audience)

    def owner(self, ref: str, owner: Owner | None) -> ShownOwner:
        """The rule on an owner."""
        return shown_owner(owner, self._register.on_attribute(ref, "owner"), self._audience)

    def presence(self, ref: str) -> Presence:
        """The rule on an object."""
        if ref in self._left_out:
            return Presence.OMITTED
        return presence(self._register.on_object(ref), self._audience)

    def standing(self, ref: str) -> Shown[bool]:
        """The rule on an object that it lets be seen."""
        found = shown_attribute(True, self._register.on_object(ref), self._audience)  # noqa: FBT003  # a value like any other
        return found if isinstance(found, Shown) else Shown(value=True)

    def mask(self, ref: str) -> Withheld:
        """What the audience reads instead."""
        return withheld(self._register.on_object(ref), self._audience)


class FullLens:
    """Everything, for those whom the access check gave a clearance; says what is hidden from whom."""

    def __init__(self, register: Register, clearance: FullClearance, audiences: tuple[Audience, ...]) -> None:
        self._register, self._clearance, self._audiences = register, clearance, audiences

    def words(self, text: MarkedText) -> OpenText:
        """The whole text."""
        return open_text(text, self._clearance)

    def attribute(self, ref: str, name: str, value: T) -> Shown[T] | Withheld:
        """The value, and who loses it."""
        return Shown(value, self._marks(self._register.on_attribute(ref, name)))

    def standing(self, ref: str) -> Shown[bool]:
        """Who loses the whole object."""
        return Shown(value=True, marked=self._marks(self._register.on_object(ref)))

    def _marks(self, redactions: tuple[Redaction, ...]) -> tuple[str, ...]:
        return tuple(r.mark_for(audience) for r in redactions for audience in self._audiences if r.hides_from(audience))

    def owner(self, ref: str, owner: Owner | None) -> ShownOwner:
        """The owner, and who loses the name by a redaction."""
        return self.attribute(ref, "owner", owner.name if owner else None)

    def presence(self, ref: str) -> Presence:
        """Nothing is left out."""
        return Presence.OPEN

    def mask(self, ref: str) -> Withheld:
        """Never asked: nothing is masked."""
        return Withheld(())
