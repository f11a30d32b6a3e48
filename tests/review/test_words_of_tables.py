"""Words of a table that readers don't see, because a label of it is hidden, are not shown by what is made of them."""

from __future__ import annotations

from typing import Any

import pytest
from prosemirror.model import Node as LibraryNode

from evidence.values import Direction, EvidenceType
from pathways.values import ClaimKind, Grade
from prose.anchors import Span
from prose.library import read_document
from prose.models import Text
from prose.nodes import utf16_length
from prose.schema import TextSchema
from review.actions.from_words import Selected, make_claim, make_evidence
from tests.case_builder import CaseBuilder, paragraphs
from tests.pathways.structure_world import act, edition_of, raw, refs, row, structure_world
from tests.review.history_world import position, send, type_over
from tests.world import CANARY, World

pytestmark = pytest.mark.django_db
Raw = dict[str, Any]


def cell(words: str | Raw, kind: str = "table_cell") -> Raw:
    content = paragraphs(words) if isinstance(words, str) else [words]
    return {"type": kind, "attrs": {"colspan": 1, "rowspan": 1}, "content": content}


def table(*rows: list[Raw]) -> Raw:
    return {"type": "table", "content": [{"type": "table_row", "content": row} for row in rows]}


def header(words: str) -> Raw:
    return cell(words, "table_header")


HIDDEN = "[[R-AAAA hidden name]]"
TABLES = {
    "column header": table([header("Model"), header(HIDDEN)], [cell("Ferris"), cell(f"{CANARY} value")]),
    "other column's header": table([header(HIDDEN), header("Score")], [cell("Ferris"), cell(f"{CANARY} value")]),
    "row label": table([cell("Model"), cell("Score")], [cell(HIDDEN), cell(f"{CANARY} value")]),
    "part of a label": table([cell("Model"), cell("Score")], [cell(f"a {HIDDEN} b"), cell(f"{CANARY} value")]),
    "table around": table([cell(HIDDEN)], [cell("Ferris"), cell(table([cell("a"), cell(f"{CANARY} value")]))]),
    "label in a quote": table(
        [cell({"type": "blockquote", "content": paragraphs(HIDDEN)})], [cell("x"), cell(f"{CANARY} value")]
    ),
}
SHOWN = table([cell("Model"), cell("Score")], [cell("Ferris"), cell(f"{CANARY} value [[R-AAAA other]]")])


def world_of(one: Raw) -> World:
    case = CaseBuilder()
    case.redaction("R-AAAA")
    case.section("S-AAAA", "Scores", "Before.")
    case.file["sections"][0]["body"]["content"]["content"].append(one)
    return structure_world(case)


def selected(world: World) -> Selected:
    """The words of the cell that the label of its table hides."""
    text = row(world, "S-AAAA").body
    found: list[int] = []

    def visit(node: LibraryNode, position: int, *_: object) -> None:
        if node.is_text and str(node.text).startswith(CANARY):
            found.append(position)

    read_document(text.content, TextSchema.BODY).descendants(visit)
    return Selected(text.key, text.version, Span(found[0], found[0] + utf16_length(f"{CANARY} value")))


@pytest.mark.parametrize("name", TABLES)
def test_what_is_made_of_a_cell_is_hidden_as_its_grid_is(name: str):
    world = world_of(TABLES[name])
    assert CANARY not in edition_of(world)
    assert CANARY in edition_of(world, "full")
    make_claim(**act(world), selected=selected(world), kind=ClaimKind.SECURITY)
    assert CANARY not in edition_of(world)
    assert edition_of(world, "full").count(CANARY) > 1


def test_evidence_made_of_a_cell_is_hidden_too():
    world = world_of(TABLES["column header"])
    says = (Direction.FOR, Grade.STRONG)
    make_evidence(**act(world), selected=selected(world), kind=EvidenceType.OTHER, says=says)
    assert CANARY not in edition_of(world)


def test_words_of_a_grid_that_is_shown_stay_shown():
    world = world_of(SHOWN)
    assert CANARY in edition_of(world)
    make_claim(**act(world), selected=selected(world), kind=ClaimKind.SECURITY)
    assert "R-AAAA" not in raw(world, refs(world, "C")[-1], "statement")


def body_of(world: World) -> Text:
    return row(world, "S-AAAA").body


@pytest.mark.parametrize("name", TABLES)
def test_hidden_label_that_is_deleted_does_not_show_its_table(name: str):
    world = world_of(TABLES[name])
    type_over(world, "Jun", body_of(world), "hidden name", "")
    assert CANARY not in edition_of(world)
    assert CANARY in edition_of(world, "full")


def test_column_before_a_hidden_label_does_not_show_the_table():
    world = world_of(table([cell("Model"), cell("Score")], [cell(HIDDEN), cell(CANARY)]))
    new = {"type": "table_cell", "attrs": {"colspan": 1, "rowspan": 1}, "content": [{"type": "paragraph"}]}
    text = body_of(world)
    for words in ("hidden name", "Model"):
        at = position(text, words) - 2
        send(world, "Jun", text, {"stepType": "replace", "from": at, "to": at, "slice": {"content": [new]}})
    assert CANARY not in edition_of(world)
    assert CANARY in edition_of(world, "full")


def test_hidden_header_that_becomes_a_cell_does_not_show_the_table():
    world = world_of(table([header("Model"), header(HIDDEN)], [cell("Ferris"), cell(f"{CANARY} value")]))
    text = body_of(world)
    start = position(text, "hidden name") - 2
    inner = {"from": start, "to": start + 15, "gapFrom": start + 1, "gapTo": start + 14, "insert": 1, "structure": True}
    as_cell = {"content": [{"type": "table_cell", "attrs": {"colspan": 1, "rowspan": 1}}]}
    send(world, "Jun", text, {"stepType": "replaceAround", **inner, "slice": as_cell})
    assert CANARY not in edition_of(world)
    assert CANARY in edition_of(world, "full")


def test_words_typed_in_the_cell_of_a_hidden_label_leave_the_other_cells_alone():
    world = world_of(TABLES["part of a label"])
    type_over(world, "Jun", body_of(world), "a ", "the ")
    type_over(world, "Jun", body_of(world), "hidden name", "other")
    assert CANARY not in edition_of(world)
    assert raw(world, "S-AAAA", "body").count("R-AAAA") == 1
