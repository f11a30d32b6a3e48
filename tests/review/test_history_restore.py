"""Restoring an older version: a page that says exactly what will change, then a new change that shows nothing that is hidden."""

from __future__ import annotations

import random
import re

import pytest
from django.utils.html import strip_tags
from prosemirror.model import Node as LibraryNode

from cases.actions.deciding import narrow
from cases.audit import AuditVerb
from cases.models import AuditEvent
from prose.anchors import Span
from prose.library import read_document
from prose.models import Step, Text
from prose.schema import TextSchema
from review.actions.restoring import restore_text
from review.loaders.history.restoring import restoring
from tests.review.history_world import hide, position, text_of, type_after, type_over, words_of
from tests.review.marked_documents import hidden_words, shown_words
from tests.review.redaction_world import at, live_world, section_read_by
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return live_world()


@pytest.fixture
def text(world: World) -> Text:
    return text_of(world, "Plain words.")


def path(world: World, text: Text) -> str:
    return f"/cases/{world.case_id}/texts/{text.key}/restore/"


def restored(world: World, text: Text, version: int, name: str = "Ada") -> int:
    text.refresh_from_db()
    now = restore_text(
        by=world.actor(name), case_id=world.case_id, text_key=text.key, version=version, seen=text.version
    )
    text.refresh_from_db()
    return now


def test_words_come_back_as_a_new_change_by_whoever_restored_them(world, text):
    type_over(world, "Jun", text, "Plain", "Ornate")
    assert restored(world, text, 0) == 2
    assert "Plain words." in words_of(text, world)
    last = Step.objects.get(text=text, version=2)
    assert (last.why, last.by_id) == ("restored", world.users["Ada"].pk)
    assert AuditEvent.objects.filter(verb=AuditVerb.TEXT_RESTORED, target=text.key, case_id=world.case_id).count() == 1
    assert restored(world, text, 1) == 3, "and what stood there comes back in turn"
    assert "Ornate words." in words_of(text, world)


def test_words_hidden_since_stay_hidden_and_no_audience_reads_them(world, text):
    type_after(world, "Ada", text, "Plain words.", " Kept by Anna.")
    hide(world, "Ada", text, "Anna")
    type_over(world, "Ada", text, "Plain", "Simple")
    restored(world, text, 1)
    assert "Plain words. Kept by Anna." in words_of(text, world)
    assert "Plain words. Kept by [withheld]" in section_read_by(world, "public")


def test_hidden_words_that_were_deleted_come_back_hidden(world, text):
    type_after(world, "Ada", text, "Plain words.", " Kept by Anna.")
    hide(world, "Ada", text, "Anna")
    type_over(world, "Ada", text, " Kept by Anna.", "")
    restored(world, text, 2)
    assert "Kept by [withheld]" in section_read_by(world, "public")


def test_words_hidden_since_and_rewritten_elsewhere_come_back_hidden(world, text):
    """They are in the old version without any mark: what says so is that they are hidden now."""
    type_after(world, "Ada", text, "Plain words.", " Ask Anna about it.")
    type_over(world, "Ada", text, " Ask Anna about it.", "")
    type_over(world, "Ada", text, "Plain", "Anna said: plain")
    hide(world, "Ada", text, "Anna said")
    restored(world, text, 1)
    assert "Ask Anna about it" in words_of(text, world)
    assert "Anna" not in section_read_by(world, "public")


def test_words_hidden_later_and_deleted_since_come_back_hidden(world, text):
    """In the old version they carry no mark, and now they stand nowhere: only the log says that they were hidden."""
    type_after(world, "Ada", text, "Plain words.", " Kept by Anna in Bergen. Bergen is far.")
    type_over(world, "Jun", text, "Plain", "Simple")
    ref = hide(world, "Ada", text, "Anna in Bergen")
    type_over(world, "Jun", text, " Kept by Anna in Bergen.", "")
    assert restoring(world.actor("Ada"), world.case_id, text.key, 1, "/").comes_hidden == (ref,)
    restored(world, text, 1)
    assert "Plain words. Kept by Anna in Bergen. Bergen is far." in words_of(text, world)
    assert "Plain words. Kept by [withheld]. Bergen is far." in section_read_by(world, "public")


def test_words_that_were_moved_hidden_there_and_deleted_come_back_hidden(world, text):
    type_after(world, "Ada", text, "Plain words.", " Ask Anna.")
    type_over(world, "Ada", text, " Ask Anna.", "")
    type_over(world, "Ada", text, "Plain", "Anna: plain")
    hide(world, "Ada", text, "Anna")
    type_over(world, "Ada", text, "Anna: plain", "Plain")
    restored(world, text, 1)
    assert "Ask Anna" in words_of(text, world)
    assert "Anna" not in section_read_by(world, "public")


def test_words_shown_again_since_stay_shown(world, text):
    ref = hide(world, "Ada", text, "words")
    start = position(text, "words")
    narrow(
        by=world.actor("Lex"),
        case_id=world.case_id,
        ref=ref,
        text_key=text.key,
        version=text.version,
        span=Span(start + 2, start + 5),
    )
    type_over(world, "Ada", text, "Plain", "Simple")
    restored(world, text, 1)
    assert "Plain [withheld]rds." in section_read_by(world, "public")


def test_the_page_says_exactly_what_will_change_and_who_stays_hidden(world, text):
    type_after(world, "Ada", text, "Plain words.", " Kept by Anna.")
    ref = hide(world, "Ada", text, "Anna")
    type_over(world, "Ada", text, " Kept by Anna.", "")
    page = at(world, "Ada").get(f"{path(world, text)}?version=2").content.decode()
    (changed,) = re.findall(r'<div class="changed-text">(.*?)</div>', page, re.DOTALL)
    assert re.search(
        rf'<ins>Kept by</ins> <ins><span class="mark-redact" data-refs="{ref}"[^>]*>Anna</span></ins>', changed
    )
    assert f"Words that come back hidden carry {ref}" in page
    before = restoring(world.actor("Ada"), world.case_id, text.key, 2, "./").difference
    restored(world, text, 2)
    after = at(world, "Ada").get(f"/cases/{world.case_id}/texts/{text.key}/history/").content.decode()
    assert before is not None
    assert strip_tags(changed) in strip_tags(after), "the history then tells the same"


def test_posting_restores_and_goes_back_to_the_history(world, text):
    type_over(world, "Jun", text, "Plain", "Ornate")
    answer = at(world, "Jun").post(path(world, text), {"version": 0, "seen": 1})
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/cases/{world.case_id}/texts/{text.key}/history/",
    )
    assert "Plain words." in words_of(text, world)


def test_a_text_that_changed_meanwhile_is_not_restored_and_the_page_says_so(world, text):
    type_over(world, "Jun", text, "Plain", "Ornate")
    type_over(world, "Jun", text, "Ornate", "Gaudy")
    answer = at(world, "Ada").post(path(world, text), {"version": 0, "seen": 1})
    assert answer.status_code == 422
    assert "Somebody changed this text meanwhile" in answer.content.decode()
    assert "Gaudy" in words_of(text, world)


def test_the_words_of_now_can_not_be_restored(world, text):
    hide(world, "Ada", text, "words")
    assert "These are the words of now" in at(world, "Ada").get(f"{path(world, text)}?version=0").content.decode()
    assert restored(world, text, 0) == 1, "nothing is stored"


@pytest.mark.parametrize(("name", "status"), [("Ada", 200), ("Jun", 200), ("Lex", 404), ("Sten", 404), ("Sofia", 404)])
def test_only_who_may_write_restores(world, text, name, status):
    type_over(world, "Jun", text, "Plain", "Ornate")
    assert at(world, name).get(f"{path(world, text)}?version=0").status_code == status
    answer = at(world, name).post(path(world, text), {"version": 0, "seen": 1})
    assert answer.status_code == (302 if status == 200 else 404)
    assert ("Ornate" in words_of(text, world)) is (status == 404)


@pytest.mark.parametrize("version", [7, -1, "x", 2**40])
def test_a_version_that_never_was_is_nowhere(world, text, version):
    type_over(world, "Jun", text, "Plain", "Ornate")
    assert at(world, "Ada").get(f"{path(world, text)}?version={version}").status_code == 404
    assert at(world, "Ada").post(path(world, text), {"version": version, "seen": 1}).status_code == 404


def test_a_history_page_offers_to_restore_to_writers_only(world, text):
    type_over(world, "Jun", text, "Plain", "Ornate")
    type_over(world, "Ada", text, "Ornate", "Gaudy")
    history = f"/cases/{world.case_id}/texts/{text.key}/history/"
    assert "Restore…" in at(world, "Jun").get(history).content.decode()
    assert "Restore…" not in at(world, "Sten").get(history).content.decode()


WORDS = ("Anna", "Bert", "kept", "the keys", "in a safe", "twice.", "secret", "and so on,")


@pytest.mark.parametrize("seed", range(15))
def test_nothing_hidden_is_shown_by_restoring_whatever_was_done_before(world, text, seed):
    """Random histories: typing, deleting, hiding, restoring; the stored text itself is looked at."""
    chance = random.Random(seed)
    hidden_later: dict[int, set[str]] = {}
    for _ in range(25):
        act = chance.choice(("type", "type", "delete", "hide", "restore"))
        words = words_of(text, world).split("\n")[0].split()
        if act == "type":
            type_over(world, chance.choice(("Ada", "Jun")), text, "", f"{chance.choice(WORDS)} ")
        elif act == "restore" and text.version:
            restore_and_look(world, text, chance.randrange(text.version), hidden_later)
        elif act in ("hide", "delete") and len(words) > 1:
            piece = chance.choice(words)
            hide(world, "Ada", text, piece) if act == "hide" else type_over(world, "Jun", text, piece, "")
            hidden_later[text.version] = only_hidden(read_document(text.content, TextSchema(text.kind)))


def only_hidden(document: LibraryNode) -> set[str]:
    return hidden_words(document) - shown_words(document)


def restore_and_look(world: World, text: Text, version: int, hidden_later: dict[int, set[str]]) -> None:
    kind = TextSchema(text.kind)
    before = read_document(text.content, kind)
    restored(world, text, version)
    after = read_document(text.content, kind)
    hidden = only_hidden(before).union(*(words for at, words in hidden_later.items() if at > version))
    assert not (shown_words(after) - shown_words(before)) & hidden
