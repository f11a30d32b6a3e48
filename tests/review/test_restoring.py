"""Bringing words back: they come, what is hidden stays hidden, and what is shown stays shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from prosemirror.model import Node as LibraryNode

from prose.authority import advance
from prose.covering import by_position, leaves_between
from prose.grids import hidden_as_in_grids
from prose.schema import TextSchema
from review.history.plain import said
from review.history.restoring import restoring_steps
from tests.case_builder import inline, paragraphs
from tests.review.marked_documents import (
    KNOWN,
    REFS,
    Raw,
    document,
    hidden_words,
    shown_words,
    two_versions,
)


def body(words: str) -> LibraryNode:
    return document({"type": "doc", "content": paragraphs(words)})


def restored(current: LibraryNode, old: LibraryNode) -> LibraryNode:
    return advance(current, restoring_steps(current, old), KNOWN).document


def marked(node: LibraryNode) -> str:
    """The words as `case_builder` writes them, blocks apart."""
    out: list[str] = []
    block = None
    for leaf in leaves_between(node, 0, node.content.size):
        out += ["\n\n"] if block not in (None, leaf.block) else []
        block = leaf.block
        text = leaf.text if leaf.node.is_text else "{" + str(leaf.node.attrs["ref"]) + "}"
        out.append(f"[[{','.join(sorted(leaf.refs))} {text}]]" if leaf.refs else text)
    return "".join(out)


CASES = [
    ("words come back", "One.", "One two.", "One two."),
    ("words that stay keep the marks of now", "A [[R-AAAA key]] is old.", "A key is new.", "A [[R-AAAA key]] is new."),
    (
        "words hidden then do not meet those of now",
        "A key is old.",
        "A [[R-AAAA key]] is new.",
        "A [[R-AAAA key]] is new.",
    ),
    (
        "nor where other redactions hide those",
        "A [[R-BBBB key]] is old.",
        "A [[R-AAAA key]] is new.",
        "A [[R-AAAA,R-BBBB key]] is new.",
    ),
    (
        "nor in a block that says the same",
        "One.\n\nA key.",
        "Two.\n\nA [[R-AAAA key]].",
        "Two.\n\nA [[R-AAAA key]].",
    ),
    ("hidden words come back hidden", "A key.", "A key by [[R-AAAA Anna]].", "A key by [[R-AAAA Anna]]."),
    ("what replaces hidden words is hidden", "By [[R-AAAA Anna]].", "By somebody.", "By [[R-AAAA somebody]]."),
    (
        "words hidden elsewhere now come back hidden",
        "Kept by [[R-AAAA Anna]].",
        "Kept by Anna.\n\nAsk Anna first.",
        "Kept by [[R-AAAA Anna]].\n\nAsk [[R-AAAA Anna]] first.",
    ),
    (
        "unless they stand shown now too",
        "Kept by [[R-AAAA Anna]], says Anna.",
        "Kept by Anna, says Anna.\n\nAsk Anna.",
        "Kept by [[R-AAAA Anna]], says Anna.\n\nAsk Anna.",
    ),
    (
        "a hidden phrase whose words all stand shown comes back hidden",
        "The key team. A team has a key. Now: [[R-AAAA team key]].",
        "The key team. A team has a key. Now: team key.\n\nNobody but team key.",
        "The key team. A team has a key. Now: [[R-AAAA team key]].\n\nNobody but [[R-AAAA team key]].",
    ),
    (
        "half a hidden word hides the whole where it comes back",
        "It is sec[[R-AAAA ret]].",
        "It is sec[[R-AAAA ret]].\n\nA Secret.",
        "It is sec[[R-AAAA ret]].\n\nA [[R-AAAA Secret]].",
    ),
    ("a citation hidden now comes back hidden", "[[R-AAAA x]]{C-AAAA}", "[[R-AAAA x]]{C-BBBB}", "[[R-AAAA x{C-BBBB}]]"),
    ("only marks differ: nothing is done", "A [[R-AAAA key]].", "A key.", "A [[R-AAAA key]]."),
]


@pytest.mark.parametrize(("current", "old", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_restoring(current, old, wanted):
    assert marked(restored(body(current), body(old))).replace("]][[R-AAAA ", "") == wanted


def test_words_that_stay_are_not_touched_at_all():
    current, old = body("One two three.\n\nFour."), body("One 2 three.\n\nFour.")
    (step,) = restoring_steps(current, old)
    assert (step.from_, step.to) == (5, 8)


def test_formatting_and_kinds_of_blocks_come_back_without_replacing_words():
    hidden = {"type": "redaction", "attrs": {"ref": "R-AAAA"}}
    now = {"type": "paragraph", "content": [{"type": "text", "text": "A key.", "marks": [hidden]}]}
    then = {
        "type": "heading",
        "attrs": {"level": 2},
        "content": [{"type": "text", "text": "A key.", "marks": [{"type": "em"}]}],
    }
    found = restored(document({"type": "doc", "content": [now]}), document({"type": "doc", "content": [then]}))
    assert str(found) == 'doc(heading(redaction(em("A key."))))'


def test_block_that_moved_keeps_the_rest_in_place():
    current = body("One one one.\n\nTwo two two.\n\nThree three three.")
    old = body("Three three three.\n\nOne one one.\n\nTwo two two.")
    assert said(restored(current, old)) == said(old)
    assert len(restoring_steps(current, old)) == 2


def check(raw: tuple[Raw, Raw], kind: TextSchema) -> None:
    current, old = (document(one, kind) for one in raw)
    after = restored(current, old)
    assert said(after) == said(old)
    for cleared in (frozenset[str](), *(frozenset({ref}) for ref in REFS)):
        shown = shown_words(current) | shown_words(current, cleared)  # what anybody reads is no secret
        now = shown_words(after, cleared)
        assert not (now & hidden_words(current, cleared)) - shown, cleared
    assert not hidden_of_what_stayed(current, old)
    assert said(current) == said(old) or not shown_of_what_was_hidden(old, after)


def shown_of_what_was_hidden(old: LibraryNode, after: LibraryNode) -> list[int]:
    """Places of the old version that came back with less than hid them then."""
    now = {leaf.start: leaf for leaf in hidden_as_in_grids(after, by_position(after).values())}
    return [place for place, leaf in by_position(old).items() if not leaf.refs <= now[place].refs]


def hidden_of_what_stayed(current: LibraryNode, old: LibraryNode) -> list[str]:
    """Words that no step replaced and that are hidden by more than before."""
    advanced = advance(current, restoring_steps(current, old), KNOWN)
    mapped: dict[int, str] = {}
    for leaf in leaves_between(current, 0, current.content.size):
        for place in range(leaf.start, leaf.end):
            at: int | None = place
            for step in advanced.steps:
                result = step.get_map().map_result(at, 1)
                if result.deleted_after:
                    at = None
                    break
                at = result.pos
            if at is not None:
                mapped[at] = " ".join(sorted(leaf.refs))
    now = {
        place: " ".join(sorted(leaf.refs))
        for leaf in leaves_between(advanced.document, 0, advanced.document.content.size)
        for place in range(leaf.start, leaf.end)
    }
    return [refs for place, refs in mapped.items() if now.get(place) != refs]


@settings(max_examples=300)
@given(two_versions("body"))
def test_nothing_hidden_is_shown_by_restoring_whatever_the_two_versions_are(raw):
    check(raw, TextSchema.BODY)


@settings(max_examples=150)
@given(two_versions("line"))
def test_the_same_of_lines(raw):
    check(raw, TextSchema.LINE)


def test_lines_come_back_too():
    current, old = (
        document({"type": "doc", "content": inline(words)}, TextSchema.LINE) for words in ("A [[R-AAAA b]].", "A c.")
    )
    assert marked(restored(current, old)) == "A [[R-AAAA c]]."
