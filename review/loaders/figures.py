"""Files of figures, one loader for each door. Each finds and checks in one, and answers the same for absent and not yours."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from cases.access import Actor, full_clearance
from cases.models import CaseAudience, CaseFile
from review.models import EditionFile, PreparedFile


def figures_in(case_id: UUID) -> dict[str, bytes]:
    """All figures of a case by key, for the making of a release."""
    rows = CaseFile.objects.filter(case_id=case_id).order_by("key")
    return {key: bytes(content) for key, content in rows.values_list("key", "content")}


def figures_shown_by(edition_id: UUID) -> dict[str, bytes]:
    """All figures of a stored edition by key, to compare a new one with it."""
    rows = EditionFile.objects.filter(edition_id=edition_id)
    return {key: bytes(content) for key, content in rows.values_list("key", "content")}


def live_figure(actor: Actor, case_id: UUID, key: str, audience: str = "") -> bytes:
    """A figure for who may read the live case; with an audience, as its preview names it. Raises Http404."""
    full_clearance(actor, case_id)
    files = CaseFile.objects.filter(case_id=case_id, key=key)
    if audience:
        files = files.filter(case__in=CaseAudience.objects.filter(key=audience).values("case_id"))
    return _only(files)


def prepared_figure(actor: Actor, case_id: UUID, release_id: UUID, audience: str, key: str) -> bytes:
    """A figure of what waits for approval, exactly as its audience will get it. Raises Http404."""
    full_clearance(actor, case_id)
    files = PreparedFile.objects.filter(edition__release_id=release_id, edition__release__case_id=case_id)
    return _only(files.filter(edition__audience_key=audience, key=key))


def _only(files: QuerySet[CaseFile] | QuerySet[PreparedFile]) -> bytes:
    content = files.values_list("content", flat=True).first()
    if content is None:
        raise Http404
    return bytes(content)
