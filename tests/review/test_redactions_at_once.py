"""Two people who decide about one redaction at the same moment, on connections of their own: one is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases.actions.deciding import approve, contest, lift
from cases.actions.redaction_details import agree_to_omit, ask_to_omit, decline_to_omit
from cases.actions.redactions import CannotRedact
from cases.role_permissions import write_role_permissions
from tests.review.redaction_world import history, in_state, live_world, row
from tests.review.test_releases_at_once import at_once
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    write_role_permissions()  # emptying the database after a test of this kind empties the table of who may
    return live_world()


def act(world: World, name: str, ref: str, do: Callable[..., object], **more: object) -> Callable[[], object]:
    given = {"by": world.actor(name), "case_id": world.case_id, "ref": ref}
    return lambda: do(**given, **more)


@pytest.mark.parametrize("time", range(3))
def test_approving_and_lifting_at_once_leaves_one_decision(world, time):
    in_state(world, "proposed")
    results = at_once(act(world, "Lex", "R-WRDS", approve, seen=0), act(world, "Lex", "R-WRDS", lift, seen=0, why="w"))
    refused = [result for result in results if result is not None]
    assert [type(error) for error in refused] == [CannotRedact]
    assert len(history(world)) == 1
    assert history(world) == [("Lex", row(world).state)]


@pytest.mark.parametrize("time", range(3))
def test_contesting_while_somebody_approves_is_never_lost(world, time):
    in_state(world, "proposed")
    results = at_once(act(world, "Lex", "R-WRDS", approve, seen=0), act(world, "Sten", "R-WRDS", contest, why="w"))
    assert ("Sten", "contested") in history(world)
    assert row(world).state == "contested"
    assert results[1] is None


@pytest.mark.parametrize("time", range(3))
def test_agreeing_and_declining_at_once_leaves_one_answer(world, time):
    ask_to_omit(by=world.actor("Ada"), case_id=world.case_id, ref="R-MASK", reason="r")
    results = at_once(act(world, "Mina", "R-MASK", agree_to_omit), act(world, "Ada", "R-MASK", decline_to_omit))
    assert sorted(type(result) is CannotRedact for result in results) == [False, True]
    assert row(world, "R-MASK").omitted is (results[0] is None)
    assert len(history(world, "R-MASK")) == 2
