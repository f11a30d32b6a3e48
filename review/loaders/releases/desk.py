"""The Releases page: what waits for the reader of it, editions, and releases made or under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.access import Actor, cases_open_to, conditions_hold, full_clearance
from cases.models import User
from cases.roles import Action, Facts
from review.loaders.home import title_of
from review.models import Edition, PreparedEdition, Release
from review.states import Purpose, ReleaseState

HEAVY = ("shell", "changes", "release__findings")


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release in the list. `waits_for`: what the actor is to do in it, if anything."""

    id: UUID
    case_id: UUID
    state: ReleaseState
    purpose: str
    audiences: str
    amends: bool
    requested_by: str
    requested_at: datetime
    waits_for: str


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One edition in the list."""

    id: UUID
    audience_name: str
    outward: bool
    number: int
    purpose: str
    released_on: object
    withdrawn: bool
    is_newest: bool


@dataclass(frozen=True, slots=True)
class ReleaseDesk:
    """The Releases page."""

    case_id: UUID
    releases: tuple[ReleaseRow, ...]
    editions: tuple[EditionRow, ...]
    title: str
    actions: frozenset[Action]

    @property
    def waiting(self) -> tuple[ReleaseRow, ...]:
        """What waits for the actor."""
        return tuple(row for row in self.releases if row.waits_for)


def releases_for(actor: Actor, case_id: UUID) -> ReleaseDesk:
    """Everything released or under way. Raises Http404 for who may not read the live case."""
    clearance, actions = full_clearance(actor, case_id)
    prepared = PreparedEdition.objects.filter(release__case_id=case_id).select_related("release")
    rows = list(prepared.defer(*HEAVY).order_by("-outward", "audience_name"))
    return ReleaseDesk(
        case_id=case_id,
        releases=_release_rows(actor, {case_id: actions}, rows),
        editions=_edition_rows(case_id),
        title=title_of(case_id, clearance),
        actions=actions,
    )


def waiting_for(actor: Actor) -> tuple[ReleaseRow, ...]:
    """What waits for the actor to read or approve, in every case; for the first page."""
    signs, approves = (set(cases_open_to(actor, one)) for one in (Action.SIGN_COLD_READ, Action.APPROVE_RELEASE))
    both = {Action.SIGN_COLD_READ: signs, Action.APPROVE_RELEASE: approves}
    actions = {key: frozenset(one for one in both if key in both[one]) for key in signs | approves}
    ready = PreparedEdition.objects.filter(release__state=ReleaseState.READY, release__case_id__in=actions)
    rows = ready.select_related("release").defer(*HEAVY).order_by("-outward", "audience_name")
    found = _release_rows(actor, actions, list(rows))
    return tuple(row for row in found if row.waits_for)


def _edition_rows(case_id: UUID) -> tuple[EditionRow, ...]:
    rows = list(Edition.objects.filter(case_id=case_id).defer("shell").order_by("audience_key", "-number"))
    newest = {row.audience_key: row.number for row in reversed(rows)}
    found = [
        EditionRow(
            id=row.id,
            audience_name=row.audience_name,
            outward=row.outward,
            number=row.number,
            purpose=Purpose(row.purpose).label,
            released_on=row.released_on,
            withdrawn=row.withdrawn,
            is_newest=newest[row.audience_key] == row.number,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: (not row.is_newest, not row.outward, row.audience_name, -row.number)))


def _release_rows(
    actor: Actor, actions: Mapping[UUID, frozenset[Action]], prepared: list[PreparedEdition]
) -> tuple[ReleaseRow, ...]:
    releases = {row.release_id: row.release for row in prepared}
    names = dict(User.objects.filter(pk__in={r.requested_by_id for r in releases.values()}).values_list("pk", "name"))
    rows = []
    for release in releases.values():
        editions = [row for row in prepared if row.release_id == release.id]
        rows.append(
            ReleaseRow(
                id=release.id,
                case_id=release.case_id,
                state=ReleaseState(release.state),
                purpose=Purpose(release.purpose).label,
                audiences=", ".join(row.audience_name for row in editions),
                amends=bool(release.chosen),
                requested_by=names.get(release.requested_by_id, ""),
                requested_at=release.requested_at,
                waits_for=_waits_for(actor, actions[release.case_id], release, editions),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.requested_at, reverse=True))


def _waits_for(actor: Actor, actions: frozenset[Action], release: Release, editions: list[PreparedEdition]) -> str:
    if release.state != ReleaseState.READY:
        return ""
    unsigned = [edition for edition in editions if waits_for_cold_reader(release, edition)]
    if unsigned:
        return "read" if release.cold_reader_id == actor.id and Action.SIGN_COLD_READ in actions else ""
    may = conditions_hold(Action.APPROVE_RELEASE, Facts(actor.id, requested_by_id=release.requested_by_id))
    return "approve" if may and Action.APPROVE_RELEASE in actions else ""


def waits_for_cold_reader(release: Release, edition: PreparedEdition) -> bool:
    """Whether somebody was named to read the edition cold, and has not signed these bytes."""
    if release.cold_reader_id is None or not edition.outward or edition.unchanged:
        return False
    return edition.cold_read_by_id is None or edition.cold_read_digest != edition.digest
