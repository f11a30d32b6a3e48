"""Deciding about what is hidden: approve, contest, lift, propose again, narrow, decide again by a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from cases.access import Actor, grounds_decided_by, require
from cases.actions.redactions import CannotRedact, remember
from cases.models import Case, Redaction
from cases.redaction.facts import Cover, RedactionState
from cases.redaction_states import CHANGES, RedactionVerb
from cases.roles import Action, Facts
from prose.actions import is_marked_somewhere, unmark_words
from prose.anchors import Span
from prose.models import Text


def approve(*, by: Actor, case_id: UUID, ref: str, seen: int, why: str = "", again: date | None = None) -> None:
    """Keep it hidden. `seen`: how long its history was when the decider looked. Raises Http404, CannotRedact."""
    with transaction.atomic():
        redaction = move(by=by, case_id=case_id, ref=ref, verb=RedactionVerb.APPROVED, why=why, seen=seen)
        _require_later(again)
        if again != redaction.decide_again:
            _set_day(by, redaction, again)


def contest(*, by: Actor, case_id: UUID, ref: str, why: str) -> None:
    """Say that it should not be hidden, or not so. It goes on hiding. Raises Http404, CannotRedact."""
    move(by=by, case_id=case_id, ref=ref, verb=RedactionVerb.CONTESTED, why=why)


def lift(*, by: Actor, case_id: UUID, ref: str, seen: int, why: str) -> None:
    """Show it from the next release on. Raises Http404, CannotRedact."""
    move(by=by, case_id=case_id, ref=ref, verb=RedactionVerb.LIFTED, why=why, seen=seen)


def propose_again(*, by: Actor, case_id: UUID, ref: str, why: str) -> None:
    """Hide again, at once, what was lifted. Raises Http404, CannotRedact."""
    move(by=by, case_id=case_id, ref=ref, verb=RedactionVerb.PROPOSED_AGAIN, why=why)


@transaction.atomic
def move(
    *, by: Actor, case_id: UUID, ref: str, verb: RedactionVerb, why: str = "", seen: int | None = None
) -> Redaction:
    """The one place that moves a redaction on. Raises Http404, CannotRedact when the table has no such change."""
    redaction = locked(case_id, ref)
    change = CHANGES[verb]
    require_on_ground(by, change.action, redaction)
    if redaction.state not in change.of:
        raise CannotRedact(f"{ref} is {redaction.state}; it can't become {change.to.value} now")
    if seen is not None and seen != redaction.events.count():
        raise CannotRedact(f"something was done to {ref} since you opened this page; read it again and then decide")
    redaction.state = change.to
    if change.to is RedactionState.LIFTED:  # hidden again, it gets its placeholder back until two managers agree anew
        redaction.omitted, redaction.asked_to_omit_by_id = False, None
    redaction.save(update_fields=["state", "omitted", "asked_to_omit_by_id"])
    remember(by=by, redaction=redaction, verb=verb, why=why)
    return redaction


@transaction.atomic
def decide_again_by(*, by: Actor, case_id: UUID, ref: str, day: date | None) -> None:
    """When somebody is to look at it again; None for never. Raises Http404, CannotRedact."""
    redaction = locked(case_id, ref)
    require_on_ground(by, Action.DECIDE_REDACTION, redaction)
    require_hiding(redaction)
    _require_later(day)
    _set_day(by, redaction, day)


@transaction.atomic
def narrow(*, by: Actor, case_id: UUID, ref: str, text_key: str, version: int, span: Span) -> None:
    """Show a part of its words again. Raises Http404, CannotRedact, CannotMark."""
    redaction = locked(case_id, ref)
    require_on_ground(by, Action.DECIDE_REDACTION, redaction)
    require_hiding(redaction)
    if redaction.cover != Cover.SPAN:
        raise CannotRedact(f"{ref} hides no words but something whole; lift it instead")
    try:
        unmark_words(scope_id=case_id, key=text_key, version=version, span=span, ref=ref, by_id=by.id)
    except Text.DoesNotExist as absent:
        raise Http404 from absent
    if not is_marked_somewhere(scope_id=case_id, ref=ref):
        raise CannotRedact(f"nothing would be left of {ref}; lift it instead")
    remember(by=by, redaction=redaction, verb=RedactionVerb.NARROWED)


def locked(case_id: UUID, ref: str) -> Redaction:
    """The row, so that two people decide one after the other. Raises Http404."""
    Case.objects.select_for_update().filter(
        pk=case_id
    ).first()  # a release takes its snapshot before or after, not between
    redaction = Redaction.objects.select_for_update().filter(case_id=case_id, ref=ref).first()
    if redaction is None:
        raise Http404
    return redaction


def require_on_ground(by: Actor, action: Action, redaction: Redaction) -> None:
    """Raise Http404 unless the actor may do that to a redaction on this ground."""
    grounds = grounds_decided_by(by, redaction.case_id)
    require(by, action, redaction.case_id, Facts(by.id, ground=redaction.ground, grounds=grounds))


def require_hiding(redaction: Redaction) -> None:
    """Raise CannotRedact for one that hides nothing any more."""
    if redaction.state == RedactionState.LIFTED:
        raise CannotRedact(f"{redaction.ref} is lifted and hides nothing; propose it again first")


def _require_later(day: date | None) -> None:
    if day is not None and day <= timezone.now().date():
        raise CannotRedact("choose a day after today", "again")


def _set_day(by: Actor, redaction: Redaction, day: date | None) -> None:
    redaction.decide_again = day
    redaction.save(update_fields=["decide_again"])
    remember(by=by, redaction=redaction, verb=RedactionVerb.DATED, why=f"{day.day} {day:%B %Y}" if day else "no day")
