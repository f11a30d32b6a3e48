"""What changed between two editions: words, bars, objects and attributes, each counted once."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.comparing import Change, EditionChanges, Segment, compare, covered_bars
from tests.review.editions_made import bar, claim, doc, edition, editions, items, masked, shown


def said(changes: EditionChanges) -> list[str]:
    """Every changed paragraph, as people read it: +in+ -out- [bar]."""
    return ["".join(map(_said, paragraph)) for passage in changes.passages for paragraph in passage.paragraphs]


def _said(segment: Segment) -> str:
    words = f"[{' '.join(segment.refs)}]" if segment.refs else segment.words
    sign = {Change.SAME: "", Change.IN: "+", Change.OUT: "-"}[segment.change]
    return f"{sign}{words}{sign}"


def test_claim_statement_that_stands_on_three_pages_is_one_change_on_its_own_page():
    changes = compare(
        edition(claim("C-AAAA", "Weights are read by two people only.")),
        edition(claim("C-AAAA", "Weights are read by three people of one team only.")),
    )
    assert (changes.words_in, changes.words_out) == (4, 1)
    assert [(one.page, one.owner, one.field) for one in changes.passages] == [("claims/C-AAAA", "C-AAAA", "statement")]
    assert said(changes) == ["Weights are read by- two-+ three+ people+ of one team+ only."]
    assert changes.pages == ("claims/C-AAAA",)


def test_only_changed_paragraphs_are_told():
    changes = compare(
        edition(argument=doc("First stays.", "Second goes.", "Third stays.")),
        edition(argument=doc("First stays.", "Third stays.", "Fourth comes.")),
    )
    assert said(changes) == ["-Second goes.-", "+Fourth comes.+"]
    assert (changes.words_in, changes.words_out) == (2, 2)


def test_words_that_are_hidden_now_go_out_and_a_bar_comes_in():
    changes = compare(
        edition(argument=doc("Kept by two teams in one hall.")),
        edition(argument=doc(["Kept by ", bar("R-AAAA"), " in one hall."])),
    )
    assert said(changes) == ["Kept by- two teams-+[R-AAAA]+ in one hall."]
    assert changes.counts() == {"words_in": 0, "words_out": 2, "bars_in": 1, "bars_out": 0}
    assert [(one.ref, one.page, one.owner) for one in changes.bars_in] == [("R-AAAA", "pathways/P-AAAA", "P-AAAA")]


def test_second_bar_of_one_redaction_in_one_text_counts():
    once, twice = doc(["A ", bar("R-AAAA"), " and two."]), doc(["A ", bar("R-AAAA"), " and ", bar("R-AAAA"), "."])
    assert len(compare(edition(argument=once), edition(argument=twice)).bars_in) == 1


def test_bar_whose_public_note_changed_is_told_without_being_counted():
    before, after = doc(["By ", bar("R-AAAA", note="Old.")]), doc(["By ", bar("R-AAAA", note="New.")])
    changes = compare(edition(argument=before), edition(argument=after))
    assert said(changes) == ["By-[R-AAAA]-+[R-AAAA]+"]
    assert set(changes.counts().values()) == {0}
    assert changes


def test_masked_claim_loses_its_words_and_stays_an_object():
    changes = compare(edition(claim("C-AAAA", "It holds.")), edition(masked("C-AAAA", "R-MASK")))
    assert [(one.ref, one.page) for one in changes.bars_in] == [("R-MASK", "claims/C-AAAA")]
    assert (changes.added, changes.removed) == ((), ())
    assert changes.words_out == 2 + 4 + 3  # statement, basis, and why the step holds


def test_object_that_comes_is_told_with_its_title():
    changes = compare(edition(), edition(claim("C-AAAA", "It holds.")))
    assert [(one.ref, one.page, one.title) for one in changes.added] == [("C-AAAA", "claims/C-AAAA", "It holds.")]
    assert changes.attributes == ()


def test_attribute_is_told_as_shown_and_once():
    changes = compare(edition(claim("C-AAAA", grade=shown("weak"))), edition(claim("C-AAAA", grade=shown("strong"))))
    (change,) = changes.attributes
    assert (change.owner, change.field, change.old, change.new) == ("C-AAAA", "grade", "weak", "strong")


def test_attribute_that_is_withheld_now_tells_the_reference_and_counts_as_a_bar():
    hidden = {"withheld": items("R-GRAD")}
    changes = compare(edition(claim("C-AAAA")), edition(claim("C-AAAA", grade=hidden)))
    (change,) = changes.attributes
    assert (change.old, change.new, change.new_withheld) == ("moderate", None, ("R-GRAD",))
    assert [(one.ref, one.field) for one in changes.bars_in] == [("R-GRAD", "grade")]


def test_masked_link_counts_as_one_bar():
    link = {"part": "MaskedLink", "mask": {"withheld": items("R-LINK")}}
    changes = compare(edition(), edition(links=(link,)))
    assert [one.ref for one in changes.bars_in] == ["R-LINK"]


def test_formatting_is_no_change():
    plain, strong = doc("Read by two."), doc("Read by two.")
    strong["content"][0]["content"] = [
        {"type": "text", "text": "Read "},
        {"type": "text", "text": "by", "marks": [{"type": "strong"}]},
        {"type": "text", "text": " two."},
    ]
    assert not compare(edition(argument=plain), edition(argument=strong))


def test_tables_footnotes_figures_and_formulas_are_compared():
    def rich(cell: str, alt: str, tex: str, note: str) -> dict:
        inline = [
            {"type": "formula", "attrs": {"tex": tex}},
            {"type": "footnote", "content": [{"type": "text", "text": note}]},
        ]
        cells = {"type": "table_cell", "content": doc(cell)["content"]}
        return {"type": "doc", "content": [
            {"type": "paragraph", "content": inline},
            {"type": "table", "content": [{"type": "table_row", "content": [cells]}]},
            {"type": "figure", "content": [{"type": "image", "attrs": {"file": "f-a.png", "alt": alt}}]},
        ]}  # fmt: skip

    changes = compare(
        edition(argument=rich("one", "a curve", "x", "seen")), edition(argument=rich("two", "a line", "y", "heard"))
    )
    assert said(changes) == ["-x seen-+y heard+", "-one-+two+", "[figure f-a.png] a- curve-+ line+"]


def test_pages_stand_in_the_order_of_the_newer_edition():
    claims = [claim(ref, "Old.") for ref in ("C-CCCC", "C-AAAA", "C-BBBB")]
    newer = [claim(ref, "New.") for ref in ("C-BBBB", "C-CCCC", "C-AAAA")]
    changes = compare(edition(*claims, title="Old"), edition(*newer, title="New"))
    assert changes.pages == ("pathways/P-AAAA", "claims/C-BBBB", "claims/C-CCCC", "claims/C-AAAA")


@given(editions())
def test_edition_differs_in_nothing_from_itself(one):
    changes = compare(one, json.loads(json.dumps(one)))
    assert not changes
    assert changes.pages == ()


@given(editions(), editions())
def test_swapping_two_editions_swaps_in_and_out_and_nothing_else(one, other):
    there, back = compare(one, other), compare(other, one)
    assert (there.words_in, there.words_out) == (back.words_out, back.words_in)
    for forth, other_way in (("bars_in", "bars_out"), ("added", "removed")):
        assert sorted(map(repr, getattr(there, forth))) == sorted(map(repr, getattr(back, other_way)))
        assert sorted(map(repr, getattr(there, other_way))) == sorted(map(repr, getattr(back, forth)))
    assert {(one.owner, one.field, one.old, one.new) for one in there.attributes} == {
        (one.owner, one.field, one.new, one.old) for one in back.attributes
    }
    assert {p.key: (_words(p, Change.IN), _words(p, Change.OUT)) for p in there.passages} == {
        p.key: (_words(p, Change.OUT), _words(p, Change.IN)) for p in back.passages
    }


def _words(passage, change):
    return [(s.words.strip(), s.refs) for row in passage.paragraphs for s in row if s.change is change]


@given(editions(), editions(), st.randoms(use_true_random=False))
def test_result_does_not_depend_on_the_order_of_pages_or_keys(one, other, chance):
    def shuffled(value):
        if isinstance(value, dict):
            keys = list(value)
            chance.shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        return [shuffled(inner) for inner in value] if isinstance(value, list) else value

    assert compare(shuffled(one), shuffled(other)) == compare(one, other)


@given(editions(), editions())
def test_paragraphs_tell_the_words_of_both_editions(one, other):
    for passage in compare(one, other).passages:
        for paragraph in passage.paragraphs:
            assert any(segment.change is not Change.SAME for segment in paragraph)


def test_result_can_be_stored():
    changes = compare(edition(claim("C-AAAA", "Old.")), edition(claim("C-AAAA", "New.")))
    assert json.loads(json.dumps(changes.to_json()))["passages"][0]["page"] == "claims/C-AAAA"


@pytest.mark.parametrize("vocabulary", [4, 4000])
def test_long_texts_of_few_or_many_words_are_compared_whole(vocabulary):
    chance = random.Random(7)
    words = [f"w{chance.randrange(vocabulary)}" for _ in range(3000)]
    changed = [word if chance.random() > 0.1 else "new" for word in words]
    changes = compare(edition(argument=doc(" ".join(words))), edition(argument=doc(" ".join(changed))))
    rows = [segment for row in changes.passages[0].paragraphs for segment in row]
    assert "".join(s.words for s in rows if s.change is not Change.IN).split() == words
    assert "".join(s.words for s in rows if s.change is not Change.OUT).split() == changed


@pytest.mark.parametrize(
    ("before", "after", "refs"),
    [
        (["Kept by two teams."], ["Kept by ", bar("R-AAAA"), "."], {"R-AAAA"}),
        (
            ["Kept by ", bar("R-AAAA"), " and two more, at night."],
            ["Kept by ", bar("R-AAAA"), ", at night."],
            {"R-AAAA"},
        ),
        (["Kept by ", bar("R-AAAA"), " at night."], ["Kept by ", bar("R-AAAA"), " by day."], {"R-AAAA"}),
        (["Kept at night by ", bar("R-AAAA")], ["Held at night by ", bar("R-AAAA")], set()),
        (["Kept by ", bar("R-AAAA")], ["Kept by ", bar("R-AAAA"), " and others."], set()),
        (["One went. ", bar("R-AAAA"), " stays, two went."], ["Now ", bar("R-AAAA"), " stays, two went."], {"R-AAAA"}),
    ],
)
def test_bars_beside_words_that_are_gone_are_told_apart(before, after, refs):
    found = covered_bars(edition(argument=doc(before)), edition(argument=doc(after)))
    assert found == refs


def test_bar_that_grew_over_whole_paragraphs_is_told():
    before = doc(["A ", bar("R-AAAA")], "Second goes.", "Third goes.", "Fourth stays.")
    assert covered_bars(edition(argument=before), edition(argument=doc(["A ", bar("R-AAAA")], "Fourth stays."))) == {
        "R-AAAA"
    }
