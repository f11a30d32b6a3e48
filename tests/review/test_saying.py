"""Saying something inside: who may, about what, where it stands afterwards, and what becomes of it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.db import InternalError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from cases.models import AuditEvent
from pathways.models import Section
from prose.anchors import Span
from prose.models import Text
from review.actions.talk import CannotBeSaid, go_on, move, say_imported
from review.models import InsideComment, InsideThread, InsideThreadEvent
from review.talk.about import AboutWords
from review.talk.states import ThreadVerb
from tests.review.saying import edit, filed, select, shown, small_world, speak, text_of, words_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


def body(world: World) -> Text:
    return text_of(world, Section, "body", "S-AAAA")


@pytest.mark.parametrize(
    ("name", "may"),
    [("Ada", True), ("Mina", True), ("Jun", True), ("Lex", True), ("Sten", True)]
    + [(name, False) for name in ("Sofia", "Rhea", "Omar", "Vik", "Noor", "Nadia", "Aud")],
)
def test_only_who_works_on_the_case_says_something(world, name, may):
    if may:
        thread = shown(world, speak(world, name, select(body(world), "plain words"), body="Which?"))
        assert (thread.who, thread.quote, thread.state, words_of(world, thread)) == (
            name,
            "plain words",
            "open",
            "plain words",
        )
        return
    with pytest.raises(Http404):
        speak(world, name, select(body(world), "plain words"))
    assert not InsideThread.objects.exists()


def test_only_words_that_are_there_can_be_spoken_about(world):
    text = body(world)
    for about in (
        AboutWords(text.key, 0, Span(5, 5)),
        AboutWords(text.key, 0, Span(9, 3)),
        AboutWords(text.key, 0, Span(0, 9000)),
        AboutWords(text.key, 0, Span(0, 1)),
    ):
        with pytest.raises(CannotBeSaid, match="select some words first"):
            speak(world, "Ada", about)
    with pytest.raises(CannotBeSaid, match="load the page again"):
        speak(world, "Ada", AboutWords(text.key, 3, Span(1, 5)))
    with pytest.raises(Http404):
        speak(world, "Ada", AboutWords("t-zzzzzzzzzzzzzzzz", 0, Span(1, 5)))
    for ref in ("C-ZZZZ", "R-AAAA", "K-ZZZZ", "nonsense", ""):
        with pytest.raises(Http404):
            speak(world, "Ada", ref)
    assert not InsideThread.objects.exists()


@pytest.mark.parametrize("ref", ["S-AAAA", "P-AAAA", "C-AAAA", "L-AAAA", "E-AAAA", "B-AAAA", "K-TEST"])
def test_something_is_said_about_an_object_a_link_or_the_case(world, ref):
    thread = shown(world, speak(world, "Sten", ref, "doubt", body="Is it?"))
    assert (thread.ref, thread.text_key, thread.kind, thread.is_gone) == (ref, "", "doubt", False)


def test_the_quote_is_what_was_read_when_the_words_were_selected_and_the_anchor_is_where_they_are_now(world):
    about = select(body(world), "plain words")
    edit(world, body(world), "First", "Long before, and")
    edit(world, body(world), "plain", "plain and simple")
    thread = shown(world, speak(world, "Sten", about))
    assert thread.quote == "plain words"
    assert words_of(world, thread) == "plain and simple words"


def test_words_that_are_gone_leave_the_thread_with_the_words_it_was_about(world):
    kept = speak(world, "Sten", select(body(world), "plain words"))
    edit(world, body(world), "plain words", "")
    row = filed(world, kept)
    assert row.inside is not None
    assert (row.inside.is_gone, row.inside.quote, row.place) == (True, "plain words", "Body of S-AAAA")
    about = select(body(world), "A second paragraph")
    edit(world, body(world), "A second paragraph", "")
    with pytest.raises(CannotBeSaid, match="these words are gone"):
        speak(world, "Sten", about)


def test_people_of_the_case_are_mentioned_and_nobody_else(world):
    world.users["Mina"].name = "Mina Okafor"
    world.users["Mina"].save()
    words = "@Jun, @mina and @Mina Okafor: see ada@Sten.example, @Sofia, @Noor, @Rhea, @Junction and @nobody."
    thread = speak(world, "Sten", "C-AAAA", body=words)
    found = shown(world, thread)
    assert found.mentions == {world.users["Jun"].pk, world.users["Mina"].pk}
    go_on(by=world.actor("Jun"), case_id=world.case_id, thread_id=thread, body="@Jun @Lex!")
    assert shown(world, thread).mentions == {world.users[name].pk for name in ("Jun", "Mina", "Lex")}


def test_two_of_one_name_are_both_mentioned_and_a_whole_name_means_one(world):
    for name, whole in (("Jun", "Sam Ito"), ("Lex", "Sam Weir")):
        world.users[name].name = whole
        world.users[name].save()
    both = shown(world, speak(world, "Sten", "C-AAAA", body="@Sam?"))
    one = shown(world, speak(world, "Sten", "C-AAAA", body="@Sam Weir?"))
    assert both.mentions == {world.users["Jun"].pk, world.users["Lex"].pk}
    assert one.mentions == {world.users["Lex"].pk}


@pytest.mark.parametrize("name", ["Sofia", "Noor", "Rhea", "Sten"])
def test_a_question_asks_a_colleague_of_the_case(world, name):
    with pytest.raises(CannotBeSaid, match="choose the colleague") as refused:
        speak(world, "Sten", "C-AAAA", "question", to_id=world.users[name].pk)
    assert refused.value.field == "to"
    asked = shown(world, speak(world, "Sten", "C-AAAA", "question", to_id=world.users["Jun"].pk))
    assert (asked.to, asked.to_id) == ("Jun", world.users["Jun"].pk)


def test_everybody_who_may_say_goes_on_whatever_the_state(world):
    thread = speak(world, "Sten", "C-AAAA", body="One.")
    go_on(by=world.actor("Lex"), case_id=world.case_id, thread_id=thread, body=" Two. ")
    move(by=world.actor("Jun"), case_id=world.case_id, thread_id=thread, verb=ThreadVerb.RESOLVED)
    go_on(by=world.actor("Sten"), case_id=world.case_id, thread_id=thread, body="Three.")
    found = shown(world, thread)
    assert found.state == "resolved"
    assert [(one.who, one.words or one.did) for one in found.entries] == [
        ("Sten", "One."),
        ("Lex", "Two."),
        ("Jun", "resolved it"),
        ("Sten", "Three."),
    ]
    with pytest.raises(CannotBeSaid, match="write what you want to say"):
        go_on(by=world.actor("Lex"), case_id=world.case_id, thread_id=thread, body=" ")
    for name, case_id in (("Sofia", world.case_id), ("Lex", uuid.uuid4())):
        with pytest.raises(Http404):
            go_on(by=world.actor(name), case_id=case_id, thread_id=thread, body="?")


def test_trail_tells_who_did_what_and_holds_no_word(world):
    thread = speak(world, "Sten", select(body(world), "plain words"), "doubt", body="QXBODY")
    go_on(by=world.actor("Jun"), case_id=world.case_id, thread_id=thread, body="QXMORE")
    move(by=world.actor("Jun"), case_id=world.case_id, thread_id=thread, verb=ThreadVerb.ANSWERED, why="QXWHY")
    told = AuditEvent.objects.filter(verb__startswith="inside_")
    rows = list(told.order_by("at").values_list("verb", "actor_id", "target"))
    sten, jun = world.users["Sten"].pk, world.users["Jun"].pk
    assert rows == [
        ("inside_thread_opened", sten, str(thread)),
        ("inside_commented", jun, str(thread)),
        ("inside_thread_answered", jun, str(thread)),
    ]


def test_whoever_listens_hears_the_thread_and_no_word(world):
    with CaptureQueriesContext(connection) as queries:
        thread = speak(world, "Sten", select(body(world), "plain words"), body="QXBODY")
    told = [q["sql"] for q in queries if "pg_notify" in q["sql"]]
    assert told == [f"select pg_notify('safetycase', '{world.case_id}|talk|{thread}')"]


def test_an_imported_comment_stands_under_the_name_in_the_document(world):
    at = datetime(2025, 3, 4, 5, 6, tzinfo=UTC)
    text = body(world)
    about = select(text, "plain words")
    given = {"by": world.actor("Jun"), "case_id": world.case_id, "author": "Olga of Legal", "body": "Is it?", "at": at}
    thread = shown(world, say_imported(key=text.key, span=about.span, **given))
    assert (thread.who, thread.quote, thread.at, thread.imported) == ("Olga of Legal", "plain words", at, True)
    assert [(one.who, one.words, one.at) for one in thread.entries] == [("Olga of Legal", "Is it?", at)]
    nowhere = shown(world, say_imported(key=text.key, span=Span(4, 4), **given))
    assert (nowhere.text_key, nowhere.ref) == ("", "")
    for wrong in ({"key": "t-zzzzzzzzzzzzzzzz"}, {"by": world.actor("Sofia")}):
        with pytest.raises(Http404):
            say_imported(**{"key": text.key, "span": about.span, **given, **wrong})


def test_what_was_said_is_never_changed(world):
    thread = speak(world, "Sten", "C-AAAA", "doubt")
    move(by=world.actor("Jun"), case_id=world.case_id, thread_id=thread, verb=ThreadVerb.ANSWERED, why="So.")
    for model, column in ((InsideComment, "body"), (InsideThreadEvent, "why")):
        with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
            model.objects.update(**{column: "other"})
