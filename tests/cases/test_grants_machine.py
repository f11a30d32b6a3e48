"""Grants given, extended, revoked and left to end in any order: every page agrees with a model that fits on one screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cases.access import Actor
from cases.actions.access import CannotGive, extend_access, give_access, revoke_access
from cases.models import Grant
from cases.redaction.facts import Ground
from cases.roles import Role
from tests.site_client import SiteClient
from tests.world import STATEMENTS, World, grant_all, import_raw, people, release, secret_case

READERS = (Role.OUTSIDE_READER, Role.EXTERNAL_REVIEWER, Role.INSIDE_READER)
WORKERS = (Role.MANAGER, Role.AUTHOR, Role.DECIDER, Role.STRESS_TESTER, Role.AUDITOR)
OUTWARD, INWARD = ("external_reviewer", "public"), ("full", "all_staff")


@dataclass(frozen=True)
class Held:
    """One grant as the model knows it. `None` for no audience."""

    id: UUID
    case: int
    role: Role
    audience: str | None
    days: int


class GrantsMachine(RuleBasedStateMachine):
    """Nadia outside and Noor inside, two cases with editions for every audience."""

    worlds: ClassVar[tuple[World, World]]
    clients: ClassVar[dict[str, SiteClient]]
    visited: ClassVar[set[tuple[str, int, str]]] = set()
    held = Bundle("held")

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.savepoint()
        self.live: dict[UUID, Held] = {}

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    @rule(
        target=held,
        case=st.integers(0, 1),
        role=st.sampled_from(READERS * 2 + WORKERS),
        pick=st.integers(0, 1),
        days=st.integers(1, 300),
    )
    def give(self, case: int, role: Role, pick: int, days: int) -> Held:
        audience = (OUTWARD if role.is_outside else INWARD)[pick] if role.reads_an_edition else None
        name = "nadia@outside.example" if role.is_outside else "noor@inside.example"
        before = set(Grant.objects.values_list("id", flat=True))
        give_access(
            by=self.ada(),
            case_id=self.worlds[case].case_id,
            address=name,
            role=role,
            audience_key=audience or "",
            until=timezone.now() + timedelta(days=days),
            why="test",
            grounds=[Ground.SECURITY],  # what a decider needs; of no other role it is asked
        )
        (made,) = set(Grant.objects.values_list("id", flat=True)) - before
        held = Held(made, case, role, audience, days)
        self.live[made] = held
        return held

    @rule(held=held, days=st.integers(-3, 500))
    def extend(self, held: Held, days: int) -> None:
        refused = days <= 0 or days > 366
        self.act(held, refused, lambda **given: extend_access(**given, until=timezone.now() + timedelta(days=days)))

    @rule(held=held)
    def revoke(self, held: Held) -> None:
        if self.act(held, False, revoke_access):
            del self.live[held.id]

    @rule(held=consumes(held))
    def let_it_end(self, held: Held) -> None:
        Grant.objects.filter(pk=held.id).update(expires_at=timezone.now() - timedelta(seconds=1))
        self.live.pop(held.id, None)

    @rule(case=st.integers(0, 1), held=held)
    def ask_in_the_other_case(self, held: Held, case: int) -> None:
        if case != held.case:
            with pytest.raises(Http404):
                revoke_access(by=self.ada(), case_id=self.worlds[case].case_id, grant_id=held.id)

    def act(self, held: Held, refused: bool, action: Callable[..., None]) -> bool:
        """Whether it was done; that it was refused where the model says so."""
        try:
            action(by=self.ada(), case_id=self.worlds[held.case].case_id, grant_id=held.id)
        except CannotGive:
            assert refused
            return False
        except Http404:
            assert held.id not in self.live
            return False
        assert held.id in self.live
        assert not refused
        return True

    def ada(self) -> Actor:
        return self.worlds[0].actor("Ada")

    def holds(self, case: int, roles: tuple[Role, ...], audience: str | None = None) -> bool:
        return any(h.case == case and h.role in roles and h.audience == audience for h in self.live.values())

    @invariant()
    def every_page_agrees_with_the_model(self) -> None:
        homes = {name: client.get("/").content.decode() for name, client in self.clients.items()}
        for case, world in enumerate(self.worlds):
            reads_live = self.holds(case, (Role.MANAGER, Role.AUTHOR, Role.DECIDER, Role.STRESS_TESTER))
            assert self.status("Noor", f"/cases/{world.case_id}/") == (200 if reads_live else 404)
            assert self.status("Noor", f"/cases/{world.case_id}/trail/") == (
                200 if self.holds(case, (Role.AUDITOR,)) else 404
            )
            for key, edition in world.editions.items():
                reader = "Nadia" if key in OUTWARD else "Noor"
                reads = self.holds(case, READERS, key)
                body = self.body(reader, f"/editions/{edition}/")
                assert (body is not None) is reads
                assert ("data-selectable" in (body or "")) is self.holds(case, (Role.EXTERNAL_REVIEWER,), key)
                assert (str(edition) in homes[reader]) is reads
                stranger = "Noor" if reader == "Nadia" else "Nadia"
                assert self.body(stranger, f"/editions/{edition}/") is None
                self.visited.add((key, case, str(reads)))

    def status(self, name: str, path: str) -> int:
        return self.clients[name].get(path).status_code

    def body(self, name: str, path: str) -> str | None:
        response = self.clients[name].get(path)
        assert response.status_code in (200, 404)
        return response.content.decode() if response.status_code == 200 else None


@pytest.mark.django_db
def test_every_page_agrees_with_the_model_of_grants():
    users = people()
    GrantsMachine.worlds = worlds = (
        World(import_raw(secret_case()), users),
        World(import_raw(secret_case(), as_new=True), users),
    )
    grant_all(worlds[0].case_id, users)
    for name in ("Ada", "Mina"):
        until = timezone.now() + timedelta(days=30)
        Grant.objects.create(user=users[name], case_id=worlds[1].case_id, role=Role.MANAGER, why="w", expires_at=until)
    for world in worlds:
        release(world, STATEMENTS)
    GrantsMachine.clients = {
        "Nadia": SiteClient("reading_room", users["Nadia"]),
        "Noor": SiteClient("workshop", users["Noor"]),
    }
    run_state_machine_as_test(GrantsMachine, settings=settings(max_examples=12, stateful_step_count=10, deadline=None))
    assert {reads for _, _, reads in GrantsMachine.visited} == {"True", "False"}
    assert len(GrantsMachine.visited) > 10  # of sixteen: both answers for nearly every edition of both cases
