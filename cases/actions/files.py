"""Bringing figures into a case."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.figures import reencoded
from cases.models import CaseFile
from cases.refs import new_key
from cases.roles import Action


@transaction.atomic
def add_file(*, by: Actor, case_id: UUID, data: bytes) -> str:
    """Keep the pixels of a PNG or JPEG as a figure of the case; returns its key. Raises Http404, BadFigure."""
    require(by, Action.WRITE, case_id)
    made = CaseFile.objects.create(case_id=case_id, key=new_key("f"), content=reencoded(data))
    record(by=by, verb=AuditVerb.FILE_ADDED, case_id=case_id, target=made.key)
    return made.key
