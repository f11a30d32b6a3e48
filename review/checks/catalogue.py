"""All texts of a snapshot with what they belong to: where they stand, and what hides them when it is hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Protocol

from cases.redaction import Audience, Cover, Presence, Redaction, presence
from prose.inside import document_of
from prose.marked import MarkedText
from prose.nodes import Node
from review.checks.strands import Strand, strands_of
from review.snapshot import CaseSnapshot
from review.states import PageKind


class HasRef(Protocol):
    """Any object or link of a snapshot."""

    @property
    def ref(self) -> str:
        """Its reference."""


@dataclass(frozen=True)
class OwnedText:
    """A text, the attribute it is of its owner, and the objects and links that must be open for it to show."""

    text: MarkedText
    owner: str
    attribute: str
    page: str
    needs: tuple[str, ...]

    @property
    def where(self) -> str:
        """The place as words."""
        return f"the {self.attribute} of {self.owner}"

    @cached_property
    def strands(self) -> list[Strand]:
        """The live words."""
        return strands_of(document_of(self.text))

    @cached_property
    def refs(self) -> frozenset[str]:
        """All redactions marked anywhere in it, on what has no words too."""
        return frozenset(_refs_in(document_of(self.text)))


class Catalogue:
    """The texts of one snapshot, and its redactions by what they cover. Made once for all audiences."""

    def __init__(self, snapshot: CaseSnapshot) -> None:
        self.register = snapshot.register
        self.texts: tuple[OwnedText, ...] = tuple(_texts(snapshot))
        self.by_key = {owned.text.key: owned for owned in self.texts}
        self.objects = frozenset(need for owned in self.texts for need in owned.needs) | {snapshot.header.reference}
        self._on: dict[str, tuple[Redaction, ...]] = _by_target(snapshot)

    def hiding(self, audience: Audience) -> frozenset[str]:
        """The redactions that hide from the audience, by the rule."""
        return frozenset(self.register.hiding(self.register.by_ref, audience))

    def closed(self, audience: Audience) -> dict[str, tuple[str, ...]]:
        """Object or link that is masked for or omitted from the audience → by which redactions."""
        return {
            target: tuple(sorted(one.ref for one in found if one.hides_from(audience)))
            for target, found in self._on.items()
            if presence(found, audience) is not Presence.OPEN
        }

    def omitted(self, audience: Audience) -> dict[str, str]:
        """Object that is left out for the audience → one redaction that says so."""
        return {
            target: min(one.ref for one in found if one.omitted and one.hides_from(audience))
            for target, found in self._on.items()
            if presence(found, audience) is Presence.OMITTED
        }

    def knows(self, ref: str) -> bool:
        """Whether the register has such a redaction."""
        return ref in self.register.by_ref


def _refs_in(node: Node) -> Iterator[str]:
    yield from node.refs()
    for child in node.content:
        yield from _refs_in(child)


def _by_target(snapshot: CaseSnapshot) -> dict[str, tuple[Redaction, ...]]:
    found: dict[str, list[Redaction]] = defaultdict(list)
    for redaction in snapshot.register.by_ref.values():
        if redaction.cover in (Cover.OBJECT, Cover.LINK):
            found[redaction.target].append(redaction)
    return {target: tuple(redactions) for target, redactions in found.items()}


def _texts(snapshot: CaseSnapshot) -> Iterator[OwnedText]:
    yield from _texts_in(snapshot.header, snapshot.header.reference, PageKind.FRONT, ())
    pages: tuple[tuple[PageKind, Iterable[HasRef]], ...] = (
        (PageKind.SECTION, snapshot.sections),
        (PageKind.PATHWAY, snapshot.pathways),
        (PageKind.CLAIM, snapshot.claims),
        (PageKind.EVIDENCE, snapshot.evidence),
    )
    for kind, objects in pages:
        for one in objects:
            yield from _texts_in(one, one.ref, f"{kind}/{one.ref}", (one.ref,))
    lists: tuple[tuple[PageKind, Iterable[HasRef]], ...] = (
        (PageKind.ASSURANCES, snapshot.assurances),
        (PageKind.LIMITATIONS, snapshot.limitations),
        (PageKind.GLOSSARY, snapshot.terms),
        (PageKind.REGISTER, snapshot.tags),
    )
    for kind, listed in lists:
        for one in listed:
            yield from _texts_in(one, one.ref, kind, (one.ref,))
    pathways = {pathway.ref for pathway in snapshot.pathways}
    for support in snapshot.supports:
        kind = PageKind.PATHWAY if support.resting in pathways else PageKind.CLAIM
        needs = (support.ref, support.resting, support.claim)
        yield from _texts_in(support, support.ref, f"{kind}/{support.resting}", needs)
    for bearing in snapshot.bearings:
        needs = (bearing.ref, bearing.evidence, bearing.claim)
        yield from _texts_in(bearing, bearing.ref, f"{PageKind.CLAIM}/{bearing.claim}", needs)


def _texts_in(one: object, owner: str, page: str, needs: tuple[str, ...]) -> Iterator[OwnedText]:
    for field in fields(one):  # type: ignore[arg-type]  # every part of a snapshot is a dataclass
        if isinstance(value := getattr(one, field.name), MarkedText):
            yield OwnedText(value, owner, field.name, str(page), needs)
