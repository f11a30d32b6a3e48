"""What comes back hidden when an older version is restored, whatever stands in the text now; the Public edition is looked at."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prose.actions import unmark_words
from prose.anchors import Span
from prose.library import read_document
from prose.models import Text
from prose.schema import TextSchema
from prose.versions import content_at
from review.actions.restoring import restore_text
from review.loaders.history.hidden_later import returning
from tests.case_builder import CaseBuilder
from tests.pathways.structure_world import act, edition_of, row, structure_world
from tests.review.history_world import hide, position, send, type_after, type_over, words_of
from tests.world import CANARY, World

pytestmark = pytest.mark.django_db

ADDRESS = f"https://x.example/{CANARY}"
LINK = {"type": "link", "attrs": {"href": ADDRESS}}


def section(words: str) -> World:
    case = CaseBuilder()
    case.section("S-AAAA", "Scope", words)
    return structure_world(case)


def linked() -> World:
    """A text with a word that is a link."""
    case = CaseBuilder()
    case.section("S-AAAA", "Scope", "See the report now.")
    words = ({"text": "See the "}, {"text": "report", "marks": [LINK]}, {"text": " now."})
    paragraph = case.file["sections"][0]["body"]["content"]["content"][0]
    paragraph["content"] = [{"type": "text", **one} for one in words]
    return structure_world(case)


def body(world: World) -> Text:
    return row(world, "S-AAAA").body


def rewrite(world: World, text: Text, words: str) -> None:
    """Delete everything, and write something else."""
    type_over(world, "Jun", text, words_of(text, world), "")
    insert(world, text, {"type": "text", "text": words})


def insert(world: World, text: Text, node: dict[str, object], at: int = 1) -> None:
    send(world, "Jun", text, {"stepType": "replace", "from": at, "to": at, "slice": {"content": [node]}})


def show_again(world: World, text: Text, words: str, ref: str) -> None:
    start = position(text, words)
    unmark_words(
        scope_id=world.case_id,
        key=text.key,
        version=text.version,
        span=Span(start, start + len(words)),
        ref=ref,
        by_id=world.users["Lex"].pk,
    )


def restore(world: World, text: Text, version: int) -> None:
    text.refresh_from_db()
    restore_text(**act(world), text_key=text.key, version=version, seen=text.version)


@pytest.mark.parametrize("now", ["We saw 40 in all.", "40", "Up to 40 units were counted."])
@pytest.mark.parametrize("marked", [True, False], ids=["version with the mark", "version before it"])
def test_restored_words_that_meet_the_same_word_of_now_stay_hidden(now, marked):
    world = section("The limit is 40 units. Staff number 40 people.")
    text = body(world)
    hide(world, "Jun", text, "40")
    version = text.version if marked else 0
    rewrite(world, text, now)
    restore(world, text, version)
    assert "The limit is 40 units" in words_of(text, world)
    assert "limit is 40" not in edition_of(world)


def test_restored_name_that_stands_elsewhere_now_stays_hidden():
    world = section("The leak was found by Anna Berg.")
    text = body(world)
    hide(world, "Jun", text, "Anna Berg")
    rewrite(world, text, "Thanks to Anna Berg.")
    restore(world, text, 1)
    assert "found by Anna" not in edition_of(world)


def test_word_that_stands_alone_in_a_block_of_its_own_now_comes_back_hidden():
    """The blocks are the same, word for word; what stands around them is not."""
    world = section("The limit is this.\n\n40")
    text = body(world)
    hide(world, "Jun", text, "40")
    type_over(world, "Jun", text, "40", "")
    type_over(world, "Jun", text, "The limit is this.", "40")
    restore(world, text, 1)
    assert words_of(text, world) == "The limit is this.\n40"
    assert "40" not in edition_of(world)


def test_words_shown_again_in_the_same_block_stay_shown():
    world = section("The limit is 40 units.\n\nStaff number many.")
    text = body(world)
    ref = hide(world, "Jun", text, "40")
    show_again(world, text, "40", ref)
    type_over(world, "Jun", text, "many", "few")
    type_over(world, "Jun", text, "limit", "bound")
    restore(world, text, 1)
    assert "The limit is 40 units" in edition_of(world)
    assert "Staff number many" in edition_of(world)


def test_word_shown_again_beside_other_hidden_ones_stays_shown():
    world = section("The limit is 40 units. Staff number many.")
    text = body(world)
    ref = hide(world, "Jun", text, "40")
    hide(world, "Jun", text, "units")
    show_again(world, text, "40", ref)
    type_over(world, "Jun", text, "many", "few")
    restore(world, text, 2)
    assert "The limit is 40 " in edition_of(world)
    assert "units" not in edition_of(world)


def test_words_shown_again_after_everything_around_them_was_rewritten_come_back_hidden():
    """Who showed them did so beside other words."""
    world = section("The limit is 40 units.")
    text = body(world)
    ref = hide(world, "Jun", text, "40")
    type_over(world, "Jun", text, "The limit is", "We counted")
    show_again(world, text, "40", ref)
    assert "We counted 40 units" in edition_of(world)
    restore(world, text, 1)
    assert "limit is 40" not in edition_of(world)


def test_words_shown_again_and_hidden_anew_come_back_hidden():
    world = section("The limit is 40 units.")
    text = body(world)
    ref = hide(world, "Jun", text, "40")
    show_again(world, text, "40", ref)
    hide(world, "Jun", text, "40")
    rewrite(world, text, "We saw 40 in all.")
    restore(world, text, 1)
    assert "limit is 40" not in edition_of(world)


@pytest.mark.parametrize("way", ["rewritten", "shown again"])
def test_address_of_a_link_that_was_hidden_is_not_restored_in_the_open(way):
    world = linked()
    text = body(world)
    ref = hide(world, "Jun", text, "report")
    at = position(text, "report")
    if way == "rewritten":
        rewrite(world, text, "See the report now.")
    else:  # the secret was the address: the author takes it off, the decider shows the word
        send(world, "Jun", text, {"stepType": "removeMark", "from": at, "to": at + 6, "mark": LINK})
        show_again(world, text, "report", ref)
    assert "See the report now" in edition_of(world)
    restore(world, text, 0)
    assert CANARY not in edition_of(world)


def test_address_that_other_words_hide_now_is_not_restored_in_the_open():
    world = linked()
    text = body(world)
    at = position(text, "report")
    send(world, "Jun", text, {"stepType": "removeMark", "from": at, "to": at + 6, "mark": LINK})
    insert(world, text, {"type": "text", "text": "There. ", "marks": [LINK]})
    hide(world, "Jun", text, "There")
    assert CANARY in edition_of(world), "the space after it is a link too"
    hide(world, "Jun", text, ". ")
    assert CANARY not in edition_of(world)
    restore(world, text, 0)
    assert CANARY not in edition_of(world)


def moved_and_deleted() -> tuple[World, Text]:
    """Words go from the open into hidden ones by hand, and are deleted there."""
    world = section(f"The code is {CANARY} here. The key is kept elsewhere entirely.")
    text = body(world)
    hide(world, "Jun", text, "key is kept")
    type_over(world, "Jun", text, f" is {CANARY}", "")
    type_after(world, "Jun", text, "key is", f" {CANARY}")
    return world, text


@pytest.mark.parametrize("how", ["at once", "letter by letter", "with all around it"])
def test_words_that_were_moved_into_hidden_ones_and_deleted_come_back_hidden(how):
    world, text = moved_and_deleted()
    if how == "letter by letter":
        for length in range(len(CANARY), 0, -1):
            type_over(world, "Jun", text, CANARY[:length], CANARY[: length - 1])
    else:
        type_over(world, "Jun", text, f" {CANARY}" if how == "at once" else f"key is {CANARY} kept elsewhere", "")
    assert CANARY not in edition_of(world)
    restore(world, text, 0)
    assert CANARY in words_of(text, world)
    assert CANARY not in edition_of(world)


def test_words_that_were_shown_too_when_they_were_hidden_count_as_hidden_once_they_are_not():
    world = section(f"The code is {CANARY} here. Again {CANARY} there.")
    text = body(world)
    hide(world, "Jun", text, f"code is {CANARY}")
    type_over(world, "Jun", text, f"Again {CANARY}", "Again")
    type_over(world, "Jun", text, f"The code is {CANARY} here.", "Here.")
    assert CANARY not in edition_of(world)
    restore(world, text, 0)
    assert CANARY not in edition_of(world)


def statements(world: World, text: Text) -> int:
    with CaptureQueriesContext(connection) as captured:
        returning(text, 0, read_document(content_at(text, 0), TextSchema.BODY))
    return len(captured)


def test_what_was_hidden_is_read_in_as_many_statements_for_one_deletion_as_for_many():
    world, text = moved_and_deleted()
    once = statements(world, text)
    for _ in range(3):
        type_over(world, "Jun", text, CANARY, "")
        type_after(world, "Jun", text, "key is", f" {CANARY}")
    assert statements(world, text) == once
