"""Merging one part into another: what stood on the one stands on the other, its words may follow, and both say why."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases.access import Actor
from cases.actions.hidden_alike import hiding_attribute, hiding_whole, not_hidden_alike
from pathways.actions.acting import CannotChange, Stale, begin, remember, standing, tell
from pathways.actions.kinds import PATHWAY, PartKind
from pathways.actions.retiring import take_out, written_in
from pathways.actions.texts import edit, lock_texts, recite, texts_citing
from pathways.models import Part, Support
from pathways.part_verbs import PartVerb
from pathways.values import SupportRole
from prose.models import Text, Why
from prose.moving import appending, blocks_of, paragraph_of
from prose.nodes import Json
from prose.schema import TextSchema

ROLES = tuple(SupportRole)  # from the heaviest
# Which words of what goes may follow, in this order, and where they go.
FOLLOW = {
    "P": {"title": "argument", "answer": "argument", "action": "argument", "argument": "argument", "reason": "reason"},
    "C": {"statement": "basis", "basis": "basis", "assumptions": "assumptions"},
}


@dataclass(frozen=True, slots=True)
class Merge:
    """What somebody asks for: `gone` as they saw it goes into `into`; `append` names its words that follow."""

    gone: str
    into: str
    version: int
    written: int
    why: str
    append: frozenset[str] = frozenset()
    recite: bool = False


@transaction.atomic
def merge_pathways(*, by: Actor, case_id: UUID, merge: Merge) -> tuple[str, ...]:
    """Merge a pathway into another; returns the links that were there twice and are retired. Raises Http404, Stale, CannotChange."""
    begin(by, case_id)
    gone, into = both(case_id, PATHWAY, merge)
    dropped = []
    for support in Support.objects.filter(case_id=case_id, pathway_id=gone.pk, retired=False).order_by("order"):
        twin = Support.objects.filter(pathway_id=into.pk, claim_id=support.claim_id, retired=False).first()
        if twin is None:
            repoint(by, support, "pathway", gone, into)
        else:
            dropped.append(fold(by, support, twin, merge))
    close(by, PATHWAY, gone, into, merge)
    return tuple(dropped)


def both(case_id: UUID, kind: PartKind, merge: Merge) -> tuple[Part, Part]:
    """What goes and what stays, if the one may go into the other. Raises Http404, Stale, CannotChange."""
    if merge.gone == merge.into:
        raise CannotChange("Choose another one to merge it into.", "into")
    if merge.gone[:1] != merge.into[:1]:
        raise CannotChange(f"A {kind.name} is merged into a {kind.name}.", "into")
    gone, into = standing(kind.model, case_id, merge.gone), standing(kind.model, case_id, merge.into)
    if hides := not_hidden_alike(case_id, gone.ref, into.ref):
        raise CannotChange(
            f"{gone.ref} is hidden by {hides.ref}, and {into.ref} is not hidden as much: what is said of {gone.ref} would show. "
            f"Hide {into.ref} on the same ground first, or lift {hides.ref}.",
            "into",
        )
    if gone.version != merge.version or written_in(gone, kind) != merge.written:
        raise Stale(gone.version, {})
    return gone, into


def repoint(by: Actor, link: Part, end: str, gone: Part, into: Part) -> None:
    """Let one end of a link be the part that stays."""
    setattr(link, end, into)
    link.version += 1
    link.save(update_fields=[end, "version"])  # its place may have moved on meanwhile
    ends = {"before": gone.ref, "after": into.ref}
    remember(
        by=by, case_id=link.case_id, ref=link.ref, verb=PartVerb.REPOINTED, other_ref=into.ref, attribute=end, **ends
    )
    tell(by=by, case_id=link.case_id, ref=link.ref, verb=PartVerb.REPOINTED)


def fold(by: Actor, link: Part, twin: Part, merge: Merge) -> str:
    """Retire a link that the survivor has already; of two supports the heavier role stays, where it is no secret. Its reference."""
    if isinstance(link, Support) and isinstance(twin, Support):
        _keep_heavier(by, link, twin)
    take_out(by, link, f"{merge.gone} was merged into {merge.into}, which has {twin.ref}.", other_ref=twin.ref)
    return link.ref


def _keep_heavier(by: Actor, link: Support, twin: Support) -> None:
    secret = hiding_whole(link.case_id, [link.ref]) or hiding_attribute(link.case_id, link.ref, "role")
    if secret or ROLES.index(SupportRole(link.role)) >= ROLES.index(SupportRole(twin.role)):
        return
    before, twin.role = SupportRole(twin.role), link.role
    twin.version += 1
    twin.save(update_fields=["role", "version"])
    said = {"attribute": "role", "before": before.label, "after": SupportRole(link.role).label}
    remember(by=by, case_id=twin.case_id, ref=twin.ref, verb=PartVerb.CHANGED, other_ref=link.ref, **said)
    tell(by=by, case_id=twin.case_id, ref=twin.ref, verb=PartVerb.CHANGED)


def close(by: Actor, kind: PartKind, gone: Part, into: Part, merge: Merge) -> None:
    """The words, the citations, the end of the one, and the history of both."""
    own = {getattr(gone, f"{name}_id") for name in kind.worded}
    citing = texts_citing(gone.case_id, gone.ref, but=own) if merge.recite else []
    kept = {getattr(into, f"{name}_id") for name in kind.worded}
    lock_texts(gone.case_id, own | kept | {text.pk for text in citing})
    if written_in(gone, kind) != merge.written:  # somebody wrote between looking and locking
        raise Stale(gone.version, {})
    for name, blocks in _following(gone, kind, merge.append):
        edit(by, getattr(into, name), appending(blocks), Why.MOVED)
    recite(by, citing, gone.ref, into.ref)
    take_out(by, gone, merge.why, PartVerb.MERGED, into.ref)
    remember(by=by, case_id=into.case_id, ref=into.ref, verb=PartVerb.TOOK_IN, other_ref=gone.ref, why=merge.why)
    tell(by=by, case_id=into.case_id, ref=into.ref, verb=PartVerb.TOOK_IN)


def _following(gone: Part, kind: PartKind, append: Collection[str]) -> Iterator[tuple[str, list[Json]]]:
    """(worded attribute of what stays, blocks that go to its end)."""
    where = FOLLOW[kind.letter]
    for destination in dict.fromkeys(where.values()):
        blocks: list[Json] = []
        for name in (one for one, to in where.items() if to == destination and one in append):
            text: Text = getattr(gone, name)
            line = kind.worded[name] is TextSchema.LINE
            level = 2 if name == "title" else None
            blocks += paragraph_of(text.content, level) if line else blocks_of(text.content)
        yield destination, blocks
