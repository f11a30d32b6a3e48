"""Every word has an author: the log carried forward, against a naive reading of it letter by letter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from prosemirror.model import Fragment, Slice
from prosemirror.transform import AddMarkStep, ReplaceStep, Transform

from prose.nodes import node_from_json
from prose.schema import TextSchema, schema_for
from review.history.authors import NOBODY, Written, authors, written
from tests.case_builder import inline, paragraphs
from tests.review.marked_documents import BODY, document

LINE = schema_for(TextSchema.LINE)


def put(start: int, end: int, words: str) -> ReplaceStep:
    return ReplaceStep(start, end, Slice(Fragment.from_(LINE.text(words)) if words else Fragment.empty, 0, 0))


def told(words: str, *batches: tuple[int, ReplaceStep]) -> list[tuple[int, str]]:
    transform = Transform(document({"type": "doc", "content": inline(words)}, TextSchema.LINE))
    for _, step in batches:
        transform.step(step)
    runs = authors(len(words), [(who, [step.get_map()]) for who, step in batches])
    blocks = written(node_from_json(transform.doc.to_json()), runs)
    return [(one.who, one.words) for block in blocks for one in block]


def test_words_are_of_whoever_typed_them_and_the_rest_was_there():
    assert told("One two.", (1, put(4, 4, "and ")), (2, put(0, 3, "1"))) == [
        (2, "1"),
        (NOBODY, " "),
        (1, "and "),
        (NOBODY, "two."),
    ]


def test_typing_inside_what_somebody_wrote_splits_it():
    assert told("", (1, put(0, 0, "abcd")), (2, put(2, 2, "XX"))) == [(1, "ab"), (2, "XX"), (1, "cd")]


def test_words_that_went_are_of_nobody():
    assert told("abc", (1, put(3, 3, "def")), (2, put(2, 4, ""))) == [(NOBODY, "ab"), (1, "ef")]


def test_hiding_words_changes_no_author_and_is_told():
    mark = schema_for(TextSchema.BODY).marks["redaction"].create({"ref": "R-AAAA"})
    before = document({"type": "doc", "content": paragraphs("One two.")})
    after = Transform(before).step(AddMarkStep(1, 4, mark)).doc
    runs = authors(before.content.size, [(1, [AddMarkStep(1, 4, mark).get_map()])])
    assert written(node_from_json(after.to_json()), runs) == [
        [Written(NOBODY, "One", ("R-AAAA",)), Written(NOBODY, " two.", ())]
    ]


EDITS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(0, 6), st.text("xyz", max_size=4)), max_size=25
)


@given(st.text("abc", max_size=12), EDITS)
def test_authors_are_those_of_a_naive_reading(words, edits):
    naive = [(NOBODY, letter) for letter in words]
    batches = []
    for who, at, length, new in edits:
        start, end = min(at, len(naive)), min(at + length, len(naive))
        if start == end and not new:
            continue
        batches.append((who, put(start, end, new)))
        naive[start:end] = [(who, letter) for letter in new]
    found = [(who, letter) for who, words in told(words, *batches) for letter in words]
    assert found == naive


@given(BODY)
def test_every_word_of_any_document_is_told_once(raw):
    node = document(raw)
    blocks = written(node_from_json(raw), authors(node.content.size, []))
    found = "".join(one.words for block in blocks for one in block)
    letters = node.text_between(0, node.content.size, "", "")
    assert [sign for sign in found if sign in set(letters)].count("e") >= letters.count("e")
    assert all(one.who == NOBODY for block in blocks for one in block)
