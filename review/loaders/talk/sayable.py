"""What something can be said about from the page of an object: the object itself and its links."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from cases.access import Actor, full_clearance
from cases.hiding import KINDS
from cases.roles import Action
from review.loaders.object_words import ObjectWords
from review.loaders.talk.people import people_of_case
from review.snapshot import read_case
from review.talk.mentions import Named


@dataclass(frozen=True, slots=True)
class SayDesk:
    """The page for one object. `choices`: reference → what it is, in words; the object first."""

    case_id: UUID
    title: str
    actions: frozenset[Action]
    people: tuple[Named, ...]
    ref: str
    kind: str
    name: str
    page: str
    choices: tuple[tuple[str, str], ...]


def sayable(actor: Actor, case_id: UUID, ref: str = "") -> SayDesk:
    """What can be spoken about from there; without a reference, the case. Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    if Action.SAY not in actions:
        raise Http404
    case = read_case(case_id)
    said, ref = ObjectWords(case, clearance), ref or case.header.reference
    if ref not in said:
        raise Http404
    links = [
        *(link.ref for link in case.supports_under.get(ref, [])),
        *(link.ref for link in case.supports_on.get(ref, [])),
        *(link.ref for link in case.bearings_on.get(ref, [])),
        *(link.ref for link in case.bearings_from.get(ref, [])),
    ]
    return SayDesk(
        case_id=case_id,
        title=said.words(case.header.title),
        actions=actions,
        people=people_of_case(case_id),
        ref=ref,
        kind=KINDS.get(ref[0], ""),
        name=said.name(ref),
        page=said.page(ref),
        choices=tuple(
            (one, f"The {KINDS.get(one[0], 'object')} {one}: {said.name(one)}".rstrip(": ")) for one in (ref, *links)
        ),
    )
