"""The rule "a mark never slips" in the editor and in the authority: the same marks for the same step."""

from __future__ import annotations

from typing import Any

import pytest
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import Step as LibraryStep

from prose.covering import by_position
from prose.schema import TextSchema, schema_for
from tests.frontend.conftest import RunInNode
from tests.prose.as_the_editor import as_the_editor

KNOWN = frozenset({"R-2ABC", "R-3DEF", "R-4GHJ"})
STEPS = 1200


def marks_by_both(row: dict[str, Any]) -> tuple[dict[int, frozenset[str]], dict[int, frozenset[str]]]:
    """Position → redactions, as the authority says (but for tables whose label goes) and as the editor says."""
    schema = schema_for(TextSchema(row["kind"]))
    step = LibraryStep.from_json(schema, row["step"])
    here = as_the_editor(LibraryNode.from_json(schema, row["before"]), [step], KNOWN).document
    there = LibraryNode.from_json(schema, row["after"])
    assert here.text_content == there.text_content
    return tuple({at: leaf.refs for at, leaf in by_position(one).items()} for one in (here, there))  # type: ignore[return-value]


def test_both_rules_mark_the_same_words(in_node: RunInNode) -> None:
    rows = in_node("covering", STEPS, 7)
    assert len(rows) == STEPS
    assert sum(row["added"] for row in rows) > STEPS / 20
    for row in rows:
        here, there = marks_by_both(row)
        assert here == there, row["step"]


@pytest.mark.parametrize("fault", ["first-run-too-short", "forgets-what-was-replaced"])
def test_a_rule_that_differs_is_seen(fault: str, in_node: RunInNode) -> None:
    assert any(here != there for here, there in map(marks_by_both, in_node("covering", 500, 7, fault=fault)))
