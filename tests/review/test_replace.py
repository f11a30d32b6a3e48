"""Find and replace over the case: every place, chosen ones replaced together or not at all, hidden words kept hidden."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from prosemirror.model import Node as LibraryNode

from cases.audit import AuditVerb
from cases.models import AuditEvent
from pathways.models import Claim
from prose.models import Step, Text
from prose.schema import TextSchema
from review.history.replacing import Sought, hits_in, replacing_steps
from tests.case_builder import CaseBuilder, paragraphs
from tests.review.history_world import raw_of, text_of, type_over, words_of
from tests.review.marked_documents import document
from tests.review.redaction_world import at, live_world, section_read_by
from tests.world import World, grant_all, import_raw, people

pytestmark = pytest.mark.django_db


def body(words: str) -> LibraryNode:
    return document({"type": "doc", "content": paragraphs(words)})


def found(words: str, sought: str, instead: str = "X", **how: bool) -> list[str]:
    return [hit.words for hit in hits_in(body(words), Sought(sought, **how), instead)]


def test_words_are_found_with_any_capitals_unless_they_must_match():
    assert found("Halden 3, halden 3", "halden 3") == ["Halden 3", "halden 3"]
    assert found("Halden 3, halden 3", "halden 3", match_case=True) == ["halden 3"]


def test_whole_words_are_found_alone():
    assert found("A cap, caps, capped, cap-like.", "cap", whole_words=True) == ["cap", "cap"]
    assert len(found("A cap, caps, capped.", "cap")) == 3


def test_signs_mean_themselves_and_any_space_is_as_good_as_another():
    assert found("1.5 and 1x5 (a+b) [a", "1.5") == ["1.5"]
    assert found("(a+b)", "(a+b)") == ["(a+b)"]
    assert found("two  words, two\u00a0words", "two words") == ["two  words", "two\u00a0words"]


def test_words_are_found_across_marks_and_not_across_blocks_or_citations():
    assert found("Kept by [[R-AAAA the key]] team.", "the key team") == ["the key team"]
    assert found("the key\n\nteam", "the key team") == []
    assert found("the {C-AAAA}team", "the team") == []


def test_what_says_it_already_is_no_place():
    assert found("Halden 3 and halden 3", "halden 3", "Halden 3") == ["halden 3"]


EVERYWHERE: dict[str, Any] = {
    "type": "doc",
    "content": [
        {
            "type": "paragraph",
            "content": [
                {"type": "text", "text": "𝄞 old "},
                {"type": "footnote", "content": [{"type": "text", "text": "An old note."}]},
                {
                    "type": "text",
                    "text": " and old",
                    "marks": [{"type": "link", "attrs": {"href": "https://old.example/"}}],
                },
                {"type": "formula", "attrs": {"tex": "old"}},
            ],
        },
        {
            "type": "figure",
            "content": [
                {"type": "image", "attrs": {"file": "f-aaaaaaaaaaaaaaaa", "alt": "old"}},
                {"type": "caption", "content": [{"type": "text", "text": "The old one."}]},
            ],
        },
        {
            "type": "table",
            "content": [
                {
                    "type": "table_row",
                    "content": [
                        {
                            "type": "table_cell",
                            "content": [{"type": "paragraph", "content": [{"type": "text", "text": "old"}]}],
                        }
                    ],
                }
            ],
        },
        {
            "type": "transcript",
            "content": [
                {
                    "type": "turn",
                    "content": [
                        {"type": "speaker", "content": [{"type": "text", "text": "Old man"}]},
                        {"type": "paragraph", "content": [{"type": "text", "text": "So old."}]},
                    ],
                }
            ],
        },
    ],
}


def test_words_are_replaced_in_notes_captions_cells_and_transcripts_and_nothing_else_is():
    whole = document(EVERYWHERE)
    hits = hits_in(whole, Sought("old"), "new one")
    assert len(hits) == 7
    after = whole
    for step in replacing_steps(whole, hits, "new one"):
        result = step.apply(after)
        assert result.doc is not None
        after = result.doc
    after.check()
    said = str(after.to_json())
    assert said.count("new one") == 7
    assert [part for part in ("https://old.example/", "'tex': 'old'", "'alt': 'old'") if part in said] == [
        "https://old.example/",
        "'tex': 'old'",
        "'alt': 'old'",
    ]
    assert '" and new one"' in str(after), "a link goes on over the new words"


def test_new_words_look_as_all_of_the_old_ones_did():
    strong, em = {"type": "strong"}, {"type": "em"}
    raw = {
        "type": "doc",
        "content": [
            {"type": "text", "text": "a", "marks": [em, strong]},
            {"type": "text", "text": "b", "marks": [strong]},
        ],
    }
    (step,) = replacing_steps(line := document(raw, TextSchema.LINE), hits_in(line, Sought("ab"), "c"), "c")
    assert str(step.apply(line).doc) == 'doc(strong("c"))'


# Over the case


@pytest.fixture
def world() -> World:
    return live_world()


@pytest.fixture
def text(world: World) -> Text:
    return text_of(world, "Plain words.")


def path(world: World) -> str:
    return f"/cases/{world.case_id}/replace/"


def listed(world: World, find: str, instead: str = "", name: str = "Ada", **more: str) -> tuple[list[str], str]:
    """The choices on the page, and the page."""
    page = at(world, name).get(path(world), {"find": find, "instead": instead, **more})
    assert page.status_code == 200
    body = page.content.decode()
    return re.findall(r'name="chosen" value="([^"]+)"', body), body


def sent(world: World, find: str, instead: str, chosen: list[str], name: str = "Ada", **more: str) -> Any:
    return at(world, name).post(path(world), {"find": find, "instead": instead, "chosen": chosen, **more})


def test_every_place_is_listed_by_text_in_context_and_chosen(world, text):
    choices, page = listed(world, "plain", "Simple")
    assert choices == [f"{text.key}:0:1"]
    assert "<del>Plain</del> <ins>Simple</ins> words." in page
    assert "Body of S-AAAA" in page
    assert "1 place in 1 text" in page


def test_chosen_places_are_replaced_and_others_are_not(world, text):
    type_over(world, "Ada", text, "Plain", "Plain and plain, plain")
    choices, _ = listed(world, "plain", "simple")
    assert len(choices) == 3
    answer = sent(world, "plain", "simple", [choices[0], choices[2]])
    assert answer.status_code == 302
    assert "simple and plain, simple words." in words_of(text, world)
    last = Step.objects.filter(text=text).latest("version")
    assert (last.why, last.by_id, last.version) == ("replaced", world.users["Ada"].pk, 2)
    assert AuditEvent.objects.filter(verb=AuditVerb.WORDS_REPLACED, case_id=world.case_id).count() == 1


def test_replaced_words_inside_a_hidden_span_stay_hidden(world, text):
    before = section_read_by(world, "public")
    choices, page = listed(world, "one hidden", "a third party")
    (choice,) = choices
    assert re.search(r'<ins><span class="mark-redact" data-refs="R-WRDS"[^>]*>a third party</span></ins>', page)
    assert "In 1 place the new words are hidden" in page
    assert sent(world, "one hidden", "a third party", [choice]).status_code == 302
    assert "a third party" in words_of(text, world)
    assert section_read_by(world, "public") == before


def test_words_half_of_which_are_hidden_are_wholly_hidden_when_replaced(world):
    pathway = text_of(world, "It would need weights")
    choices, _ = listed(world, "kept by", "guarded by")
    assert sent(world, "kept by", "guarded by", choices).status_code == 302
    whole = "by QXCANARYtwo team"
    choices, _ = listed(world, whole, "somewhere")
    assert sent(world, whole, "somewhere", choices).status_code == 302
    marks = [child["marks"] for child in raw_of(pathway)["content"][0]["content"] if child.get("text") == "somewhere"]
    assert marks == [[{"type": "redaction", "attrs": {"ref": "R-WRDS"}}]]


def test_a_text_that_changed_meanwhile_stops_all_of_it_with_a_sentence(world, text):
    other = text_of(world, "Egress is capped.")
    choices, _ = listed(world, "is", "was")
    assert len({choice.split(":")[0] for choice in choices}) > 1
    type_over(world, "Jun", other, "capped", "measured")
    answer = sent(world, "is", "was", choices)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Statement of C-BBBB was changed meanwhile, so nothing was replaced." in page
    assert not Step.objects.filter(why="replaced").exists()
    assert 'value="is"' in page
    assert 'value="was"' in page


def test_what_was_left_out_stays_left_out_when_the_page_comes_back(world, text):
    type_over(world, "Ada", text, "Plain", "Plain and plain, plain")
    choices, _ = listed(world, "plain", "simple")
    page = sent(world, "plain", "simple", [choices[0], f"{text.key}:1:999"]).content.decode()
    assert "does not stand there" in page
    assert re.findall(r'value="(t-[^"]+)"( checked)?', page) == [
        (choices[0], " checked"),
        (choices[1], ""),
        (choices[2], ""),
    ]


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ([], "Choose at least one place."),
        (["x"], "does not stand there"),
        (["t-zzzzzzzzzzzzzzzz:0:1"], "is not there any more"),
    ],
)
def test_a_choice_that_is_none_replaces_nothing(world, text, chosen, why):
    answer = sent(world, "Plain", "Simple", chosen)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert "Plain" in words_of(text, world)


def test_words_may_be_taken_out(world, text):
    choices, _ = listed(world, "Plain ")
    assert sent(world, "Plain ", "", choices).status_code == 302
    assert words_of(text, world).startswith("words.")


def test_one_line_is_all_that_can_be_put_there(world, text):
    choices, _ = listed(world, "Plain", "Simple")
    sent(world, "Plain", "One\n\ntwo", choices)
    assert raw_of(text)["content"][0]["content"][0]["text"] == "One two words. "


@pytest.mark.parametrize(("name", "status"), [("Ada", 200), ("Jun", 200), ("Lex", 404), ("Sten", 404), ("Sofia", 404)])
def test_only_who_may_write_replaces(world, text, name, status):
    assert at(world, name).get(path(world), {"find": "Plain"}).status_code == status
    answer = sent(world, "Plain", "Simple", [f"{text.key}:0:1"], name)
    assert answer.status_code == (302 if status == 200 else 404)
    assert ("Simple" in words_of(text, world)) is (status == 200)


def test_a_text_of_another_case_is_not_reached(world, text):
    other = CaseBuilder("K-THER")
    other.section("S-AAAA", "Theirs", "Plain words.")
    case_id = import_raw(other.file)
    key = Text.objects.filter(scope_id=case_id, kind="body").exclude(key=text.key)[0].key
    if not Text.objects.filter(scope_id=world.case_id, key=key).exists():
        assert sent(world, "Plain", "Simple", [f"{key}:0:1"]).status_code == 422
    assert not Step.objects.filter(text__scope_id=case_id).exists()


def test_what_is_retired_is_left_alone(world):
    claim = Claim.objects.get(case_id=world.case_id, ref="C-BBBB")
    choices, _ = listed(world, "Egress is", "Traffic is")
    Claim.objects.filter(pk=claim.pk).update(retired=True)
    left = [choice for choice in choices if choice.startswith(claim.statement.key)]
    assert len(left) == 1
    assert left[0] not in listed(world, "Egress is", "Traffic is")[0]
    assert sent(world, "Egress is", "Traffic is", left).status_code == 422


def test_nothing_found_says_so_and_an_empty_field_is_refused(world):
    assert "Found nowhere" in listed(world, "no such words at all")[1]
    assert at(world, "Ada").get(path(world), {"find": "  "}).status_code == 422
    assert at(world, "Ada").get(path(world)).status_code == 200


def many_places(count: int) -> World:
    case = CaseBuilder()
    for number in range(count):
        case.section(
            f"S-A{'23456789ABCDEFGH'[number // 16]}{'23456789ABCDEFGH'[number % 16]}", "A title", "old old old old"
        )
    users = people()
    world = World(import_raw(case.file), users)
    grant_all(world.case_id, users)
    return world


def test_more_places_than_a_page_shows_are_counted():
    world = many_places(80)
    choices, page = listed(world, "old", "new")
    assert len(choices) == 300
    assert "320 places in 75 texts, 300 of them here" in page
    assert sent(world, "old", "new", choices).status_code == 302
    assert len(listed(world, "old", "new")[0]) == 20


def test_statements_do_not_grow_with_the_places():
    world = many_places(1)
    counted = []
    for more in (False, True):
        if more:
            for _ in range(5):
                type_over(world, "Ada", text_of(world, "old old old old"), "", "old ")
        client = at(world, "Ada")
        client.get(path(world), {"find": "old"})
        with CaptureQueriesContext(connection) as queries:
            client.get(path(world), {"find": "old", "instead": "new"})
        counted.append(
            len([q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "SET "))])
        )
    assert counted[0] == counted[1]
    assert counted[0] <= 20
