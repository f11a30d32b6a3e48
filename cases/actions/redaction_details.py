"""What is said about a redaction, whom it is revealed to, and whether its placeholder stays."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.http import Http404

from cases.access import Actor, actions_of, grounds_decided_by, require
from cases.actions.deciding import locked, require_hiding, require_on_ground
from cases.actions.redactions import CannotRedact, remember
from cases.models import CaseAudience, Redaction
from cases.redaction.facts import Cover, Extent
from cases.redaction_states import UNDECIDED, RedactionVerb
from cases.roles import Action, Facts


@transaction.atomic
def reveal(*, by: Actor, case_id: UUID, ref: str, audience_key: str) -> None:
    """Show it to one audience that is not cleared for its ground. Raises Http404, CannotRedact."""
    redaction, audience = _with_audience(by, case_id, ref, audience_key)
    if redaction.ground in audience.cleared:
        raise CannotRedact(f"{audience.name} is cleared for this ground and reads it already", "audience")
    if audience.key in redaction.revealed_to:
        raise CannotRedact(f"{ref} is revealed to {audience.name} already", "audience")
    _set_revealed(by, redaction, RedactionVerb.REVEALED, [*redaction.revealed_to, audience.key], audience.name)


@transaction.atomic
def unreveal(*, by: Actor, case_id: UUID, ref: str, audience_key: str) -> None:
    """Hide it again from an audience to which it was revealed. Raises Http404, CannotRedact."""
    redaction, audience = _with_audience(by, case_id, ref, audience_key)
    if audience.key not in redaction.revealed_to:
        raise CannotRedact(f"{ref} is not revealed to {audience.name}", "audience")
    rest = [key for key in redaction.revealed_to if key != audience.key]
    _set_revealed(by, redaction, RedactionVerb.UNREVEALED, rest, audience.name)


def _with_audience(by: Actor, case_id: UUID, ref: str, key: str) -> tuple[Redaction, CaseAudience]:
    redaction = locked(case_id, ref)
    require_on_ground(by, Action.DECIDE_REDACTION, redaction)
    require_hiding(redaction)
    audience = CaseAudience.objects.filter(case_id=case_id, key=key).first()
    if audience is None:
        raise Http404
    return redaction, audience


def _set_revealed(by: Actor, redaction: Redaction, verb: RedactionVerb, keys: list[str], name: str) -> None:
    redaction.revealed_to = keys
    redaction.save(update_fields=["revealed_to"])
    remember(by=by, redaction=redaction, verb=verb, why=name)


@transaction.atomic
def change_words_about(  # what is said about a redaction is these things
    *,
    by: Actor,
    case_id: UUID,
    ref: str,
    note: str,
    reason: str,
    instead: Mapping[str, str],
    extent: Extent,
    bears_load: bool,
) -> None:
    """Change what is said about it: anybody who may redact until it is decided, its decider always. Raises Http404, CannotRedact."""
    redaction = locked(case_id, ref)
    _require_may_reword(by, redaction)
    keys = set(CaseAudience.objects.filter(case_id=case_id).values_list("key", flat=True))
    if set(instead) - keys:
        raise Http404
    redaction.note, redaction.reason, redaction.extent = note, reason, extent
    redaction.bears_load = bears_load
    redaction.instead = {key: words.strip() for key, words in instead.items() if words.strip()}
    redaction.save(update_fields=["note", "reason", "extent", "bears_load", "instead"])
    remember(by=by, redaction=redaction, verb=RedactionVerb.REWORDED)


def _require_may_reword(by: Actor, redaction: Redaction) -> None:
    actions = actions_of(by, redaction.case_id)
    decides = redaction.ground in grounds_decided_by(by, redaction.case_id)
    if Action.REDACT not in actions and not decides:
        raise Http404
    if not decides and redaction.state not in UNDECIDED:
        raise CannotRedact(f"{redaction.ref} is {redaction.state}: only who decides on its ground changes it now")


@transaction.atomic
def ask_to_omit(*, by: Actor, case_id: UUID, ref: str, reason: str) -> None:
    """Ask that not even the placeholder of a masked object stays; it stays until a second manager agrees. Raises Http404, CannotRedact."""
    redaction = locked(case_id, ref)
    _require_manager(by, redaction)
    require_hiding(redaction)
    if redaction.cover != Cover.OBJECT:
        raise CannotRedact("only a whole object can be left out; anything else keeps its placeholder")
    if redaction.omitted:
        raise CannotRedact(f"{redaction.target} is left out already")
    if redaction.asked_to_omit_by_id is not None:
        raise CannotRedact("somebody has asked for this already; a second manager agrees or declines")
    redaction.asked_to_omit_by_id = by.id
    redaction.save(update_fields=["asked_to_omit_by_id"])
    remember(by=by, redaction=redaction, verb=RedactionVerb.ASKED_TO_OMIT, why=reason)


@transaction.atomic
def agree_to_omit(*, by: Actor, case_id: UUID, ref: str) -> None:
    """Leave the object out, as another manager asked. Raises Http404, CannotRedact."""
    redaction = locked(case_id, ref)
    require(by, Action.AGREE_TO_OMIT, case_id, Facts(by.id, requested_by_id=redaction.asked_to_omit_by_id))
    _answer(by, redaction, RedactionVerb.OMITTED, omitted=True)


@transaction.atomic
def decline_to_omit(*, by: Actor, case_id: UUID, ref: str) -> None:
    """Keep the placeholder; who asked may take it back so. Raises Http404, CannotRedact."""
    redaction = locked(case_id, ref)
    _require_manager(by, redaction)
    _answer(by, redaction, RedactionVerb.DECLINED_TO_OMIT, omitted=False)


def _answer(by: Actor, redaction: Redaction, verb: RedactionVerb, *, omitted: bool) -> None:
    if redaction.asked_to_omit_by_id is None or redaction.omitted:
        raise CannotRedact("nobody asks to leave it out any more")
    redaction.omitted, redaction.asked_to_omit_by_id = omitted, None
    redaction.save(update_fields=["omitted", "asked_to_omit_by_id"])
    remember(by=by, redaction=redaction, verb=verb)


def _require_manager(by: Actor, redaction: Redaction) -> None:
    """Whoever could agree, had somebody else asked, may ask and decline."""
    require(by, Action.AGREE_TO_OMIT, redaction.case_id, Facts(by.id))
