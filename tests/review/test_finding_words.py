"""Matching: any case and accents, all words of the query in one passage, and never across a bar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prose.nodes import Json, Node
from prose.schema import TextSchema
from prose.shown import OpenText
from review.finding.collecting import passages_of
from review.finding.matching import HITS, HITS_OF_PLACE, folded, search


def stored(*passages: str) -> dict[str, Json]:
    return {
        "places": [["", "", "Summary"], ["claims/C-4TN/", "C-4TN", "Weights"]],
        "passages": [[1, words] for words in passages],
    }


def found(query: str, *passages: str) -> list[str]:
    answer = search(stored(*passages), query)
    return ["".join(words for words, _ in hit.pieces) for place in answer.places for hit in place.hits]


def marked(query: str, passage: str) -> list[str]:
    answer = search(stored(passage), query)
    return [words for place in answer.places for hit in place.hits for words, on in hit.pieces if on]


@pytest.mark.parametrize(
    ("query", "passage", "is_found"),
    [
        ("weights", "The weights are kept.", True),
        ("WEIGHTS", "The weights are kept.", True),
        ("kept weights", "The weights are kept.", True),
        ("weights lost", "The weights are kept.", False),
        ("evaluation", "Une évaluation.", True),
        ("ÉVALUATION", "une evaluation", True),
        ("exfil", "Self-exfiltration of weights", True),
        ("filtration", "Self-exfiltration of weights", False),
        ("model's", "the model’s weights", True),
        ("17%", "about 17% of them", True),
        ("straße", "STRASSE", True),
        ("安全", "模型安全", True),
        ("...", "The weights are kept.", False),
        ("", "The weights are kept.", False),
        ("\x00", "The weights are kept.", False),
        (".*", "The weights are kept.", False),
    ],
)
def test_passage_is_found_when_all_words_begin_a_word_of_it(query: str, passage: str, is_found: bool):
    assert bool(found(query, passage)) is is_found


def test_words_are_marked_as_they_are_written():
    assert marked("evaluation eval", "An Évaluation, one evaluation.") == ["Évaluation", "evaluation"]
    assert marked("ﬁle", "the file") == ["file"]


def test_words_of_two_passages_are_not_found_together():
    assert found("alpha omega", "alpha here", "omega there") == []


def test_long_passage_is_cut_around_what_was_found():
    words = f"{'before ' * 60}needle {'after ' * 90}"
    (hit,) = found("needle", words)
    assert "needle" in hit
    assert hit.startswith("… ")
    assert hit.endswith(" …")
    assert len(hit) < 320


def test_many_hits_are_counted_and_not_all_shown():
    answer = search(stored(*["needle"] * (HITS + 20)), "needle")
    assert answer.total == HITS + 20
    assert [(len(place.hits), place.more) for place in answer.places] == [(HITS_OF_PLACE, HITS - HITS_OF_PLACE)]


def test_reference_leads_to_its_page_and_an_unknown_one_is_looked_for_as_words():
    assert search(stored(), "c-4tn").lookup == "claims/C-4TN/"
    assert search(stored("no C-9WH here"), "C-9WH").lookup is None
    assert found("C-9WH", "no C-9WH here") == ["no C-9WH here"]


@given(st.text(max_size=40), st.text(max_size=40))
def test_folding_goes_letter_by_letter(one: str, other: str):
    assert folded(one + other) == folded(one) + folded(other)


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_query_on_any_words_gives_pieces_of_those_words(query: str, words: str):
    words = " ".join(words.split())
    for place in search(stored(words), query).places:
        for hit in place.hits:
            assert "".join(piece for piece, _ in hit.pieces).strip("… ") in words


def text(*content: Node) -> OpenText:
    return OpenText("t-abcdefghjkmnpqrs", TextSchema.BODY, 0, Node("doc", content=content))


def words(said: str) -> Node:
    return Node("text", text=said)


def test_bar_is_a_border_and_what_it_says_a_passage_of_its_own():
    items: list[Json] = [{"ref": "R-7Q2K", "note": "A duty.", "instead": "a number"}]
    bar = Node("withheld", {"items": items})
    body = text(Node("paragraph", content=(words("before "), bar, words(" after"))))
    assert passages_of(body) == ["before", "after", "a number", "A duty."]
    assert passages_of(body, said=False) == ["before", "after"]


def test_blocks_footnotes_and_pictures_are_passages_of_their_own():
    footnote = Node("footnote", content=(words("a note"),))
    cited = Node("citation", {"ref": "C-4TN"})
    paragraph = Node("paragraph", content=(words("one"), footnote, words(" two"), cited))
    figure = Node("figure", content=(Node("image", {"alt": "a curve"}), Node("caption", content=(words("It rises"),))))
    assert passages_of(text(paragraph, figure)) == ["one two C-4TN", "a note", "a curve", "It rises"]
