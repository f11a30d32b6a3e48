"""Lists over the whole live case: redactions with their private side, and everything said outside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cases.access import Actor
from cases.models import Redaction as RedactionRecord
from cases.redaction.facts import Cover, Redaction
from review.checks.places import marks_by_page
from review.loaders.live import LivePage, live_case, live_page
from review.loaders.live_threads import LiveThread
from review.rendering import ground_name, page_of
from review.states import PageKind


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """One redaction in the list, private side included."""

    ref: str
    ground: str
    note: str
    reason: str
    extent: str
    state: str
    covers: str
    losing: str
    page: str


def redaction_rows(actor: Actor, case_id: UUID) -> tuple[LivePage, tuple[RedactionRow, ...]]:
    """All redactions of a case that the actor may read live, with the page on which each stands."""
    frame = live_page(actor, case_id, PageKind.FRONT)
    case = live_case(actor, case_id)
    pages = marks_by_page(case.snapshot)
    reasons = dict(RedactionRecord.objects.filter(case_id=case_id).values_list("ref", "reason"))
    rows = []
    for ref, redaction in case.snapshot.register.by_ref.items():
        losing = [audience.name for audience in case.snapshot.audiences if redaction.hides_from(audience)]
        rows.append(
            RedactionRow(
                ref=ref,
                ground=ground_name(redaction.ground or ""),
                note=redaction.note,
                reason=reasons.get(ref, ""),
                extent=redaction.extent.value,
                state=redaction.state.value,
                covers=_covers(redaction),
                losing=", ".join(losing) or "nobody",
                page=pages.get(ref, page_of(redaction.target)),
            )
        )
    return frame, tuple(rows)


def _covers(redaction: Redaction) -> str:
    if redaction.cover is Cover.SPAN:
        return "words"
    if redaction.cover is Cover.ATTRIBUTE:
        return f"{redaction.attribute.replace('_', ' ')} of {redaction.target}"
    how = "left out" if redaction.omitted else "masked"
    return f"{redaction.target}, {how}"


def all_threads(actor: Actor, case_id: UUID) -> tuple[LivePage, tuple[LiveThread, ...]]:
    """All threads of a case that the actor may read live."""
    return live_page(actor, case_id, PageKind.FRONT), live_case(actor, case_id).threads
