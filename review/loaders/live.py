"""The live case for the fully cleared: one page, what stands around it, and what was said about it outside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404
from django.utils.safestring import SafeString

from cases.access import Actor, full_clearance
from cases.projection import AudienceLens, FullLens, Lens, Words
from cases.redaction.facts import Audience, RedactionState, Register
from cases.roles import Action
from prose.bars import Tag
from prose.nodes import Json
from prose.shown import FullClearance
from review.loaders.live_threads import LiveThread, live_threads, on_page
from review.loaders.ratings import RatingNote, rating_notes
from review.loaders.talk.places import Places, doubts_by_object
from review.loaders.talk.threads import TalkThread, inside_threads
from review.projection import Composer
from review.projection.glossary import glossary_of
from review.projection.references import references_of
from review.rendering import Surroundings, base_of, ground_name, render_page
from review.shell import shell_of
from review.snapshot import CaseSnapshot, read_case
from review.states import PageKind


@dataclass(frozen=True, slots=True)
class LiveCase:
    """The whole live case, threads included. A page is cut from it."""

    snapshot: CaseSnapshot
    threads: tuple[LiveThread, ...]
    talk: tuple[TalkThread, ...]
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
    history: tuple[RatingNote, ...] = ()
    talk: tuple[TalkThread, ...] = ()

    @property
    def ref(self) -> str:
        """What the page is about; nothing for pages about the whole case."""
        return self.page.partition("/")[2]

    @property
    def settled(self) -> tuple[TalkThread, ...]:
        """Threads inside about which nobody has to do anything more."""
        return tuple(thread for thread in self.talk if not thread.is_open)


def live_case(actor: Actor, case_id: UUID) -> LiveCase:
    """Everything live in one case, in a number of queries that does not depend on its size. Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    talk = inside_threads(case_id, actor.id, actions)
    return LiveCase(read_case(case_id), live_threads(case_id), talk, actions, clearance)


def live_page(actor: Actor, case_id: UUID, kind: PageKind, ref: str = "", preview: str = "") -> LivePage:
    """One page. With `preview`, what that audience would read of it; never stored, no threads. Raises Http404."""
    return page_of_case(live_case(actor, case_id), case_id, kind, ref, preview)


def page_of_case(case: LiveCase, case_id: UUID, kind: PageKind, ref: str = "", preview: str = "") -> LivePage:
    """The same, of a case that was read already."""
    audience = _audience(case.snapshot, preview) if preview else None
    name = f"{kind}/{ref}" if ref else str(kind)
    legend = {} if audience else legend_of(case.snapshot, base_of(name))
    writing = audience is None and Action.WRITE in case.actions
    places = Places(case.snapshot, case.clearance)
    doubts = {} if audience else doubts_by_object(case.talk, places)
    at = Surroundings(base_of(name), legend, writing=writing, doubts=doubts)
    html, shell = _composed(case, audience, kind, ref, at)
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
        history=() if audience or kind not in RATED else _history(case, case_id, ref, legend, base_of(name)),
        talk=() if audience else places.on_page(case.talk, name, html),
    )


RATED = (PageKind.FRONT, PageKind.PATHWAY)


def _history(case: LiveCase, case_id: UUID, ref: str, legend: dict[str, Tag], base: str) -> tuple[RatingNote, ...]:
    context = Surroundings(base, legend).context()
    return rating_notes(case_id, case.clearance, case.snapshot.register, ref, context)


def _composed(
    case: LiveCase, audience: Audience | None, kind: PageKind, ref: str, surroundings: Surroundings
) -> tuple[SafeString, dict[str, Json]]:
    snapshot = case.snapshot
    try:
        if audience is not None:
            return _through(snapshot, AudienceLens(snapshot.register, audience), kind, ref, surroundings)
        full = FullLens(snapshot.register, case.clearance, snapshot.audiences)
        return _through(snapshot, full, kind, ref, surroundings)
    except KeyError as absent:
        raise Http404 from absent


def _through(
    snapshot: CaseSnapshot, lens: Lens[Words], kind: PageKind, ref: str, surroundings: Surroundings
) -> tuple[SafeString, dict[str, Json]]:
    """A page through one lens, and its shell; raises KeyError."""
    composer = Composer(snapshot, lens)
    known = references_of(snapshot, lens) | set(surroundings.legend)
    terms = glossary_of(composer.glossary().terms)
    html = render_page(composer.page(kind, ref), replace(surroundings, known=known, terms=terms))
    return html, shell_of(composer.header, composer.rail, "")


def _audience(snapshot: CaseSnapshot, key: str) -> Audience:
    try:
        return snapshot.audience(key)
    except KeyError as absent:
        raise Http404 from absent


def legend_of(snapshot: CaseSnapshot, base: str) -> dict[str, Tag]:
    """What a live mark says: who loses the words, on which ground."""
    return legend_for(snapshot.register, snapshot.audiences, base)


def legend_for(register: Register, audiences: tuple[Audience, ...], base: str) -> dict[str, Tag]:
    """The same, of a register and the audiences of its case."""
    legend: dict[str, Tag] = {}
    for ref, redaction in register.by_ref.items():
        if redaction.state is RedactionState.LIFTED:
            continue
        losing = [audience.name for audience in audiences if redaction.hides_from(audience)]
        who = ", ".join(losing) if losing else "nobody"
        label = f"hidden from {who} · {ground_name(redaction.ground or '')}"
        legend[ref] = Tag(label, redaction.state.value, f"{base}redactions/{ref}/")
    return legend
