"""People who say and edit at the same moment, on connections of their own: one acceptance, and anchors that fit."""

from __future__ import annotations

import pytest

from cases.role_permissions import write_role_permissions
from pathways.models import Section
from prose.models import Step, Text
from review.actions.talk import CannotBeSaid, accept, move
from review.models import InsideThread
from review.talk.states import ThreadVerb
from tests.review.saying import edit, reads, select, small_world, speak, text_of, threads, words_of
from tests.review.test_releases_at_once import at_once
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    write_role_permissions()  # emptying the database after a test of this kind empties the table of who may
    return small_world()


def body(world: World) -> Text:
    return text_of(world, Section, "body", "S-AAAA")


@pytest.mark.parametrize("time", range(3))
def test_a_suggestion_is_accepted_once_or_rejected(world, time):
    made = speak(world, "Sten", select(body(world), "plain words"), "suggestion", wording="simple old words")
    given = {"case_id": world.case_id, "thread_id": made}
    results = at_once(
        lambda: accept(by=world.actor("Jun"), **given),
        lambda: accept(by=world.actor("Ada"), **given),
        lambda: move(by=world.actor("Mina"), verb=ThreadVerb.REJECTED, why="No.", **given),
    )
    refused = [result for result in results if isinstance(result, Exception)]
    assert [type(error) for error in refused] == [CannotBeSaid, CannotBeSaid]
    accepted = InsideThread.objects.get(pk=made).state == "accepted"
    assert Step.objects.count() == int(accepted)
    assert ("simple old words" in reads(body(world))) is accepted


@pytest.mark.parametrize("time", range(3))
def test_words_spoken_about_while_somebody_types_before_them_are_the_same_words(world, time):
    text, about = body(world), select(body(world), "A second paragraph")
    results = at_once(
        lambda: edit(world, text, "First", "Long before the first"),
        lambda: speak(world, "Sten", about, "suggestion", wording="Another second paragraph"),
        lambda: speak(world, "Lex", about),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert [words_of(world, thread) for thread in threads(world)] == ["A second paragraph"] * 2
