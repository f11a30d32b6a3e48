"""What the check is given: the snapshot, and per audience exactly what it would get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from cases.redaction import Audience
from prose.anchors import HiddenMap
from prose.shown import ShownText
from review.projection import Page
from review.snapshot import CaseSnapshot

Maps = Mapping[str, tuple[int, HiddenMap]]
Fresh = Mapping[str, Page[ShownText] | None]


@dataclass(frozen=True, slots=True)
class EditionMaterial:
    """What one audience would get: its finished pages by address, its statement, and the private maps of its texts.

    `earlier` is what its last edition showed, text key → plain words; empty when it never had one. `left_out`: objects that
    this release leaves out, or an amendment does not bring in. `fresh`: the pages that an amendment takes over from the edition
    before, as they would be made now (None: not at all).
    """

    audience: Audience
    pages: Mapping[str, Page[ShownText]]
    statement: str = ""
    maps: Maps = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    fresh: Fresh = field(default_factory=dict)

    def of(self, pages: Mapping[str, Page[ShownText]]) -> EditionMaterial:
        """The same audience, reading these pages."""
        return EditionMaterial(self.audience, pages)


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """A doubt that nobody has answered: about an object or link (`ref`), or about words of a text. No word of it."""

    id: str
    sustained: bool
    ref: str = ""
    text_key: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of the case and not part of it: the day, parts that are not ready, decisions to be looked at again, doubts."""

    day: date
    unready: frozenset[str] = frozenset()
    decide_again: Mapping[str, date] = field(default_factory=dict)
    doubts: tuple[OpenDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckMaterial:
    """A release before anybody has approved it. `decisions`: fingerprint → why the passages are not the same."""

    snapshot: CaseSnapshot
    editions: tuple[EditionMaterial, ...]
    decisions: Mapping[str, str] = field(default_factory=dict)
    registered_terms: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()  # figures that the case has
    facts: CaseFacts | None = None  # without them the argument is not looked at


class Made(Protocol):
    """An edition in memory, as `review.making` makes it."""

    @property
    def audience(self) -> Audience:
        """For whom."""

    @property
    def pages(self) -> Mapping[str, Page[ShownText]]:
        """The finished pages."""

    @property
    def statement(self) -> str:
        """The redaction statement."""

    @property
    def maps(self) -> Maps:
        """Text key → version and private map."""

    @property
    def left_out(self) -> frozenset[str]:
        """Objects that this release leaves out."""

    @property
    def fresh(self) -> Fresh:
        """Pages taken over from the edition before, as they would be made now."""


def material_for(
    snapshot: CaseSnapshot,
    made: Iterable[Made],
    *,
    decisions: Mapping[str, str] | None = None,
    earlier: Mapping[str, Mapping[str, str]] | None = None,
    registered_terms: tuple[str, ...] = (),
    files: Iterable[str] = (),
    facts: CaseFacts | None = None,
) -> CheckMaterial:
    """The material of a release; `earlier` by audience key."""
    seen = earlier or {}
    editions = tuple(
        EditionMaterial(
            one.audience, one.pages, one.statement, one.maps, seen.get(one.audience.key, {}), one.left_out, one.fresh
        )
        for one in made
    )
    return CheckMaterial(snapshot, editions, decisions or {}, registered_terms, frozenset(files), facts)
