"""Two states of one text: words apart from marks, paragraph by paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prose.nodes import Node, node_from_json
from review.comparing.changes import Change
from review.history.differences import Difference, Stretch, differences
from tests.case_builder import inline, paragraphs


def body(words: str) -> Node:
    return node_from_json({"type": "doc", "content": paragraphs(words)})


def line(words: str) -> Node:
    return node_from_json({"type": "doc", "content": inline(words)})


def between(old: str, new: str) -> Difference:
    return differences(body(old), body(new))


def told(difference: Difference) -> list[str]:
    """Each changed paragraph in one line: +in+ -out- ~hidden~ ^shown^, [R] after what is hidden."""
    return ["".join(map(_told, row.stretches)) if row.stretches else f"({row.skipped})" for row in difference.rows]


def _told(one: Stretch) -> str:
    sign = {Change.IN: "+", Change.OUT: "-"}.get(one.change, "~" if one.hidden else "^" if one.shown else "")
    return f"{sign}{one.words}{sign}{list(one.refs) if one.refs else ''}"


def test_words_that_came_and_went_are_told_in_their_paragraph_and_the_rest_is_counted():
    found = between("One.\n\nThe old cap holds.\n\nTwo.\n\nThree.", "One.\n\nThe new cap holds.\n\nTwo.\n\nThree.")
    assert told(found) == ["(1)", "The- old-+ new+ cap holds.", "(2)"]
    assert (found.words_in, found.words_out) == (1, 1)


def test_hiding_words_changes_no_word():
    found = between("Kept by the key team.", "Kept by the [[R-AAAA key team]].")
    assert told(found) == ["Kept by the~ key team~['R-AAAA']."]
    assert (found.words_in, found.words_out, found.hidden, found.shown) == (0, 0, ("R-AAAA",), ())


def test_showing_words_again_changes_no_word():
    found = between("Kept by the [[R-AAAA key team]].", "Kept by the key [[R-AAAA team]].")
    assert told(found) == ["Kept by the^ key^ team['R-AAAA']."]
    assert found.shown == ("R-AAAA",)


def test_hiding_half_a_word_changes_no_word():
    found = between("Kept by secretary.", "Kept by secret[[R-AAAA ary]].")
    assert told(found) == ["Kept by secret~ary~['R-AAAA']."]


def test_another_redaction_over_hidden_words_is_told_as_both():
    (row,) = between("Kept [[R-AAAA here]].", "Kept [[R-BBBB here]].").rows
    assert row.stretches[1] == Stretch(Change.SAME, " here", ("R-BBBB",), ("R-BBBB",), ("R-AAAA",))


def test_new_words_that_are_hidden_say_so_and_are_not_told_as_a_change_of_marks():
    found = between("Kept.", "Kept by [[R-AAAA Anna]].")
    assert told(found) == ["Kept+ by++ Anna+['R-AAAA']."]
    assert found.hidden == ()


def test_citations_stand_apart_from_the_words_beside_them():
    assert told(differences(line("See{C-AAAA}."), line("See{C-BBBB}."))) == ["See-C-AAAA-+C-BBBB+."]


def test_only_formatting_is_said_to_be_that():
    strong = node_from_json(
        {
            "type": "doc",
            "content": [
                {
                    "type": "paragraph",
                    "content": [{"type": "text", "text": "Words.", "marks": [{"type": "strong"}]}],
                }
            ],
        }
    )
    found = differences(body("Words."), strong)
    assert (found.rows, found.formatting, bool(found)) == ((__row(1),), True, True)
    assert not differences(strong, strong)


def __row(skipped: int) -> object:
    from review.history.differences import Row

    return Row((), skipped)


def test_a_marked_container_hides_the_words_in_it():
    raw = {"type": "doc", "content": [{"type": "paragraph", "content": inline("Words.")}]}
    marked = {
        "type": "doc",
        "content": [{**raw["content"][0], "marks": [{"type": "redaction", "attrs": {"ref": "R-AAAA"}}]}],
    }
    assert told(differences(node_from_json(raw), node_from_json(marked))) == ["~Words.~['R-AAAA']"]


WORDS = st.lists(st.sampled_from(["a", "b", "c", "[[R-AAAA a]]", "[[R-BBBB b c]]", ".", "\n\n"]), max_size=12).map(
    " ".join
)
SWAPPED = {Change.IN: Change.OUT, Change.OUT: Change.IN, Change.SAME: Change.SAME}


@given(WORDS, WORDS)
def test_swapping_swaps_in_and_out_hidden_and_shown(one, other):
    there, back = between(one, other), between(other, one)
    assert (there.words_in, there.words_out) == (back.words_out, back.words_in)
    assert (there.hidden, there.shown) == (back.shown, back.hidden)
    assert sorted(
        (SWAPPED[s.change], s.words.strip()) for r in there.rows for s in r.stretches if s.change is not Change.SAME
    ) == sorted((s.change, s.words.strip()) for r in back.rows for s in r.stretches if s.change is not Change.SAME)


@pytest.mark.parametrize("words", ["", "a", "a\n\nb [[R-AAAA c]]"])
def test_nothing_differs_from_itself(words):
    assert not between(words, words)
