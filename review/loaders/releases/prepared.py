"""What waits for approval, page by page; and one finding of a check."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from cases.access import Actor, full_clearance, require
from cases.roles import Action
from review.checks.findings import Finding
from review.loaders.home import title_of
from review.models import PreparedEdition, Release


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """A page of what waits for approval."""

    release_id: UUID
    edition: PreparedEdition
    page: str
    html: str
    title: str
    actions: frozenset[Action]


def prepared_page(actor: Actor, case_id: UUID, release_id: UUID, audience: str, page: str) -> PreparedPage:
    """Exactly what the audience will get. Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    editions = PreparedEdition.objects.filter(release_id=release_id, release__case_id=case_id, audience_key=audience)
    edition = editions.first()
    part = edition.parts.filter(page=page).first() if edition else None
    if edition is None or part is None:
        raise Http404
    return PreparedPage(release_id, edition, page, part.html, title_of(case_id, clearance), actions)


def finding_of(actor: Actor, case_id: UUID, release_id: UUID, fingerprint: str) -> Finding:
    """One finding of a release. Raises Http404."""
    require(actor, Action.REDACT, case_id)
    release = Release.objects.filter(pk=release_id, case_id=case_id).first()
    for raw in release.findings if release else []:
        if raw.get("fingerprint") == fingerprint:
            return Finding.from_json(raw)
    raise Http404
