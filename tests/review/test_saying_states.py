"""Who may move a thread inside from where to where: every person, kind, state and change, against a table written by hand."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import Http404

from cases.audit import AuditVerb
from cases.models import AuditEvent
from pathways.models import Claim, Section
from review.actions.talk import CannotBeSaid, accept, move
from review.models import InsideThread, InsideThreadEvent
from review.talk.states import CHANGES, LABELS, ThreadKind, ThreadState, ThreadVerb
from tests.review.saying import select, small_world, speak, text_of, threads
from tests.world import World

pytestmark = pytest.mark.django_db

# Change → (kinds, states from which, state to which, who may). Written from the design. Sten raised the doubt, Jun everything else.
EVERYBODY = ("Ada", "Mina", "Jun", "Lex", "Sten")
TABLE = {
    "resolved": (("comment", "question"), ("open",), "resolved", EVERYBODY),
    "reopened": (("comment", "question"), ("resolved",), "open", EVERYBODY),
    "sustained": (("doubt",), ("open", "answered"), "sustained", ("Ada", "Mina", "Sten")),
    "answered": (("doubt",), ("open", "sustained"), "answered", ("Ada", "Mina", "Jun")),
    "residual": (("doubt",), ("open", "sustained"), "residual", ("Ada", "Mina")),
    "doubted_again": (("doubt",), ("answered", "residual"), "open", EVERYBODY),
    "accepted": (("suggestion",), ("open",), "accepted", ("Ada", "Mina", "Jun")),
    "rejected": (("suggestion",), ("open",), "rejected", ("Ada", "Mina", "Jun")),
    "withdrawn": (("suggestion",), ("open",), "withdrawn", ("Jun",)),
}
NOBODY = ("Sofia", "Aud", "Noor", "Rhea")


@pytest.fixture
def world() -> World:
    return small_world()


def thread(world: World, kind: str, by: str = "") -> InsideThread:
    text = text_of(world, Section, "body", "S-AAAA")
    more = {"to_id": world.users["Lex"].pk} if kind == "question" else {}
    more |= {"wording": "simple words"} if kind == "suggestion" else {}
    made = speak(world, by or ("Sten" if kind == "doubt" else "Jun"), select(text, "plain words"), kind, **more)
    return InsideThread.objects.get(pk=made)


def do(world: World, name: str, row: InsideThread, verb: str) -> None:
    given = {"by": world.actor(name), "case_id": world.case_id, "thread_id": row.pk}
    if verb == "accepted":
        accept(**given)
    else:
        move(verb=ThreadVerb(verb), why="because", **given)


@pytest.mark.parametrize("kind", [kind.value for kind in ThreadKind])
@pytest.mark.parametrize("name", [*EVERYBODY, *NOBODY])
def test_everybody_does_what_the_table_says_and_nothing_else(world, name, kind):
    row, looked = thread(world, kind), 0
    for state in ThreadState:
        for verb, (kinds, of, to, who) in TABLE.items():
            sid = transaction.savepoint()
            InsideThread.objects.filter(pk=row.pk).update(state=state)
            may = name in who
            if may and kind in kinds and state in of:
                do(world, name, row, verb)
                row.refresh_from_db()
                assert row.state == to
                event = InsideThreadEvent.objects.get(thread=row)
                assert (event.verb, event.by_id) == (verb, world.users[name].pk)
                assert AuditEvent.objects.filter(verb=f"inside_thread_{verb}", target=str(row.pk)).count() == 1
                looked += 1
            else:
                with pytest.raises((Http404, CannotBeSaid) if may or kind not in kinds else Http404):
                    do(world, name, row, verb)
                assert not InsideThreadEvent.objects.exists()
                assert InsideThread.objects.get(pk=row.pk).state == state
            transaction.savepoint_rollback(sid)
    assert looked == sum(len(of) for kinds, of, _, who in TABLE.values() if name in who and kind in kinds)


@pytest.mark.parametrize("kind", [kind.value for kind in ThreadKind])
@pytest.mark.parametrize("name", EVERYBODY)
def test_a_card_offers_exactly_what_can_be_done(world, name, kind):
    row = thread(world, kind)
    for state in ThreadState:
        InsideThread.objects.filter(pk=row.pk).update(state=state)
        (found,) = threads(world, name)
        offered = {verb.value for verb in found.acts if verb is not ThreadVerb.IN_PART}
        assert offered == {
            v for v, (kinds, of, _, who) in TABLE.items() if name in who and kind in kinds and state in of
        }


def test_a_manager_does_not_accept_the_doubt_that_she_raised(world):
    row = thread(world, "doubt", by="Mina")
    with pytest.raises(Http404):
        do(world, "Mina", row, "residual")
    do(world, "Ada", row, "residual")
    row.refresh_from_db()
    assert row.state == "residual"


@pytest.mark.parametrize("verb", ["sustained", "answered", "residual", "rejected"])
def test_a_decision_needs_a_reason(world, verb):
    row = thread(world, "suggestion" if verb == "rejected" else "doubt")
    with pytest.raises(CannotBeSaid, match="say why") as refused:
        move(by=world.actor("Ada"), case_id=world.case_id, thread_id=row.pk, verb=ThreadVerb(verb), why="  ")
    assert refused.value.field == "why"


def test_every_change_has_words_and_a_verb_of_the_trail():
    assert set(LABELS) == set(CHANGES) == set(ThreadVerb)
    assert {f"inside_thread_{verb}" for verb in ThreadVerb} <= set(AuditVerb)
    assert all(len(state.value) <= 10 for state in ThreadState)


def test_a_thread_of_another_case_is_not_there(world):
    row = thread(world, "comment")
    other = small_other(world)
    with pytest.raises(Http404):
        move(by=world.actor("Ada"), case_id=other, thread_id=row.pk, verb=ThreadVerb.RESOLVED)
    assert Claim.objects.filter(case_id=other).exists()


def small_other(world: World):
    from tests.review.saying import small_case
    from tests.world import grant_all, import_raw

    other = import_raw(small_case(), as_new=True)
    grant_all(other, world.users)
    return other
