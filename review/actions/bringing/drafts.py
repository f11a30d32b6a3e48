"""Drafts of an import: kept for who brought them, and for a week."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.roles import Action
from review.bringing.faults import CannotBring, CannotRead
from review.bringing.reading import read_document
from review.bringing.stored import packed
from review.loaders.bringing.facts import hidings_of
from review.models import ImportDraft

KEPT: Final = timedelta(days=7)
MOST: Final = 5
TOO_MANY: Final = f"You have {MOST} documents here that wait to be imported. Import or drop one of them first."


@transaction.atomic
def keep_draft(*, by: Actor, case_id: UUID, name: str, data: bytes) -> UUID:
    """Read a document and keep what was read, never the file. Raises Http404, CannotRead."""
    require(by, Action.WRITE, case_id)
    if ImportDraft.objects.filter(case_id=case_id, by_id=by.id).count() >= MOST:
        raise CannotRead(TOO_MANY)
    draft = read_document(name, data)
    try:
        hidings_of(case_id, draft)
    except CannotBring as unknown:
        raise CannotRead(str(unknown)) from unknown
    kept = ImportDraft.objects.create(
        case_id=case_id, by_id=by.id, format=draft.format, name=name[-200:], content=packed(draft)
    )
    record(by=by, verb=AuditVerb.DOCUMENT_READ, case_id=case_id, target=str(kept.pk))
    return kept.pk


@transaction.atomic
def drop_draft(*, by: Actor, case_id: UUID, draft_id: UUID) -> None:
    """Forget a document. Raises Http404."""
    require(by, Action.WRITE, case_id)
    found, _ = ImportDraft.objects.filter(pk=draft_id, case_id=case_id, by_id=by.id).delete()
    if not found:
        raise Http404
    record(by=by, verb=AuditVerb.DOCUMENT_DROPPED, case_id=case_id, target=str(draft_id))


def forget_old_drafts() -> None:
    """Nobody came back to these."""
    ImportDraft.objects.filter(at__lt=timezone.now() - KEPT).delete()
