"""What can be said inside and what becomes of it: kinds, states, and one table of who may change them. Nothing of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cases.roles import Action, Condition, Facts, did_not_request_it


class ThreadKind(StrEnum):
    """What somebody wants by saying something."""

    COMMENT = "comment"
    DOUBT = "doubt"
    QUESTION = "question"
    SUGGESTION = "suggestion"

    @property
    def label(self) -> str:
        """As one word at the beginning of a line."""
        return self.value.capitalize()


class ThreadState(StrEnum):
    """Where a thread inside stands."""

    OPEN = "open"
    RESOLVED = "resolved"
    SUSTAINED = "sustained"
    ANSWERED = "answered"
    RESIDUAL = "residual"
    ACCEPTED = "accepted"
    IN_PART = "in_part"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """As words on a chip."""
        return {"residual": "accepted as residual", "in_part": "accepted in part"}.get(self.value, self.value)

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to do something about it."""
        return self in OPEN


OPEN = frozenset({ThreadState.OPEN, ThreadState.SUSTAINED})


class ThreadVerb(StrEnum):
    """What somebody did to a thread inside; the value stands in its history and, with the kind, in the trail."""

    RESOLVED = "resolved"
    REOPENED = "reopened"
    SUSTAINED = "sustained"
    ANSWERED = "answered"
    RESIDUAL = "residual"
    DOUBTED_AGAIN = "doubted_again"
    ACCEPTED = "accepted"
    IN_PART = "in_part"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """As words in a sentence that begins with a name: "Mina resolved it"."""
        return LABELS[self]


LABELS: Mapping[ThreadVerb, str] = {
    ThreadVerb.RESOLVED: "resolved it",
    ThreadVerb.REOPENED: "opened it again",
    ThreadVerb.SUSTAINED: "sustained the doubt",
    ThreadVerb.ANSWERED: "answered the doubt",
    ThreadVerb.RESIDUAL: "accepted the doubt as residual",
    ThreadVerb.DOUBTED_AGAIN: "doubted it again",
    ThreadVerb.ACCEPTED: "accepted the suggestion",
    ThreadVerb.IN_PART: "accepted a part of the suggestion",
    ThreadVerb.REJECTED: "rejected the suggestion",
    ThreadVerb.WITHDRAWN: "withdrew the suggestion",
}


def raised_it(facts: Facts) -> bool:
    """Only who raised it takes it back."""
    return facts.actor_id == facts.requested_by_id


@dataclass(frozen=True, slots=True)
class Change:
    """A change of state: of which kinds, from where, to where, who may, and whether a reason is needed.

    `actions`: all of them are needed. In `given`, who requested is who raised the thread.
    """

    kinds: frozenset[ThreadKind]
    of: frozenset[ThreadState]
    to: ThreadState
    actions: frozenset[Action]
    given: tuple[Condition, ...] = ()
    needs_why: bool = False


SPOKEN = frozenset({ThreadKind.COMMENT, ThreadKind.QUESTION})
DOUBT, SUGGESTION = frozenset({ThreadKind.DOUBT}), frozenset({ThreadKind.SUGGESTION})
JUST_OPEN = frozenset({ThreadState.OPEN})
SAY, WRITE, DECIDE = (frozenset({one}) for one in (Action.SAY, Action.WRITE, Action.DECIDE_DOUBT))
# Settling a check is a manager's; a stress tester decides about doubts, and accepts no risk.
ACCEPT_RISK = DECIDE | {Action.SETTLE_CHECK}

CHANGES: Mapping[ThreadVerb, Change] = {
    ThreadVerb.RESOLVED: Change(SPOKEN, JUST_OPEN, ThreadState.RESOLVED, SAY),
    ThreadVerb.REOPENED: Change(SPOKEN, frozenset({ThreadState.RESOLVED}), ThreadState.OPEN, SAY),
    ThreadVerb.SUSTAINED: Change(
        DOUBT, frozenset({ThreadState.OPEN, ThreadState.ANSWERED}), ThreadState.SUSTAINED, DECIDE, needs_why=True
    ),
    ThreadVerb.ANSWERED: Change(DOUBT, OPEN, ThreadState.ANSWERED, WRITE, needs_why=True),
    ThreadVerb.RESIDUAL: Change(
        DOUBT, OPEN, ThreadState.RESIDUAL, ACCEPT_RISK, given=(did_not_request_it,), needs_why=True
    ),
    ThreadVerb.DOUBTED_AGAIN: Change(
        DOUBT, frozenset({ThreadState.ANSWERED, ThreadState.RESIDUAL}), ThreadState.OPEN, SAY, needs_why=True
    ),
    ThreadVerb.ACCEPTED: Change(SUGGESTION, JUST_OPEN, ThreadState.ACCEPTED, WRITE),
    ThreadVerb.IN_PART: Change(SUGGESTION, JUST_OPEN, ThreadState.IN_PART, WRITE),
    ThreadVerb.REJECTED: Change(SUGGESTION, JUST_OPEN, ThreadState.REJECTED, WRITE, needs_why=True),
    ThreadVerb.WITHDRAWN: Change(SUGGESTION, JUST_OPEN, ThreadState.WITHDRAWN, SAY, given=(raised_it,)),
}


def may(change: Change, actions: frozenset[Action], facts: Facts) -> bool:
    """Whether somebody with these actions may make the change at all, whatever state the thread is in."""
    return change.actions <= actions and all(condition(facts) for condition in change.given)


def verbs_open(
    kind: ThreadKind, state: ThreadState, actions: frozenset[Action], facts: Facts
) -> tuple[ThreadVerb, ...]:
    """What somebody may do to the thread now, in the order of the table."""
    return tuple(
        verb
        for verb, change in CHANGES.items()
        if kind in change.kinds and state in change.of and may(change, actions, facts)
    )
