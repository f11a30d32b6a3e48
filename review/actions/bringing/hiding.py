"""What was hidden in the document is hidden here, as an object, an attribute or a link, by a proposal of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from cases.access import Actor
from cases.actions.redactions import Because, CannotRedact, Covered, hide_whole
from cases.hiding import ATTRIBUTES, LINKS
from cases.models import Redaction
from cases.redaction.facts import Cover, Extent, Ground
from review.bringing.draft import Hiding
from review.bringing.faults import CannotBring
from review.bringing.placing.things import Hidden

REASON = "Brought in with a document that hid this already."


def because_of(one: Hiding) -> Because:
    """Why something is hidden, as far as the document says."""
    return Because(Ground(one.ground), one.note, REASON, Extent(one.extent), one.bears_load)


def hide_as_there(
    *, by: Actor, case_id: UUID, hidden: Iterable[Hidden], names: Mapping[str, str], listed: Iterable[Hiding]
) -> None:
    """Propose the same for the new things. `names`: what the document calls a thing → its reference here. Raises CannotBring."""
    by_ref = {one.ref: because_of(one) for one in listed}
    by_ref |= {row.ref: _because(row) for row in Redaction.objects.filter(case_id=case_id).exclude(ref__in=by_ref)}
    for one in hidden:
        if one.name not in names:  # the link itself was left out
            continue
        try:
            hide_whole(
                by=by, case_id=case_id, covered=_covered(names[one.name], one.attribute), because=by_ref[one.like]
            )
        except CannotRedact:
            continue  # it is hidden on that ground already


def _because(row: Redaction) -> Because:
    return Because(Ground(row.ground), row.note, f"As {row.ref}. {row.reason}", Extent(row.extent), row.bears_load)


def _covered(ref: str, attribute: str) -> Covered:
    if not attribute:
        return Covered(Cover.LINK if ref[:1] in LINKS else Cover.OBJECT, ref)
    if attribute not in ATTRIBUTES.get(ref[:1], {}):
        raise CannotBring(
            f"The document hides “{attribute[:40]}” of something that has no such attribute. Nothing was imported."
        )
    return Covered(Cover.ATTRIBUTE, ref, attribute)
