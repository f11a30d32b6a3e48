"""How a redaction moves from state to state, and what else can be done to it: two tables, nothing of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cases.redaction.facts import RedactionState
from cases.roles import Action

PROPOSED, APPROVED = RedactionState.PROPOSED, RedactionState.APPROVED
CONTESTED, LIFTED = RedactionState.CONTESTED, RedactionState.LIFTED


class RedactionVerb(StrEnum):
    """What somebody did to a redaction; the value stands in its history and in the trail."""

    PROPOSED = "proposed"
    LAID_OVER_MORE = "laid_over_more"
    APPROVED = "approved"
    CONTESTED = "contested"
    LIFTED = "lifted"
    PROPOSED_AGAIN = "proposed_again"
    NARROWED = "narrowed"
    DATED = "dated"
    REVEALED = "revealed"
    UNREVEALED = "unrevealed"
    REWORDED = "reworded"
    ASKED_TO_OMIT = "asked_to_omit"
    OMITTED = "omitted"
    DECLINED_TO_OMIT = "declined_to_omit"

    @property
    def label(self) -> str:
        """As words in a sentence that begins with a name: "Lex approved it"."""
        return LABELS[self]


LABELS: Mapping[RedactionVerb, str] = {
    RedactionVerb.PROPOSED: "proposed it",
    RedactionVerb.LAID_OVER_MORE: "laid it over more words",
    RedactionVerb.APPROVED: "approved it",
    RedactionVerb.CONTESTED: "contested it",
    RedactionVerb.LIFTED: "lifted it",
    RedactionVerb.PROPOSED_AGAIN: "proposed it again",
    RedactionVerb.NARROWED: "narrowed it",
    RedactionVerb.DATED: "set the day to decide again",
    RedactionVerb.REVEALED: "revealed it to an audience",
    RedactionVerb.UNREVEALED: "hid it from an audience again",
    RedactionVerb.REWORDED: "changed what is said about it",
    RedactionVerb.ASKED_TO_OMIT: "asked to leave the placeholder out",
    RedactionVerb.OMITTED: "agreed to leave the placeholder out",
    RedactionVerb.DECLINED_TO_OMIT: "kept the placeholder",
}

# After one of these, an older snapshot shows somebody what it must not show, or says what was taken back.
HIDES_MORE = frozenset(
    {
        RedactionVerb.PROPOSED,
        RedactionVerb.LAID_OVER_MORE,
        RedactionVerb.PROPOSED_AGAIN,
        RedactionVerb.UNREVEALED,
        RedactionVerb.REWORDED,
        RedactionVerb.OMITTED,
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of state: from where, to where, and who may."""

    of: frozenset[RedactionState]
    to: RedactionState
    action: Action


CHANGES: Mapping[RedactionVerb, Change] = {
    RedactionVerb.APPROVED: Change(frozenset({PROPOSED, CONTESTED}), APPROVED, Action.DECIDE_REDACTION),
    RedactionVerb.CONTESTED: Change(frozenset({PROPOSED, APPROVED}), CONTESTED, Action.CONTEST_REDACTION),
    RedactionVerb.LIFTED: Change(frozenset({PROPOSED, APPROVED, CONTESTED}), LIFTED, Action.DECIDE_REDACTION),
    RedactionVerb.PROPOSED_AGAIN: Change(frozenset({LIFTED}), PROPOSED, Action.REDACT),
}
UNDECIDED = frozenset({PROPOSED, CONTESTED})
