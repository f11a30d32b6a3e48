"""A mark never slips: words that replace hidden ones, stand inside them, or touch them without a space, become hidden."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prosemirror.model import Fragment, Slice
from prosemirror.model import Node as LibraryNode
from prosemirror.transform import AddMarkStep, AddNodeMarkStep, ReplaceAroundStep, ReplaceStep, Transform
from prosemirror.transform import Step as LibraryStep

from cases.redaction.facts import EMPTY_REGISTER, Audience
from cases.redaction.rule import redact_document
from prose.authority import advance
from prose.content import check_content, plain_text
from prose.covering import by_position, leaf_after, leaf_before, leaves_between, missing_marks, ranges
from prose.grids import hidden_as_in_grids, withheld_grids
from prose.guard import BadSteps
from prose.library import stored_document
from prose.marked import parsed
from prose.nodes import Node, node_to_json
from prose.schema import TextSchema, schema_for
from tests.case_builder import paragraphs
from tests.prose.random_edits import REFS, random_document, random_steps

SCHEMA = schema_for(TextSchema.BODY)
NOBODY = Audience("public", "Public", outward=True)
KNOWN = frozenset({*REFS, "R-AAAA", "R-BBBB"})
Raw = dict[str, Any]


def document(words: str) -> LibraryNode:
    """From words such as `one [[R-AAAA two]] three`; a blank line between paragraphs."""
    raw: Raw = {"type": "doc", "content": paragraphs(words)}
    return LibraryNode.from_json(SCHEMA, node_to_json(check_content(raw, TextSchema.BODY)))


def tree(found: LibraryNode) -> Node:
    return parsed(stored_document(found))


def shown(found: LibraryNode) -> str:
    """As somebody reads it who is cleared for nothing; ▇ for a bar."""
    return plain_text(redact_document(tree(found), EMPTY_REGISTER, NOBODY)[0], "¶").replace("[withheld]", "▇")


def after(before: LibraryNode, *steps: LibraryStep) -> LibraryNode:
    return advance(before, list(steps), KNOWN).document


def hidden(found: LibraryNode) -> list[tuple[str, list[str]]]:
    """What is marked, and by what."""
    return [(plain_text(leaf), sorted(leaf.refs())) for leaf in tree(found).leaves() if leaf.refs()]


def put(start: int, end: int, *content: Raw, open_: tuple[int, int] = (0, 0)) -> ReplaceStep:
    nodes = [LibraryNode.from_json(SCHEMA, one) for one in content]
    return ReplaceStep(start, end, Slice(Fragment.from_(nodes), *open_))


def typed(at: int, words: str, to: int = 0) -> ReplaceStep:
    return put(at, to or at, {"type": "text", "text": words})


def test_words_put_back_behind_the_gap_of_one_step_stay_hidden():
    """A step may keep a letter in the middle of what it replaces; what it deletes before that letter may come back after it."""
    around = ReplaceAroundStep(4, 9, 8, 9, Slice(Fragment.from_(SCHEMA.text(" two")), 0, 0), 0)
    before = document("one[[R-AAAA two ]] three")
    assert shown(before) == "one▇ three"
    found = after(before, around)
    assert "two" not in shown(found)


# `one two three`, where `two` stands from 5 to 8.
ONE = "one [[R-AAAA two]] three"


@pytest.mark.parametrize(
    ("step", "reads", "marked"),
    [
        (typed(6, "x"), "one ▇ three", "txwo"),
        (typed(6, " x y "), "one ▇ three", "t x y wo"),
        (typed(8, "x"), "one ▇ three", "twox"),
        (typed(8, "x y"), "one ▇ y three", "twox"),
        (typed(8, " x"), "one ▇ x three", "two"),
        (typed(8, " "), "one ▇  three", "two"),
        (typed(5, "x"), "one ▇ three", "xtwo"),
        (typed(5, "y x"), "one y ▇ three", "xtwo"),
        (typed(5, "x "), "one x ▇ three", "two"),
        (typed(5, "x", 8), "one ▇ three", "x"),
        (typed(5, "two", 8), "one ▇ three", "two"),
        (typed(4, " u v w ", 7), "one▇ three", " u v w o"),
        (typed(1, "all of it", 14), "▇", "all of it"),
        (typed(8, "🔒🔒 x"), "one ▇ x three", "two🔒🔒"),
        (typed(8, "\u200bx"), "one ▇ three", "two\u200bx"),
        (typed(8, "\u00a0x"), "one ▇\u00a0x three", "two"),
    ],
)
def test_words_typed_at_hidden_ones(step: ReplaceStep, reads: str, marked: str) -> None:
    found = after(document(ONE), step)
    assert shown(found) == reads
    assert "".join(words for words, _ in hidden(found)) == marked


@pytest.mark.parametrize(
    "inserted",
    [
        {"type": "citation", "attrs": {"ref": "C-AAAA"}},
        {"type": "hard_break"},
        {"type": "formula", "attrs": {"tex": "x"}},
        {"type": "footnote", "content": [{"type": "text", "text": "a note of several words"}]},
    ],
)
def test_what_is_put_inside_hidden_words_is_hidden_with_them(inserted: Raw) -> None:
    found = after(document(ONE), put(6, 6, inserted))
    assert shown(found) == "one ▇ three"
    assert all(leaf.refs() == {"R-AAAA"} for leaf in list(tree(found).leaves())[1:-1])


@pytest.mark.parametrize(
    "inserted",
    [
        {"type": "horizontal_rule"},
        {"type": "formula_block", "attrs": {"tex": "x"}},
        {"type": "figure", "content": [{"type": "image", "attrs": {"file": "f-aaaaaaaaaaaaaaaa", "alt": "Secret"}}]},
        {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "A new heading"}]},
        {"type": "code_block", "content": [{"type": "text", "text": "a new line"}]},
        {
            "type": "table",
            "content": [
                {"type": "table_row", "content": [{"type": "table_cell", "content": [*paragraphs("cell one\n\ntwo")]}]}
            ],
        },
    ],
)
def test_blocks_put_between_hidden_paragraphs_are_hidden(inserted: Raw) -> None:
    found = after(document("[[R-AAAA one]]\n\n[[R-AAAA two]]\n\nthree"), put(5, 5, inserted))
    assert shown(found) == "▇¶three"
    assert all(leaf.refs() == {"R-AAAA"} for leaf in list(tree(found).leaves())[:-1])


def test_block_put_between_hidden_and_shown_paragraphs_is_shown() -> None:
    found = after(document("[[R-AAAA one]]\n\ntwo"), put(5, 5, *paragraphs("new words")))
    assert shown(found) == "▇¶new words¶two"


def test_only_what_lies_on_both_sides_hides_what_stands_between() -> None:
    between = "[[R-AAAA,R-BBBB one]][[R-BBBB two]]"
    assert hidden(after(document(between), typed(4, " x "))) == [
        ("one", ["R-AAAA", "R-BBBB"]),
        (" x two", ["R-BBBB"]),
    ]
    assert hidden(after(document("[[R-AAAA one]][[R-BBBB two]]"), typed(4, "x"))) == [
        ("one", ["R-AAAA"]),
        ("x", ["R-AAAA", "R-BBBB"]),
        ("two", ["R-BBBB"]),
    ]
    assert hidden(after(document("[[R-AAAA one]][[R-BBBB two]]"), typed(4, "x y"))) == [
        ("onex", ["R-AAAA"]),
        ("ytwo", ["R-BBBB"]),
    ]


def test_words_touch_within_their_block_only() -> None:
    found = after(document("[[R-AAAA one]]\n\ntwo"), typed(6, "x"))
    assert shown(found) == "▇¶xtwo"


def test_paste_of_several_paragraphs_hides_what_touches_on_either_side() -> None:
    pasted = put(8, 8, *paragraphs("x y\n\nmiddle\n\nz"), open_=(1, 1))
    assert shown(after(document("one [[R-AAAA two]] three"), pasted)) == "one ▇ y¶middle¶z three"
    inside = put(6, 6, *paragraphs("x y\n\nmiddle\n\nz"), open_=(1, 1))
    assert shown(after(document(ONE), inside)) == "one ▇ three"


def test_enter_inside_hidden_words_keeps_both_halves() -> None:
    found = Transform(document(ONE)).split(6)
    assert shown(after(document(ONE), *found.steps)) == "one ▇ three"


def test_joined_blocks_keep_what_they_carried() -> None:
    before = document("one [[R-AAAA two]]\n\nthree [[R-BBBB four]]")
    found = after(before, *Transform(before).join(9).steps)
    assert hidden(found) == [("two", ["R-AAAA"]), ("four", ["R-BBBB"])]


def test_undo_brings_back_exactly_what_there_was() -> None:
    before = document(ONE)
    for step in (ReplaceStep(5, 8, Slice.empty), ReplaceStep(3, 9, Slice.empty)):
        undo = step.invert(before)
        found = after(after(before, step), undo)
        assert tree(found) == tree(before)


def test_letters_typed_one_by_one_stay_hidden_until_a_space() -> None:
    found = document(ONE)
    for number, letter in enumerate("xyz uv"):
        found = after(found, typed(8 + number, letter))
    assert shown(found) == "one ▇ uv three"


def test_marks_that_the_client_laid_itself_are_not_laid_again() -> None:
    mark = SCHEMA.marks["redaction"].create({"ref": "R-AAAA"})
    steps = [typed(8, "x"), AddMarkStep(8, 9, mark)]
    assert advance(document(ONE), list(steps), KNOWN).steps == steps
    rule = put(5, 5, {"type": "horizontal_rule"})
    by_node = [rule, AddNodeMarkStep(5, mark)]
    assert advance(document("[[R-AAAA one]]\n\n[[R-AAAA two]]"), list(by_node), KNOWN).steps == by_node


def test_marks_of_the_rule_come_after_all_that_was_sent() -> None:
    steps = [typed(8, "x"), typed(1, "An "), typed(12, "y")]
    made = advance(document(ONE), list(steps), KNOWN)
    assert made.steps[:3] == steps
    assert [type(step) for step in made.steps[3:]] == [AddMarkStep]
    assert hidden(made.document) == [("twoxy", ["R-AAAA"])]


def test_lines_follow_the_same_rule() -> None:
    line = schema_for(TextSchema.LINE)
    raw = {
        "type": "doc",
        "content": [{"type": "text", "text": "one ", "marks": []}, *paragraphs("[[R-AAAA two]]")[0]["content"]],
    }
    before = LibraryNode.from_json(line, raw)
    step = ReplaceStep(7, 7, Slice(Fragment.from_(line.text("x y")), 0, 0))
    assert hidden(advance(before, [step], KNOWN).document) == [("twox", ["R-AAAA"])]


def test_words_that_replace_hidden_ones_in_a_line_are_hidden_however_its_pieces_are_cut() -> None:
    line = schema_for(TextSchema.LINE)
    before = LibraryNode.from_json(
        line, {"type": "doc", "content": paragraphs("one [[R-AAAA two]] three")[0]["content"]}
    )
    middle = ReplaceStep(4, 7, Slice(Fragment.from_(line.text("new")), 0, 0))
    assert hidden(advance(before, [middle], KNOWN).document) == [("new", ["R-AAAA"])]
    alone = LibraryNode.from_json(line, {"type": "doc", "content": paragraphs("[[R-AAAA two]]")[0]["content"]})
    whole = ReplaceStep(0, 3, Slice(Fragment.from_(line.text("new")), 0, 0))
    assert hidden(advance(alone, [whole], KNOWN).document) == [("new", ["R-AAAA"])]
    gone = ReplaceStep(0, 3, Slice.empty)
    assert advance(alone, [gone], KNOWN).document.content.size == 0


# The same rule again, naively: on a flat row of units, one for each UTF-16 unit of words and each other leaf.


def units(found: LibraryNode) -> list[tuple[int, bool, int, frozenset[str]]]:
    """Position, whether it is a space, block, redactions."""
    out = []
    for leaf in leaves_between(found, 0, found.content.size):
        letters = leaf.text if leaf.node.is_text else leaf.text[:1]
        spaces = [letter.isspace() for letter in letters for _ in range(len(letter.encode("utf-16-le")) // 2)]
        out += [(leaf.start + i, space, leaf.block, leaf.refs) for i, space in enumerate(spaces)]
    return out


def naive_refs(before: LibraryNode, bare: LibraryNode, step: LibraryStep) -> dict[int, frozenset[str]]:
    """What must lie on each unit after the step."""
    changed = ranges(step.get_map())
    row = units(bare)
    new = [any(start <= at < end for _, _, start, end in changed) for at, *_ in row]
    refs = [unit[3] for unit in row]
    due = [set(one) for one in refs]
    old_by_slot: dict[int, set[str]] = {}
    for old_start, old_end, new_start, _ in changed:
        slot = sum(1 for (at, *_), is_new in zip(row, new, strict=True) if not is_new and at < new_start)
        for at, _, _, gone in units(before):
            if old_start <= at < old_end:
                old_by_slot.setdefault(slot, set()).update(gone)
    index = 0
    while index < len(row):
        if not new[index]:
            index += 1
            continue
        end = index
        while end < len(row) and new[end]:
            end += 1
        slot = sum(1 for is_new in new[:index] if not is_new)
        before_it = refs[index - 1] if index else frozenset()
        after_it = refs[end] if end < len(row) else frozenset()
        for i in range(index, end):
            due[i] |= old_by_slot.get(slot, set()) | (before_it & after_it)
        i = index
        while index and i < end and not row[i][1] and row[i][2] == row[index - 1][2]:
            due[i] |= before_it
            i += 1
        i = end - 1
        while end < len(row) and i >= index and not row[i][1] and row[i][2] == row[end][2]:
            due[i] |= after_it
            i -= 1
        index = end
    return {at: frozenset(one) for (at, *_), one in zip(row, due, strict=True)}


@given(st.integers(0, 2**48))
def test_rule_agrees_with_the_naive_one(seed: int) -> None:
    dice = Random(seed)
    before = random_document(dice)
    for step in random_steps(dice, before, marked=dice.random() < 0.5):
        bare = step.apply(before).doc
        assert bare is not None
        expected = naive_refs(before, bare, step)
        for fix in missing_marks(before, bare, step.get_map()):
            covered = fix.apply(bare).doc
            assert covered is not None
            bare = covered
        assert {at: refs for at, _, _, refs in units(bare)} == expected
        before = bare


def kept(before: LibraryNode, found: LibraryNode, steps: list[LibraryStep]) -> None:
    """Every leaf that was there before and still is is hidden as it was, and by nothing more but what a label hid on the way."""
    old, new = by_position(before), by_position(found)
    seen_before, seen_now = (
        {leaf.start: leaf.refs for leaf in hidden_as_in_grids(d, by_position(d).values())} for d in (before, found)
    )
    on_labels = frozenset().union(*(grid.refs for one in replayed(before, steps) for grid in withheld_grids(one)))
    for at, leaf in old.items():
        position: int | None = at
        for step in steps:
            for old_start, old_end, _, new_end in reversed(ranges(step.get_map())) if position is not None else ():
                if old_start <= position < old_end:
                    position = None
                    break
                if position >= old_end:
                    position += new_end - old_end
                    break
            if position is None:
                break
        if position is not None:
            assert leaf.refs <= new[position].refs <= leaf.refs | on_labels, (at, position)
            assert seen_before[at] <= seen_now[position], (at, position)


def replayed(document: LibraryNode, steps: list[LibraryStep]) -> Iterator[LibraryNode]:
    """The document, and what it is after each step."""
    yield document
    for step in steps:
        result = step.apply(document).doc
        assert result is not None
        document = result
        yield document


@given(st.integers(0, 2**48), st.booleans())
def test_accepted_batch_neither_shows_nor_hides_what_stood_there(seed: int, containers: bool) -> None:
    dice = Random(seed)
    before = random_document(dice, containers=containers)
    steps = random_steps(dice, before, 6, marked=dice.random() < 0.5)
    if not steps:
        return
    try:
        made = advance(before, list(steps), frozenset(REFS))
    except BadSteps:
        if not containers:  # with marked containers, what would hide words that stood there is refused
            raise
        return
    kept(before, made.document, made.steps)
    assert made.steps[: len(steps)] == steps
    *_, replay = replayed(before, made.steps)
    assert tree(replay) == tree(made.document)
    stored = node_to_json(tree(made.document))
    assert node_to_json(check_content(stored, TextSchema.BODY)) == stored


@given(st.integers(0, 2**48))
def test_word_typed_at_hidden_ones_is_in_no_projection(seed: int) -> None:
    before = random_document(Random(seed))
    row = units(before)
    for at in range(before.content.size + 1):
        place = before.resolve(at)
        left = next((unit for unit in reversed(row) if unit[0] < at), None)
        right = next((unit for unit in row if unit[0] >= at), None)
        if not place.parent.inline_content:
            continue
        try:
            found = after(before, typed(at, "QX"))
        except BadSteps:
            continue  # between the halves of one character
        block = next(leaf.block for leaf in leaves_between(found, at, at + 1))
        touched = [unit for unit in (left, right) if unit]
        inside = left is not None and right is not None and left[3] & right[3]
        if inside or any(refs and stands_in == block for _, _, stands_in, refs in touched):
            assert "QX" not in shown(found)
        elif not any(unit[3] for unit in touched):
            assert not any(leaf.refs for leaf in leaves_between(found, at, at + 2))


@given(st.integers(0, 2**48))
def test_neighbours_are_the_leaves_around(seed: int) -> None:
    found = random_document(Random(seed))
    leaves = leaves_between(found, 0, found.content.size)
    for at in range(found.content.size + 1):
        before, following = leaf_before(found, at), leaf_after(found, at)
        assert (before.end if before else None) == max(
            (min(one.end, at) for one in leaves if one.start < at), default=None
        )
        assert (following.start if following else None) == min(
            (max(one.start, at) for one in leaves if one.end > at), default=None
        )
