"""Bringing back an older version of a text, as a new change: its words, and no decision about them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor, require
from cases.actions.writing import files_among, known_redactions
from cases.audit import AuditVerb, record
from cases.roles import Action
from prose.actions import BadSteps, edit_text
from prose.library import read_document
from prose.models import Text, Why
from prose.schema import TextSchema
from prose.versions import NoSuchVersion, content_at
from review.actions.writing import RETIRED
from review.history.restoring import restoring_steps
from review.loaders.history.hidden_later import returning
from review.loaders.texts import is_retired


@transaction.atomic
def restore_text(*, by: Actor, case_id: UUID, text_key: str, version: int, seen: int) -> int:
    """Make the words of now those of that version; returns the new version. `seen`: the version that was looked at.

    Nothing that is hidden now, or was hidden since that version, is shown by it; nothing that is shown now and stays is hidden.
    Raises Http404, Stale, BadSteps.
    """
    require(by, Action.WRITE, case_id)
    try:
        text = Text.objects.get(scope_id=case_id, key=text_key)
        kind = TextSchema(text.kind)
        then = returning(text, version, read_document(content_at(text, version), kind))
    except (Text.DoesNotExist, NoSuchVersion) as absent:
        raise Http404 from absent
    if is_retired(case_id, text_key):
        raise BadSteps(RETIRED)
    now = edit_text(
        scope_id=case_id,
        key=text_key,
        by_id=by.id,
        why=Why.RESTORED,
        known=known_redactions(case_id),
        make=lambda current: restoring_steps(current, *then),
        version=seen,
        files=lambda keys: files_among(case_id, keys),
    )
    record(by=by, verb=AuditVerb.TEXT_RESTORED, case_id=case_id, target=text_key)
    return now
