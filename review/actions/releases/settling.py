"""Saying of something that the check found why it may stay."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.roles import Action
from review.actions.releases.changing import locked
from review.checks.findings import Finding
from review.models import CheckDecision


@transaction.atomic
def settle_check(*, by: Actor, release_id: UUID, fingerprint: str, reason: str) -> None:
    """Say that two like passages are not the same, or why the argument stands. Holds until what it is about changes. Raises Http404."""
    release = locked(release_id)
    require(by, Action.SETTLE_CHECK, release.case_id)
    findings = (Finding.from_json(raw) for raw in release.findings)
    if fingerprint not in {finding.fingerprint for finding in findings if finding.can_be_settled}:
        raise Http404
    CheckDecision.objects.update_or_create(
        case_id=release.case_id, fingerprint=fingerprint, defaults={"reason": reason, "by_id": by.id}
    )
    record(by=by, verb=AuditVerb.CHECK_SETTLED, case_id=release.case_id, target=str(release.id))
