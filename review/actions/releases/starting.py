"""Asking for a release, asking again, giving it up."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.models import CaseAudience
from cases.roles import Action
from pathways.models import Pathway, Section
from review.actions.releases.changing import CannotRelease, change_state, locked
from review.actions.releases.cold_reading import require_cold_reader
from review.models import Edition, PreparedEdition, PreparedFile, PreparedPart, Release
from review.states import Purpose, ReleaseState


@transaction.atomic
def start_release(
    *,
    by: Actor,
    case_id: UUID,
    purpose: Purpose,
    statements: dict[str, str],
    left_out: frozenset[str] = frozenset(),
    cold_reader_id: UUID | None = None,
) -> UUID:
    """Ask the worker for editions of these audiences (key → redaction statement).

    `left_out`: parts that are not ready, by reference. Raises Http404, CannotRelease.
    """
    require(by, Action.START_RELEASE, case_id)
    if left_out - unready_parts(case_id):
        raise CannotRelease("only parts that are not ready can be left out; look at the list again")
    return _start(by, case_id, purpose, statements, left_out=sorted(left_out), cold_reader_id=cold_reader_id)


@transaction.atomic
def start_amendment(
    *,
    by: Actor,
    edition_id: UUID,
    pages: frozenset[str],
    statement: str,
    cold_reader_id: UUID | None = None,
) -> UUID:
    """Ask for the next edition of one audience in which only these pages are made anew. Raises Http404, CannotRelease."""
    edition = Edition.objects.filter(pk=edition_id).first()
    if edition is None:
        raise Http404
    require(by, Action.START_RELEASE, edition.case_id)
    if not pages:
        raise CannotRelease("choose at least one part")
    later = Edition.objects.filter(case_id=edition.case_id, audience_key=edition.audience_key)
    if edition.withdrawn or later.filter(number__gt=edition.number).exists():
        raise CannotRelease("only the newest edition of an audience can be amended, and not once it was withdrawn")
    purpose, statements = Purpose(edition.purpose), {edition.audience_key: statement}
    return _start(by, edition.case_id, purpose, statements, chosen=sorted(pages), cold_reader_id=cold_reader_id)


@transaction.atomic
def start_again(*, by: Actor, release_id: UUID) -> UUID:
    """The same release from a new snapshot; the old one is dropped. Raises Http404, CannotRelease."""
    release = locked(release_id)
    require(by, Action.START_RELEASE, release.case_id)
    if not ReleaseState(release.state).is_over:
        _drop(by, release)
    return _start(
        by,
        release.case_id,
        Purpose(release.purpose),
        dict(release.editions.values_list("audience_key", "statement")),
        left_out=sorted(unready_parts(release.case_id).intersection(release.left_out)),
        chosen=release.chosen,
        cold_reader_id=release.cold_reader_id,
    )


@transaction.atomic
def drop_release(*, by: Actor, release_id: UUID) -> None:
    """Give a release up. Raises Http404, CannotRelease."""
    release = locked(release_id)
    require(by, Action.START_RELEASE, release.case_id)
    _drop(by, release)


def unready_parts(case_id: UUID) -> frozenset[str]:
    """The sections and pathways that their authors have not called ready, by reference."""
    rows = (model.objects.filter(case_id=case_id, ready=False, retired=False) for model in (Section, Pathway))
    return frozenset(ref for found in rows for ref in found.values_list("ref", flat=True))


def _start(
    by: Actor,
    case_id: UUID,
    purpose: Purpose,
    statements: dict[str, str],
    *,
    left_out: list[str] | None = None,
    chosen: list[str] | None = None,
    cold_reader_id: UUID | None = None,
) -> UUID:
    rows = _audiences(case_id, statements)
    outward = any(row.outward for row in rows)
    if outward and (purpose is Purpose.PUBLICATION or cold_reader_id):
        require_cold_reader(case_id, by.id, cold_reader_id)
    release = Release.objects.create(
        case_id=case_id,
        state=ReleaseState.WAITING,
        purpose=purpose,
        requested_by_id=by.id,
        total=len(rows),
        left_out=left_out or [],
        chosen=chosen or [],
        cold_reader_id=cold_reader_id if outward else None,
    )
    PreparedEdition.objects.bulk_create(_prepared(release, row, statements[row.key]) for row in rows)
    record(by=by, verb=AuditVerb.RELEASE_STARTED, case_id=case_id, target=str(release.id))
    return release.id


def _audiences(case_id: UUID, statements: dict[str, str]) -> list[CaseAudience]:
    rows = list(CaseAudience.objects.filter(case_id=case_id, key__in=statements).order_by("order"))
    if len(rows) != len(statements) or not statements:
        raise CannotRelease("choose at least one audience of this case")
    return rows


def _prepared(release: Release, row: CaseAudience, statement: str) -> PreparedEdition:
    return PreparedEdition(
        release=release,
        audience_key=row.key,
        audience_name=row.name,
        outward=row.outward,
        statement=statement.strip(),
    )


def _drop(by: Actor, release: Release) -> None:
    change_state(release, ReleaseState.DROPPED)
    PreparedPart.objects.filter(edition__release=release).delete()
    PreparedFile.objects.filter(edition__release=release).delete()
    record(by=by, verb=AuditVerb.RELEASE_DROPPED, case_id=release.case_id, target=str(release.id))
