"""One part for the pages that change it: what its attributes say, its links, and the versions that a form carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from cases.access import Actor
from cases.models import CaseHeader, User
from cases.roles import Action
from evidence.actions.kinds import kind_of
from evidence.attributes import ATTRIBUTES
from pathways.actions.retiring import written_in
from pathways.attributes import Attribute, AttributeValue, Groups, OneClaim, Person, Resting
from pathways.loaders import stated_of
from pathways.models import Part, PartEvent
from pathways.part_verbs import PartVerb
from prose.content import plain_text
from prose.models import Text
from prose.shown import open_text
from review.loaders.structure.desk import KIND_WORDS, Choices, Desk, Links
from review.rendering import page_of
from review.states import PageKind


@dataclass(frozen=True, slots=True)
class PartView:
    """One part, or (a reference of the letter K) what is stated of the whole case."""

    case_id: UUID
    title: str
    actions: frozenset[Action]
    ref: str
    kind: str
    name: str
    page: str
    retired: bool
    version: int
    written: int
    attributes: tuple[Attribute, ...]
    stated: Mapping[str, AttributeValue]
    choices: Mapping[str, Choices]
    links: Links

    @property
    def is_whole(self) -> bool:
        """Whether it is the case itself."""
        return self.ref.startswith("K")


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who set an attribute last, or retired it; and why."""

    who: str
    at: datetime
    why: str


def part_view(actor: Actor, case_id: UUID, ref: str) -> tuple[Desk, PartView]:
    """The part, retired or not; without a reference, the case itself. Raises Http404."""
    desk = Desk(actor, case_id)
    whole = desk.case.header.reference
    if ref in ("", whole):
        return desk, _whole(desk, whole)
    kind = kind_of(ref)
    row = kind.model._default_manager.filter(case_id=case_id, ref=ref).first()
    if row is None:
        raise Http404
    attributes = ATTRIBUTES[kind.letter]
    return desk, PartView(
        case_id=case_id,
        title=desk.title,
        actions=desk.actions,
        ref=ref,
        kind=KIND_WORDS[kind.letter],
        name=desk.name(ref) if ref in desk.said and ref[0] in "LB" else name_of(row, desk),
        page=desk.said.page(ref) if desk.stands(ref) and ref in desk.said else page_of(ref),
        retired=row.retired,
        version=row.version,
        written=written_in(row, kind),
        attributes=attributes,
        stated=stated_of(row, attributes),
        choices=_choices(desk, attributes),
        links=desk.links(ref),
    )


def _whole(desk: Desk, ref: str) -> PartView:
    header = CaseHeader.objects.get(case_id=desk.case_id)
    return PartView(
        case_id=desk.case_id,
        title=desk.title,
        actions=desk.actions,
        ref=ref,
        kind="report",
        name=desk.title,
        page=str(PageKind.FRONT),
        retired=False,
        version=header.version,
        written=0,
        attributes=ATTRIBUTES["K"],
        stated=stated_of(header, ATTRIBUTES["K"]),
        choices={},
        links=Links(),
    )


def _choices(desk: Desk, attributes: tuple[Attribute, ...]) -> dict[str, Choices]:
    """Attribute → what can be chosen for it, where that depends on the case."""
    found: dict[str, Choices] = {}
    for attribute in attributes:
        if isinstance(attribute, Person):
            found[attribute.name] = desk.people()
        elif isinstance(attribute, Groups):
            found[attribute.name] = [(tag.ref, desk.name(tag.ref)) for tag in desk.case.tags]
        elif isinstance(attribute, OneClaim):
            found[attribute.name] = desk.choices("C")
        elif isinstance(attribute, Resting):
            found[attribute.name] = [("", "Choose one"), *desk.choices("P"), *desk.choices("C")]
    return found


def name_of(row: Part, desk: Desk) -> str:
    """Title, statement or name of a part, retired or not; for a link, what it links."""
    kind = kind_of(row.ref)
    if kind.letter == "L":
        resting = getattr(row, "pathway", None) or getattr(row, "resting", None)
        return f"{resting.ref if resting else ''} rests on {getattr(row, 'claim').ref}"  # noqa: B009  # of a support
    if kind.letter == "B":
        return f"{getattr(row, 'evidence').ref} bears on {getattr(row, 'claim').ref}"  # noqa: B009  # of a bearing
    text: Text = getattr(row, next(iter(kind.worded)))
    return plain_text(open_text(text.bound_to(None), desk.clearance).document, " ")


def last_changes(case_id: UUID, ref: str) -> dict[str, LastChange]:
    """Attribute (or nothing, for retiring) → who did it last."""
    rows = PartEvent.objects.filter(case_id=case_id, ref="" if ref.startswith("K") else ref)
    wanted = (PartVerb.CHANGED, PartVerb.RATED, PartVerb.RETIRED, PartVerb.MERGED)
    events = list(rows.filter(verb__in=wanted).order_by("at"))
    names = dict(User.objects.filter(pk__in={one.by_id for one in events}).values_list("pk", "name"))
    return {one.attribute: LastChange(names.get(one.by_id, "Somebody"), one.at, one.why) for one in events}
