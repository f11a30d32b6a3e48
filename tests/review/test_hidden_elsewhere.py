"""Words that come back, or are brought in, stay hidden where another text of the case hides them, or hid them since."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.actions.kinds import PATHWAY
from pathways.actions.merging import Merge, merge_pathways
from pathways.actions.retiring import bring_back
from pathways.actions.splitting import Split, split_pathway
from prose.anchors import Span
from prose.models import Text
from review.actions.restoring import restore_text
from review.actions.talk import accept, say
from review.talk.about import AboutWords
from review.talk.states import ThreadKind
from tests.case_builder import CaseBuilder
from tests.pathways.structure_world import act, edition_of, row, seen, structure_world
from tests.review.history_world import hide, position, type_over, words_of
from tests.review.test_words_of_tables import TABLES, world_of
from tests.world import CANARY, World

pytestmark = pytest.mark.django_db


def section(body: str, *more: str) -> World:
    case = CaseBuilder()
    case.redaction("R-AAAA")
    for number, words in enumerate((body, *more)):
        case.section(f"S-{'AB'[number] * 4}", "Scope", words)
    return structure_world(case)


def two() -> World:
    case = CaseBuilder()
    case.section("S-AAAA", "Scope", "Words.")
    case.pathway("P-AAAA", "Leaks", f"First block.\n\nThe vault of {CANARY} is open.")
    case.pathway("P-BBBB", "Sabotage", "Its own argument.")
    return structure_world(case)


def body(world: World, ref: str = "S-AAAA") -> Text:
    return row(world, ref).body


def suggest(world: World, text: Text, old: str, new: str) -> dict:
    start = position(text, old)
    about = AboutWords(text.key, text.version, Span(start, start + len(old)))
    by = world.actor("Sten")
    thread = say(by=by, case_id=world.case_id, about=about, kind=ThreadKind.SUGGESTION, body="", wording=new)
    return {"by": world.actor("Jun"), "case_id": world.case_id, "thread_id": thread}


@pytest.mark.parametrize("chosen", [None, frozenset({0})], ids=["wholly", "in part"])
def test_hidden_number_is_not_suggested_into_the_open(chosen):
    world = section("The threshold is [[R-AAAA 4711]].\n\nForm 4711 is filed yearly.")
    made = suggest(world, body(world), "The threshold is 4711.", "4711 is the threshold.")
    shown = edition_of(world).count("4711")
    accept(**made, chosen=chosen)
    assert edition_of(world).count("4711") == shown > 0


@pytest.mark.parametrize("deleted", [True, False], ids=["deleted since", "hidden still"])
@pytest.mark.parametrize("where", ["S-AAAA", "S-BBBB"])
def test_suggestion_made_before_its_words_were_hidden(where, deleted):
    """In its own text, or in another text of the case."""
    world = section(f"The code is {CANARY} here.\n\nIt is kept safe.", "That is kept safe.")
    old = "It is kept safe." if where == "S-AAAA" else "That is kept safe."
    made = suggest(world, body(world, where), old, old.replace(" is", f" {CANARY} is"))
    hide(world, "Jun", body(world), CANARY)
    if deleted:
        type_over(world, "Jun", body(world), CANARY, "")
    assert CANARY not in edition_of(world)
    accept(**made)
    assert CANARY not in edition_of(world)
    assert CANARY in words_of(body(world, where), world)


def test_suggestion_made_of_a_version_from_before_its_words_were_hidden():
    world = section(f"The code is {CANARY} here.\n\nIt is kept safe.")
    text = body(world)
    start = position(text, "It is kept safe.")
    about = AboutWords(text.key, 0, Span(start, start + len("It is kept safe.")))
    hide(world, "Jun", text, CANARY)
    type_over(world, "Jun", text, CANARY, "")
    wording = f"It {CANARY} is kept safe."
    kind = ThreadKind.SUGGESTION
    thread = say(by=world.actor("Sten"), case_id=world.case_id, about=about, kind=kind, body="", wording=wording)
    accept(by=world.actor("Jun"), case_id=world.case_id, thread_id=thread)
    assert CANARY not in edition_of(world)


def test_words_that_stand_shown_somewhere_are_suggested_in_the_open():
    world = section("The code of [[R-AAAA HALDEN]] is kept.", "That is HALDEN. It is safe.")
    accept(**suggest(world, body(world, "S-BBBB"), "It is safe.", "It is HALDEN again."))
    assert "It is HALDEN again." in edition_of(world)


def test_suggestion_that_copies_a_cell_whose_table_is_withheld():
    world = world_of(TABLES["row label"])
    accept(**suggest(world, body(world), "Before.", f"Before {CANARY} value."))
    assert CANARY not in edition_of(world)


def test_as_many_statements_whether_two_texts_hide_words_or_six():
    case = CaseBuilder()
    case.redaction("R-AAAA")
    for letter in "ABCDEF":
        case.section(f"S-{letter * 4}", "Scope", f"The code is secret{letter} here and there.")
    world = structure_world(case)
    wanted = {"here": "here secretA secretB", "there": "there secretC secretF"}
    made = [suggest(world, body(world), old, new) for old, new in wanted.items()]
    statements = []
    for accepted, hiding in zip(made, ("AB", "CDEF"), strict=True):
        for letter in hiding:
            hide(world, "Jun", body(world, f"S-{letter * 4}"), f"secret{letter}")
        with CaptureQueriesContext(connection) as queries:
            accept(**accepted)
        statements.append([one for one in queries if "prose_anchor" not in one["sql"]])
    assert len(statements[0]) == len(statements[1])
    assert "secret" not in edition_of(world)


def test_words_split_off_and_hidden_there_are_not_restored_in_the_open():
    world = two()
    old = row(world, "P-AAAA")
    before = old.argument.version
    split = Split("P-AAAA", old.version, "New one", "why", blocks=frozenset({1}), argument=before)
    hide(world, "Jun", row(world, split_pathway(**act(world), split=split)).argument, CANARY)
    assert CANARY not in edition_of(world)
    text = row(world, "P-AAAA").argument
    restore_text(**act(world), text_key=text.key, version=before, seen=text.version)
    assert "The vault of" in edition_of(world)
    assert CANARY not in edition_of(world)


def merged_and_hidden() -> World:
    world = two()
    merge = Merge("P-AAAA", "P-BBBB", **seen(world, "P-AAAA"), why="w", append=frozenset({"argument"}))
    merge_pathways(**act(world), merge=merge)
    hide(world, "Jun", row(world, "P-BBBB").argument, CANARY)
    assert CANARY not in edition_of(world)
    return world


def test_words_merged_and_hidden_there_are_not_brought_back_in_the_open():
    world = merged_and_hidden()
    bring_back(**act(world), kind=PATHWAY, ref="P-AAAA")
    assert "The vault of" in words_of(row(world, "P-AAAA").argument, world)
    assert CANARY not in edition_of(world)


def test_words_hidden_where_they_went_and_deleted_there_are_not_brought_back_in_the_open():
    world = merged_and_hidden()
    type_over(world, "Jun", row(world, "P-BBBB").argument, CANARY, "")
    bring_back(**act(world), kind=PATHWAY, ref="P-AAAA")
    assert CANARY not in edition_of(world)
