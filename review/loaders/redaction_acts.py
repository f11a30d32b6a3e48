"""What somebody may do to a redaction now, and whether it waits for them: the tables of roles and states, asked for a page.

A page only offers; the actions ask again under a lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.access import conditions_hold
from cases.models import Redaction
from cases.redaction.facts import Cover, RedactionState
from cases.redaction_states import CHANGES, UNDECIDED, RedactionVerb
from cases.roles import Action, Facts

MOVES = {
    "approve": RedactionVerb.APPROVED,
    "contest": RedactionVerb.CONTESTED,
    "lift": RedactionVerb.LIFTED,
    "propose-again": RedactionVerb.PROPOSED_AGAIN,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Who asks: their actions in the case, the grounds they decide on, and the day."""

    actor_id: UUID
    actions: frozenset[Action]
    grounds: frozenset[str]
    today: date

    def may(self, action: Action, row: Redaction) -> bool:
        """Whether the table of roles lets them do that to this redaction."""
        facts = Facts(self.actor_id, requested_by_id=row.asked_to_omit_by_id, ground=row.ground, grounds=self.grounds)
        return action in self.actions and conditions_hold(action, facts)


def acts_open(row: Redaction, standing: Standing) -> frozenset[str]:
    """The acts to offer on the redaction's page."""
    return frozenset(_acts(row, standing))


def _acts(row: Redaction, standing: Standing) -> Iterator[str]:
    for act, verb in MOVES.items():
        if row.state in CHANGES[verb].of and standing.may(CHANGES[verb].action, row):
            yield act
    decides, hides = standing.may(Action.DECIDE_REDACTION, row), row.state != RedactionState.LIFTED
    if decides or (row.state in UNDECIDED and standing.may(Action.REDACT, row)):
        yield "reword"
    if decides and hides:
        yield from ("decide-again", "reveal", "unreveal")
        if row.cover == Cover.SPAN:
            yield "narrow"
    if hides and row.cover == Cover.OBJECT and not row.omitted:
        yield from _omitting(row, standing)


def _omitting(row: Redaction, standing: Standing) -> Iterator[str]:
    if Action.AGREE_TO_OMIT not in standing.actions:
        return
    if row.asked_to_omit_by_id is None:
        yield "ask-to-omit"
        return
    yield "decline-to-omit"
    if standing.may(Action.AGREE_TO_OMIT, row):
        yield "agree-to-omit"


def is_overdue(row: Redaction, today: date) -> bool:
    """Whether the day to decide again has come."""
    return row.decide_again is not None and row.decide_again <= today and row.state != RedactionState.LIFTED


def waiting_for(row: Redaction, standing: Standing) -> str:
    """Why it waits for them, in words; nothing if it does not."""
    if standing.may(Action.DECIDE_REDACTION, row):
        if row.state in UNDECIDED:
            return "to approve, narrow or lift"
        if is_overdue(row, standing.today):
            return "to decide again"
    if row.asked_to_omit_by_id is not None and "agree-to-omit" in acts_open(row, standing):
        return "to agree that its placeholder is left out"
    return ""
