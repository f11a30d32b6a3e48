"""The second manager's act: what was prepared, and read, becomes editions."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.models import Case
from cases.roles import Action, Facts
from review.actions.releases.changing import CannotRelease, change_state, locked
from review.loaders.acts import hiding_acts
from review.models import Edition, EditionFile, EditionPart, PreparedEdition, Release
from review.states import Purpose, ReleaseState


@transaction.atomic
def approve_release(*, by: Actor, release_id: UUID, digests: dict[str, str]) -> None:
    """Turn what was prepared, and read by the approver (audience → digest), into editions. Raises Http404, CannotRelease."""
    release = locked(release_id)
    require(by, Action.APPROVE_RELEASE, release.case_id, Facts(by.id, requested_by_id=release.requested_by_id))
    Case.objects.select_for_update().get(pk=release.case_id)  # numbers are given one at a time
    prepared = list(release.editions.filter(unchanged=False))
    change_state(release, ReleaseState.APPROVED)
    _require_nothing_hidden_since(release)
    if {edition.audience_key: edition.digest for edition in prepared} != digests:
        raise CannotRelease("this is not what you looked at; read it again and then approve")
    _require_cold_read(release, prepared)
    _require_newest(release, prepared)
    _require_base(release)
    for edition in prepared:
        _store_edition(release, edition)
    release.approved_by_id, release.approved_at = by.id, timezone.now()
    release.save(update_fields=["approved_by_id", "approved_at"])
    record(by=by, verb=AuditVerb.RELEASE_APPROVED, case_id=release.case_id, target=str(release.id))


def _require_cold_read(release: Release, prepared: list[PreparedEdition]) -> None:
    """An outward publication, and whatever a cold reader was named for, is signed: these bytes, not earlier ones."""
    if release.purpose != Purpose.PUBLICATION and release.cold_reader_id is None:
        return
    for edition in prepared:
        if edition.outward and (edition.cold_read_digest != edition.digest or edition.cold_read_by_id is None):
            raise CannotRelease(f"the cold reader has not signed {edition.audience_name} yet")


def _require_newest(release: Release, prepared: list[PreparedEdition]) -> None:
    """What was compared with an audience's last edition must not follow one that came after the snapshot."""
    keys = [edition.audience_key for edition in prepared]
    approved = PreparedEdition.objects.filter(release__case_id=release.case_id, release__state=ReleaseState.APPROVED)
    later = approved.filter(audience_key__in=keys, unchanged=False, release__approved_at__gte=release.snapshot_at)
    if (other := later.exclude(release=release).first()) is not None:
        raise CannotRelease(f"{other.audience_name} got an edition after this snapshot was taken; check again")


def _require_base(release: Release) -> None:
    """An amendment repeats pages of the edition before it: not once that was taken back."""
    if not release.chosen:
        return
    keys = release.editions.values_list("audience_key", flat=True)
    earlier = Edition.objects.select_for_update().filter(case_id=release.case_id, audience_key__in=keys)
    base = earlier.order_by("-number").first()
    if base is None or base.withdrawn:
        raise CannotRelease("the edition that it amends was withdrawn; start a whole release")


def _require_nothing_hidden_since(release: Release) -> None:
    """What somebody hid after the snapshot still stands readable in these bytes. What was lifted since does no harm."""
    if hiding_acts(release.case_id) != release.acts_seen:
        raise CannotRelease("something was hidden after its snapshot was taken; check again and read the new one")


def _store_edition(release: Release, prepared: PreparedEdition) -> None:
    earlier = Edition.objects.filter(case_id=release.case_id, audience_key=prepared.audience_key)
    number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = Edition.objects.create(
        id=prepared.id,
        case_id=release.case_id,
        audience_key=prepared.audience_key,
        audience_name=prepared.audience_name,
        outward=prepared.outward,
        number=number,
        purpose=release.purpose,
        released_on=timezone.now().date(),
        shell=prepared.shell,
    )
    EditionPart.objects.bulk_create(
        EditionPart(edition=edition, outward=edition.outward, page=part.page, content=part.content, html=part.html)
        for part in prepared.parts.all()
    )
    EditionFile.objects.bulk_create(
        EditionFile(edition=edition, outward=edition.outward, key=file.key, content=file.content)
        for file in prepared.files.all()
    )
