"""Splitting something off a part: a new one beside it, with links that are moved or copied and blocks that are moved. Both say why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases.access import Actor
from cases.actions.hidden_alike import hide_alike
from cases.actions.redactions import CannotRedact
from cases.hiding import ATTRIBUTES
from pathways.actions.acting import CannotChange, P, Stale, begin, remember, standing, tell
from pathways.actions.kinds import PATHWAY, SUPPORT, PartKind
from pathways.actions.making import Given, new_part
from pathways.actions.merging import repoint
from pathways.actions.texts import edit, lock_texts
from pathways.models import Part, Pathway, Support
from pathways.part_verbs import PartVerb
from prose.models import Text, Why
from prose.moving import blocks_of, body_of, line_of, removing
from prose.nodes import Json


@dataclass(frozen=True, slots=True)
class Split:
    """What somebody asks for: a new part named `name` beside `ref` as they saw it; these links moved, those copied.

    `blocks`: those of a pathway's argument that move along, by number, seen at `argument`, the version of that text.
    """

    ref: str
    version: int
    name: str
    why: str
    move: frozenset[str] = frozenset()
    copy: frozenset[str] = frozenset()
    blocks: frozenset[int] = frozenset()
    argument: int = 0


@transaction.atomic
def split_pathway(*, by: Actor, case_id: UUID, split: Split) -> str:
    """Split a pathway; returns the reference of the new one, which is not rated. Raises Http404, Stale, CannotChange."""
    begin(by, case_id)
    old = as_seen(Pathway, case_id, split)
    given = {"title": line_of(split.name)}
    argument = lock_texts(case_id, [old.argument_id])[old.argument_id]
    if split.blocks:
        if argument.version != split.argument:
            raise Stale(old.version, {})
        given["argument"] = body_of(_chosen(argument, split.blocks))
    new = part_beside(by, PATHWAY, old, given, split, {"ready": False})
    supports = Support.objects.filter(case_id=case_id, pathway_id=old.pk, retired=False).order_by("order")
    divide(by, supports, "pathway", old, new, split, SUPPORT)
    if split.blocks:
        edit(by, argument, removing(split.blocks), Why.MOVED)
    return new.ref


def _chosen(argument: Text, numbers: frozenset[int]) -> list[Json]:
    blocks = blocks_of(argument.content, numbers)
    if not blocks:
        raise CannotChange("These passages are not there any more: choose again.", "blocks")
    return blocks


def as_seen(model: type[P], case_id: UUID, split: Split) -> P:
    """The part that is split, if it stands as it was seen. Raises Http404, Stale, CannotChange."""
    old = standing(model, case_id, split.ref)
    if old.version != split.version:
        raise Stale(old.version, {})
    return old


def part_beside(
    by: Actor, kind: PartKind, old: Part, given: Given, split: Split, columns: Mapping[str, object]
) -> Part:
    """The new part right after the old one, hidden as the old one is. Raises CannotChange."""
    if not split.name.strip():
        raise CannotChange("Say what the new one is: it needs words of its own.", "name")
    new = new_part(by, old.case_id, kind, given, columns, after=old.ref, of=old.ref, why=split.why)
    attributes = [name for name in columns if name in ATTRIBUTES.get(kind.letter, {})]
    hide(by, [old.ref], new, attributes)
    remember(by=by, case_id=old.case_id, ref=old.ref, verb=PartVerb.SPLIT, other_ref=new.ref, why=split.why)
    tell(by=by, case_id=old.case_id, ref=old.ref, verb=PartVerb.SPLIT)
    return new


def hide(by: Actor, sources: Iterable[str], new: Part, attributes: Iterable[str] = ()) -> None:
    """Hide what is new as that of which it was made. Raises CannotChange."""
    try:
        hide_alike(by=by, case_id=new.case_id, sources=sources, target=new.ref, attributes=attributes)
    except CannotRedact as error:
        raise CannotChange(error.why) from error


def divide(by: Actor, links: Iterable[Part], end: str, old: Part, new: Part, split: Split, kind: PartKind) -> None:
    """Move or copy those of the links that were chosen; `end`: the column in which the old part stands."""
    for link in links:
        if link.ref in split.move:
            repoint(by, link, end, old, new)
        elif link.ref in split.copy and kind.letter in ENDS:
            copy_link(by, link, end, new, kind)


def copy_link(by: Actor, link: Part, end: str, new: Part, kind: PartKind) -> None:
    """The same link once more, at the new part: its words with their marks, hidden as the first one is."""
    words = {name: getattr(link, name).content for name in kind.worded}
    stated = ATTRIBUTES.get(kind.letter, {})
    columns: dict[str, object] = {name: getattr(link, name) for name in (*stated, *ENDS[kind.letter])}
    made = new_part(by, link.case_id, kind, words, {**columns, end: new}, after=link.ref, of=link.ref)
    hide(by, [link.ref], made, stated)


ENDS = {"L": ("pathway", "resting", "claim"), "B": ("evidence", "claim")}
