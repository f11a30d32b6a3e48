"""What the worker does. The rows are the truth; a lost message only means that the sweep finds the row later."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from review.actions.releases import change_state
from review.checks.material import material_for
from review.checks.run import run_checks
from review.making import MadeEdition, frozen_read, make_edition
from review.models import PreparedEdition, PreparedMap, PreparedPart, Release
from review.snapshot import read_case
from review.states import ReleaseState

log = logging.getLogger(__name__)
FAILURE = "The worker could not make this release. Nothing was stored. Start it again; if it fails again, tell your installation admin."
NOTHING_NEW = "Nothing has changed for these audiences since their last editions."


@shared_task
def make_release(release_id: str) -> None:
    """Make one release, if it is still waiting."""
    if not _claim(UUID(release_id)):
        return
    try:
        _make(UUID(release_id))
    except Exception:  # the row must say that it failed, whatever went wrong
        log.exception("release %s failed", release_id)
        _fail(UUID(release_id), FAILURE)


@shared_task
def sweep_releases() -> None:
    """Wake whatever waits: a message can be lost, a row can't."""
    for release_id in Release.objects.filter(state=ReleaseState.WAITING).values_list("id", flat=True):
        make_release(str(release_id))


@transaction.atomic
def _claim(release_id: UUID) -> bool:
    release = Release.objects.select_for_update().filter(pk=release_id, state=ReleaseState.WAITING).first()
    if release is None:
        return False
    change_state(release, ReleaseState.RUNNING)
    return True


def _make(release_id: UUID) -> None:
    release = Release.objects.get(pk=release_id)
    prepared = list(release.editions.all())
    with frozen_read():
        at = timezone.now()
        snapshot = read_case(release.case_id)
    made: list[MadeEdition] = []
    for index, edition in enumerate(prepared):
        made.append(make_edition(snapshot, snapshot.audience(edition.audience_key), edition.statement))
        Release.objects.filter(pk=release_id).update(done=index + 1, snapshot_at=at)
    findings = run_checks(material_for(snapshot, made))
    _store(release_id, made, [finding.to_json() for finding in findings], held=any(f.stops for f in findings))


@transaction.atomic
def _store(release_id: UUID, made: list[MadeEdition], findings: list[object], *, held: bool) -> None:
    release = Release.objects.select_for_update().get(pk=release_id)
    if release.state != ReleaseState.RUNNING:  # dropped meanwhile
        return
    rows = {row.audience_key: row for row in release.editions.all()}
    for edition in made:
        _store_edition(rows[edition.audience.key], edition)
    release.findings = findings
    release.save(update_fields=["findings"])
    if all(row.unchanged for row in rows.values()):
        _fail(release_id, NOTHING_NEW)
    else:
        change_state(release, ReleaseState.HELD if held else ReleaseState.READY)


def _store_edition(row: PreparedEdition, made: MadeEdition) -> None:
    row.shell, row.digest = made.shell, made.digest
    row.unchanged = row.digest == _last_digest(row)
    row.save(update_fields=["shell", "digest", "unchanged"])
    PreparedPart.objects.bulk_create(
        PreparedPart(edition=row, page=part.page, content=part.content, html=part.html) for part in made.parts
    )
    PreparedMap.objects.bulk_create(
        PreparedMap(edition=row, text_key=key, version=version, segments=hidden_map.to_json())
        for key, (version, hidden_map) in made.maps.items()
    )


def _last_digest(row: PreparedEdition) -> str | None:
    approved = PreparedEdition.objects.filter(
        release__case_id=row.release.case_id, audience_key=row.audience_key, release__state=ReleaseState.APPROVED
    ).exclude(unchanged=True)
    return approved.order_by("-release__approved_at").values_list("digest", flat=True).first()


def _fail(release_id: UUID, why: str) -> None:
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=release_id)
        if release.state == ReleaseState.RUNNING:
            release.failure = why
            release.save(update_fields=["failure"])
            change_state(release, ReleaseState.FAILED)
