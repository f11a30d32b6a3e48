"""Starting, making, approving and dropping releases; withdrawing editions."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.models import Case, CaseAudience
from cases.roles import Action
from prose.models import Step
from review.checks.findings import Finding
from review.models import CheckDecision, Edition, EditionPart, PreparedEdition, PreparedPart, Release
from review.states import CHANGES, Purpose, ReleaseState

log = logging.getLogger(__name__)


class CannotRelease(ValueError):
    """This can't be done to the release now; the message says why."""


@transaction.atomic
def start_release(*, by: Actor, case_id: UUID, purpose: Purpose, statements: dict[str, str]) -> UUID:
    """Ask the worker for editions of these audiences (key → redaction statement). Raises Http404, CannotRelease."""
    require(by, Action.START_RELEASE, case_id)
    rows = CaseAudience.objects.filter(case_id=case_id, key__in=statements).order_by("order")
    if len(rows) != len(statements) or not statements:
        raise CannotRelease("choose at least one audience of this case")
    release = Release.objects.create(
        case_id=case_id, state=ReleaseState.WAITING, purpose=purpose, requested_by_id=by.id, total=len(rows)
    )
    PreparedEdition.objects.bulk_create(
        PreparedEdition(
            release=release,
            audience_key=row.key,
            audience_name=row.name,
            outward=row.outward,
            statement=statements[row.key].strip(),
        )
        for row in rows
    )
    record(by=by, verb=AuditVerb.RELEASE_STARTED, case_id=case_id, target=str(release.id))
    return release.id


@transaction.atomic
def start_again(*, by: Actor, release_id: UUID) -> UUID:
    """The same release from a new snapshot; the old one is dropped. Raises Http404, CannotRelease."""
    release = _locked(release_id)
    require(by, Action.START_RELEASE, release.case_id)
    statements = dict(release.editions.values_list("audience_key", "statement"))
    if not ReleaseState(release.state).is_over:
        _drop(by, release)
    return start_release(by=by, case_id=release.case_id, purpose=Purpose(release.purpose), statements=statements)


@transaction.atomic
def drop_release(*, by: Actor, release_id: UUID) -> None:
    """Give a release up. Raises Http404, CannotRelease."""
    release = _locked(release_id)
    require(by, Action.START_RELEASE, release.case_id)
    _drop(by, release)


def _drop(by: Actor, release: Release) -> None:
    change_state(release, ReleaseState.DROPPED)
    PreparedPart.objects.filter(edition__release=release).delete()
    record(by=by, verb=AuditVerb.RELEASE_DROPPED, case_id=release.case_id, target=str(release.id))


@transaction.atomic
def approve_release(*, by: Actor, release_id: UUID, digests: dict[str, str]) -> None:
    """Turn what was prepared, and read by the approver (audience → digest), into editions. Raises Http404, CannotRelease."""
    release = _locked(release_id)
    require(by, Action.APPROVE_RELEASE, release.case_id, requested_by_id=release.requested_by_id)
    Case.objects.select_for_update().get(pk=release.case_id)  # numbers are given one at a time
    prepared = list(release.editions.filter(unchanged=False))
    change_state(release, ReleaseState.APPROVED)
    _require_nothing_hidden_since(release)
    if {edition.audience_key: edition.digest for edition in prepared} != digests:
        raise CannotRelease("this is not what you looked at; read it again and then approve")
    _require_newest(release, prepared)
    for edition in prepared:
        _store_edition(release, edition)
    release.approved_by_id, release.approved_at = by.id, timezone.now()
    release.save(update_fields=["approved_by_id", "approved_at"])
    record(by=by, verb=AuditVerb.RELEASE_APPROVED, case_id=release.case_id, target=str(release.id))


def _require_newest(release: Release, prepared: list[PreparedEdition]) -> None:
    """What was compared with an audience's last edition must not follow one that came after the snapshot."""
    keys = [edition.audience_key for edition in prepared]
    approved = PreparedEdition.objects.filter(release__case_id=release.case_id, release__state=ReleaseState.APPROVED)
    later = approved.filter(audience_key__in=keys, unchanged=False, release__approved_at__gte=release.snapshot_at)
    if (other := later.exclude(release=release).first()) is not None:
        raise CannotRelease(f"{other.audience_name} got an edition after this snapshot was taken; check again")


def _require_nothing_hidden_since(release: Release) -> None:
    """Words that somebody hid after the snapshot still stand readable in these bytes."""
    if Step.objects.filter(text__scope_id=release.case_id, at__gt=release.snapshot_at or release.requested_at).exists():
        raise CannotRelease("words were hidden after its snapshot was taken; check again and read the new one")


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


@transaction.atomic
def withdraw_edition(*, by: Actor, edition_id: UUID) -> None:
    """Take an edition back: from now on its address is the 404. Raises Http404."""
    edition = Edition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None:
        raise Http404
    require(by, Action.WITHDRAW, edition.case_id)
    edition.withdrawn = True
    edition.save(update_fields=["withdrawn"])
    record(by=by, verb=AuditVerb.EDITION_WITHDRAWN, case_id=edition.case_id, target=str(edition.id))


@transaction.atomic
def settle_check(*, by: Actor, release_id: UUID, fingerprint: str, reason: str) -> None:
    """Say that two like passages are not the same, and why. Holds until either changes. Raises Http404."""
    release = _locked(release_id)
    require(by, Action.SETTLE_CHECK, release.case_id)
    findings = (Finding.from_json(raw) for raw in release.findings)
    if fingerprint not in {finding.fingerprint for finding in findings if finding.can_be_settled}:
        raise Http404
    CheckDecision.objects.update_or_create(
        case_id=release.case_id, fingerprint=fingerprint, defaults={"reason": reason, "by_id": by.id}
    )
    record(by=by, verb=AuditVerb.CHECK_SETTLED, case_id=release.case_id, target=str(release.id))


def change_state(release: Release, to: ReleaseState) -> None:
    """The one place that moves a release on. Raises CannotRelease when the table has no such change."""
    if to not in CHANGES[ReleaseState(release.state)]:
        raise CannotRelease(f"this release is {release.state}; it can't become {to.value} any more")
    release.state = to
    release.save(update_fields=["state"])


def _locked(release_id: UUID) -> Release:
    release = Release.objects.select_for_update().filter(pk=release_id).first()
    if release is None:
        raise Http404
    return release
