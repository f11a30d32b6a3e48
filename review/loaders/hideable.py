"""What can be hidden of one object besides its words: its attributes, the links under it, the object itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from cases.access import Actor, full_clearance
from cases.hiding import ATTRIBUTES, KINDS, OBJECTS
from cases.redaction.facts import Audience, Redaction, RedactionState
from cases.roles import Action
from prose.shown import FullClearance
from review.loaders.object_words import ObjectWords
from review.snapshot import CaseSnapshot, read_case


@dataclass(frozen=True, slots=True)
class Hideable:
    """One thing to choose: `value` for the form, what it is, what it says now, and by what it is hidden already."""

    value: str
    label: str
    detail: str
    hidden_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HideDesk:
    """The page for one object; without `ref`, the list of all objects."""

    case_id: UUID
    title: str
    actions: frozenset[Action]
    audiences: tuple[Audience, ...]
    ref: str
    kind: str
    name: str
    groups: tuple[tuple[str, tuple[Hideable, ...]], ...]
    objects: tuple[tuple[str, str, str], ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """For the form."""
        return [(one.value, one.label) for _, things in self.groups for one in things]


def hideable(actor: Actor, case_id: UUID, ref: str = "") -> HideDesk:
    """What can be hidden of an object. Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    if Action.REDACT not in actions:
        raise Http404
    return _Looker(read_case(case_id), clearance).desk(actions, ref)


class _Looker:
    """One live case, looked through for things to hide."""

    def __init__(self, case: CaseSnapshot, clearance: FullClearance) -> None:
        self._case, self._said = case, ObjectWords(case, clearance)

    def desk(self, actions: frozenset[Action], ref: str) -> HideDesk:
        if ref and ref not in self._said:
            raise Http404
        groups = tuple((label, tuple(things)) for label, things in self._groups(ref)) if ref else ()
        return HideDesk(
            case_id=self._case.case_id,
            title=self._said.words(self._case.header.title),
            actions=actions,
            audiences=self._case.audiences,
            ref=ref,
            kind=KINDS.get(ref[:1], ""),
            name=self._said.name(ref) if ref else "",
            groups=tuple((label, things) for label, things in groups if things),
            objects=()
            if ref
            else tuple((KINDS[one[0]], one, self._said.name(one)) for one in self._said.refs if one[0] not in "LB"),
        )

    def _groups(self, ref: str) -> Iterator[tuple[str, list[Hideable]]]:
        yield "What is stated of it", list(self._attributes(ref))
        links = [
            *(link.ref for link in self._case.supports_under.get(ref, [])),
            *(link.ref for link in self._case.bearings_on.get(ref, [])),
            *(link.ref for link in self._case.bearings_from.get(ref, [])),
        ]
        yield "Links under it", [thing for link in links for thing in self._link(link)]
        stood = [one.ref for one in self._case.assurances if one.claim == ref]
        yield (
            "Assurances that speak to it",
            [thing for one in stood for thing in (self._whole(one), *self._attributes(one))],
        )
        if ref[0] in OBJECTS:
            yield "All of it", [self._whole(ref)]
        elif ref[0] in "LB":
            yield "All of it", [next(self._link(ref))]

    def _attributes(self, ref: str) -> Iterator[Hideable]:
        for name, label in ATTRIBUTES.get(ref[0], {}).items():
            value = self._said.value(ref, name)
            hiding = self._refs(self._case.register.on_attribute(ref, name))
            yield Hideable(f"attribute:{ref}:{name}", f"{label.capitalize()} of {ref}", value, hiding)

    def _link(self, ref: str) -> Iterator[Hideable]:
        whole = self._refs(self._case.register.on_object(ref))
        yield Hideable(f"link:{ref}", f"The {KINDS[ref[0]]} {ref}", self._said.name(ref), whole)
        yield from self._attributes(ref)

    def _whole(self, ref: str) -> Hideable:
        whole = self._refs(self._case.register.on_object(ref))
        return Hideable(f"object:{ref}", f"The whole {KINDS[ref[0]]} {ref}", self._said.name(ref), whole)

    @staticmethod
    def _refs(redactions: tuple[Redaction, ...]) -> tuple[str, ...]:
        return tuple(r.ref for r in redactions if r.state is not RedactionState.LIFTED)
