"""Who may act: one table. Roles hold actions through live grants; conditions look at the facts of the moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a grant makes somebody in one case."""

    MANAGER = "manager"
    AUTHOR = "author"
    DECIDER = "decider"
    STRESS_TESTER = "stress_tester"
    INSIDE_READER = "inside_reader"
    EXTERNAL_REVIEWER = "external_reviewer"
    OUTSIDE_READER = "outside_reader"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role as words on a page."""
        return self.value.replace("_", " ")

    @property
    def is_outside(self) -> bool:
        """Whether its holders sign in at the reading room."""
        return self in (Role.EXTERNAL_REVIEWER, Role.OUTSIDE_READER)

    @property
    def reads_an_edition(self) -> bool:
        """Whether the grant must name an audience."""
        return self.is_outside or self is Role.INSIDE_READER


class Action(StrEnum):
    """Something that can be done in a case; each is a permission of the same name."""

    READ_LIVE = "read_live"
    READ_EDITION = "read_edition"
    READ_TRAIL = "read_trail"
    COMMENT = "comment"
    REPLY = "reply"
    WRITE = "write"
    SAY = "say"
    DECIDE_DOUBT = "decide_doubt"
    REDACT = "redact"
    START_RELEASE = "start_release"
    SETTLE_CHECK = "settle_check"
    APPROVE_RELEASE = "approve_release"
    WITHDRAW = "withdraw"
    GIVE_ACCESS = "give_access"
    DECIDE_REDACTION = "decide_redaction"
    CONTEST_REDACTION = "contest_redaction"
    AGREE_TO_OMIT = "agree_to_omit"
    SIGN_COLD_READ = "sign_cold_read"
    PUBLISH = "publish"
    CORRECT = "correct"

    @property
    def label(self) -> str:
        """The action as words."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a condition may look at, handed in by the action that asks."""

    actor_id: UUID
    requested_by_id: UUID | None = None
    named_id: UUID | None = None
    ground: str = ""
    grounds: frozenset[str] = frozenset()  # those on which the actor decides in this case


Condition = Callable[[Facts], bool]


def did_not_request_it(facts: Facts) -> bool:
    """Two people release: who asked for it does not approve it."""
    return facts.actor_id != facts.requested_by_id


def was_named(facts: Facts) -> bool:
    """Somebody was named for it: nobody else does it."""
    return facts.actor_id == facts.named_id


def decides_on_the_ground(facts: Facts) -> bool:
    """A decider owns grounds: a redaction on another ground is somebody else's."""
    return facts.ground in facts.grounds


@dataclass(frozen=True, slots=True)
class Permit:
    """The roles that may, provided that every condition holds."""

    roles: frozenset[Role]
    conditions: tuple[Condition, ...] = ()


def _to(*roles: Role, given: tuple[Condition, ...] = ()) -> Permit:
    return Permit(frozenset(roles), given)


# An action without a row is denied to everybody.
PERMITS: dict[Action, Permit] = {
    Action.READ_LIVE: _to(Role.MANAGER, Role.AUTHOR, Role.DECIDER, Role.STRESS_TESTER),
    Action.READ_EDITION: _to(Role.INSIDE_READER, Role.EXTERNAL_REVIEWER, Role.OUTSIDE_READER),
    Action.READ_TRAIL: _to(Role.AUDITOR),
    Action.COMMENT: _to(Role.EXTERNAL_REVIEWER),
    Action.REPLY: _to(Role.MANAGER, Role.AUTHOR),
    Action.WRITE: _to(Role.MANAGER, Role.AUTHOR),
    Action.SAY: _to(Role.MANAGER, Role.AUTHOR, Role.DECIDER, Role.STRESS_TESTER),
    Action.DECIDE_DOUBT: _to(Role.MANAGER, Role.STRESS_TESTER),
    Action.REDACT: _to(Role.MANAGER, Role.AUTHOR, Role.DECIDER),
    Action.START_RELEASE: _to(Role.MANAGER),
    Action.SETTLE_CHECK: _to(Role.MANAGER),
    Action.APPROVE_RELEASE: _to(Role.MANAGER, given=(did_not_request_it,)),
    Action.WITHDRAW: _to(Role.MANAGER),
    Action.GIVE_ACCESS: _to(Role.MANAGER),
    Action.DECIDE_REDACTION: _to(Role.DECIDER, given=(decides_on_the_ground,)),
    Action.CONTEST_REDACTION: _to(Role.MANAGER, Role.AUTHOR, Role.DECIDER, Role.STRESS_TESTER),
    Action.AGREE_TO_OMIT: _to(Role.MANAGER, given=(did_not_request_it,)),
    Action.SIGN_COLD_READ: _to(Role.MANAGER, Role.AUTHOR, Role.DECIDER, Role.STRESS_TESTER, given=(was_named,)),
    Action.PUBLISH: _to(Role.MANAGER),
    Action.CORRECT: _to(Role.MANAGER),
}
