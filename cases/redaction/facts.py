"""What the rule is told: grounds, audiences, redactions, and the register in which a mark is looked up. Frozen, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from prose.nodes import Json


class Ground(StrEnum):
    """Why something is hidden. Closed: RSP v3 §3.5 names four, published reports use the rest."""

    LEGAL_DUTY = "legal_duty"
    THIRD_PARTY_CONFIDENCE = "third_party_confidence"
    INTELLECTUAL_PROPERTY = "intellectual_property"
    SECURITY = "security"
    PUBLIC_SAFETY = "public_safety"
    PRIVACY = "privacy"
    TEST_CONTAMINATION = "test_contamination"
    NOT_YET_ANNOUNCED = "not_yet_announced"

    @property
    def label(self) -> str:
        """The ground as words on a page."""
        return self.value.replace("_", " ")


class Extent(StrEnum):
    """How much is hidden, chosen by a person and never measured."""

    NUMBER = "number"
    NAME = "name"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    MORE = "more"


class RedactionState(StrEnum):
    """Where a redaction stands. All but *lifted* hide."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    CONTESTED = "contested"
    LIFTED = "lifted"


class Cover(StrEnum):
    """What a redaction covers."""

    SPAN = "span"
    ATTRIBUTE = "attribute"
    LINK = "link"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who an edition is for: the grounds it is cleared for, what was revealed to it, whose marks it sees."""

    key: str
    name: str
    outward: bool
    cleared: frozenset[Ground] = frozenset()
    revealed: frozenset[str] = frozenset()
    sees_marks_of: tuple[Audience, ...] = ()


MARK = " · "  # between audience, ground and reference


class OwnerName(str):
    """The name of somebody who answers for an object."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for an object, and whether outward editions may say so."""

    name: OwnerName
    named_outside: bool


@dataclass(frozen=True, slots=True)
class Redaction:
    """One decision to hide, as far as editions may depend on it. No private reason, no person, no time."""

    ref: str
    ground: Ground | None
    note: str
    extent: Extent
    state: RedactionState
    instead: Mapping[str, str] = field(default_factory=dict)
    cover: Cover = Cover.SPAN
    target: str = ""
    attribute: str = ""
    omitted: bool = False
    bears_load: bool = False

    def mark_for(self, losing: Audience) -> str:
        """What is said beside a value that others read and `losing` does not: who, on which ground, by which redaction."""
        return MARK.join((losing.name, self.ground.label if self.ground else "withheld", self.ref))

    def hides_from(self, audience: Audience) -> bool:
        """Whether this redaction hides what it covers from that audience. An unknown ground always does."""
        if self.state is RedactionState.LIFTED or self.ref in audience.revealed:
            return False
        return self.ground is None or self.ground not in audience.cleared


def hidden_from(ground: Ground, audiences: Iterable[Audience]) -> tuple[Audience, ...]:
    """Those from whom a new redaction on that ground hides what it covers."""
    new = Redaction("", ground, "", Extent.MORE, RedactionState.PROPOSED)
    return tuple(audience for audience in audiences if new.hides_from(audience))


@dataclass(frozen=True)
class Register:
    """All redactions of one case, frozen with the snapshot."""

    by_ref: Mapping[str, Redaction]

    @classmethod
    def of(cls, redactions: Iterable[Redaction]) -> Register:
        """A register of these."""
        return cls({redaction.ref: redaction for redaction in redactions})

    def hiding(self, refs: Iterable[str], audience: Audience) -> tuple[str, ...]:
        """Those of the references that hide from the audience, sorted. A reference that nobody knows hides."""
        return tuple(sorted(ref for ref in refs if (r := self.by_ref.get(ref)) is None or r.hides_from(audience)))

    def on_object(self, ref: str) -> tuple[Redaction, ...]:
        """The redactions of a whole object or link."""
        return tuple(r for r in self._by_target.get(ref, ()) if r.cover in (Cover.OBJECT, Cover.LINK))

    def on_attribute(self, ref: str, name: str) -> tuple[Redaction, ...]:
        """The redactions of one attribute."""
        return tuple(r for r in self._by_target.get(ref, ()) if r.cover is Cover.ATTRIBUTE and r.attribute == name)

    @cached_property
    def _by_target(self) -> Mapping[str, list[Redaction]]:
        found: dict[str, list[Redaction]] = {}
        for redaction in self.by_ref.values():
            found.setdefault(redaction.target, []).append(redaction)
        return found

    def items(self, refs: Iterable[str], audience: Audience) -> list[Json]:
        """What a bar says of the redactions behind it, sorted by reference; the unknown ones together say nothing."""
        known = [self.by_ref[ref] for ref in sorted(set(refs)) if ref in self.by_ref]
        items: list[Json] = [] if len(known) == len(set(refs)) else [dict(_UNKNOWN)]
        return items + [_item(redaction, audience) for redaction in known]


_UNKNOWN: dict[str, Json] = {"ref": "", "ground": "", "note": "", "extent": "", "instead": "", "load": False}


def _item(redaction: Redaction, audience: Audience) -> Json:
    return {
        "ref": redaction.ref,
        "ground": redaction.ground or "",
        "note": redaction.note,
        "extent": redaction.extent,
        "instead": redaction.instead.get(audience.key, ""),
        "load": redaction.bears_load,
    }


def unknown_item() -> dict[str, Json]:
    """What a bar says when nobody said why: no reference, no ground."""
    return dict(_UNKNOWN)


EMPTY_REGISTER = Register({})
