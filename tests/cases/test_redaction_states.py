"""Who may move a redaction from where to where: every role, every state, every change, against a table written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.http import Http404

from cases.actions.deciding import approve, contest, lift, propose_again
from cases.actions.redactions import CannotRedact
from cases.audit import AuditVerb
from cases.models import AuditEvent
from cases.redaction.facts import RedactionState
from cases.redaction_states import CHANGES, HIDES_MORE, LABELS, RedactionVerb
from tests.review.redaction_world import history, in_state, live_world, row
from tests.world import World

DOES: dict[str, Callable[..., object]] = {
    "approve": lambda **given: approve(seen=0, **given),
    "contest": lambda **given: contest(why="w", **given),
    "lift": lambda **given: lift(seen=0, why="w", **given),
    "propose again": lambda **given: propose_again(why="w", **given),
}
# Person → what they may do, from which states (proposed, approved, contested, lifted). Written from the design.
# R-WRDS stands on legal duty, which Lex decides; Noor decides on privacy only.
MAY = {
    "Lex": {"approve": "pc", "contest": "pa", "lift": "pac", "propose again": "l"},
    "Noor": {"contest": "pa", "propose again": "l"},
    "Mina": {"contest": "pa", "propose again": "l"},
    "Jun": {"contest": "pa", "propose again": "l"},
    "Sten": {"contest": "pa"},
    "Sofia": {},
    "Aud": {},
    "Rhea": {},
}
LEADS_TO = {"approve": "approved", "contest": "contested", "lift": "lifted", "propose again": "proposed"}
STATES = ("proposed", "approved", "contested", "lifted")
REFUSALS = {
    "approve": "it can't become approved now",
    "contest": "it can't become contested now",
    "lift": "it can't become lifted now",
    "propose again": "it can't become proposed now",
}


@pytest.fixture
def world(db: None) -> World:
    return live_world()


@pytest.mark.parametrize("name", MAY)
def test_everybody_does_what_the_table_says_and_nothing_else(world: World, name: str) -> None:
    looked = 0
    for state in STATES:
        for what, do in DOES.items():
            sid = transaction.savepoint()
            in_state(world, state)
            given = {"by": world.actor(name), "case_id": world.case_id, "ref": "R-WRDS"}
            if state[0] in MAY[name].get(what, ""):
                do(**given)
                assert (row(world).state, len(history(world))) == (LEADS_TO[what], 1), (state, what)
            else:
                with pytest.raises(CannotRedact if what in MAY[name] else Http404) as refused:
                    do(**given)
                if what in MAY[name]:
                    assert str(refused.value) == f"R-WRDS is {state}; {REFUSALS[what]}"
                assert (row(world).state, history(world)) == (state, []), (state, what)
            looked += 1
            transaction.savepoint_rollback(sid)
    assert looked == 16


@pytest.mark.parametrize("state", STATES)
def test_redaction_of_another_case_is_absent(world: World, state: str) -> None:
    in_state(world, state)
    for ref in ("R-ZZZZ", "C-AAAA", ""):
        with pytest.raises(Http404):
            contest(by=world.actor("Lex"), case_id=world.case_id, ref=ref, why="w")


def test_history_keeps_the_reason_and_the_trail_does_not(world: World) -> None:
    contest(by=world.actor("Sten"), case_id=world.case_id, ref="R-WRDS", why="Too much is hidden")
    approve(by=world.actor("Lex"), case_id=world.case_id, ref="R-WRDS", seen=1)
    assert history(world) == [("Sten", "contested"), ("Lex", "approved")]
    assert row(world).events.get(verb="contested").why == "Too much is hidden"
    trail = AuditEvent.objects.filter(case_id=world.case_id, target="R-WRDS").order_by("at")
    assert list(trail.values_list("verb", flat=True)) == ["redaction_contested", "redaction_approved"]


@pytest.mark.parametrize(("act", "seen"), [(approve, 0), (approve, 2), (lift, 0), (lift, 2)])
def test_decision_about_what_was_not_read_is_refused(world: World, act: Callable[..., object], seen: int) -> None:
    in_state(world, "proposed")
    contest(by=world.actor("Sten"), case_id=world.case_id, ref="R-WRDS", why="w")
    with pytest.raises(CannotRedact, match="something was done to R-WRDS since you opened this page"):
        act(by=world.actor("Lex"), case_id=world.case_id, ref="R-WRDS", seen=seen, why="w")
    assert row(world).state == "contested"


def test_tables_name_every_verb() -> None:
    assert set(LABELS) == set(RedactionVerb)
    assert {AuditVerb(f"redaction_{verb}") for verb in RedactionVerb}
    assert max(map(len, RedactionVerb)) <= 20
    assert set(CHANGES) == {verb for verb in RedactionVerb if verb in {*RedactionState, "proposed_again"}} - {
        "proposed"
    }


def test_what_shows_more_holds_no_release_back() -> None:
    assert {"lifted", "approved", "contested", "narrowed", "revealed", "dated"}.isdisjoint(HIDES_MORE)
    assert {"proposed", "proposed_again", "unrevealed", "omitted"} <= HIDES_MORE
