"""The first step of a release, for whom: audiences with their readers, parts that are not ready, who could read it cold."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from cases.access import Actor, full_clearance, require
from cases.models import CaseAudience, Grant, Side
from cases.roles import PERMITS, Action
from pathways.models import Pathway, Section
from prose.content import plain_text
from prose.shown import FullClearance, open_text
from review.loaders.home import title_of
from review.loaders.releases.readers import Reader, how_many, readers_in
from review.models import PreparedEdition, Release

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AudienceRow:
    """An audience that an edition can be made for."""

    key: str
    name: str
    outward: bool
    readers: tuple[Reader, ...]

    @property
    def how_many(self) -> str:
        """How many read it, and where they are."""
        return how_many(self.readers)


@dataclass(frozen=True, slots=True)
class ReleaseChoices:
    """What can be chosen, and what was chosen in the release that is to be done anew."""

    case_id: UUID
    audiences: tuple[AudienceRow, ...]
    unready: Choices
    cold_readers: Choices
    statements: dict[str, str]
    like: Release | None
    like_audiences: list[str]
    title: str
    actions: frozenset[Action]


def choices_for(actor: Actor, case_id: UUID, like: UUID | None = None) -> ReleaseChoices:
    """Raises Http404 for who may not start a release of the case."""
    clearance, actions = full_clearance(actor, case_id)
    require(actor, Action.START_RELEASE, case_id)
    rows = PreparedEdition.objects.filter(release__case_id=case_id).order_by("release__requested_at")
    statements = rows.exclude(statement="").values_list("audience_key", "statement")
    model = Release.objects.filter(pk=like, case_id=case_id).first() if like else None
    return ReleaseChoices(
        case_id=case_id,
        audiences=audience_rows(case_id),
        unready=unready_titles(case_id, clearance),
        cold_readers=cold_readers(case_id, actor),
        statements=dict(statements),
        like=model,
        like_audiences=list(model.editions.values_list("audience_key", flat=True)) if model else [],
        title=title_of(case_id, clearance),
        actions=actions,
    )


def audience_rows(case_id: UUID) -> tuple[AudienceRow, ...]:
    """The audiences of the case, most cleared first, with who reads each."""
    readers = readers_in(case_id)
    rows = CaseAudience.objects.filter(case_id=case_id).order_by("order")
    return tuple(AudienceRow(row.key, row.name, row.outward, readers.get(row.key, ())) for row in rows)


def unready_titles(case_id: UUID, clearance: FullClearance, refs: list[str] | None = None) -> Choices:
    """Reference and title of the parts that are not ready; or of the parts with those references."""
    chosen = {"ready": False, "retired": False} if refs is None else {"ref__in": refs}
    found: Choices = []
    for model in (Section, Pathway):
        for row in model.objects.filter(case_id=case_id, **chosen).select_related("title").order_by("order"):
            title = plain_text(open_text(row.title.bound_to(None), clearance).document)
            found.append((row.ref, f"{row.ref} · {title}"))
    return found


def cold_readers(case_id: UUID, actor: Actor) -> Choices:
    """Those who work on the live case, but for the actor."""
    roles = [role.value for role in PERMITS[Action.SIGN_COLD_READ].roles]
    live = Grant.live().filter(case_id=case_id, role__in=roles, user__side=Side.INSIDE).exclude(user_id=actor.id)
    names = live.order_by("user__name").values_list("user_id", "user__name").distinct()
    return [(str(user_id), name) for user_id, name in names]
