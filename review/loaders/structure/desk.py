"""A live case as those who change its structure look at it: names, links, and who may be chosen. For writers only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from cases.access import Actor, full_clearance
from cases.hiding import KINDS
from cases.models import CasePerson
from cases.roles import Action
from evidence.snapshot import BearingSnapshot
from evidence.values import Direction
from pathways.snapshot import SupportSnapshot
from pathways.values import Grade, SupportRole
from prose.shown import FullClearance
from review.loaders.object_words import ObjectWords
from review.snapshot import CaseSnapshot, read_case

Choices = list[tuple[str, str]]
KIND_WORDS = {**KINDS, "G": "group"}


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link of a part: its reference, what stands at the other end, and what the link says."""

    ref: str
    other: str
    name: str
    says: str
    is_heavy: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a part: what it rests on, what rests on it, evidence (or what evidence bears on), assurances."""

    under: tuple[LinkRow, ...] = ()
    over: tuple[LinkRow, ...] = ()
    bearings: tuple[LinkRow, ...] = ()
    assurances: tuple[LinkRow, ...] = ()
    evidence: str = "Evidence"

    @property
    def is_there(self) -> bool:
        """Whether there is any."""
        return bool(self.under or self.over or self.bearings or self.assurances)

    @property
    def groups(self) -> tuple[tuple[str, tuple[LinkRow, ...]], ...]:
        """By what they are, each group with its heading."""
        return (
            ("It rests on", self.under),
            ("What rests on it", self.over),
            (self.evidence, self.bearings),
            ("Who stands for it", self.assurances),
        )


class Desk:
    """One case, read once for a page. Raises Http404 unless the actor may write in it."""

    def __init__(self, actor: Actor, case_id: UUID) -> None:
        self.clearance, self.actions = writer(actor, case_id)
        self.case_id = case_id
        self.case: CaseSnapshot = read_case(case_id)
        self.said = ObjectWords(self.case, self.clearance)

    @property
    def title(self) -> str:
        """The case's title."""
        return self.said.words(self.case.header.title)

    def name(self, ref: str) -> str:
        """Title, statement or name of what stands; for a link, what it links."""
        if tag := self.case.tag_by_ref.get(ref):
            return self.said.words(tag.name)
        return self.said.name(ref)

    def stands(self, ref: str) -> bool:
        """Whether it is in the case and not retired."""
        return ref in self.said or ref in self.case.tag_by_ref

    def choices(self, letter: str, but: frozenset[str] = frozenset()) -> Choices:
        """(reference, reference and name) of a kind, for a list to choose from."""
        found = {
            "S": self.case.sections,
            "P": self.case.pathways,
            "C": self.case.claims,
            "E": self.case.evidence,
            "G": self.case.tags,
        }[letter]
        return [(one.ref, f"{one.ref} · {self.name(one.ref)}") for one in found if one.ref not in but]  # type: ignore[attr-defined]  # all have one

    def people(self) -> Choices:
        """(key, name) of everybody named in the case."""
        rows = CasePerson.objects.filter(case_id=self.case_id).order_by("order")
        return [
            (key, f"{name}, {role}" if role else name) for key, name, role in rows.values_list("key", "name", "role")
        ]

    def links(self, ref: str) -> Links:
        """All links of a part."""
        case = self.case
        bearings = case.bearings_from if ref.startswith("E") else case.bearings_on
        return Links(
            under=tuple(self._support(one, one.claim) for one in case.supports_under.get(ref, [])),
            over=tuple(self._support(one, one.resting) for one in case.supports_on.get(ref, [])),
            bearings=tuple(
                self._bearing(one, one.claim if ref.startswith("E") else one.evidence) for one in bearings.get(ref, [])
            ),
            assurances=tuple(
                LinkRow(one.ref, one.ref, self.name(one.ref), "") for one in case.assurances if one.claim == ref
            ),
            evidence="It bears on" if ref.startswith("E") else "Evidence",
        )

    def _support(self, link: SupportSnapshot, other: str) -> LinkRow:
        role = SupportRole(link.role)
        return LinkRow(link.ref, other, self.name(other), role.label, role is SupportRole.LOAD_BEARING)

    def _bearing(self, link: BearingSnapshot, other: str) -> LinkRow:
        says = f"{Direction(link.direction).label}, {Grade(link.strength).label}"
        return LinkRow(link.ref, other, self.name(other), says)


def writer(actor: Actor, case_id: UUID) -> tuple[FullClearance, frozenset[Action]]:
    """The clearance of somebody who may write in the case, and all that they may do. Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    if Action.WRITE not in actions:
        raise Http404
    return clearance, actions
