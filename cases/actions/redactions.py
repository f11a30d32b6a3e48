"""Hiding words, and lifting what was hidden."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.models import Case, Redaction
from cases.redaction.facts import Cover, Extent, Ground, RedactionState
from cases.refs import new_ref
from cases.roles import Action
from prose.actions import mark_words
from prose.anchors import Span
from prose.models import Text


@transaction.atomic
def redact_words(  # noqa: PLR0913  # a redaction is these things
    *,
    by: Actor,
    case_id: UUID,
    text_key: str,
    version: int,
    span: Span,
    ground: Ground,
    note: str,
    reason: str,
    extent: Extent,
) -> str:
    """Propose to hide these words, which hides them at once; returns the reference. Raises Http404, CannotMark."""
    require(by, Action.REDACT, case_id)
    Case.objects.select_for_update().get(pk=case_id)
    refs = set(Redaction.objects.filter(case_id=case_id).values_list("ref", flat=True))
    ref = new_ref("R", refs)
    try:
        mark_words(scope_id=case_id, key=text_key, version=version, span=span, ref=ref, by_id=by.id)
    except Text.DoesNotExist as absent:
        raise Http404 from absent
    Redaction.objects.create(
        case_id=case_id,
        order=len(refs),
        ref=ref,
        ground=ground,
        note=note,
        reason=reason,
        extent=extent,
        state=RedactionState.PROPOSED,
        cover=Cover.SPAN,
        proposed_by_id=by.id,
    )
    record(by=by, verb=AuditVerb.WORDS_REDACTED, case_id=case_id, target=ref)
    return ref


@transaction.atomic
def redact_there_too(*, by: Actor, case_id: UUID, ref: str, text_key: str, version: int, span: Span) -> None:
    """Lay a redaction that exists over more words. Raises Http404, CannotMark."""
    require(by, Action.REDACT, case_id)
    try:
        Redaction.objects.select_for_update().get(case_id=case_id, ref=ref)
        mark_words(scope_id=case_id, key=text_key, version=version, span=span, ref=ref, by_id=by.id)
    except (Redaction.DoesNotExist, Text.DoesNotExist) as absent:
        raise Http404 from absent
    record(by=by, verb=AuditVerb.WORDS_REDACTED, case_id=case_id, target=ref)
