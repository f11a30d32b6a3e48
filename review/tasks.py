"""What the worker does. The rows are the truth; a lost message only means that the sweep finds the row later."""

from __future__ import annotations

import gc
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from celery import shared_task
from django.db import connection, transaction
from django.utils import timezone

from prose.nodes import Json
from review.actions.bringing import forget_old_drafts
from review.actions.releases import change_state
from review.changed import changes_since, without_history
from review.checks.material import CaseFacts, material_for
from review.checks.run import Checked, check_release
from review.loaders.acts import hiding_acts
from review.loaders.earlier import (
    REPEATING,
    Earlier,
    Kept,
    decisions_in,
    facts_in,
    kept_from,
    ratings_before,
    read_last,
    words_of,
)
from review.loaders.figures import figures_in, figures_shown_by
from review.making import Before, MadeEdition, frozen_read, make_amendment, make_edition
from review.models import PreparedEdition, PreparedFile, PreparedMap, PreparedPart, Release
from review.projection.history import EarlierPages
from review.snapshot import CaseSnapshot, read_case
from review.states import Purpose, ReleaseState

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
    """Wake whatever waits, and say so where a worker died at work: a message can be lost, a row can't. Forget old drafts of imports."""
    forget_old_drafts()
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


@dataclass(frozen=True, slots=True)
class Read:
    """All that a release is made from, as it stood at one moment."""

    at: datetime
    acts: int
    snapshot: CaseSnapshot
    figures: dict[str, bytes]
    facts: CaseFacts
    decisions: dict[str, str]
    last: dict[str, Earlier]
    before: dict[str, Before]


def _make(release_id: UUID) -> None:
    release = Release.objects.get(pk=release_id)
    prepared = list(release.editions.all())
    read = _read(release, [edition.audience_key for edition in prepared])
    Release.objects.filter(pk=release_id).update(snapshot_at=read.at, acts_seen=read.acts)
    with _settled_memory():
        made: list[MadeEdition] = []
        for index, edition in enumerate(prepared):
            made.append(_made(release, edition, read))
            Release.objects.filter(pk=release_id).update(done=index + 1)
        earlier = {key: words_of(last) for key, last in read.last.items()}
        material = material_for(
            read.snapshot, made, decisions=read.decisions, earlier=earlier, files=read.figures, facts=read.facts
        )
        _store(release_id, made, read, check_release(material))


def _read(release: Release, keys: list[str]) -> Read:
    case_id, for_publication = release.case_id, release.purpose == Purpose.PUBLICATION
    with frozen_read():
        last = read_last(case_id, keys)
        ratings = ratings_before(case_id, keys, for_publication=for_publication)
        kept = {key: kept_from(last[key].edition_id) for key in keys if release.chosen and key in last}
        return Read(
            at=(at := timezone.now()),
            acts=hiding_acts(case_id),
            snapshot=read_case(case_id),
            figures=figures_in(case_id),
            facts=facts_in(case_id, at.date()),
            decisions=decisions_in(case_id),
            last=last,
            before={key: _before(ratings.get(key, ()), last.get(key), kept.get(key)) for key in keys},
        )


def _before(ratings: tuple[EarlierPages, ...], last: Earlier | None, kept: Kept | None) -> Before:
    if last is None or kept is None:
        return Before(ratings)
    return Before(ratings, last.pages, kept.maps, kept.files)


def _made(release: Release, row: PreparedEdition, read: Read) -> MadeEdition:
    audience, before = read.snapshot.audience(row.audience_key), read.before[row.audience_key]
    if release.chosen:
        return make_amendment(read.snapshot, audience, row.statement, before, frozenset(release.chosen), read.figures)
    left_out = frozenset(release.left_out)
    return make_edition(read.snapshot, audience, row.statement, figures=read.figures, left_out=left_out, before=before)


@contextmanager
def _settled_memory() -> Iterator[None]:
    """The snapshot outlives the job: the collector need not walk it again and again (measured: the work grows faster than the case)."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@transaction.atomic
def _store(release_id: UUID, made: list[MadeEdition], read: Read, checked: Checked) -> None:
    release = Release.objects.select_for_update().get(pk=release_id)
    if release.state != ReleaseState.RUNNING:  # dropped meanwhile
        return
    rows = {row.audience_key: row for row in release.editions.all()}
    for edition in made:
        _store_edition(release, rows[edition.audience.key], edition, read.last.get(edition.audience.key))
    release.findings = [finding.to_json() for finding in checked.findings]
    release.fine = [one.to_json() for one in checked.fine]
    release.save(update_fields=["findings", "fine"])
    held = any(finding.holds(Purpose(release.purpose)) for finding in checked.findings)
    if all(row.unchanged for row in rows.values()):
        _fail(release_id, NOTHING_NEW)
    else:
        change_state(release, ReleaseState.HELD if held else ReleaseState.READY)


def _store_edition(release: Release, row: PreparedEdition, made: MadeEdition, last: Earlier | None) -> None:
    pages = {part.page: json.loads(part.content) for part in made.parts if part.page not in REPEATING}
    row.shell, row.digest = made.shell, made.digest
    row.unchanged = last is not None and _has_it_already(release, made, pages, last)
    row.changes = changes_since(last, pages, made.statement)
    row.save(update_fields=["shell", "digest", "unchanged", "changes"])
    if row.unchanged:
        return
    PreparedPart.objects.bulk_create(
        PreparedPart(edition=row, page=part.page, content=part.content, html=part.html) for part in made.parts
    )
    PreparedFile.objects.bulk_create(
        PreparedFile(edition=row, key=key, content=content) for key, content in made.files.items()
    )
    PreparedMap.objects.bulk_create(
        PreparedMap(edition=row, text_key=key, version=version, segments=hidden_map.to_json())
        for key, (version, hidden_map) in made.maps.items()
    )


def _has_it_already(release: Release, made: MadeEdition, pages: dict[str, Json], last: Earlier) -> bool:
    """Whether the audience can read exactly this, for this purpose, in its newest edition; that it is one edition older is nothing new."""
    if last.withdrawn or last.purpose != release.purpose or last.statement != made.statement:
        return False
    same = without_history(pages) == without_history(last.pages)
    return same and made.files == figures_shown_by(last.edition_id)


def _fail(release_id: UUID, why: str) -> None:
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=release_id)
        if release.state == ReleaseState.RUNNING:
            release.failure = why
            release.save(update_fields=["failure"])
            change_state(release, ReleaseState.FAILED)
