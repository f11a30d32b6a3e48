"""References typed as plain words: they become links when their object is shown, and look like any other word when it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prose.html import render_document
from prose.nodes import Mark, Node
from prose.typed import pieces
from tests.prose.test_html import context

KNOWN = frozenset({"C-4TN", "E-D5V"})


def rendered(*content: Node, known: frozenset[str] = KNOWN, links: bool = True) -> str:
    document = Node("doc", content=(Node("paragraph", content=content),))
    return render_document(document, replace(context(), known=known.__contains__, links=links))


def words(text: str, *marks: Mark) -> Node:
    return Node("text", text=text, marks=marks)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see C-4TN.", ["C-4TN"]),
        ("C-4TN and E-D5V", ["C-4TN", "E-D5V"]),
        ("(C-4TN)", ["C-4TN"]),
        ("XC-4TN C-4TNX C-4TN-2 c-4tn", []),
        ("C-9999", []),
        ("", []),
    ],
)
def test_only_whole_references_of_shown_objects_are_taken(text: str, found: list[str]):
    cut = list(pieces(text, KNOWN.__contains__))
    assert [piece for piece, is_reference in cut if is_reference] == found
    assert "".join(piece for piece, _ in cut) == text


def test_typed_reference_of_a_shown_object_is_a_link():
    assert '<a class="typed" href="/claims/C-4TN">C-4TN</a>' in rendered(words("as C-4TN says"))


def test_typed_reference_of_a_hidden_object_reads_as_one_that_nobody_knows():
    hidden = rendered(words("as C-GNNE says"))
    nobody = rendered(words("as C-QQQQ says"))
    assert hidden.replace("C-GNNE", "C-QQQQ") == nobody
    assert "<a" not in hidden


def test_typed_reference_in_a_link_is_no_second_link():
    link = Mark("link", {"href": "https://example.org"})
    html = rendered(words("as C-4TN says", link))
    assert html.count("<a ") == 1
    assert 'class="typed"' not in html


def test_where_no_links_may_stand_there_is_none():
    link = Mark("link", {"href": "https://example.org"})
    cited = Node("citation", attrs={"ref": "C-4TN"})
    html = rendered(words("as C-4TN says "), words("there", link), cited, links=False)
    assert "<a" not in html
    assert '<span class="cite" data-leaf>C-4TN</span>' in html


def test_markup_around_a_typed_reference_is_still_escaped():
    assert "<b>" not in rendered(words("<b>C-4TN</b>"))
