"""What the worker does. The rows are the truth; a lost message only means that the sweep finds the row later."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from celery import shared_task
from django.db import connection, transaction
from django.utils import timezone

from review.actions.releases import change_state
from review.checks.material import material_for
from review.checks.run import run_checks
from review.loaders.earlier import decisions_in, words_read_last
from review.making import MadeEdition, frozen_read, make_edition
from review.models import Edition, PreparedEdition, PreparedMap, PreparedPart, Release
from review.snapshot import read_case
from review.states import ReleaseState

log = logging.getLogger(__name__)
FAILURE = "The worker could not make this release. Nothing was stored. Start it again; if it fails again, tell your installation admin."
STOPPED = "The worker was stopped while it made this release. Nothing was stored. Start it again."
NOTHING_NEW = "Nothing has changed for these audiences since their last editions."


@shared_task
def make_release(release_id: str) -> None:
    """Make one release, if it is still waiting."""
    with _at_work(UUID(release_id)) as alone:
        if not alone or not _claim(UUID(release_id)):
            return
        try:
            _make(UUID(release_id))
        except Exception:  # the row must say that it failed, whatever went wrong
            log.exception("release %s failed", release_id)
            _fail(UUID(release_id), FAILURE)


@shared_task
def sweep_releases() -> None:
    """Wake whatever waits, and say so where a worker died at work: a message can be lost, a row can't."""
    for release_id in Release.objects.filter(state=ReleaseState.WAITING).values_list("id", flat=True):
        make_release(str(release_id))
    for release_id in Release.objects.filter(state=ReleaseState.RUNNING).values_list("id", flat=True):
        with _at_work(release_id) as alone:
            if alone:
                _fail(release_id, STOPPED)


@contextmanager
def _at_work(release_id: UUID) -> Iterator[bool]:
    """Whether nobody else is at work on the release. The lock goes with the connection, and so with a worker that dies."""
    number = release_id.int % 2**63
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [number])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [number])


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
        decisions = decisions_in(release.case_id)
        earlier = words_read_last(release.case_id, [edition.audience_key for edition in prepared])
    made: list[MadeEdition] = []
    for index, edition in enumerate(prepared):
        made.append(make_edition(snapshot, snapshot.audience(edition.audience_key), edition.statement))
        Release.objects.filter(pk=release_id).update(done=index + 1, snapshot_at=at)
    findings = run_checks(material_for(snapshot, made, decisions=decisions, earlier=earlier))
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
    row.unchanged = _has_it_already(row)
    row.save(update_fields=["shell", "digest", "unchanged"])
    if row.unchanged:
        return
    PreparedPart.objects.bulk_create(
        PreparedPart(edition=row, page=part.page, content=part.content, html=part.html) for part in made.parts
    )
    PreparedMap.objects.bulk_create(
        PreparedMap(edition=row, text_key=key, version=version, segments=hidden_map.to_json())
        for key, (version, hidden_map) in made.maps.items()
    )


def _has_it_already(row: PreparedEdition) -> bool:
    """Whether the audience can read exactly these bytes, for this purpose, in its newest edition."""
    editions = Edition.objects.filter(case_id=row.release.case_id, audience_key=row.audience_key)
    last = editions.order_by("-number").first()
    if last is None or last.withdrawn or last.purpose != row.release.purpose:
        return False
    return PreparedEdition.objects.filter(pk=last.id, digest=row.digest).exists()


def _fail(release_id: UUID, why: str) -> None:
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=release_id)
        if release.state == ReleaseState.RUNNING:
            release.failure = why
            release.save(update_fields=["failure"])
            change_state(release, ReleaseState.FAILED)
