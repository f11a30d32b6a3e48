"""What the check is given: the snapshot, and per audience exactly what it would get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from cases.redaction import Audience
from prose.anchors import HiddenMap
from prose.shown import ShownText
from review.projection import Page
from review.snapshot import CaseSnapshot

Maps = Mapping[str, tuple[int, HiddenMap]]


@dataclass(frozen=True, slots=True)
class EditionMaterial:
    """What one audience would get: its finished pages by address, its statement, and the private maps of its texts.

    `earlier` is what its last edition showed, text key → plain words; empty when it never had one.
    """

    audience: Audience
    pages: Mapping[str, Page[ShownText]]
    statement: str = ""
    maps: Maps = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckMaterial:
    """A release before anybody has approved it. `decisions`: fingerprint → why the passages are not the same."""

    snapshot: CaseSnapshot
    editions: tuple[EditionMaterial, ...]
    decisions: Mapping[str, str] = field(default_factory=dict)
    registered_terms: tuple[str, ...] = ()


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


def material_for(
    snapshot: CaseSnapshot,
    made: Iterable[Made],
    *,
    decisions: Mapping[str, str] | None = None,
    earlier: Mapping[str, Mapping[str, str]] | None = None,
    registered_terms: tuple[str, ...] = (),
) -> CheckMaterial:
    """The material of a release; `earlier` by audience key."""
    seen = earlier or {}
    editions = tuple(
        EditionMaterial(one.audience, one.pages, one.statement, one.maps, seen.get(one.audience.key, {}))
        for one in made
    )
    return CheckMaterial(snapshot, editions, decisions or {}, registered_terms)
