"""Releases and editions of a case for those who work on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from cases.access import Actor, conditions_hold, full_clearance, require
from cases.models import CaseAudience, Grant, User
from cases.roles import Action
from review.checks.findings import Finding
from review.loaders.home import title_of
from review.models import Edition, PreparedEdition, Release
from review.states import Purpose, ReleaseState


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release in the list."""

    id: UUID
    state: ReleaseState
    purpose: str
    audiences: str
    requested_by: str
    requested_at: datetime


@dataclass(frozen=True, slots=True)
class ReleaseDesk:
    """The Releases page."""

    case_id: UUID
    releases: tuple[ReleaseRow, ...]
    editions: tuple[Edition, ...]
    audiences: list[tuple[str, str]]
    outward: list[tuple[str, str]]
    statements: dict[str, str]
    title: str
    actions: frozenset[Action]


def releases_for(actor: Actor, case_id: UUID) -> ReleaseDesk:
    """Everything released or under way. Raises Http404 for who may not read the live case."""
    clearance, actions = full_clearance(actor, case_id)
    audiences = list(CaseAudience.objects.filter(case_id=case_id).order_by("order"))
    prepared = PreparedEdition.objects.filter(release__case_id=case_id).select_related("release")
    rows = list(prepared.defer("shell").order_by("release__requested_at"))
    return ReleaseDesk(
        case_id=case_id,
        releases=_release_rows(rows),
        editions=tuple(Edition.objects.filter(case_id=case_id).order_by("-released_on", "audience_key", "-number")),
        audiences=[(a.key, a.name) for a in audiences],
        outward=[(a.key, a.name) for a in audiences if a.outward],
        statements={row.audience_key: row.statement for row in rows if row.statement},
        title=title_of(case_id, clearance),
        actions=actions,
    )


def _release_rows(prepared: list[PreparedEdition]) -> tuple[ReleaseRow, ...]:
    releases = {row.release_id: row.release for row in prepared}
    names = dict(User.objects.filter(pk__in={r.requested_by_id for r in releases.values()}).values_list("pk", "name"))
    rows = [
        ReleaseRow(
            id=release.id,
            state=ReleaseState(release.state),
            purpose=Purpose(release.purpose).label,
            audiences=", ".join(row.audience_name for row in prepared if row.release_id == release.id),
            requested_by=names.get(release.requested_by_id, ""),
            requested_at=release.requested_at,
        )
        for release in releases.values()
    ]
    return tuple(sorted(rows, key=lambda row: row.requested_at, reverse=True))


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """One release: progress, findings, and what would be approved."""

    release: Release
    state: ReleaseState
    editions: tuple[PreparedEdition, ...]
    stops: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    settled: tuple[Finding, ...]
    requested_by: str
    readers: dict[str, list[str]]
    may_approve: bool
    may_work: bool
    title: str
    actions: frozenset[Action]


def release_for(actor: Actor, case_id: UUID, release_id: UUID) -> ReleasePage:
    """Raises Http404 for who may not read the live case."""
    clearance, actions = full_clearance(actor, case_id)
    release = Release.objects.filter(pk=release_id, case_id=case_id).first()
    if release is None:
        raise Http404
    findings = [Finding.from_json(raw) for raw in release.findings]
    open_now = [finding for finding in findings if not finding.decided]
    approves = Action.APPROVE_RELEASE in actions
    return ReleasePage(
        release=release,
        state=ReleaseState(release.state),
        editions=tuple(release.editions.defer("shell").order_by("-outward", "audience_name")),
        stops=tuple(finding for finding in open_now if finding.stops),
        warnings=tuple(finding for finding in open_now if not finding.stops),
        settled=tuple(finding for finding in findings if finding.decided),
        requested_by=User.objects.filter(pk=release.requested_by_id).values_list("name", flat=True).first() or "",
        readers=_readers(case_id),
        may_approve=approves
        and conditions_hold(actor, Action.APPROVE_RELEASE, requested_by_id=release.requested_by_id),
        may_work=Action.START_RELEASE in actions,
        title=title_of(case_id, clearance),
        actions=actions,
    )


def _readers(case_id: UUID) -> dict[str, list[str]]:
    """Audience key → names of those who hold it now."""
    readers: dict[str, list[str]] = {}
    live = Grant.live().filter(case_id=case_id, audience__isnull=False).select_related("user", "audience")
    for grant in live.order_by("user__name"):
        if grant.audience is not None:
            readers.setdefault(grant.audience.key, []).append(grant.user.name)
    return readers


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
