"""Redactions that words bring along from elsewhere: they hide here at once, and are proposed like any other."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cases.access import Actor, require
from cases.actions.redactions import Because, remember
from cases.models import Case, Redaction
from cases.redaction.facts import Cover, RedactionState
from cases.redaction_states import RedactionVerb
from cases.roles import Action


@transaction.atomic
def propose_brought(*, by: Actor, case_id: UUID, ref: str, because: Because) -> None:
    """Propose a redaction of words under the reference that their marks carry already. Raises Http404."""
    require(by, Action.REDACT, case_id)
    Case.objects.select_for_update().get(pk=case_id)
    redaction = Redaction.objects.create(
        case_id=case_id,
        order=Redaction.objects.filter(case_id=case_id).count(),
        ref=ref,
        ground=because.ground,
        note=because.note,
        reason=because.reason,
        extent=because.extent,
        bears_load=because.bears_load,
        state=RedactionState.PROPOSED,
        cover=Cover.SPAN,
        proposed_by_id=by.id,
    )
    remember(by=by, redaction=redaction, verb=RedactionVerb.PROPOSED)
