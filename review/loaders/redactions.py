"""The register of redactions for the fully cleared: private side, places, history, and what each waits for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from cases.access import Actor, full_clearance, grounds_decided_by
from cases.hiding import KINDS, attribute_label
from cases.models import Grant, RedactionEvent, User
from cases.models import Redaction as Row
from cases.redaction.facts import Audience, Cover, Extent, Ground, RedactionState
from cases.redaction_states import RedactionVerb
from cases.roles import Action, Role
from prose.content import plain_text
from prose.shown import open_text
from review.loaders.object_words import ObjectWords
from review.loaders.redaction_acts import Standing, acts_open, is_overdue, waiting_for
from review.loaders.redaction_places import PlaceRow, page_label, places_in
from review.loaders.retired_marks import retired_marks
from review.models import Publication
from review.rendering import ground_name
from review.snapshot import CaseSnapshot, read_case

EXTENTS = {Extent.MORE.value: "a passage"} | {e.value: f"a {e.value}" for e in Extent if e is not Extent.MORE}
ORDER = (RedactionState.CONTESTED, RedactionState.PROPOSED, RedactionState.APPROVED, RedactionState.LIFTED)


@dataclass(frozen=True, slots=True)
class Holding:
    """One audience: whether it loses what is covered, and why not; the words it reads instead; who reads it; whether it is public."""

    key: str
    name: str
    cleared: bool
    revealed: bool
    loses: bool
    instead: str
    readers: frozenset[UUID]
    published: bool

    @property
    def says(self) -> str:
        """As one word on a chip."""
        return "hidden" if self.loses else "revealed" if self.revealed and not self.cleared else "shown"


@dataclass(frozen=True, slots=True)
class Done:
    """One line of the history."""

    at: datetime
    verb: str
    who: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class RedactionView:
    """One redaction with all that the cleared may know of it."""

    row: Row
    ground: str
    covers: str
    now: str
    extent: str
    page: str
    page_label: str
    places: tuple[PlaceRow, ...]
    holdings: tuple[Holding, ...]
    history: tuple[Done, ...]
    proposed_by: str
    deciders: tuple[str, ...]
    acts: frozenset[str]
    waits: str
    overdue: bool
    retired: tuple[str, ...]  # what is retired of that which it covers, by name

    @property
    def also(self) -> tuple[str, ...]:
        """The other redactions that lie on some of the same words."""
        return tuple(sorted(frozenset().union(*(place.also for place in self.places))))

    @property
    def last_decision(self) -> Done | None:
        """The last change of its state, if anybody made one here."""
        moved = [done for done in self.history if done.verb in {RedactionVerb.PROPOSED_AGAIN, *RedactionState}]
        return moved[-1] if moved and moved[-1].verb != RedactionVerb.PROPOSED else None


@dataclass(frozen=True, slots=True)
class RedactionDesk:
    """All redactions of a case: those that wait for who asks first."""

    case_id: UUID
    title: str
    actions: frozenset[Action]
    audiences: tuple[Audience, ...]
    rows: tuple[RedactionView, ...]

    @property
    def waiting(self) -> int:
        """How many wait for who asks."""
        return sum(bool(row.waits) for row in self.rows)


@dataclass(frozen=True, slots=True)
class People:
    """Whom redactions mention, and who reads or decides what in the case now."""

    names: Mapping[UUID, str]
    readers: Mapping[str, frozenset[UUID]]
    deciders: Mapping[str, tuple[str, ...]]
    public: frozenset[str]  # audiences of which an edition is open to everybody

    def name(self, user_id: UUID | None) -> str:
        """Of somebody who did something; nothing where nobody is known."""
        return self.names.get(user_id, "") if user_id else ""


def redactions_of(actor: Actor, case_id: UUID, base: str = "../") -> RedactionDesk:
    """Every redaction, in a number of queries that does not depend on how many. Raises Http404."""
    clearance, actions = full_clearance(actor, case_id)
    snapshot = read_case(case_id)
    standing = Standing(actor.id, actions, grounds_decided_by(actor, case_id), timezone.now().date())
    rows = list(Row.objects.filter(case_id=case_id).order_by("order"))
    history = _events(case_id)
    people = _people(case_id)
    places = places_in(snapshot, clearance, base)
    look = _Look(snapshot, standing, people, ObjectWords(snapshot, clearance), places, retired_marks(case_id))
    views = [_view(row, look, history.get(row.pk, ())) for row in rows]
    return RedactionDesk(
        case_id=case_id,
        title=plain_text(open_text(snapshot.header.title, clearance).document),
        actions=actions,
        audiences=snapshot.audiences,
        rows=tuple(sorted(views, key=_place_in_list)),
    )


def redaction_of(actor: Actor, case_id: UUID, ref: str) -> tuple[RedactionDesk, RedactionView]:
    """One redaction, for its own page. Raises Http404."""
    desk = redactions_of(actor, case_id, base="../../")
    for view in desk.rows:
        if view.row.ref == ref:
            return desk, view
    raise Http404


def _place_in_list(view: RedactionView) -> tuple[bool, int, int]:
    return not view.waits, ORDER.index(RedactionState(view.row.state)), view.row.order


def _events(case_id: UUID) -> dict[UUID, list[RedactionEvent]]:
    found: dict[UUID, list[RedactionEvent]] = {}
    for event in RedactionEvent.objects.filter(redaction__case_id=case_id).order_by("at"):
        found.setdefault(event.redaction_id, []).append(event)
    return found


def _people(case_id: UUID) -> People:
    readers: dict[str, set[UUID]] = {}
    deciders: dict[str, set[str]] = {}
    everybody = User.objects.filter(grants__case_id=case_id)  # who did something here has, or had, a grant
    grants = Grant.live().filter(case_id=case_id)
    open_to_all = Publication.objects.filter(edition__case_id=case_id, withdrawn_on=None)
    columns = ("user_id", "user__name", "role", "audience__key", "grounds")
    for user_id, name, role, audience, grounds in grants.values_list(*columns):
        if audience:
            readers.setdefault(audience, set()).add(user_id)
        for ground in grounds if role == Role.DECIDER else ():
            deciders.setdefault(ground, set()).add(name)
    return People(
        names=dict(everybody.values_list("pk", "name")),
        readers={key: frozenset(ids) for key, ids in readers.items()},
        deciders={ground: tuple(sorted(names)) for ground, names in deciders.items()},
        public=frozenset(open_to_all.values_list("edition__audience_key", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """What every row of the register is made from."""

    snapshot: CaseSnapshot
    standing: Standing
    people: People
    said: ObjectWords
    places: Mapping[str, list[PlaceRow]]
    retired: Mapping[str, tuple[str, ...]]


def _view(row: Row, look: _Look, events: Iterable[RedactionEvent]) -> RedactionView:
    places = tuple(look.places.get(row.ref, ()))
    page = places[0].page if places else look.said.page(row.target)
    people = look.people
    return RedactionView(
        row=row,
        ground=ground_name(row.ground),
        covers=covers(row),
        now=look.said.value(row.target, row.attribute) if row.attribute else look.said.name(row.target),
        extent=EXTENTS.get(row.extent, row.extent),
        page=page,
        page_label=page_label(page),
        places=places,
        holdings=tuple(_holding(row, audience, look.snapshot, people) for audience in look.snapshot.audiences),
        history=tuple(_done(event, people) for event in events),
        proposed_by=people.name(row.proposed_by_id),
        deciders=people.deciders.get(row.ground, ()),
        acts=acts_open(row, look.standing),
        waits=waiting_for(row, look.standing),
        overdue=is_overdue(row, look.standing.today),
        retired=(row.target,) if row.target and row.target not in look.said else look.retired.get(row.ref, ()),
    )


def _holding(row: Row, audience: Audience, snapshot: CaseSnapshot, people: People) -> Holding:
    return Holding(
        key=audience.key,
        name=audience.name,
        cleared=row.ground in set(Ground) and Ground(row.ground) in audience.cleared,
        revealed=row.ref in audience.revealed,
        loses=snapshot.register.by_ref[row.ref].hides_from(audience),
        instead=str(row.instead.get(audience.key, "")),
        readers=people.readers.get(audience.key, frozenset()),
        published=audience.key in people.public,
    )


def _done(event: RedactionEvent, people: People) -> Done:
    return Done(
        event.at, event.verb, people.name(event.by_id) or "Somebody", RedactionVerb(event.verb).label, event.why
    )


def covers(row: Row) -> str:
    """What it covers, in words that can stand as an object: "these words", "the grade of C-4TN", "claim C-4TN"."""
    if row.cover == Cover.SPAN:
        return "these words"
    if row.cover == Cover.ATTRIBUTE:
        return f"the {attribute_label(row.target, row.attribute)} of {row.target}"
    return f"{KINDS.get(row.target[:1], 'object')} {row.target}"
