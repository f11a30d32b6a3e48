"""The cold reader: somebody named reads what an edition would change, and signs exactly those bytes."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.models import Grant, Side
from cases.roles import PERMITS, Action, Facts
from review.actions.releases.changing import CannotRelease, locked
from review.states import ReleaseState


@transaction.atomic
def sign_cold_read(*, by: Actor, release_id: UUID, audience_key: str, digest: str) -> None:
    """Say that the signer has read what changed in these bytes. Raises Http404, CannotRelease."""
    release = locked(release_id)
    require(by, Action.SIGN_COLD_READ, release.case_id, Facts(by.id, named_id=release.cold_reader_id))
    edition = release.editions.filter(audience_key=audience_key, outward=True, unchanged=False).first()
    if edition is None:
        raise Http404
    if release.state != ReleaseState.READY:
        raise CannotRelease(f"this release is {release.state}; nothing in it waits for you to read")
    if edition.digest != digest:
        raise CannotRelease("this is not what you looked at; read it again and then sign")
    edition.cold_read_digest, edition.cold_read_by_id, edition.cold_read_at = edition.digest, by.id, timezone.now()
    edition.save(update_fields=["cold_read_digest", "cold_read_by_id", "cold_read_at"])
    record(by=by, verb=AuditVerb.COLD_READ_SIGNED, case_id=release.case_id, target=str(release.id))


def require_cold_reader(case_id: UUID, requested_by_id: UUID, cold_reader_id: UUID | None) -> None:
    """Raise CannotRelease unless this is somebody else who reads the live case."""
    roles = [role.value for role in PERMITS[Action.SIGN_COLD_READ].roles]
    live = Grant.live().filter(case_id=case_id, role__in=roles, user__side=Side.INSIDE)
    if cold_reader_id is None or not live.filter(user_id=cold_reader_id).exists():
        raise CannotRelease("name a cold reader who works on this case")
    if cold_reader_id == requested_by_id:
        raise CannotRelease("the cold reader must be somebody else than who asks for the release")
