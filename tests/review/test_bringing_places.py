"""Where parts are proposed to go, what they make there, and that no word is lost whatever somebody chooses."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.refs import new_ref
from review.bringing.building import said_in
from review.bringing.draft import Draft
from review.bringing.markdown.document import read_markdown
from review.bringing.placing.finishing import Facts, Finisher
from review.bringing.placing.making import Maker
from review.bringing.placing.parts import Part, PartKind
from review.bringing.placing.places import Place
from review.bringing.placing.proposing import chosen, parts_of
from review.bringing.placing.things import Made, Plan
from review.bringing.stored import packed, unpacked
from review.bringing.word.document import read_word
from tests.review.rich_report import rich_report, words_in, words_of_file

ALL = frozenset({"title", "subject", "banner", "predecessor", "conclusion", "scope", "scope_out", "summary"})
RICH = read_word(rich_report())
BY_HAND = (
    "# Report on Ferris\n\nPreface by two.\n\n## Summary\n\nLow.[^a]\n\n[^a]: Counted in March.\n\n"
    "## Claims\n\nClaim 1: Weights are kept safe.\n\nBoth must agree.\n\n"
    "1. First of the list.\n2. Second of the list.\n   - deeper item\n\n"
    "## Pathway 2: Leaks\n\n> Quoted.\n\n![A chart](missing.png)\n\n| Year | Alarms |\n|-|-|\n| 2025 | forty |\n\n```\nsome code\n```\n\n"
    "### Detail\n\n$x_1$ and <b>bold</b> tag\n\n## Evidence\n\n| Evidence | As of |\n|-|-|\n| Drill | last spring |\n\n"
    "## Terms\n\n### Monitor\n\nWhat reads.\n"
)
SIGNS = words_in("a a b b 1 2")  # the name of a note, a tag, the numbers of a list


def proposed(source: str, empty: frozenset[str] = ALL) -> list[tuple[str, str]]:
    return [(part.name, str(part.proposed)) for part in parts_of(read_markdown(source.encode()), empty)]


def planned(draft: Draft, parts: tuple[Part, ...], **facts: object) -> tuple[Made, Plan]:
    made = Maker({}).of(parts)
    refs: dict[str, str] = {}
    for thing in made.things:
        refs[thing.name] = new_ref(thing.letter, set(refs.values()))
    base: dict = {
        "here": frozenset(),
        "files": frozenset(),
        "refs": refs,
        "pictures": {key: key for key in draft.pictures},
    }
    return made, Finisher(draft, Facts(**{**base, **facts})).plan(made)


def test_report_is_cut_where_its_headings_say():
    source = (
        "# Report\n\n## Executive summary\n\nx\n\n## 1. Method\n\nx\n\n### Detail\n\nx\n\n"
        "## Pathways\n\n### Leaks\n\nx\n\n#### Why\n\nx\n\n### Theft\n\nx\n\n## Appendix A: Data\n\nx"
    )
    assert proposed(source) == [
        ("Report", "title"),
        ("Executive summary", "summary"),
        ("1. Method", "section"),
        ("Detail", "inside"),
        ("Pathways", "section"),
        ("Leaks", "pathway"),
        ("Why", "inside"),
        ("Theft", "pathway"),
        ("Appendix A: Data", "appendix"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Pathway 3: Leaks",
        "Threat model B — Theft of weights",
        "Risk 2. Sandbagging",
        "2.3 Pathway 4: Decision sabotage",
    ],
)
def test_numbered_pathway_is_one_at_any_level(heading: str):
    assert proposed(f"# A\n\n# B\n\n### {heading}\n\nx")[-1] == (heading, "pathway")


def test_words_of_the_case_itself_are_proposed_only_where_nobody_has_written():
    source = "# Report\n\n## Executive summary\n\nx\n\n## More\n\nx"
    assert proposed(source, frozenset())[:2] == [("Report", "nowhere"), ("Executive summary", "section")]


def test_numbered_list_is_claims_only_below_a_heading_that_says_so():
    source = (
        "# Steps\n\n1. Open the door first.\n2. Go in after that.\n\n"
        "# Our claims\n\n1. The door is shut now.\n2. Nobody goes in there."
    )
    assert [place for _, place in proposed(source)] == ["section", "inside", "section", "claim"]


def test_register_is_told_by_the_words_of_its_first_row():
    table = "| {} | b |\n|---|---|\n| x | y |\n"
    for header, place in (
        ("Claim", "claim"),
        ("Key claims", "claim"),
        ("Evidence", "evidence"),
        ("Limitation", "limitation"),
        ("Term", "term"),
        ("Year", None),
    ):
        rows = proposed(f"# A\n\n{table.format(header)}")
        assert rows[1:] == ([(f"{header} b x y", place)] if place else []), header


def test_section_title_loses_its_number_and_a_pathway_its_label_and_both_are_told():
    draft = read_markdown(b"# 1. Method\n\nx\n\n# Pathway 2: Leaks of *all* kinds\n\nx")
    _, plan = planned(draft, parts_of(draft, frozenset()))
    assert [said_in(plan_part.texts["title"]) for plan_part in plan.parts] == ["Method", "Leaks of all kinds"]
    assert [one.words for one in plan.left_out] == ["1.", "Pathway 2"]


def test_statement_takes_its_basis_along_and_the_text_cites_it():
    draft = read_markdown(
        b"# A\n\nBefore.\n\n**Claim 1:** The door is *always* shut.\n\nSomebody looked.\n\n- twice\n\n"
        b"Claim 2: Nobody ever goes in.\n\n# B\n\nAfter."
    )
    _, plan = planned(draft, parts_of(draft, frozenset()))
    section, claim, other = plan.parts[0], plan.parts[1], plan.parts[2]
    assert said_in(claim.texts["statement"]) == "The door is always shut."
    assert said_in(claim.texts["basis"]) == "Somebody looked. twice"
    assert said_in(other.texts["statement"]) == "Nobody ever goes in."
    cited = [leaf.attrs["ref"] for leaf in section.texts["body"].leaves() if leaf.type == "citation"]
    assert len(cited) == 2
    assert [block.type for block in section.texts["body"].content] == ["paragraph", "paragraph"]


def test_register_row_says_what_its_columns_are_and_nothing_of_it_is_lost():
    draft = read_markdown(
        b"# A\n\n| No | Claim | Basis | Kind | Remark |\n|-|-|-|-|-|\n| 17 | It is shut. | Seen. | security | odd |\n"
    )
    _, plan = planned(draft, parts_of(draft, frozenset()))
    claim = plan.parts[1]
    assert (said_in(claim.texts["statement"]), claim.says["kind"]) == ("It is shut.", "security")
    assert said_in(claim.texts["basis"]) == "No: 17 Seen. Remark: odd"


def test_part_placed_inside_what_is_not_imported_is_not_imported_either():
    draft = read_markdown(b"# A\n\nx one\n\n## B\n\nx two\n\n# C\n\nx three")
    parts = chosen(parts_of(draft, frozenset()), {0: Place.NOWHERE})
    _, plan = planned(draft, parts)
    assert [said_in(part.texts["title"]) for part in plan.parts] == ["C"]
    assert "x two" in [one.words for one in plan.left_out]


def test_hidden_words_stay_hidden_wherever_they_are_put():
    """Statements, titles, cells, items, footnotes, captions: the mark goes where the words go."""
    source = (
        "# A [s1]{.redacted ref=R-AAAA}\n\nClaim 1: It is [s2]{.redacted ref=R-AAAA} there.^[Note [s3]{.redacted ref=R-AAAA}]\n\n"
        "{.redacted ref=R-AAAA}\nWhole [s4](https://x.example) paragraph\n\n"
        "# Claims\n\n1. One item [s5]{.redacted ref=R-AAAA} long\n2. Two items that are long\n\n"
        "| Evidence | b |\n|-|-|\n| e [s6]{.redacted ref=R-AAAA} | [s7]{.redacted ref=R-AAAA} |\n\n{.redacted ref=R-AAAA}\n- s8\n  - s9\n"
    )
    draft = unpacked(packed(read_markdown(source.encode())))
    for places in (
        {},
        dict.fromkeys(range(9), Place.SECTION),
        dict.fromkeys(range(9), Place.CLAIM),
        dict.fromkeys(range(9), Place.INSIDE),
    ):
        _, plan = planned(draft, chosen(parts_of(draft, frozenset()), places))
        leaves = [leaf for part in plan.parts for text in part.texts.values() for leaf in text.leaves()]
        secret = [leaf for leaf in leaves if any(f"s{number}" in leaf.text for number in range(1, 10))]
        assert len(secret) == 9, places
        assert all(leaf.refs() == {"R-AAAA"} for leaf in secret), places


@settings(max_examples=60)
@given(st.lists(st.integers(0, 30), min_size=40, max_size=40), st.sampled_from([ALL, frozenset()]))
def test_every_word_is_placed_or_told_whatever_somebody_chooses(dice: list[int], empty: frozenset[str]):
    parts = parts_of(RICH, empty)
    places = {part.number: part.choices[die % len(part.choices)] for part, die in zip(parts, dice, strict=False)}
    _, plan = planned(RICH, chosen(parts, places), people=frozenset({"ada"}))
    missing = words_of_file(rich_report()) - words_of_plan(plan)
    assert missing == Counter(), places


@settings(max_examples=60)
@given(st.lists(st.integers(0, 30), min_size=20, max_size=20), st.sampled_from([ALL, frozenset()]))
def test_every_word_of_markdown_is_placed_or_told_too(dice: list[int], empty: frozenset[str]):
    draft = read_markdown(BY_HAND.encode())
    parts = parts_of(draft, empty)
    places = {part.number: part.choices[die % len(part.choices)] for part, die in zip(parts, dice, strict=False)}
    _, plan = planned(draft, chosen(parts, places))
    assert words_in(BY_HAND) - SIGNS - words_of_plan(plan) - formulas(plan) == Counter(), places


def formulas(plan: Plan) -> Counter[str]:
    """Formulas, and the files and addresses that are told as what they are."""
    leaves = [leaf for part in plan.parts for text in part.texts.values() for leaf in text.leaves()]
    leaves += [leaf for text in plan.of_the_case.values() for leaf in text.leaves()]
    found = words_in(" ".join(str(leaf.attrs.get("tex", "")) for leaf in leaves))
    return found + words_in(" ".join(one.what for one in plan.left_out))


def words_of_plan(plan: Plan) -> Counter[str]:
    """Everything that an import would write or tell."""
    found: Counter[str] = Counter()
    for document in (*(text for part in plan.parts for text in part.texts.values()), *plan.of_the_case.values()):
        found += words_in(said_in(document))
    for part in plan.parts:
        found += words_in(" ".join(value for name, value in part.says.items() if name not in ("class", "id")))
    comments = [one.comment for one in plan.comments] + list(plan.unplaced_comments)
    for comment in comments:
        found += words_in(" ".join(said.words for said in comment.said))
    for one in plan.left_out:
        found += words_in(one.words)
    return found


def test_counting_would_notice_a_lost_word():
    parts = parts_of(RICH, ALL)
    _, plan = planned(RICH, parts)
    assert words_of_file(rich_report()) - words_of_plan(plan) == Counter()
    for word in ("footnote", "vanished", "boxed", "deeper", "forty", "header", "why", "alpha", "nine"):
        assert words_of_file(rich_report())[word] > 0, word
    assert "neverkept" not in words_of_file(rich_report())
    assert "neverkept" not in words_of_plan(plan)


def test_only_what_has_the_choice_is_placed_there():
    parts = parts_of(RICH, ALL)
    table = next(part for part in parts if part.kind is PartKind.TABLE)
    assert chosen(parts, {table.number: Place.PATHWAY})[table.number].proposed is table.proposed


def test_draft_is_the_same_after_it_was_kept():
    assert unpacked(packed(RICH)) == RICH
