"""Writing: what an author's editor sends becomes part of a text."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor, require
from cases.models import CaseFile, Redaction
from cases.roles import Action
from prose.actions import Accepted, accept_steps
from prose.actions.writing import Among, none_of
from prose.models import Text
from prose.nodes import Json


@transaction.atomic
def write(  # a batch is these things
    *,
    by: Actor,
    case_id: UUID,
    text_key: str,
    version: int,
    operation_id: UUID,
    steps: Json,
    refs: Among = none_of,
    require_open: Callable[[], None] = lambda: None,
) -> Accepted:
    """Take in steps made at `version`. `refs` says which of some references can be cited; `require_open` may refuse new ones.

    Not in the trail: the step log is the record. Raises Http404, Stale, BadSteps.
    """
    require(by, Action.WRITE, case_id)
    try:
        accepted = accept_steps(
            scope_id=case_id,
            key=text_key,
            version=version,
            operation_id=operation_id,
            steps=steps,
            by_id=by.id,
            known=known_redactions(case_id) if _brings_marks(steps) else frozenset(),
            files=lambda keys: files_among(case_id, keys),
            refs=refs,
        )
    except Text.DoesNotExist as absent:
        raise Http404 from absent
    if not accepted.again:
        require_open()
    return accepted


def _brings_marks(steps: Json) -> bool:
    """Whether steps may lay a redaction over words that they bring: most do not, and then nobody needs to know which there are."""
    try:
        return '"redaction"' in json.dumps(steps)
    except RecursionError:  # for the guard to refuse
        return True


def known_redactions(case_id: UUID) -> frozenset[str]:
    """The redactions that words of the case may carry."""
    return frozenset(Redaction.objects.filter(case_id=case_id).values_list("ref", flat=True))


def files_among(case_id: UUID, keys: frozenset[str]) -> frozenset[str]:
    """Those of the keys that are pictures of the case."""
    return frozenset(CaseFile.objects.filter(case_id=case_id, key__in=keys).values_list("key", flat=True))
