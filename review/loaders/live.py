"""The live case for the fully cleared: one page, what stands around it, and what was said about it outside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.safestring import SafeString

from cases.access import Actor, full_clearance
from cases.projection import AudienceLens, FullLens
from cases.redaction.facts import Audience, RedactionState
from cases.roles import Action
from prose.bars import Tag
from prose.nodes import Json
from prose.shown import FullClearance
from review.loaders.live_threads import LiveThread, live_threads, on_page
from review.projection import Composer, FrontPage
from review.rendering import Surroundings, base_of, ground_name, render_page
from review.shell import shell_of
from review.snapshot import CaseSnapshot, read_case
from review.states import PageKind


@dataclass(frozen=True, slots=True)
class LiveCase:
    """The whole live case, threads included. A page is cut from it."""

    snapshot: CaseSnapshot
    threads: tuple[LiveThread, ...]
    actions: frozenset[Action]
    clearance: FullClearance


@dataclass(frozen=True, slots=True)
class LivePage:
    """One page of the live case as the cleared read it, or as an audience would."""

    case_id: UUID
    kind: PageKind
    page: str
    html: SafeString
    shell: dict[str, Json]
    threads: tuple[LiveThread, ...]
    audiences: tuple[Audience, ...]
    preview: Audience | None
    actions: frozenset[Action]


def live_case(actor: Actor, case_id: UUID) -> LiveCase:
    """Everything live in one case, in a number of queries that does not depend on its size. Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    return LiveCase(read_case(case_id), live_threads(case_id), actions, clearance)


def live_page(actor: Actor, case_id: UUID, kind: PageKind, ref: str = "", preview: str = "") -> LivePage:
    """One page. With `preview`, what that audience would read of it; never stored, no threads. Raises Http404."""
    case = live_case(actor, case_id)
    audience = _audience(case.snapshot, preview) if preview else None
    name = f"{kind}/{ref}" if ref else str(kind)
    legend = {} if audience else legend_of(case.snapshot, base_of(name))
    surroundings = Surroundings(base_of(name), legend)
    html, shell = _composed(case, audience, kind, ref, surroundings)
    return LivePage(
        case_id=case_id,
        kind=kind,
        page=name,
        html=html,
        shell=shell,
        threads=() if audience else on_page(case.threads, html),
        audiences=case.snapshot.audiences,
        preview=audience,
        actions=case.actions,
    )


def _composed(
    case: LiveCase, audience: Audience | None, kind: PageKind, ref: str, surroundings: Surroundings
) -> tuple[SafeString, dict[str, Json]]:
    snapshot = case.snapshot
    try:
        if audience is not None:
            shown = Composer(snapshot, AudienceLens(snapshot.register, audience))
            return render_page(shown.page(kind, ref), surroundings), _shell(shown.front())
        full = Composer(snapshot, FullLens(snapshot.register, case.clearance, snapshot.audiences))
        return render_page(full.page(kind, ref), surroundings), _shell(full.front())
    except KeyError as absent:
        raise Http404 from absent


def _shell(front: FrontPage) -> dict[str, Json]:  # type: ignore[type-arg]  # of whichever lens
    return shell_of(front, "")


def _audience(snapshot: CaseSnapshot, key: str) -> Audience:
    try:
        return snapshot.audience(key)
    except KeyError as absent:
        raise Http404 from absent


def legend_of(snapshot: CaseSnapshot, base: str) -> dict[str, Tag]:
    """What a live mark says: who loses the words, on which ground."""
    legend: dict[str, Tag] = {}
    for ref, redaction in snapshot.register.by_ref.items():
        if redaction.state is RedactionState.LIFTED:
            continue
        losing = [audience.name for audience in snapshot.audiences if redaction.hides_from(audience)]
        who = ", ".join(losing) if losing else "nobody"
        label = f"hidden from {who} · {ground_name(redaction.ground or '')}"
        legend[ref] = Tag(label, redaction.state.value, f"{base}redactions/#{ref}")
    return legend
