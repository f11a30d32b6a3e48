"""Proposing to hide words, an attribute, a link or an object: it hides at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor, require
from cases.audit import AuditVerb, record
from cases.hiding import attribute_label
from cases.models import Case, Redaction, RedactionEvent
from cases.redaction.facts import Cover, Extent, Ground, RedactionState
from cases.redaction_states import RedactionVerb
from cases.refs import new_ref
from cases.roles import Action
from prose.actions import mark_words
from prose.anchors import Span
from prose.marking import CannotMark
from prose.models import Text


class CannotRedact(ValueError):
    """This can't be done to a redaction now; the message says why, `field` names what to change."""

    def __init__(self, why: str, field: str | None = None) -> None:
        super().__init__(why)
        self.why, self.field = why, field


@dataclass(frozen=True, slots=True)
class Covered:
    """What a redaction is to cover: words (nothing more is said), an attribute, a link, an object."""

    cover: Cover = Cover.SPAN
    target: str = ""
    attribute: str = ""

    @property
    def words(self) -> str:
        """As words: "the grade of C-4TN"."""
        if self.cover is Cover.SPAN:
            return "these words"
        return f"the {attribute_label(self.target, self.attribute)} of {self.target}" if self.attribute else self.target


@dataclass(frozen=True, slots=True)
class Because:
    """Why something is hidden, and what is said about it."""

    ground: Ground
    note: str
    reason: str
    extent: Extent
    bears_load: bool = False


class Hidden(NamedTuple):
    """Words that were hidden: by which redaction, and the version of their text since then."""

    ref: str
    version: int


@transaction.atomic
def redact_words(  # noqa: PLR0913  # a redaction is these things
    *,
    by: Actor,
    case_id: UUID,
    text_key: str,
    version: int,
    span: Span,
    ground: Ground,
    note: str,
    reason: str,
    extent: Extent,
    bears_load: bool = False,
) -> Hidden:
    """Propose to hide these words, which hides them at once. Note and reason may be given later. Raises Http404, CannotMark."""
    require(by, Action.REDACT, case_id)
    redaction = propose(by, case_id, Covered(), Because(ground, note, reason, extent, bears_load))
    try:
        now = mark_words(scope_id=case_id, key=text_key, version=version, span=span, ref=redaction.ref, by_id=by.id)
    except Text.DoesNotExist as absent:
        raise Http404 from absent
    return Hidden(redaction.ref, now)


@transaction.atomic
def redact_there_too(*, by: Actor, case_id: UUID, ref: str, text_key: str, version: int, span: Span) -> None:
    """Lay a redaction that exists over more words. Raises Http404, CannotMark."""
    require(by, Action.REDACT, case_id)
    Case.objects.select_for_update().get(pk=case_id)  # a release takes its snapshot before or after, not between
    try:
        redaction = Redaction.objects.select_for_update().get(case_id=case_id, ref=ref)
        mark_words(scope_id=case_id, key=text_key, version=version, span=span, ref=ref, by_id=by.id)
    except (Redaction.DoesNotExist, Text.DoesNotExist) as absent:
        raise Http404 from absent
    if redaction.state == RedactionState.LIFTED:
        raise CannotMark(f"{ref} is lifted and would hide nothing; hide the words anew")
    remember(by=by, redaction=redaction, verb=RedactionVerb.LAID_OVER_MORE)


@transaction.atomic
def hide_whole(*, by: Actor, case_id: UUID, covered: Covered, because: Because) -> str:
    """Propose to hide an attribute, a link or an object that the caller found in the case; returns the reference.

    Raises Http404, CannotRedact.
    """
    require(by, Action.REDACT, case_id)
    Case.objects.select_for_update().get(pk=case_id)
    same = Redaction.objects.filter(
        case_id=case_id, cover=covered.cover, target=covered.target, attribute=covered.attribute, ground=because.ground
    )
    if (other := same.exclude(state=RedactionState.LIFTED).first()) is not None:
        raise CannotRedact(f"{covered.words} is hidden on this ground already, by {other.ref}", "ground")
    return propose(by, case_id, covered, because).ref


def propose(by: Actor, case_id: UUID, covered: Covered, because: Because) -> Redaction:
    """The row of a new redaction, which hides at once, for acts that do more: the caller has asked who may. Locks the case."""
    Case.objects.select_for_update().get(pk=case_id)
    refs = set(Redaction.objects.filter(case_id=case_id).values_list("ref", flat=True))
    redaction = Redaction.objects.create(
        case_id=case_id,
        order=len(refs),
        ref=new_ref("R", refs),
        ground=because.ground,
        note=because.note,
        reason=because.reason,
        extent=because.extent,
        bears_load=because.bears_load,
        state=RedactionState.PROPOSED,
        cover=covered.cover,
        target=covered.target,
        attribute=covered.attribute,
        proposed_by_id=by.id,
    )
    remember(by=by, redaction=redaction, verb=RedactionVerb.PROPOSED)
    return redaction


def remember(*, by: Actor, redaction: Redaction, verb: RedactionVerb, why: str = "") -> None:
    """Write what was done into the history of the redaction, words and all, and into the trail, without them."""
    RedactionEvent.objects.create(redaction=redaction, by_id=by.id, verb=verb, why=why)
    record(by=by, verb=AuditVerb(f"redaction_{verb}"), case_id=redaction.case_id, target=redaction.ref)
