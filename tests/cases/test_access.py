"""What live grants give, asked by every way there is: the views, guardian, and the access check."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.utils import DatabaseError
from django.http import Http404
from django.utils import timezone
from guardian.core import ObjectPermissionChecker
from guardian.shortcuts import get_objects_for_user, get_users_with_perms

from cases.access import (
    Actor,
    actions_of,
    cases_open_to,
    full_clearance,
    live_clearances,
    outward_audiences,
    require,
)
from cases.models import Case, CaseAudience, Grant, InwardPermission, LiveCasePermission, OutwardPermission, Side, User
from cases.roles import PERMITS, Action, Facts, Role

pytestmark = pytest.mark.django_db
DAY, ROLES_OF_A_MANAGER = timedelta(days=1), {a for a, permit in PERMITS.items() if Role.MANAGER in permit.roles}


@pytest.fixture
def two_cases() -> tuple[Case, Case]:
    """Two cases of one shape."""
    return made_case("K-AAAA"), made_case("K-BBBB")


def made_case(reference: str) -> Case:
    case = Case.objects.create(reference=reference)
    for order, (key, outward) in enumerate([("all_staff", False), ("external_reviewer", True), ("public", True)]):
        CaseAudience.objects.create(case=case, order=order, key=key, name=key.title(), outward=outward)
    return case


def person(name: str, side: Side = Side.INSIDE) -> User:
    return User.objects.create_user(email=f"{name}@{side.value}.example", name=name, side=side)


def actor(user: User) -> Actor:
    return Actor(user.pk, user.name, Side(user.side))


def give(user: User, case: Case, role: Role, key: str = "", **changes: Any) -> Grant:
    audience = CaseAudience.objects.get(case=case, key=key) if key else None
    fields = {"why": "test", "expires_at": timezone.now() + DAY, **changes}
    return Grant.objects.create(user=user, case=case, role=role, audience=audience, **fields)


LIVE: dict[str, Any] = {}
EXPIRED = {"expires_at": timezone.now() - timedelta(seconds=1)}
REVOKED = {"revoked_at": timezone.now() - timedelta(seconds=1)}
LATER_REVOKED = {"revoked_at": timezone.now() + DAY}
NEVER_BEGUN = {"expires_at": timezone.now() - 400 * DAY, "revoked_at": timezone.now()}
STATES = [(LIVE, True), (EXPIRED, False), (REVOKED, False), (LATER_REVOKED, False), (NEVER_BEGUN, False)]


@pytest.mark.parametrize(("changes", "holds"), STATES)
def test_inside_grant_holds_while_it_is_live(two_cases, changes, holds):
    case, other = two_cases
    mina = person("mina")
    give(mina, case, Role.MANAGER, **changes)
    assert actions_of(actor(mina), case.pk) == (ROLES_OF_A_MANAGER if holds else frozenset())
    assert actions_of(actor(mina), other.pk) == frozenset()
    agree(mina, case, other)


@pytest.mark.parametrize(("changes", "holds"), STATES)
@pytest.mark.parametrize(
    ("side", "role", "key", "view"),
    [
        (Side.OUTSIDE, Role.EXTERNAL_REVIEWER, "public", OutwardPermission),
        (Side.INSIDE, Role.INSIDE_READER, "all_staff", InwardPermission),
    ],
)
def test_reader_holds_one_audience_while_the_grant_is_live(two_cases, side, role, key, view, changes, holds):
    case, _ = two_cases
    reader = person("rhea", side)
    give(reader, case, role, key, **changes)
    permissions = {action.value for action, permit in PERMITS.items() if role in permit.roles}
    expected = {(reader.pk, case.pk, key, permission) for permission in permissions} if holds else set()
    assert set(view.objects.values_list("user_id", "case_id", "audience_key", "permission")) == expected
    both = [(OutwardPermission, Side.OUTSIDE), (InwardPermission, Side.INSIDE)]
    assert not [wrong for wrong, where in both if where != side and wrong.objects.exists()]


def agree(user: User, *cases: Case) -> None:
    """guardian's own answers and ours, for every action in every case. Its `has_perm` asks for groups, which nobody has."""
    for case in cases:
        checker = ObjectPermissionChecker(user)
        for action in Action:
            listed = case.pk in cases_open_to(actor(user), action)
            found = get_objects_for_user(
                user, action.value, Case, use_groups=False, accept_global_perms=False, with_superuser=False
            )
            holders = get_users_with_perms(case, with_group_users=False, only_with_perms_in=[action.value])
            answers = {
                action in actions_of(actor(user), case.pk),
                action in checker.get_user_perms(case),
                found.filter(pk=case.pk).exists(),
                user in holders,
                listed,
            }
            assert len(answers) == 1, (action, answers)
        assert (case.pk in live_clearances(actor(user))) is (Action.READ_LIVE in actions_of(actor(user), case.pk))


def test_person_who_was_made_inactive_holds_nothing(two_cases):
    case, _ = two_cases
    mina, rhea, sofia = person("mina"), person("rhea", Side.OUTSIDE), person("sofia")
    give(mina, case, Role.MANAGER)
    give(rhea, case, Role.EXTERNAL_REVIEWER, "public")
    give(sofia, case, Role.INSIDE_READER, "all_staff")
    views = (LiveCasePermission, OutwardPermission, InwardPermission)
    assert all(view.objects.exists() for view in views)
    User.objects.update(is_active=False)
    assert not [view for view in views if view.objects.exists()]
    assert actions_of(actor(mina), case.pk) == frozenset()


def test_overlapping_grants_add_up_and_count_once(two_cases):
    case, other = two_cases
    ada = person("ada")
    for role in (Role.MANAGER, Role.MANAGER, Role.AUTHOR, Role.AUDITOR):
        give(ada, case, role)
    give(ada, case, Role.MANAGER, **EXPIRED)
    give(ada, case, Role.MANAGER, **REVOKED)
    assert actions_of(actor(ada), case.pk) == ROLES_OF_A_MANAGER | {Action.READ_TRAIL}
    assert LiveCasePermission.objects.filter(user=ada).count() == len(ROLES_OF_A_MANAGER) + 1
    assert cases_open_to(actor(ada), Action.REDACT) == [case.pk]
    agree(ada, case, other)


def test_revoking_one_of_two_leaves_the_other(two_cases):
    case, _ = two_cases
    rhea = person("rhea", Side.OUTSIDE)
    first = give(rhea, case, Role.OUTSIDE_READER, "public")
    give(rhea, case, Role.EXTERNAL_REVIEWER, "public")
    Grant.objects.filter(pk=first.pk).update(revoked_at=timezone.now())
    assert outward_audiences(actor(rhea), Action.COMMENT) == {(case.pk, "public")}
    Grant.objects.filter(user=rhea).update(revoked_at=timezone.now())
    assert outward_audiences(actor(rhea), Action.READ_EDITION) == frozenset()


@pytest.mark.parametrize("role", Role)
def test_grant_on_the_wrong_side_opens_nothing(two_cases, role):
    """No action makes such a grant; a row that is there all the same opens no case, no edition and no trail."""
    case, _ = two_cases
    wrong = person("wrong", Side.INSIDE if role.is_outside else Side.OUTSIDE)
    give(wrong, case, role, "public")
    give(wrong, case, role, "all_staff")
    openings = {Action.READ_LIVE, Action.READ_TRAIL, Action.GIVE_ACCESS}
    assert not openings & actions_of(actor(wrong), case.pk)
    reads = {"read_edition", "comment"} if wrong.side == Side.OUTSIDE else {"read_edition"}
    views = OutwardPermission if wrong.side == Side.OUTSIDE else InwardPermission
    if role is not Role.INSIDE_READER and not role.is_outside:
        assert not views.objects.filter(permission__in=reads).exists()


def test_grant_for_the_wrong_direction_opens_no_edition(two_cases):
    case, _ = two_cases
    give(person("rhea", Side.OUTSIDE), case, Role.EXTERNAL_REVIEWER, "all_staff")
    give(person("sofia"), case, Role.INSIDE_READER, "public")
    assert not OutwardPermission.objects.exists()
    assert not InwardPermission.objects.exists()


def test_grant_that_names_an_audience_of_another_case_opens_nothing(two_cases):
    """Keys are the same words in every case: the audience of one must not open the edition of another."""
    case, other = two_cases
    rhea, sofia = person("rhea", Side.OUTSIDE), person("sofia")
    for user, role, key in ((rhea, Role.EXTERNAL_REVIEWER, "public"), (sofia, Role.INSIDE_READER, "all_staff")):
        audience = CaseAudience.objects.get(case=other, key=key)
        Grant.objects.create(
            user=user, case=case, role=role, audience=audience, why="w", expires_at=timezone.now() + DAY
        )
    assert not OutwardPermission.objects.exists()
    assert not InwardPermission.objects.exists()


def test_question_is_one_query_however_many_grants(two_cases, django_assert_num_queries):
    case, other = two_cases
    ada = actor(person("ada"))
    user = User.objects.get(pk=ada.id)
    for grants in (1, 3):
        for role in list(Role)[:grants]:
            give(user, case, role)
            give(user, other, role)
        ContentType.objects.get_for_model(Case)  # remembered by Django, process-wide
        with django_assert_num_queries(1):
            assert actions_of(ada, case.pk)
        with django_assert_num_queries(1):
            require(ada, Action.READ_LIVE, case.pk)
        with django_assert_num_queries(1):
            assert len(cases_open_to(ada, Action.READ_LIVE)) == 2
    with django_assert_num_queries(1):
        outward_audiences(ada, Action.READ_EDITION)


def test_refusal_is_the_404_of_what_is_not_there(two_cases):
    case, other = two_cases
    mina = person("mina")
    give(mina, case, Role.MANAGER)
    require(actor(mina), Action.GIVE_ACCESS, case.pk)
    assert full_clearance(actor(mina), case.pk)[0].scope == case.pk
    asked_for_it_herself = Facts(mina.pk, requested_by_id=mina.pk)
    refusals = [
        lambda: require(actor(mina), Action.GIVE_ACCESS, other.pk),
        lambda: require(actor(mina), Action.GIVE_ACCESS, mina.pk),
        lambda: require(actor(mina), Action.COMMENT, case.pk),
        lambda: require(actor(mina), Action.APPROVE_RELEASE, case.pk, asked_for_it_herself),
        lambda: full_clearance(actor(mina), other.pk),
    ]
    for refused in refusals:
        with pytest.raises(Http404) as raised:
            refused()
        assert raised.value.args == ()


def test_person_alone_may_nothing(two_cases):
    """Django's and guardian's other doors stay shut even for somebody with every grant."""
    case, _ = two_cases
    ada = person("ada")
    for role in Role:
        give(ada, case, role)
    assert (ada.is_superuser, ada.is_staff, ada.has_perm("cases.read_live", case), ada.has_perm("x")) == (False,) * 4


def test_views_can_not_be_written(two_cases):
    case, _ = two_cases
    give(person("mina"), case, Role.MANAGER)
    with pytest.raises(DatabaseError), transaction.atomic():
        OutwardPermission.objects.update(audience_key="public")
    with pytest.raises(DatabaseError), transaction.atomic():
        LiveCasePermission.objects.all()._raw_delete("default")
