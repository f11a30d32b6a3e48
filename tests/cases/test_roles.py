"""Who may do what: the table, its conditions, and the copy of it in the database."""

from __future__ import annotations

from uuid import UUID

import pytest

from cases.access import Actor, conditions_hold
from cases.models import Case, RolePermission, Side
from cases.role_permissions import write_role_permissions
from cases.roles import PERMITS, Action, Facts, Role, decides_on_the_ground, did_not_request_it, was_named

WHO = {
    "M": Role.MANAGER,
    "A": Role.AUTHOR,
    "D": Role.DECIDER,
    "S": Role.STRESS_TESTER,
    "I": Role.INSIDE_READER,
    "E": Role.EXTERNAL_REVIEWER,
    "O": Role.OUTSIDE_READER,
    "T": Role.AUDITOR,
}
# Written by hand from the design, and not from PERMITS.
EXPECTED = {
    Action.READ_LIVE: "MADS",
    Action.READ_EDITION: "IEO",
    Action.READ_TRAIL: "T",
    Action.COMMENT: "E",
    Action.REPLY: "MA",
    Action.WRITE: "MA",
    Action.SAY: "MADS",
    Action.DECIDE_DOUBT: "MS",
    Action.REDACT: "MAD",
    Action.START_RELEASE: "M",
    Action.SETTLE_CHECK: "M",
    Action.APPROVE_RELEASE: "M",
    Action.WITHDRAW: "M",
    Action.GIVE_ACCESS: "M",
    Action.DECIDE_REDACTION: "D",
    Action.CONTEST_REDACTION: "MADS",
    Action.AGREE_TO_OMIT: "M",
    Action.SIGN_COLD_READ: "MADS",
    Action.PUBLISH: "M",
    Action.CORRECT: "M",
}
ADA, MINA = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize(("letter", "role"), WHO.items())
def test_role_may_what_the_design_says(letter, role, action):
    assert (role in PERMITS[action].roles) is (letter in EXPECTED[action])


def test_table_names_every_role_and_action():
    assert set(WHO.values()) == set(Role)
    assert set(EXPECTED) == set(PERMITS) == set(Action)


@pytest.mark.parametrize(("actor", "requested_by", "holds"), [(ADA, MINA, True), (ADA, None, True), (ADA, ADA, False)])
def test_who_asked_for_a_release_does_not_approve_it(actor, requested_by, holds):
    assert did_not_request_it(Facts(actor, requested_by)) is holds
    by = Actor(actor, "Ada", Side.INSIDE)
    assert conditions_hold(Action.APPROVE_RELEASE, Facts(by.id, requested_by_id=requested_by)) is holds
    assert conditions_hold(Action.START_RELEASE, Facts(by.id, requested_by_id=requested_by))


def test_only_these_have_a_condition():
    conditions = {action: permit.conditions for action, permit in PERMITS.items() if permit.conditions}
    assert conditions == {
        Action.APPROVE_RELEASE: (did_not_request_it,),
        Action.AGREE_TO_OMIT: (did_not_request_it,),
        Action.DECIDE_REDACTION: (decides_on_the_ground,),
        Action.SIGN_COLD_READ: (was_named,),
    }


def test_named_person_alone_signs():
    assert was_named(Facts(ADA, named_id=ADA))
    assert not was_named(Facts(ADA, named_id=MINA))
    assert not was_named(Facts(ADA))


def test_decider_decides_on_own_grounds_alone():
    held = frozenset({"security"})
    assert decides_on_the_ground(Facts(ADA, ground="security", grounds=held))
    assert not decides_on_the_ground(Facts(ADA, ground="privacy", grounds=held))
    assert not decides_on_the_ground(Facts(ADA, ground="", grounds=frozenset()))


def test_action_without_a_row_is_denied_to_everybody(monkeypatch):
    by = Actor(ADA, "Ada", Side.INSIDE)
    assert conditions_hold(Action.WITHDRAW, Facts(by.id))
    monkeypatch.delitem(PERMITS, Action.WITHDRAW)
    assert not conditions_hold(Action.WITHDRAW, Facts(by.id))


@pytest.mark.parametrize("role", Role)
def test_roles_say_on_which_side_they_stand_and_what_they_read(role):
    assert role.is_outside is (role in {Role.EXTERNAL_REVIEWER, Role.OUTSIDE_READER})
    assert role.reads_an_edition is (role in PERMITS[Action.READ_EDITION].roles)
    assert not (role.is_outside and role in PERMITS[Action.READ_LIVE].roles)


def in_database() -> set[tuple[str, str, str]]:
    rows = RolePermission.objects.values_list("role", "permission__codename", "permission__content_type__model")
    return set(rows)


@pytest.mark.django_db
def test_database_says_exactly_what_the_table_says():
    assert in_database() == {(role, action, "case") for action, permit in PERMITS.items() for role in permit.roles}


@pytest.mark.django_db
def test_database_says_it_again_after_the_table_changed(monkeypatch):
    monkeypatch.delitem(PERMITS, Action.WITHDRAW)
    write_role_permissions()
    assert not [row for row in in_database() if row[1] == Action.WITHDRAW]
    assert len(in_database()) == RolePermission.objects.count()  # none twice
    assert ("manager", "give_access", "case") in in_database()
    monkeypatch.undo()
    write_role_permissions()
    assert ("manager", "withdraw", "case") in in_database()


def test_every_action_is_a_permission_of_a_case():
    assert dict(Case._meta.permissions) == {action.value: action.label for action in Action}
