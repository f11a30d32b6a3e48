"""Taking an edition back, and its publication with it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.roles import Action
from review.models import Edition, Publication


@transaction.atomic
def withdraw_edition(*, by: Actor, edition_id: UUID) -> None:
    """Take an edition back: its address is the 404 from now on; that of its publication, one fixed sentence. Raises Http404."""
    edition = Edition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None:
        raise Http404
    require(by, Action.WITHDRAW, edition.case_id)
    edition.withdrawn = True
    edition.save(update_fields=["withdrawn"])
    record(by=by, verb=AuditVerb.EDITION_WITHDRAWN, case_id=edition.case_id, target=str(edition.id))
    for publication in Publication.objects.filter(edition=edition, withdrawn_on=None):
        publication.withdrawn_on = timezone.now().date()
        publication.save(update_fields=["withdrawn_on"])
        record(by=by, verb=AuditVerb.PUBLICATION_WITHDRAWN, case_id=edition.case_id, target=str(publication.id))
