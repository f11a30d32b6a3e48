"""Giving, extending and revoking access: every refusal says what to change, and the trail holds no words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import models
from django.http import Http404
from django.utils import timezone

from cases.access import actions_of
from cases.actions.access import CannotGive, extend_access, give_access, revoke_access
from cases.models import AuditEvent, CaseAudience, Grant, OrganisationCeiling, Redaction, User
from cases.roles import Action, Role
from tests.world import CANARY, World, grant_all, import_raw, people, secret_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """The case and the cast with their grants; nothing released."""
    users = people()
    world = World(import_raw(secret_case()), users)
    grant_all(world.case_id, users)
    return world


def in_days(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


def give(world: World, by: str = "Ada", **changes: Any) -> None:
    usual = {"address": "nadia@outside.example", "role": Role.EXTERNAL_REVIEWER, "audience_key": "public"}
    rest = {"until": in_days(9), "why": f"{CANARY} why"}
    give_access(by=world.actor(by), case_id=world.case_id, **{**usual, **rest, **changes})


def grants_of(world: World, name: str) -> models.QuerySet[Grant]:
    return Grant.objects.filter(user=world.users[name], case_id=world.case_id)


def test_manager_lets_somebody_in(world):
    until = in_days(9)
    give(world, address="  NADIA@Outside.example ", until=until)
    grant = grants_of(world, "Nadia").get()
    assert (grant.role, grant.audience.key, grant.expires_at) == ("external_reviewer", "public", until)
    assert (grant.given_by, grant.revoked_at) == (world.users["Ada"], None)


ADDRESS = "nobody with this address can sign in at the "
REFUSALS = [
    ("address", f"{ADDRESS}reading room as external reviewer", {"address": "unknown@outside.example"}),
    ("address", f"{ADDRESS}reading room as external reviewer", {"address": "noor@inside.example"}),
    ("address", f"{ADDRESS}workshop as author", {"address": "nadia@outside.example", "role": Role.AUTHOR}),
    ("address", f"{ADDRESS}reading room as outside reader", {"address": "", "role": Role.OUTSIDE_READER}),
    ("audience", "choose the edition that this external reviewer is to read", {"audience_key": ""}),
    ("audience", "choose the edition that this external reviewer is to read", {"audience_key": "nowhere"}),
    ("audience", "All staff is no edition for this external reviewer", {"audience_key": "all_staff"}),
    ("audience", "Public is no edition for this inside reader", {"role": Role.INSIDE_READER}),
    ("until", "choose today or a later day, at most a year ahead", {"until": in_days(-0.01)}),
    ("until", "choose today or a later day, at most a year ahead", {"until": in_days(367)}),
]


@pytest.mark.parametrize(("field", "why", "changes"), REFUSALS)
def test_refusal_names_the_field_and_says_what_to_change(world, field, why, changes):
    before = Grant.objects.count()
    with pytest.raises(CannotGive) as refused:
        give(world, **changes)
    assert (refused.value.field, refused.value.why) == (field, why)
    assert Grant.objects.count() == before
    assert not AuditEvent.objects.filter(verb="access_given").exists()


def test_inactive_person_is_as_unknown_as_an_absent_one(world):
    User.objects.filter(name="Nadia").update(is_active=False)
    with pytest.raises(CannotGive, match="nobody with this address"):
        give(world)


@pytest.mark.parametrize(
    ("ceiling", "key", "fits"), [("public", "external_reviewer", False), ("public", "public", True)]
)
def test_somebody_outside_gets_what_their_organisation_may_or_less(world, ceiling, key, fits):
    audience = CaseAudience.objects.get(case_id=world.case_id, key=ceiling)
    OrganisationCeiling.objects.filter(case_id=world.case_id).update(audience=audience)
    if fits:
        give(world, audience_key=key)
    else:
        with pytest.raises(CannotGive, match="their organisation may read Public or less in this case") as refused:
            give(world, audience_key=key)
        assert refused.value.field == "audience"
    assert grants_of(world, "Nadia").exists() is fits


def test_redaction_revealed_to_an_audience_counts_against_the_ceiling(world):
    """Cleared for the same grounds, but one redaction is revealed to it alone: it reads more."""
    twin = CaseAudience.objects.create(
        case_id=world.case_id, order=9, key="partner", name="Partner", outward=True, cleared=["security"]
    )
    give(world, audience_key="partner")
    Redaction.objects.filter(case_id=world.case_id, ref="R-WRDS").update(revealed_to=[twin.key])
    with pytest.raises(CannotGive, match="their organisation may read External reviewer or less"):
        give(world, audience_key="partner")
    Redaction.objects.filter(case_id=world.case_id, ref="R-WRDS").update(revealed_to=[twin.key, "external_reviewer"])
    give(world, audience_key="partner")


def test_grant_above_a_ceiling_that_was_lowered_is_not_extended(world):
    grant = grants_of(world, "Rhea").get()
    public = CaseAudience.objects.get(case_id=world.case_id, key="public")
    extend(world, grant, in_days(40))
    OrganisationCeiling.objects.filter(case_id=world.case_id).update(audience=public)
    with pytest.raises(CannotGive, match="their organisation may read Public or less"):
        extend(world, grant, in_days(50))
    extend(world, grant, in_days(10))  # an earlier end takes away, and is always allowed


def extend(world: World, grant: Grant, until: datetime, by: str = "Ada") -> None:
    extend_access(by=world.actor(by), case_id=world.case_id, grant_id=grant.id, until=until)


def revoke(world: World, grant: Grant, by: str = "Ada") -> None:
    revoke_access(by=world.actor(by), case_id=world.case_id, grant_id=grant.id)


@pytest.mark.parametrize(("days", "fits"), [(365, True), (1, True), (-1, False), (0, False), (367, False)])
def test_end_of_a_grant_can_be_moved_within_a_year(world, days, fits):
    grant = grants_of(world, "Rhea").get()
    until = in_days(days)
    if fits:
        extend(world, grant, until)
    else:
        with pytest.raises(CannotGive, match="choose today or a later day"):
            extend(world, grant, until)
    grant.refresh_from_db()
    assert (grant.expires_at == until) is fits


def test_revoking_ends_a_grant_at_once_and_keeps_the_row(world):
    grant = grants_of(world, "Jun").get()
    assert Action.READ_LIVE in actions_of(world.actor("Jun"), world.case_id)
    revoke(world, grant)
    assert actions_of(world.actor("Jun"), world.case_id) == frozenset()
    assert grants_of(world, "Jun").get().revoked_at is not None


@pytest.mark.parametrize("act", [extend, revoke])
@pytest.mark.parametrize("state", ["absent", "expired", "revoked", "foreign"])
def test_grant_that_is_not_live_here_is_not_there(world, act, state):
    grant = grants_of(world, "Jun").get()
    if state == "absent":
        grant.id = world.case_id
    elif state == "expired":
        Grant.objects.filter(pk=grant.pk).update(expires_at=in_days(-1))
    elif state == "revoked":
        Grant.objects.filter(pk=grant.pk).update(revoked_at=in_days(-1))
    else:
        Grant.objects.filter(pk=grant.pk).update(case_id=import_raw(secret_case(), as_new=True))
    with pytest.raises(Http404):
        act(world, grant, *([in_days(5)] if act is extend else []))


@pytest.mark.parametrize("name", ["Jun", "Lex", "Sten", "Aud", "Noor", "Rhea"])
def test_only_managers_give_extend_and_revoke(world, name):
    grant = grants_of(world, "Jun").get()
    for act in (give, lambda w, by: extend(w, grant, in_days(5), by), lambda w, by: revoke(w, grant, by)):
        with pytest.raises(Http404):
            act(world, by=name)
        act(world, by="Mina")


def managers(world: World) -> dict[str, Grant]:
    return {grant.user.name: grant for grant in Grant.live().filter(case_id=world.case_id, role=Role.MANAGER)}


@pytest.mark.parametrize("name", ["Ada", "Mina"])
def test_last_two_managers_stay(world, name):
    needed = "a case needs two managers; make somebody else a manager first"
    for act in (revoke, lambda w, g: extend(w, g, in_days(1))):
        with pytest.raises(CannotGive, match=needed):
            act(world, managers(world)[name])
    give(world, address="noor@inside.example", role=Role.MANAGER)
    revoke(world, managers(world)[name])
    assert len(managers(world)) == 2


def test_second_grant_of_one_person_makes_no_second_manager(world):
    give(world, address="ada@inside.example", role=Role.MANAGER)
    with pytest.raises(CannotGive, match="two managers"):
        revoke(world, managers(world)["Mina"])
    revoke(world, managers(world)["Ada"])  # one of Ada's two
    assert set(managers(world)) == {"Ada", "Mina"}


def test_manager_who_can_not_sign_in_is_none(world):
    give(world, address="noor@inside.example", role=Role.MANAGER)
    User.objects.filter(name="Noor").update(is_active=False)
    with pytest.raises(CannotGive, match="two managers"):
        revoke(world, managers(world)["Mina"])


def test_trail_holds_who_what_and_whom_and_no_words(world):
    give(world)
    grant = grants_of(world, "Nadia").get()
    extend(world, grant, in_days(20), by="Mina")
    revoke(world, grant)
    events = AuditEvent.objects.filter(verb__startswith="access").order_by("at")
    nadia, ada, mina = (world.users[name].pk for name in ("Nadia", "Ada", "Mina"))
    assert list(events.values_list("verb", "actor_id", "case_id", "target")) == [
        ("access_given", ada, world.case_id, str(nadia)),
        ("access_extended", mina, world.case_id, str(nadia)),
        ("access_revoked", ada, world.case_id, str(nadia)),
    ]
    assert CANARY not in str(list(AuditEvent.objects.values()))
