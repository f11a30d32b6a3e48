"""Terms in a text: each leads to its definition once, as whole words, and never out of code, headings or links."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prose.bars import Context
from prose.html import render_document
from prose.nodes import node_from_json
from prose.terms import Glossary

TERMS = Glossary({"close reading": "T-AAAA", "reading": "T-BBBB", "ASL-3": "T-CCCC", "C++ (any)": "T-DDDD"})


def found(text: str, used: set[str] | None = None) -> list[tuple[str, str]]:
    """The terms in it."""
    return [(words, ref) for words, ref in TERMS.pieces(text, set() if used is None else used) if ref]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("A close reading helps.", [("close reading", "T-AAAA")]),
        ("Close  reading helps.", [("Close  reading", "T-AAAA")]),
        ("Readings differ.", [("Readings", "T-BBBB")]),
        ("Rereading and readings.", [("readings", "T-BBBB")]),
        ("close-reading", []),
        ("reading, then reading", [("reading", "T-BBBB")]),
        ("ASL-3 and asl-3", [("ASL-3", "T-CCCC")]),
        ("In C++ (any) way", [("C++ (any)", "T-DDDD")]),
        ("", []),
    ],
)
def test_term_is_found_as_whole_words_and_once(text, terms):
    assert found(text) == terms


def test_pieces_are_the_whole_text():
    text = "Reading is close reading, and reading."
    assert "".join(words for words, _ in TERMS.pieces(text, set())) == text


def test_term_that_was_used_before_is_left_alone():
    used: set[str] = set()
    assert found("reading", used)
    assert not found("reading", used)


def test_no_terms_find_nothing():
    assert not Glossary({})
    assert list(Glossary({" ": "T-AAAA"}).pieces("words", set())) == [("words", "")]


CONTEXT = Context(
    cite=lambda ref: f"#{ref}",
    describe=lambda _: None,
    ground_name=str,
    picture=str,
    terms=Glossary({"egress": "T-AAAA"}),
)


def rendered(*blocks: dict, context: Context = CONTEXT) -> str:
    """A body as HTML."""
    return str(render_document(node_from_json({"type": "doc", "content": list(blocks)}), context))


def words(text: str, *marks: dict) -> dict:
    """A text node."""
    return {"type": "text", "text": text, **({"marks": list(marks)} if marks else {})}


def paragraph(*inline: dict) -> dict:
    """A paragraph."""
    return {"type": "paragraph", "content": list(inline)}


def test_first_use_in_a_text_is_a_link_and_the_second_is_not():
    html = rendered(paragraph(words("Egress is capped.")), paragraph(words("The egress.")))
    assert html.count('<a class="term" href="#T-AAAA">') == 1
    assert html.startswith('<p data-at="1"><a class="term" href="#T-AAAA">Egress</a> is capped.')


def test_every_text_has_a_first_use_of_its_own():
    assert rendered(paragraph(words("egress"))) == rendered(paragraph(words("egress")))


@pytest.mark.parametrize(
    "block",
    [
        {"type": "heading", "attrs": {"level": 2}, "content": [words("egress")]},
        {"type": "code_block", "content": [words("egress")]},
        paragraph(words("egress", {"type": "code"})),
        paragraph(words("egress", {"type": "link", "attrs": {"href": "https://example.org"}})),
    ],
)
def test_no_link_in_headings_code_and_links(block):
    assert 'class="term"' not in rendered(block)


def test_no_link_where_links_may_not_stand_and_none_in_a_line():
    assert 'class="term"' not in rendered(paragraph(words("egress")), context=replace(CONTEXT, links=False))
    assert 'class="term"' not in rendered(words("egress"))


ODD = "İıßﬁŉǰΐﬀǅⅷKſẞΣςÅ"  # letters whose other case is several letters, another one, or none
TERM = st.text(st.sampled_from(ODD + "sSabB- .[^]\\"), min_size=1, max_size=4).filter(str.strip)


@given(st.lists(TERM, min_size=1, max_size=4), st.lists(TERM, max_size=4), st.randoms(use_true_random=False))
def test_any_term_and_any_text_come_out_as_they_were(terms: list[str], others: list[str], random: Random):
    glossary = Glossary({words: f"T-{number}" for number, words in enumerate(terms)})
    said = [
        one for words in (*terms, *others) for one in (words, words.upper(), words.lower(), words.title(), f"{words}s")
    ]
    random.shuffle(said)
    text = " ".join(said)
    pieces = list(glossary.pieces(text, set()))
    assert "".join(words for words, _ in pieces) == text
    assert {ref for _, ref in pieces if ref} <= {f"T-{number}" for number in range(len(terms))}


@pytest.mark.parametrize("term", ["İstanbul rule", "ßeta", "ﬁnal test", "ŉ time", "ǆ test", "éclat"])
def test_term_that_begins_with_an_odd_letter_is_found_as_it_is_written(term: str):
    assert [ref for _, ref in Glossary({term: "T-AAAA"}).pieces(f"The {term} holds.", set())] == ["", "T-AAAA", ""]


def test_letter_with_one_other_case_is_found_in_both():
    assert [words for words, ref in Glossary({"éclat": "T-AAAA"}).pieces("Éclat holds.", set()) if ref] == ["Éclat"]
