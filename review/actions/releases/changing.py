"""The row of a release, locked, and the one place that moves it on."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from review.models import Release
from review.states import CHANGES, ReleaseState


class CannotRelease(ValueError):
    """This can't be done to the release now; the message says why."""


def change_state(release: Release, to: ReleaseState) -> None:
    """Move a locked release on. Raises CannotRelease when the table has no such change."""
    if to not in CHANGES[ReleaseState(release.state)]:
        raise CannotRelease(f"this release is {release.state}; it can't become {to.value} any more")
    release.state = to
    release.save(update_fields=["state"])


def locked(release_id: UUID) -> Release:
    """The release, and nobody else changes it until the transaction ends. Raises Http404."""
    release = Release.objects.select_for_update().filter(pk=release_id).first()
    if release is None:
        raise Http404
    return release
