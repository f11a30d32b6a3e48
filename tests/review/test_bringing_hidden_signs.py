"""Whatever in a document seems to hide something hides it here; or the import is refused, or leaves it out, and says so."""

from __future__ import annotations

from base64 import b64encode

import pytest

from prose.nodes import Mark, Node
from review.bringing.building import fitted, footnote, laid_flat
from review.bringing.faults import CannotBring, CannotRead
from review.bringing.markdown.document import read_markdown
from tests.pathways.structure_world import edition_of
from tests.review.test_bringing_hidden import EXPORT, KEPT, LISTED, brought
from tests.review.test_bringing_round_trip import empty_case, with_people
from tests.review.word_files import chart
from tests.world import CANARY, World

pytestmark = pytest.mark.django_db
R = "{.redacted ref=R-7Q2K}"
BASE = "## A. {.claim #C-AAAA}\n\n## B. {.claim #C-BBBB}\n\n## L {.pathway #P-AAAA}\n\n### Rests on {.supports}\n\n"
HIDDEN_LINK = f"[{CANARY}]{{.support hidden=R-7Q2K}}"
LABEL = f"| [name]{R} | b |\n|---|---|\n| x | {CANARY} |\n"
GRID = f"::::: table{{}}\n:::: row\n::: cell\n{CANARY}\n:::\n::::\n:::::\n"
WORDS = {
    "link": f"[{CANARY}](https://e.org/{CANARY}){R} there.",
    "link by reference": f"[{CANARY}]{R} there.\n\n[{CANARY}]: https://e.org",
    "bare address": f"<https://e.org/{CANARY}>{R} there.",
    "class beside": f"[{CANARY}]{{.redacted .support ref=R-7Q2K}} there.",
    "named character": f"[]{{.character code=65 .redacted ref=R-7Q2K}}[{CANARY}]{R}",
    "class that is a value": f"[{CANARY}]{{class=redacted ref=R-7Q2K}}",
    "over two lines": f"[{CANARY}]{{.redacted\nref=R-7Q2K}}",
    "line of braces": f"there.\n\n{{.redacted ref=R-7Q2K}}\n{CANARY}",
    "several lines of braces": f"there.\n\n{{.redacted ref=R-7Q2K}}\n{{.plain ref=R-7Q2K}}\n{CANARY}",
    "braces before and behind a heading": f"there.\n\n{{.redacted ref=R-7Q2K}}\n### {CANARY} {{.plain ref=R-7Q2K}}",
    "braces before and behind a name": f"there.\n\n{{.redacted ref=R-7Q2K}}\n{GRID.format(' {.x}')}",
    "table in a turn": f"\n\n::::: transcript\n:::: turn\nAnn\n\n{LABEL}\n::::\n:::::\n",
    "table in a note": "x[^1]\n\n[^1]: n\n\n    " + LABEL.replace("\n|", "\n    |"),
    "table too deep": "\n\n" + "".join(f"{'> ' * 17}{line}\n" for line in LABEL.splitlines()),
    "table in a table too deep": f"\n\n::::: table\n:::: row\n::: cell\n{'> ' * 12}- {LABEL}\n:::\n::::\n:::::\n".replace(
        "\n| x", f"\n{'> ' * 12}  | x"
    ).replace("\n|-", f"\n{'> ' * 12}  |-"),
}
HIDDEN = {
    **{name: f"## S {{.section}}\n\nSee {words}" for name, words in WORDS.items()},
    "link in a statement": f"## See [{CANARY}](https://e.org){R}. {{.claim}}\n\nx",
    "table in a line": f"## Subject {{.subject}}\n\n{LABEL}",
    "table in an answer": f"## L {{.pathway}}\n\n### Answer {{.answer}}\n\n{LABEL}",
}
UNREADABLE = {
    "spelled with a capital": f"[{CANARY}]{{.Redacted ref=R-7Q2K}}",
    "misspelled": f"[{CANARY}]{{.redact ref=R-7Q2K}}",
    "misspelled without a reference": f"[{CANARY}]{{.redact}}",
    "no class": f"[{CANARY}]{{ref=R-7Q2K}}",
    "small letters": f"[{CANARY}]{{.secret ref=r-7q2k}}",
    "no dot": f"[{CANARY}]{{redacted}}",
    "another name": f"[{CANARY}]{{.x by=R-7Q2K}}",
    "counted elsewhere": f"[a]{{class=redacted ref=R-7Q2K}} *{CANARY}*{R}",
    "counted over two lines": f"[a]{{.redacted\nref=R-7Q2K}} *{CANARY}*{R}",
    "counted with a brace as a value": f'[a]{{x="}}" .redacted ref=R-7Q2K}} *{CANARY}*{{x="{{" .redacted ref=R-7Q2K}}',
    "several braces": f"[{CANARY}]{R}{{.redacted ref=R-AAAA}}",
    "comment in braces": f"[{CANARY}]{{% .redacted ref=R-7Q2K %}}",
    "address in braces": f"[{CANARY}](https://e.org){{title=R-7Q2K}}",
    "no words in braces": f"{CANARY} {R}",
    "backslash before": f"[{CANARY}]\\\\{R}",
    "over two cells": f"\n\n| a | b |\n|---|---|\n| [{CANARY} | x]{R} |\n",
    "formula": f"${CANARY}${R}",
    "code for a link": f"`{CANARY}`{{.support hidden=R-7Q2K}}",
    "link hidden by nothing": f"[{CANARY}]{{.support hidden=}}",
    "link hidden by no reference": f'[{CANARY}]{{.support hidden=""}}',
    "misspelled line of braces": f"x\n\n{{.Redacted ref=R-7Q2K}}\n{CANARY}",
    "two pairs in a line of braces": f"x\n\n{{.a}}{R}\n{CANARY}",
    "line of braces below": f"x\n\n> {CANARY}\n>\n> {R}\n\ny",
    "line of braces at the end": f"x\n\n- {CANARY}\n\n  {R}\n\n- y",
    "line of braces before a note": f"{CANARY}[^1]\n\n{R}\n[^1]: {CANARY}",
    "misspelled heading": f"x\n\n### {CANARY} {{.Redacted ref=R-7Q2K}}",
    "misspelled name": "x\n\n" + GRID.format(" {.redact ref=R-7Q2K}"),
    "redaction of words": f"[{CANARY}]{{.redaction ref=R-7Q2K}}",
    "indented too far": f"x\n\n    [{CANARY}]{R}",
    "html": f'<b title="{R}">{CANARY}</b>',
}
OTHER = f"## S {{.section}}\n\n[x]{{.redacted ref=R-AAAA}}{LISTED.replace('7Q2K', 'AAAA')}"
NOT_OPEN = {
    "second braces of a link": f"{BASE}- [@{{C-AAAA}}]{{.support}} since [{CANARY}]{{.support hidden=R-7Q2K}}\n",
    "braces around braces": f"{BASE}- [[@{{C-AAAA}}]{{.support}}]{{.support hidden=R-7Q2K}} {CANARY}\n",
    "braces in a note": f"{BASE}- [@{{C-AAAA}}]{{.support}} x^[[{CANARY}]{{.support hidden=R-7Q2K}}]\n",
    "hidden citation": f"{BASE}- [@{{C-AAAA}}]{{.redacted .support ref=R-7Q2K}} {CANARY}\n",
    "hidden by no such name": f"{BASE}- [@{{C-AAAA}}]{{.support hidden-words=R-7Q2K}} {CANARY}\n",
    "one of two items": f"{BASE}- [@{{C-BBBB}}]{{.support hidden=R-7Q2K}} x\n- [@C-AAAA]{{.support}} {HIDDEN_LINK}\n",
    "picture for a link": f"## S {{.section}}\n\n[![{CANARY}][pic]]{{.support hidden=R-7Q2K}}",
    "words for a picture": f"## S {{.section}}\n\n![[{CANARY}]{R}][pic]",
    "hidden part of a public note": f"{OTHER}\n\n{{hidden=R-7Q2K}}\nBecause of {CANARY}.\n",
    "public note": f"{OTHER}\n\nBecause of [{CANARY}]{R}.\n",
}


@pytest.fixture
def world() -> World:
    return with_people(empty_case().file)


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_document_hides_is_hidden(world: World, name: str):
    brought(world, EXPORT + KEPT + HIDDEN[name] + LISTED)
    assert CANARY in edition_of(world, "full")
    assert CANARY not in edition_of(world)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_seems_to_hide_and_would_hide_nothing_is_refused_with_its_line(world: World, name: str):
    source = f"{EXPORT}{KEPT}## S {{.section}}\n\n{UNREADABLE[name]}{LISTED}"
    with pytest.raises(CannotRead, match=r"Line \d+ hides words in a way that can't be read"):
        brought(world, source)
    assert CANARY not in edition_of(world)


@pytest.mark.parametrize("name", NOT_OPEN)
def test_what_hides_where_it_cannot_is_refused_or_left_out(world: World, name: str):
    picture = f"\n\n[pic]: <data:image/png;base64,{b64encode(chart().getvalue()).decode()}>\n"
    try:
        brought(world, EXPORT + KEPT + NOT_OPEN[name] + LISTED + picture)
    except (CannotBring, CannotRead):
        return
    assert CANARY not in edition_of(world)


@pytest.mark.parametrize(
    "words",
    [
        "A set {1, 2} and {the hidden ones}.",
        "`{.redacted}` is how it is written.",
        "$\\sum_{x=R-4} y$ and $\\{a\\}$.",
        "[words]{.small-caps} and [words]{#redacted-words}.",
        "As written: \\[words\\]\\{.redacted ref=R-7Q2K\\}.",
        "The value {r=R-squared}.",
        "### Redacted material {#redacted-material}",
        "[x]{ref=fig-1}",
        '[x](R-7Q2K "see R-7Q2K") and ![x](R-7Q2K "see R-7Q2K")',
    ],
)
def test_words_that_only_look_like_it_are_brought_in(words: str):
    assert read_markdown(f"# Method\n\n{words}\n".encode()).blocks[1:]


# Tables that lose their grid.


def _table(label: Node) -> Node:
    cells = [Node("table_cell", content=(Node("paragraph", content=(leaf,)),)) for leaf in (label, _word(CANARY))]
    return Node("table", content=(Node("table_row", content=tuple(cells)),))


def _word(text: str, *refs: str) -> Node:
    return Node("text", marks=tuple(Mark("redaction", {"ref": ref}) for ref in refs), text=text)


def _deep(table: Node) -> Node:
    for _ in range(18):
        table = Node("blockquote", content=(table,))
    return table


@pytest.mark.parametrize(
    "flat",
    [
        laid_flat,
        lambda table: [footnote([table])],
        lambda table: fitted(_deep(table)),
        lambda table: laid_flat(_deep(table)),
        lambda table: laid_flat(Node("doc", content=(table, table))),
    ],
)
@pytest.mark.parametrize("refs", [("R-AAAA",), ("R-AAAA", "R-BBBB"), ()])
def test_cells_are_hidden_by_what_hid_their_label(flat, refs: tuple[str, ...]):
    leaves = [leaf for node in flat(_table(_word("name", *refs))) for leaf in node.leaves() if CANARY in leaf.text]
    assert leaves
    assert all(leaf.refs() == frozenset(refs) for leaf in leaves)
