"""What is made of something hidden, or takes its place, is hidden as well: nothing hidden becomes shown by an act on the structure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from cases.access import Actor
from cases.actions.redactions import Because, CannotRedact, Covered, propose
from cases.models import Redaction
from cases.redaction.facts import Cover, Extent, Ground, RedactionState

WHOLE = (Cover.OBJECT.value, Cover.LINK.value)


def hiding_whole(case_id: UUID, refs: Iterable[str]) -> list[Redaction]:
    """What hides any of these objects or links as a whole."""
    rows = Redaction.objects.filter(case_id=case_id, target__in=list(refs), cover__in=WHOLE)
    return list(rows.exclude(state=RedactionState.LIFTED).order_by("order"))


def hiding_attribute(case_id: UUID, ref: str, name: str) -> list[Redaction]:
    """What hides that attribute."""
    rows = Redaction.objects.filter(case_id=case_id, target=ref, cover=Cover.ATTRIBUTE, attribute=name)
    return list(rows.exclude(state=RedactionState.LIFTED).order_by("order"))


def not_hidden_alike(case_id: UUID, one: str, other: str) -> Redaction | None:
    """What hides the one from somebody who may read the other, or at least from whom it is not sure that they may not."""
    over = hiding_whole(case_id, [other])
    for redaction in hiding_whole(case_id, [one]):
        if not any(_hides_as_much(found, redaction) for found in over):
            return redaction
    return None


def _hides_as_much(found: Redaction, wanted: Redaction) -> bool:
    same = found.ground == wanted.ground and found.omitted >= wanted.omitted
    return same and set(found.revealed_to) <= set(wanted.revealed_to)


def hide_alike(
    *, by: Actor, case_id: UUID, sources: Iterable[str], target: str, attributes: Iterable[str] = ()
) -> None:
    """Propose to hide what was made of those things as they are hidden, and these attributes; it hides at once.

    Call inside a transaction, for somebody who may write. A redaction revealed to single audiences is not revealed to them here.
    Raises CannotRedact where one leaves out even the placeholder: that is agreed by two people for one thing at a time.
    """
    sources = list(sources)
    found = hiding_whole(case_id, sources)
    if left_out := next((one for one in found if one.omitted), None):
        raise CannotRedact(
            f"{left_out.ref} leaves {left_out.target} out of editions, and what is made of it would show that it is there. "
            "Keep its placeholder first, or lift the redaction."
        )
    cover = Cover.LINK if target[:1] in ("L", "B") else Cover.OBJECT
    _copy(by, case_id, found, Covered(cover, target))
    for name in attributes:
        hidden = [one for source in sources for one in hiding_attribute(case_id, source, name)]
        _copy(by, case_id, hidden, Covered(Cover.ATTRIBUTE, target, name))


def _copy(by: Actor, case_id: UUID, redactions: Iterable[Redaction], covered: Covered) -> None:
    """One redaction for each ground."""
    for redaction in {one.ground: one for one in redactions}.values():
        because = Because(
            ground=Ground(redaction.ground),
            note=redaction.note,
            reason=f"As {redaction.ref}, which hides what it was made of. {redaction.reason}",
            extent=Extent(redaction.extent),
            bears_load=redaction.bears_load,
        )
        propose(by, case_id, covered, because)
